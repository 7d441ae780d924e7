"""What lies with a need or a draft, in the database: voice notes and photos are media, the rest is sealed here."""

import json
from dataclasses import asdict
from datetime import datetime

from bot.domain.enclosures import Enclosed, Point, Ring
from bot.domain.media import MediaKind
from bot.storage.columns import seconds
from bot.storage.database import Transaction, Values

POINT, RING, FULL = "point", "ring", "full"
# Enough to know where a community lies.
POINTS_AT_MOST = 50
# Everything that hangs on a draft and moves with it when it becomes a need.
TABLES = ("media", "enclosures", "beneficiaries")
COPIES = (
    "INSERT INTO media (bot_id, person_id, kind, file_id, words, subject, sent_at, state, told, version, seconds)"
    " SELECT bot_id, person_id, kind, file_id, words, CAST(:new AS TEXT), CAST(:now AS BIGINT), 'kept', '', 0, seconds"
    " FROM media WHERE subject = :old ORDER BY id",
    "INSERT INTO enclosures (subject, person_id, kind, data, area_id, at)"
    " SELECT CAST(:new AS TEXT), person_id, kind, data, area_id, CAST(:now AS BIGINT) FROM enclosures"
    " WHERE subject = :old AND kind <> 'full'",
    "INSERT INTO beneficiaries (subject, person_id, name, door, telephone, agreed_at, at)"
    " SELECT CAST(:new AS TEXT), person_id, name, door, telephone, agreed_at, CAST(:now AS BIGINT) FROM beneficiaries"
    " WHERE subject = :old",
)


def enclosed(tx: Transaction, subject: str) -> Enclosed:
    """How many photos lie with it, and how long each voice note is."""
    rows = tx.all("SELECT kind, seconds FROM media WHERE subject = :subject ORDER BY id", {"subject": subject})
    voices = tuple(row["seconds"] for row in rows if row["kind"] == MediaKind.VOICE.value)
    return Enclosed(voices, len(rows) - len(voices))


def point(tx: Transaction, subject: str) -> Point | None:
    """The place on the map that was sent with it; None: none."""
    data = _data(tx, subject, POINT)
    return None if data is None else Point(**json.loads(data))


def ring(tx: Transaction, subject: str) -> Ring | None:
    """Whom to ring for it; None: nobody was named."""
    data = _data(tx, subject, RING)
    return None if data is None else Ring(**json.loads(data))


def keep_point(tx: Transaction, subject: str, person_id: int, point: Point, area_id: int | None, now: datetime) -> None:
    """The place on the map, instead of any other that was sent with it before."""
    values = {**_row(subject, person_id, POINT, now), "data": _seal(tx, asdict(point)), "area_id": area_id}
    _write(tx, values)


def keep_ring(tx: Transaction, subject: str, person_id: int, ring: Ring, now: datetime) -> None:
    """Whom to ring, instead of anybody else who was named before."""
    _write(tx, {**_row(subject, person_id, RING, now), "data": _seal(tx, asdict(ring)), "area_id": None})


def first_too_many(tx: Transaction, subject: str, person_id: int, now: datetime) -> bool:
    """Write down that more was sent than is kept; whether that is the first time."""
    row = tx.one(
        "INSERT INTO enclosures (subject, person_id, kind, at) VALUES (:subject, :person_id, :kind, :at)"
        " ON CONFLICT DO NOTHING RETURNING id",
        _row(subject, person_id, FULL, now),
    )
    return row is not None


def points_in(tx: Transaction, community_id: int, but: int) -> list[Point]:
    """Places that others than this person lately gave in a community: one of each of them."""
    rows = tx.all(
        "SELECT person_id, data FROM enclosures WHERE area_id = :area AND person_id <> :but ORDER BY id DESC LIMIT :limit",
        {"area": community_id, "but": but, "limit": POINTS_AT_MOST},
    )
    newest = {row["person_id"]: row["data"] for row in reversed(rows)}
    return [Point(**json.loads(tx.vault.open("enclosures.data", data))) for data in newest.values()]


def move(tx: Transaction, old: str, new: str) -> None:
    """The draft has become a need: what lay with it lies there now."""
    for table in TABLES:
        tx.run(f"UPDATE {table} SET subject = :new WHERE subject = :old", {"old": old, "new": new})


def copy(tx: Transaction, old: str, new: str, now: datetime) -> None:
    """What lies with the one lies with the other too: somebody asks for the same once more."""
    values = {"old": old, "new": new, "now": seconds(now)}
    for sql in COPIES:
        tx.run(sql, values)


def forget(tx: Transaction, *subjects: str) -> None:
    """Nothing lies with these any more."""
    for table in TABLES:
        tx.many(f"DELETE FROM {table} WHERE subject = :subject", [{"subject": one} for one in subjects])


def _write(tx: Transaction, values: Values) -> None:
    tx.run(
        "INSERT INTO enclosures (subject, person_id, kind, data, area_id, at)"
        " VALUES (:subject, :person_id, :kind, :data, :area_id, :at) ON CONFLICT (subject, kind)"
        " DO UPDATE SET data = excluded.data, area_id = excluded.area_id, at = excluded.at",
        values,
    )


def _row(subject: str, person_id: int, kind: str, now: datetime) -> Values:
    return {"subject": subject, "person_id": person_id, "kind": kind, "at": seconds(now)}


def _seal(tx: Transaction, data: dict[str, object]) -> str:
    return tx.vault.seal("enclosures.data", json.dumps(data, ensure_ascii=False))


def _data(tx: Transaction, subject: str, kind: str) -> str | None:
    row = tx.one(
        "SELECT data FROM enclosures WHERE subject = :subject AND kind = :kind", {"subject": subject, "kind": kind}
    )
    return None if row is None else tx.vault.open_maybe("enclosures.data", row["data"])
