"""A handful of kills on both databases; and the model sees what it is there to see."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.databases import Place, Window, possible
from tests.crash.laboratory import Laboratory, run
from tests.crash.mishaps import CLOCK, CONNECTIONS, FULL, RESTART, TELEGRAM
from tests.crash.mishaps import KINDS as MISHAPS
from tests.crash.model import Evidence, examine
from tests.crash.order import CARE, NEEDS, Order
from tests.crash.points import CARE_REACHES, INSTANT, REACHES

EVERYWHERE_ONCE = len([INSTANT, *REACHES])
EVERYWHERE_IN_CARE_ONCE = len([INSTANT, *CARE_REACHES])
SEED = 20260302
COPIES_KILLS = 6


async def test_nothing_is_lost_or_doubled_when_it_is_killed_everywhere_once(
    kind: str, request: pytest.FixtureRequest
) -> None:
    if kind == "postgres":
        request.getfixturevalue("postgres_server")
    figures = await run(Order(kind, EVERYWHERE_ONCE, SEED))
    assert figures.findings == ()
    assert figures.kills == EVERYWHERE_ONCE
    assert figures.needs >= 6


async def test_nothing_is_lost_or_doubled_when_three_copies_die_in_turn(postgres_server: object) -> None:
    figures = await run(Order("postgres", COPIES_KILLS, SEED, copies=3))
    assert figures.findings == ()
    assert figures.kills == COPIES_KILLS
    assert figures.needs >= 3


async def test_nobody_is_forgotten_when_it_is_killed_everywhere_once(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "postgres":
        request.getfixturevalue("postgres_server")
    figures = await run(Order(kind, EVERYWHERE_IN_CARE_ONCE, SEED, load=CARE))
    assert figures.findings == ()
    assert figures.kills == EVERYWHERE_IN_CARE_ONCE
    assert figures.checkins >= 6
    assert figures.alerts >= 2
    assert figures.presses >= 4


async def test_whatever_befalls_it_nothing_is_lost_or_doubled() -> None:
    kinds = possible(MISHAPS, "sqlite")
    figures = await run(Order("sqlite", 2, SEED, mishaps=len(kinds), kinds=kinds, brief=True))
    assert figures.findings == ()
    assert figures.mishaps_by_kind == dict.fromkeys(sorted(kinds), 1)
    assert FULL not in kinds or figures.trouble_met["SQLITE_FULL"] > 0
    assert figures.needs >= 6


async def test_whatever_befalls_three_copies_nobody_is_forgotten(postgres_server: object) -> None:
    # What is struck without several copies too is struck in the other test.
    kinds = possible((TELEGRAM, CONNECTIONS, RESTART, CLOCK), "postgres")
    figures = await run(Order("postgres", 3, SEED, load=CARE, copies=3, mishaps=len(kinds), kinds=kinds, brief=True))
    assert figures.findings == ()
    assert figures.mishaps_by_kind == dict.fromkeys(sorted(kinds), 1)
    assert any(word.startswith("PostgreSQL") for word in figures.trouble_met)
    assert figures.checkins >= 6


Tampering = Callable[[sqlite3.Connection, Evidence], object]

NEWEST = "SELECT MAX(id) FROM"
TAMPERINGS: dict[str, tuple[Tampering, str]] = {
    "an update is forgotten": (
        lambda file, _: file.execute("DELETE FROM updates WHERE update_id = (SELECT MIN(update_id) FROM updates)"),
        "lost: update",
    ),
    "a letter is marked as sent that was not": (
        lambda file, _: file.execute(
            f"UPDATE outbox SET message_id = 99999 WHERE id = ({NEWEST} outbox WHERE kind = 'Enrolled')"
        ),
        "lost: letter",
    ),
    "a letter still waits": (
        lambda file, _: file.execute(f"UPDATE outbox SET send_at = 0 WHERE id = ({NEWEST} outbox)"),
        "lost: letter",
    ),
    "a need is gone": (
        lambda file, _: file.execute("DELETE FROM needs WHERE id = (SELECT MIN(id) FROM needs)"),
        "lost: the text",
    ),
    "a need is there twice": (
        lambda file, _: _copy(file, "needs", f"id = ({NEWEST} needs)"),
        "doubled: the text",
    ),
    "an event happened twice": (
        lambda file, _: _copy(file, "history", "id = (SELECT MIN(id) FROM history WHERE event = 'posted')"),
        "doubled: need",
    ),
    "a change has no event": (
        lambda file, _: file.execute("UPDATE needs SET version = version + 1 WHERE id = (SELECT MIN(id) FROM needs)"),
        "lost: need",
    ),
    "a need is claimed and no card shows it": (
        lambda file, _: file.execute(
            "UPDATE needs SET state = 'claimed', claimed_by = (SELECT MIN(person_id) FROM roles WHERE role = 'volunteer')"
            " WHERE id = (SELECT MIN(id) FROM needs)"
        ),
        "wrong: ",
    ),
    "something broke": (
        lambda file, _: file.execute(
            "INSERT INTO failures (at, place, subject, error) VALUES (0, 'update', 'update:1', 'KeyError')"
        ),
        "wrong: failure",
    ),
    "the group reads an address": (lambda _, evidence: _blab(evidence), "wrong: chat"),
}

CARE_TAMPERINGS: dict[str, tuple[Tampering, str]] = {
    "somebody was not asked": (
        lambda file, _: file.execute("DELETE FROM checkins WHERE id = (SELECT MIN(id) FROM checkins)"),
        "lost: person",
    ),
    "somebody was asked at a time that nobody planned": (
        lambda file, _: file.execute("UPDATE checkins SET slot = 7 WHERE id = (SELECT MIN(id) FROM checkins)"),
        "wrong: person",
    ),
    "somebody was asked twice": (
        lambda file, _: _copy(file, "outbox", f"id = ({NEWEST} outbox WHERE kind = 'CheckInAsked')"),
        "doubled: check-in",
    ),
    "somebody was nudged, and nobody told them": (
        lambda file, _: file.execute("UPDATE checkins SET step = step + 1 WHERE state = 'answered'"),
        "lost: check-in",
    ),
    "a check-in waits for ever": (
        lambda file, _: file.execute(
            f"UPDATE checkins SET state = 'asked', due_at = 0, act_at = NULL WHERE id = ({NEWEST} checkins)"
        ),
        "lost: check-in",
    ),
    "an answer is forgotten": (
        lambda file, _: file.execute(
            "UPDATE checkins SET state = 'alert', answer = NULL, answered_at = NULL WHERE answer IN ('well', 'help', 'call_me')"
        ),
        "lost: an answer",
    ),
    "an answer is forgotten below a question that is dated after it": (
        lambda file, _: file.execute(
            "UPDATE checkins SET state = 'alert', answer = NULL, answered_at = NULL, asked_at = asked_at + 300000"
            " WHERE answer = 'well'"
        ),
        "lost: a press",
    ),
    "a missed check-in is no alert": (
        lambda file, _: file.execute(f"UPDATE checkins SET state = 'alert' WHERE id = ({NEWEST} checkins)"),
        "lost: person",
    ),
    "a cry for help is not heard": (
        lambda file, _: file.execute("UPDATE history SET after = 'missed' WHERE after = 'help' OR after = 'call_me'"),
        "lost: person",
    ),
    "a press is answered twice": (
        lambda file, _: _copy(
            file, "outbox", f"id = ({NEWEST} outbox WHERE kind IN ('CheckInThanked', 'HelpIsComing'))"
        ),
        "doubled: account",
    ),
    "an alert is told to nobody": (
        lambda file, _: file.execute("DELETE FROM alert_people WHERE alert_id = (SELECT MIN(id) FROM alerts)"),
        "lost: alert",
    ),
    "whoever was told has no card": (
        lambda file, _: file.execute(f"DELETE FROM outbox WHERE id = ({NEWEST} outbox WHERE kind = 'AlertCard')"),
        "lost: person",
    ),
    "a rung is left out": (
        lambda file, _: file.execute("UPDATE history SET before = 'contacts' WHERE event = 'rung'"),
        "wrong: alert",
    ),
    "no rung is tried": (
        lambda file, _: file.execute("DELETE FROM history WHERE event = 'rung'"),
        "lost: no rung",
    ),
    "an alert falls silent": (
        lambda file, _: file.execute(
            "UPDATE alerts SET state = 'open', act_at = NULL, outcome = NULL WHERE id = (SELECT MIN(id) FROM alerts)"
        ),
        "lost: alert",
    ),
    "an alert ends, and nobody has said how": (
        lambda file, _: file.execute(
            "UPDATE alerts SET state = 'closed', act_at = NULL, outcome = 'ill', closed_by = NULL"
            " WHERE id = (SELECT MIN(id) FROM alerts)"
        ),
        "wrong: alert",
    ),
    "an alert is raised twice": (
        lambda file, _: _copy(file, "history", "id = (SELECT MIN(id) FROM history WHERE event = 'raised')"),
        "doubled: alert",
    ),
    "a card cannot be taken on": (lambda file, evidence: _strip(evidence), "wrong: the card"),
}


def _strip(evidence: Evidence) -> None:
    """Every card on every phone loses its buttons."""
    for chat in evidence.chats:
        for message in chat.messages.values():
            message.markup = None


def _copy(file: sqlite3.Connection, table: str, which: str) -> None:
    names = [row[1] for row in file.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    columns = ", ".join(names)
    file.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {which}")


def _blab(evidence: Evidence) -> None:
    group = evidence.town.group.chat
    message = next(message for message in group.messages.values() if message.sender_id == evidence.town.sandbox.bot.id)
    message.body = {"text": next(iter(evidence.diary.doors.values()))}


@pytest.mark.parametrize(
    ("load", "kills", "tamperings"), [(NEEDS, 1, TAMPERINGS), (CARE, 8, CARE_TAMPERINGS)], ids=[NEEDS, CARE]
)
async def test_the_model_sees_whatever_is_lost_doubled_or_wrong(
    tmp_path: Path, load: str, kills: int, tamperings: dict[str, tuple[Tampering, str]]
) -> None:
    window = Window(f"sqlite:///{tmp_path}/linli.sqlite3")
    laboratory = Laboratory(Order("sqlite", kills, SEED, load=load), tmp_path, Place(window), lambda words: None)
    assert (await laboratory.run()).findings == ()
    unseen = []
    for name, (tamper, expected) in tamperings.items():
        copy = tmp_path / "tampered.sqlite3"
        shutil.copy(tmp_path / "linli.sqlite3", copy)
        file = sqlite3.connect(copy)
        tamper(file, laboratory.evidence(window))
        file.commit()
        file.close()
        found = [
            f"{finding.kind}: {finding.words}"
            for finding in examine(laboratory.evidence(Window(f"sqlite:///{copy}")), load)
        ]
        if not any(words.startswith(expected) for words in found):
            unseen.append(f"{name}: {found}")
    assert unseen == []
