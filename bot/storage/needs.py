"""Needs and offers in the database."""

from datetime import datetime

from bot.domain.needs import FORGOTTEN, Need, Outcome, State, Urgency
from bot.domain.windows import Window
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values

PRESSING = "CASE n.urgency WHEN 'now' THEN 0 WHEN 'today' THEN 1 ELSE 2 END, n.posted_at, n.id"

# What comes again by itself takes nothing of what somebody may ask for.
BY_HAND = (
    "NOT EXISTS (SELECT 1 FROM occurrences o JOIN recurrences r ON r.id = o.recurrence_id"
    " WHERE o.need_id = needs.id AND r.need_id <> needs.id)"
)

# The need `n` is open, or a seat of it is empty: people are being asked for it.
ASKED_FOR = (
    "(n.state = 'open' OR (n.state = 'claimed' AND EXISTS"
    " (SELECT 1 FROM searches f WHERE f.need_id = n.id AND f.act_at IS NOT NULL)))"
)
# … and the person :id is not one of those who go.
OTHERS_GO = (
    "COALESCE(n.claimed_by, 0) <> :id AND NOT EXISTS"
    " (SELECT 1 FROM seat_people g WHERE g.need_id = n.id AND g.person_id = :id AND g.left_at IS NULL)"
)

# Whom a message reaches: neither gone, nor the silent telephone of somebody who has died.
HEARS = "a.unreachable_at IS NULL AND a.silent_from IS NULL"


def post(tx: Transaction, need: Need) -> Need:
    """Write a new need; it comes back with its number."""
    row = tx.one(
        "INSERT INTO needs (bot_id, area_id, person_id, category, urgency, text, state, posted_at, step, act_at, version,"
        " within_minutes, pair, guarded_by, open_until, window_from, window_until)"
        " VALUES (:bot_id, :area_id, :person_id, :category, :urgency, :text, :state, :posted_at, :step, :act_at, 0,"
        " :within_minutes, :pair, :guarded_by, :open_until, :window_from, :window_until) RETURNING *",
        {
            **_columns(tx, need),
            **_asked(tx, need),
            "bot_id": need.bot_id,
            "area_id": need.area_id,
            "person_id": need.person_id,
            "posted_at": seconds(need.posted_at),
        },
    )
    if row is None:
        raise LookupError("an INSERT … RETURNING returned nothing")
    return _need(tx, row)


def find(tx: Transaction, need_id: int) -> Need | None:
    """One need, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM needs WHERE id = :id FOR NO KEY UPDATE", {"id": need_id})
    return None if row is None else _need(tx, row)


def see(tx: Transaction, need_id: int) -> Need | None:
    """One need as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM needs WHERE id = :id", {"id": need_id})
    return None if row is None else _need(tx, row)


def save(tx: Transaction, old: Need, new: Need) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return tx.run(f"{UPDATE} WHERE id = :id AND version = :version", _columns(tx, new, old)) == 1


def rewrite(tx: Transaction, old: Need, new: Need) -> bool:
    """Like `save`, with what is asked: words, time and kind."""
    columns = {**_columns(tx, new, old), **_asked(tx, new)}
    return tx.run(f"{UPDATE}{ASKED} WHERE id = :id AND version = :version", columns) == 1


def save_many(tx: Transaction, pairs: list[tuple[Need, Need]]) -> None:
    """Write many (old, new) that are locked in this transaction, as one batch."""
    tx.many(f"{UPDATE} WHERE id = :id AND version = :version", [_columns(tx, new, old) for old, new in pairs])


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which needs time has something to do with, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM needs WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def get_many(tx: Transaction, ids: list[int]) -> list[Need]:
    """Many needs, locked, in the order of their numbers."""
    places, values = among("id", ids)
    rows = tx.all(f"SELECT * FROM needs WHERE id IN ({places}) ORDER BY id FOR NO KEY UPDATE", values)
    return [_need(tx, row) for row in rows]


