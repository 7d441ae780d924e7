"""A handful of kills on both databases; and the model sees what it is there to see."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.databases import Window
from tests.crash.laboratory import Laboratory, Order, run
from tests.crash.model import Evidence, examine
from tests.crash.points import INSTANT, REACHES

EVERYWHERE_ONCE = len([INSTANT, *REACHES])
SEED = 20260302


async def test_nothing_is_lost_or_doubled_when_it_is_killed_everywhere_once(
    kind: str, request: pytest.FixtureRequest
) -> None:
    if kind == "postgres":
        request.getfixturevalue("postgres_server")
    figures = await run(Order(kind, EVERYWHERE_ONCE, SEED))
    assert figures.findings == ()
    assert figures.kills == EVERYWHERE_ONCE
    assert figures.needs >= 6


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


def _copy(file: sqlite3.Connection, table: str, which: str) -> None:
    names = [row[1] for row in file.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    columns = ", ".join(names)
    file.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {which}")


def _blab(evidence: Evidence) -> None:
    group = evidence.town.group.chat
    message = next(message for message in group.messages.values() if message.sender_id == evidence.town.sandbox.bot.id)
    message.body = {"text": next(iter(evidence.diary.doors.values()))}


async def test_the_model_sees_whatever_is_lost_doubled_or_wrong(tmp_path: Path) -> None:
    window = Window(f"sqlite:///{tmp_path}/linli.sqlite3")
    laboratory = Laboratory(Order("sqlite", 1, SEED), tmp_path, window, lambda words: None)
    assert (await laboratory.run()).findings == ()
    unseen = []
    for name, (tamper, expected) in TAMPERINGS.items():
        copy = tmp_path / "tampered.sqlite3"
        shutil.copy(tmp_path / "linli.sqlite3", copy)
        file = sqlite3.connect(copy)
        tamper(file, laboratory.evidence(window))
        file.commit()
        file.close()
        found = [
            f"{finding.kind}: {finding.words}" for finding in examine(laboratory.evidence(Window(f"sqlite:///{copy}")))
        ]
        if not any(words.startswith(expected) for words in found):
            unseen.append(f"{name}: {found}")
    assert unseen == []
