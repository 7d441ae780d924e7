"""What may be forgotten is, and what is still needed never: needs, alerts, plans, drafts, photos and cards of every age."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.domain.people import Language
from bot.domain.retention import Retention
from bot.services.areas import ensure_first_area
from bot.storage import history, persons, schema
from bot.storage.columns import seconds
from bot.storage.database import Database, Transaction
from bot.storage.history import Event
from scheduler.housekeeping import Housekeeper, rules_of

KEPT = Retention(drafts_days=7, cards_days=30, media_days=90, words_months=12, showings_months=24)
RULES = rules_of(KEPT)
NEED_STATES = ("open", "claimed", "done", "disputed", "closed", "cancelled", "expired")
NEED_RUNNING = NEED_STATES[:4]
AGES = st.integers(0, 1000)


@dataclass(frozen=True)
class Made:
    """One row of each kind: states, and how many days old everything of it is."""

    need: str
    alert: str
    plan: str
    draft: str
    media: str
    drawn: bool
    days: int


MADE = st.lists(
    st.builds(
        Made,
        need=st.sampled_from(NEED_STATES),
        alert=st.sampled_from(("open", "taken", "closed")),
        plan=st.sampled_from(("proposed", "active", "paused", "ended")),
        draft=st.sampled_from(("need", "none")),
        media=st.sampled_from(("kept", "waits", "well", "unopened", "settled")),
        drawn=st.booleans(),
        days=AGES,
    ),
    min_size=1,
    max_size=8,
)


def empty(tx: Transaction) -> None:
    """Nothing of the example before is left."""
    for table in reversed(schema.metadata.sorted_tables):
        if table.name not in ("areas", "area_tree", "meta"):
            tx.run(f"DELETE FROM {table.name}")


def fill(tx: Transaction, made: list[Made], now: datetime) -> None:
    """A person with one of everything for each."""
    empty(tx)
    area = ensure_first_area(tx)
    for number, one in enumerate(made, start=1):
        at = now - timedelta(days=one.days)
        person = persons.make(tx, bot_id=1, user_id=number, name="张奶奶", language=Language.CHINESE, now=at)
        row: dict[str, object] = {
            "id": number,
            "person": person.id,
            "area": area.id,
            "at": seconds(at),
            "act": seconds(at),
        }
        _need(tx, one, row)
        _care(tx, one, row)
        _media(tx, one, row)
        history.write(
            tx,
            *(
                Event(at, person.id, f"{noun}:{number}", "said", detail="您的话")
                for noun in ("need", "alert", "plan", "person")
            ),
        )
        history.disclosed(tx, viewer_id=person.id, person_id=person.id, subject=f"need:{number}", now=at)


def _need(tx: Transaction, one: Made, row: dict[str, object]) -> None:
    tx.run(
        "INSERT INTO needs (id, bot_id, area_id, person_id, category, urgency, text, state, posted_at, remark, step, act_at)"
        " VALUES (:id, 1, :area, :person, 'other', 'today', :text, :state, :at, :text, 0, :act)",
        {
            **row,
            "text": tx.vault.seal("needs.text", "灯坏了"),
            "state": one.need,
            "act": row["act"] if one.need in NEED_RUNNING else None,
        },
    )
    for subject in (f"need:{row['id']}", f"draft:{row['person']}:3"):
        _beside(tx, subject, row)
    tx.run(
        "INSERT INTO drafts (person_id, bot_id, kind, data, number, updated_at) VALUES (:person, 1, :kind, :data, 3, :at)",
        {**row, "kind": one.draft, "data": tx.vault.seal("drafts.data", '{"text": "灯"}')},
    )
    for subject in (f"need:{row['id']}", f"alert:{row['id']}", f"draft:{row['person']}:3"):
        tx.run(
            "INSERT INTO outbox (bot_id, chat_id, person_id, priority, kind, data, subject, message_id, send_at, created_at)"
            " VALUES (1, :id, :person, 1, 'DeskCard', '{}', :subject, 5, :send_at, :at)",
            {**row, "subject": subject, "send_at": None if one.drawn else 1.0},
        )


def _beside(tx: Transaction, subject: str, row: dict[str, object]) -> None:
    """A place, and for whom it is, with a need or a draft."""
    tx.run(
        "INSERT INTO enclosures (subject, person_id, kind, data, at) VALUES (:subject, :person, 'point', :data, :at)",
        {**row, "subject": subject, "data": tx.vault.seal("enclosures.data", "{}")},
    )
    tx.run(
        "INSERT INTO beneficiaries (subject, person_id, name, at) VALUES (:subject, :person, :name, :at)",
        {**row, "subject": subject, "name": tx.vault.seal("beneficiaries.name", "王奶奶")},
    )


def _care(tx: Transaction, one: Made, row: dict[str, object]) -> None:
    tx.run(
        "INSERT INTO alerts (id, bot_id, person_id, area_id, cause, state, opened_at, ladder, rung, gap_minutes, remark, drill,"
        " act_at) VALUES (:id, 1, :person, :area, 'missed', :state, :at, '', 0, 0, :remark, 0, :act)",
        {
            **row,
            "state": one.alert,
            "remark": tx.vault.seal("alerts.remark", "在家"),
            "act": None if one.alert == "closed" else row["act"],
        },
    )
    tx.run(
        "INSERT INTO plans (id, bot_id, person_id, area_id, state, slots, grace_minutes, nudges, ladder, notes, proposed_by)"
        " VALUES (:id, 1, :person, :area, :state, '', 60, '', '', :notes, :person)",
        {**row, "state": one.plan, "notes": tx.vault.seal("plans.notes", "钥匙在门垫下")},
    )
    tx.run(
        "INSERT INTO contacts (plan_id, rank, name, relation) VALUES (:id, 1, :name, :name)",
        {**row, "name": tx.vault.seal("contacts.name", "女儿")},
    )


def _media(tx: Transaction, one: Made, row: dict[str, object]) -> None:
    for subject in (f"alert:{row['id']}", f"plan:{row['id']}", f"person:{row['person']}"):
        tx.run(
            "INSERT INTO media (bot_id, person_id, kind, file_id, subject, sent_at, state, told, act_at)"
            " VALUES (1, :person, 'voice', :file, :subject, :at, :state, '', :act)",
            {
                **row,
                "file": tx.vault.seal("media.file_id", "x"),
                "subject": subject,
                "state": one.media,
                "act": row["act"] if one.media == "waits" else None,
            },
        )


def left(tx: Transaction, table: str, where: str, number: int) -> bool:
    """Whether this is still there."""
    return tx.one(f"SELECT 1 AS one FROM {table} WHERE {where}", {"id": number}) is not None


def check(tx: Transaction, one: Made, number: int) -> None:
    """What is needed is there, and what is not has gone."""
    person = next(iter(tx.all("SELECT person_id FROM needs WHERE id = :id", {"id": number})))["person_id"]
    running, looked_after = one.need in NEED_RUNNING, one.alert != "closed"
    words, media, cards = one.days <= 360, one.days <= 90, one.days <= 30
    assert left(tx, "needs", "id = :id AND text <> '' AND remark IS NOT NULL", number) == (running or words)
    assert left(tx, "alerts", "id = :id AND remark IS NOT NULL", number) == (looked_after or words)
    planned = one.plan != "ended" or looked_after or words
    assert left(tx, "plans", "id = :id AND notes IS NOT NULL", number) == planned
    assert left(tx, "contacts", "plan_id = :id", number) == planned
    assert left(tx, "drafts", "person_id = :id AND number = 3", person), "the number stays"
    assert left(tx, "drafts", "person_id = :id AND kind = 'need'", person) == (one.draft == "need" and one.days <= 7)
    drafted = one.draft == "need" and one.days <= 7
    for table in ("enclosures", "beneficiaries"):
        assert left(tx, table, f"subject = 'need:{number}'", 0) == (running or words)
        # What was thrown away or posted took along what lay with it; here nobody did, so it goes with the words of needs.
        stays = drafted or (one.draft == "none" and words)
        assert left(tx, table, f"subject = 'draft:{person}:3'", 0) == stays
    for noun, needed in (("need", running), ("alert", looked_after), ("plan", one.plan != "ended"), ("person", False)):
        kept = left(
            tx, "history", f"subject = '{noun}:{person if noun == 'person' else number}' AND detail IS NOT NULL", 0
        )
        kept = left(tx, "history", f"subject = '{noun}:{number}' AND detail IS NOT NULL", 0)
        assert kept == (needed or words), noun
    waits = one.media == "waits" or looked_after
    assert left(tx, "media", f"subject = 'alert:{number}'", 0) == (waits or media)
    assert left(tx, "media", f"subject = 'plan:{number}'", 0) == (waits or one.plan != "ended" or media)
    assert left(tx, "media", f"subject = 'person:{person}'", 0) == (waits or media)
    assert left(tx, "outbox", f"subject = 'need:{number}'", 0) == (running or cards or not one.drawn)
    assert left(tx, "outbox", f"subject = 'alert:{number}'", 0) == (looked_after or cards or not one.drawn)
    assert left(tx, "disclosures", "person_id = :id", person) == (one.days <= 720)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=MADE)
async def test_nothing_that_is_needed_is_forgotten_and_nothing_else_is_kept(
    database: Database, clock: StillClock, made: list[Made]
) -> None:
    night = StillClock(clock.now())
    keeper = Housekeeper(database, night, rules=RULES)
    await database.transaction(lambda tx: fill(tx, made, night.now()))
    await keeper.tick()
    for number, one in enumerate(made, start=1):
        await database.read(partial(check, one=one, number=number))
    assert await keeper.tick() == 0, "what is forgotten is forgotten once"


async def test_most_of_it_waits_for_the_night_and_no_longer_than_a_day(database: Database, clock: StillClock) -> None:
    day = StillClock(clock.now() + timedelta(hours=9))  # 10:00 UTC
    keeper = Housekeeper(database, day, rules=RULES)
    old = Made("closed", "closed", "ended", "need", "well", True, 900)
    await database.transaction(lambda tx: fill(tx, [old], day.now()))
    assert await keeper.tick() == 0
    day.advance(27 * 3600)  # 13:00: switched off in the night
    assert await keeper.tick() > 5


async def test_it_goes_in_small_batches(database: Database, clock: StillClock) -> None:
    old = Made("closed", "closed", "ended", "none", "well", True, 900)
    await database.transaction(lambda tx: fill(tx, [old] * 1203, clock.now()))
    keeper = Housekeeper(database, clock, rules=tuple(rule for rule in RULES if rule.name in ("needs", "media")))
    assert await keeper.tick() == 1203 + 3 * 1203