def postpone(tx: Transaction, need_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE needs SET act_at = :until WHERE id = :id", {"id": need_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM needs WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM needs WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def count_running(tx: Transaction, person_id: int) -> int:
    """How many needs that this person posted are not ended."""
    row = tx.one(
        "SELECT COUNT(*) AS n FROM needs WHERE person_id = :id AND state IN ('open', 'claimed', 'done', 'disputed')"
        f" AND {BY_HAND}",
        {"id": person_id},
    )
    return 0 if row is None else int(row["n"])


def count_since(tx: Transaction, person_id: int, since: datetime) -> int:
    """How many needs this person has posted since then, whatever became of them."""
    row = tx.one(
        f"SELECT COUNT(*) AS n FROM needs WHERE person_id = :id AND posted_at >= :since AND {BY_HAND}",
        {"id": person_id, "since": seconds(since)},
    )
    return 0 if row is None else int(row["n"])


def recent_of(tx: Transaction, person_id: int, since: datetime, limit: int) -> list[Need]:
    """What a person asked for that is not ended, or since then (and neither cancelled nor in vain), newest first."""
    rows = tx.all(
        "SELECT * FROM needs WHERE person_id = :id AND (state IN ('open', 'claimed', 'done', 'disputed')"
        " OR (state = 'closed' AND posted_at >= :since)) ORDER BY id DESC LIMIT :limit",
        {"id": person_id, "since": seconds(since), "limit": limit},
    )
    return [_need(tx, row) for row in rows]


def running_of(tx: Transaction, person_id: int) -> list[Need]:
    """What a person asked for that is not ended."""
    rows = tx.all(
        "SELECT * FROM needs WHERE person_id = :id AND state IN ('open', 'claimed', 'done', 'disputed') ORDER BY id",
        {"id": person_id},
    )
    return [_need(tx, row) for row in rows]


def hold(tx: Transaction, person_id: int) -> None:
    """Time does nothing more to what this person asked for: it waits for whoever is in charge."""
    tx.run(
        "UPDATE needs SET act_at = NULL, version = version + 1 WHERE person_id = :id"
        " AND state IN ('open', 'claimed', 'done', 'disputed')",
        {"id": person_id},
    )


def wake(tx: Transaction, person_id: int, now: datetime) -> None:
    """Time goes on with what this person asked for."""
    tx.run(
        "UPDATE needs SET act_at = :now, version = version + 1 WHERE person_id = :id AND act_at IS NULL"
        " AND state IN ('open', 'claimed', 'done', 'disputed')",
        {"id": person_id, "now": seconds(now)},
    )


def of_person(tx: Transaction, person_id: int, limit: int) -> list[Need]:
    """What a person asked for: what is running first, then the newest."""
    rows = tx.all(
        "SELECT * FROM needs WHERE person_id = :id"
        " ORDER BY CASE WHEN state IN ('open', 'claimed', 'done', 'disputed') THEN 0 ELSE 1 END, id DESC LIMIT :limit",
        {"id": person_id, "limit": limit},
    )
    return [_need(tx, row) for row in rows]


def claimed_by(tx: Transaction, person_id: int) -> list[Need]:
    """What a volunteer has taken on, or comes along to, and has not finished, oldest first."""
    rows = tx.all(
        "SELECT n.* FROM needs n WHERE n.state = 'claimed' AND (n.claimed_by = :id OR n.id IN"
        " (SELECT s.need_id FROM seat_people s WHERE s.person_id = :id AND s.left_at IS NULL)) ORDER BY n.claimed_at, n.id",
        {"id": person_id},
    )
    return [_need(tx, row) for row in rows]


def claimed_at(tx: Transaction, area_id: int) -> list[Need]:
    """What somebody has taken on at a place or below it, each locked, in the order of their numbers."""
    rows = tx.all(
        "SELECT n.* FROM needs n WHERE n.state = 'claimed' AND n.area_id IN"
        " (SELECT descendant_id FROM area_tree WHERE ancestor_id = :id) ORDER BY n.id FOR NO KEY UPDATE",
        {"id": area_id},
    )
    return [_need(tx, row) for row in rows]


def in_areas(
    tx: Transaction, area_ids: list[int], states: tuple[State, ...], *, limit: int, offset: int = 0
) -> list[Need]:
    """Needs for everybody to see, at these areas or below, in these states, the most pressing first."""
    areas, values = among("area", area_ids)
    wanted = ", ".join(f"'{state.value}'" for state in states)
    rows = tx.all(
        "SELECT n.* FROM needs n WHERE n.area_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({areas})) AND n.state IN ({wanted})"
        f" AND n.guarded_by IS NULL ORDER BY {PRESSING} LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [_need(tx, row) for row in rows]


def around(
    tx: Transaction, reader_id: int, *, led: list[int], helped: list[int], limit: int, offset: int
) -> list[Need]:
    """The running needs at the areas `led` or below, those that people are asked for at `helped` or below, as far as this
    reader may see them, the most pressing first."""
    led_areas, led_values = among("led", led)
    helped_areas, helped_values = among("helped", helped)
    below = "n.area_id IN (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({areas}))"
    rows = tx.all(
        "SELECT n.* FROM needs n WHERE"
        f" ((n.state IN ('open', 'claimed', 'done', 'disputed') AND {below.format(areas=led_areas)})"
        f" OR ({ASKED_FOR} AND {below.format(areas=helped_areas)})) AND {SEEN_BY}"
        f" ORDER BY {PRESSING} LIMIT :limit OFFSET :offset",
        {**led_values, **helped_values, "reader": reader_id, "limit": limit, "offset": offset},
    )
    return [_need(tx, row) for row in rows]


# --- who may see what is confidential ---

# The need `n` may be seen by the person :reader. Every list, search, export and count of needs for people must hold this.
# An administrator sees what is confidential only where no coordinator can be reached: then it is theirs to see to.
SEEN_BY = (
    "(n.guarded_by IS NULL OR n.person_id = :reader OR n.claimed_by = :reader OR EXISTS"
    " (SELECT 1 FROM seat_people b WHERE b.need_id = n.id AND b.person_id = :reader AND b.left_at IS NULL) OR EXISTS"
    " (SELECT 1 FROM roles r JOIN area_tree t ON t.ancestor_id = r.area_id AND t.descendant_id = n.area_id"
    " WHERE r.person_id = :reader AND (r.role = 'coordinator'"
    " OR (r.role IN ('volunteer', 'leader') AND EXISTS"
    " (SELECT 1 FROM skills s WHERE s.person_id = :reader AND s.skill = n.guarded_by))"
    " OR (r.role = 'administrator' AND NOT EXISTS"
    " (SELECT 1 FROM roles c JOIN area_tree u ON u.ancestor_id = c.area_id AND u.descendant_id = n.area_id"
    f" JOIN accounts a ON a.person_id = c.person_id AND {HEARS} WHERE c.role = 'coordinator')))))"
)


def seen_by(tx: Transaction, need: Need, person_id: int) -> bool:
    """Whether a person may see a need."""
    if need.guarded_by is None:
        return True
    values = {"id": need.id, "reader": person_id}
    return tx.one(f"SELECT 1 AS one FROM needs n WHERE n.id = :id AND {SEEN_BY}", values) is not None


def guard(tx: Transaction, category: str, skill: str) -> list[Need]:
    """Needs of a category that has become confidential are seen only by those with the skill from now on; which ones."""
    rows = tx.all(
        "UPDATE needs SET guarded_by = :skill, version = version + 1"
        " WHERE category = :category AND guarded_by IS NULL RETURNING *",
        {"category": category, "skill": skill},
    )
    return [_need(tx, row) for row in rows]


# --- offers ---


def _guarded(need: Need, person: str) -> tuple[str, Values]:
    """The condition that a volunteer (a column) may be asked for a need at all, and its values."""
    if need.guarded_by is None:
        return "TRUE", {}
    has_skill = f"EXISTS (SELECT 1 FROM skills g WHERE g.person_id = {person} AND g.skill = :guard)"
    return has_skill, {"guard": need.guarded_by}


def offer(
    tx: Transaction,
    need_id: int,
    person_id: int,
    *,
    reason: str,
    skill: str | None,
    now: datetime,
    speaks: bool = False,
    round: int = 1,
) -> bool:
    """Write down that somebody was asked, and why; whatever they had said to this need before is over. False: they had been
    asked for it before."""
    row = tx.one(
        "SELECT 1 AS one FROM offers WHERE need_id = :need AND person_id = :id", {"need": need_id, "id": person_id}
    )
    tx.run(
        "INSERT INTO offers (need_id, person_id, reason, skill, offered_at, round, speaks)"
        " VALUES (:need_id, :person_id, :reason, :skill, :now, :round, :speaks)"
        " ON CONFLICT (need_id, person_id) DO UPDATE SET reason = excluded.reason, skill = excluded.skill,"
        " offered_at = excluded.offered_at, round = excluded.round, speaks = excluded.speaks,"
        " answer = NULL, again_at = NULL, silent_at = NULL",
        {
            "need_id": need_id,
            "person_id": person_id,
            "reason": reason,
            "skill": skill,
            "now": seconds(now),
            "round": round,
            "speaks": int(speaks),
        },
    )
    return row is None


def offer_of(tx: Transaction, need_id: int, person_id: int) -> Row | None:
    """Why somebody was asked and what they said: reason, skill, speaks, answer, again_at; None: they were not asked."""
    return tx.one(
        "SELECT reason, skill, speaks, answer, again_at FROM offers WHERE need_id = :need_id AND person_id = :person_id",
        {"need_id": need_id, "person_id": person_id},
    )


def answer_offer(
    tx: Transaction, need_id: int, person_id: int, answer: str, *, again_at: datetime | None = None
) -> bool:
    """Write down the first thing that somebody said to being asked, and when they want to be asked once more; False: they
    were not asked, or have answered."""
    changed = tx.run(
        "UPDATE offers SET answer = :answer, again_at = :again_at"
        " WHERE need_id = :need_id AND person_id = :person_id AND answer IS NULL",
        {"need_id": need_id, "person_id": person_id, "answer": answer, "again_at": seconds(again_at)},
    )
    return changed == 1


def released(tx: Transaction, need_id: int, person_id: int) -> None:
    """Write down that somebody gave it back, whatever they had answered before."""
    tx.run(
        "UPDATE offers SET answer = 'released' WHERE need_id = :need_id AND person_id = :person_id",
        {"need_id": need_id, "person_id": person_id},
    )


def offers_waiting(tx: Transaction, need: Need) -> int:
    """How many of those asked have not said no and may still see it."""
    allowed, guard = _guarded(need, "offers.person_id")
    row = tx.one(
        f"SELECT COUNT(*) AS n FROM offers WHERE need_id = :id AND answer IS NULL AND {allowed}",
        {"id": need.id, **guard},
    )
    return 0 if row is None else int(row["n"])


def offered_to(tx: Transaction, person_id: int, limit: int) -> list[Need]:
    """What people are asked for and this person has not said no to."""
    rows = tx.all(
        "SELECT n.* FROM needs n JOIN offers o ON o.need_id = n.id WHERE o.person_id = :id AND o.answer IS NULL"
        f" AND {ASKED_FOR} AND {OTHERS_GO} ORDER BY n.id DESC LIMIT :limit",
        {"id": person_id, "limit": limit},
    )
    return [_need(tx, row) for row in rows]


UPDATE = (
    "UPDATE needs SET state = :state, claimed_by = :claimed_by, claimed_at = :claimed_at, arrives_at = :arrives_at,"
    " outcome = :outcome, remark = :remark, stars = :stars, step = :step, act_at = :act_at,"
    " open_until = :open_until, window_from = :window_from, window_until = :window_until, closed_at = :closed_at,"
    " version = version + 1"
)
ASKED = (
    ", category = :category, urgency = :urgency, text = :text, within_minutes = :within_minutes, pair = :pair,"
    " guarded_by = :guarded_by"
)


def _asked(tx: Transaction, need: Need) -> Values:
    return {
        "category": need.category,
        "urgency": need.urgency.value,
        "text": tx.vault.seal("needs.text", need.text),
        "within_minutes": need.within_minutes,
        "pair": int(need.pair),
        "guarded_by": need.guarded_by,
    }


def _columns(tx: Transaction, need: Need, old: Need | None = None) -> Values:
    return {
        "id": need.id,
        "version": (old or need).version,
        "state": need.state.value,
        "claimed_by": need.claimed_by,
        "claimed_at": seconds(need.claimed_at),
        "arrives_at": seconds(need.arrives_at),
        "outcome": need.outcome and need.outcome.value,
        "remark": tx.vault.seal_maybe("needs.remark", need.remark),
        "stars": need.stars,
        "step": need.step,
        "act_at": seconds(need.act_at),
        "open_until": seconds(need.open_until),
        "window_from": None if need.window is None else seconds(need.window.from_at),
        "window_until": None if need.window is None else seconds(need.window.until_at),
        "closed_at": seconds(need.closed_at),
    }


def of_row(tx: Transaction, row: Row) -> Need:
    """A row of this table as a need: for lists that read it together with others."""
    return _need(tx, row)


def _need(tx: Transaction, row: Row) -> Need:
    return Need(
        id=row["id"],
        bot_id=row["bot_id"],
        area_id=row["area_id"],
        person_id=row["person_id"],
        category=row["category"],
        urgency=Urgency(row["urgency"]),
        text=tx.vault.open("needs.text", row["text"]) if row["text"] else FORGOTTEN,
        state=State(row["state"]),
        posted_at=instant(row["posted_at"]),
        claimed_by=row["claimed_by"],
        claimed_at=instant(row["claimed_at"]),
        arrives_at=instant(row["arrives_at"]),
        outcome=row["outcome"] and Outcome(row["outcome"]),
        remark=tx.vault.open_maybe("needs.remark", row["remark"]),
        stars=row["stars"],
        step=row["step"],
        act_at=instant(row["act_at"]),
        version=row["version"],
        within_minutes=row["within_minutes"],
        pair=bool(row["pair"]),
        guarded_by=row["guarded_by"],
        open_until=instant(row["open_until"]),
        window=None
        if row["window_from"] is None
        else Window(instant(row["window_from"]), instant(row["window_until"])),
        closed_at=instant(row["closed_at"]),
    )
