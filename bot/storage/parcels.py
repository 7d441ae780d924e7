"""Bytes of voice notes and photos between two bots, in the database: sealed, in pieces, and only until each bot has its own name
for them. Whatever takes a voice note or a photo away takes these along: the tables hang on it."""

import base64
from dataclasses import dataclass
from datetime import datetime

from bot.storage.columns import seconds
from bot.storage.database import Transaction

PIECE_BYTES = 256_000
# What could not be had is asked for again when somebody wants to see it so much later.
ANEW_SECONDS = 600.0


@dataclass(frozen=True)
class Parcel:
    """How far it has come. `waits`: letters wait for it still."""

    came: bool
    waits: bool


@dataclass(frozen=True)
class Errand:
    """A file that its bot fetches, tried so often before."""

    media_id: int
    file_id: str
    tries: int


# --- whoever must show it ---


def name_of(tx: Transaction, media_id: int, bot_id: int) -> str | None:
    """By what Telegram knows it for this bot; None: it has not sent it yet."""
    row = tx.one(
        "SELECT file_id FROM parcel_names WHERE media_id = :id AND bot_id = :bot_id", {"id": media_id, "bot_id": bot_id}
    )
    return None if row is None else tx.vault.open_maybe("parcel_names.file_id", row["file_id"])


def want(tx: Transaction, media_id: int, bot_id: int, *, wait_seconds: float, now: datetime) -> Parcel:
    """This bot must show it: it is fetched, unless it is here or on its way; how far it has come."""
    at = tx.instant()
    values = {"id": media_id, "bot_id": bot_id, "instant": at, "until": at + wait_seconds, "now": seconds(now)}
    tx.run("INSERT INTO parcel_names (media_id, bot_id) VALUES (:id, :bot_id) ON CONFLICT DO NOTHING", values)
    row = tx.one(
        "INSERT INTO parcels (media_id, asked_at, wait_until, fetch_at, tries, came)"
        " VALUES (:id, :now, :until, :instant, 0, 0) ON CONFLICT (media_id) DO UPDATE SET asked_at = excluded.asked_at,"
        " wait_until = excluded.wait_until, fetch_at = excluded.fetch_at, tries = 0"
        " WHERE parcels.came = 0 AND parcels.fetch_at IS NULL AND parcels.wait_until < :long_ago"
        " RETURNING came, fetch_at, wait_until",
        {**values, "long_ago": at - ANEW_SECONDS},
    ) or tx.one("SELECT came, fetch_at, wait_until FROM parcels WHERE media_id = :id", values)
    if row is None:
        return Parcel(came=False, waits=True)
    return Parcel(row["came"] == 1, row["fetch_at"] is not None and row["wait_until"] > at)


def content(tx: Transaction, media_id: int) -> bytes | None:
    """Its bytes; None: they are not here."""
    rows = tx.all("SELECT piece FROM parcel_pieces WHERE media_id = :id ORDER BY number", {"id": media_id})
    pieces = [base64.b64decode(tx.vault.open("parcel_pieces.piece", row["piece"])) for row in rows]
    return b"".join(pieces) or None


def name(tx: Transaction, media_id: int, bot_id: int, file_id: str) -> None:
    """Telegram knows it for this bot too. With the last bot that waited for them the bytes go."""
    sealed = tx.vault.seal("parcel_names.file_id", file_id)
    values = {"id": media_id, "bot_id": bot_id, "file_id": sealed}
    tx.run("UPDATE parcel_names SET file_id = :file_id WHERE media_id = :id AND bot_id = :bot_id", values)
    if tx.one("SELECT 1 AS one FROM parcel_names WHERE media_id = :id AND file_id IS NULL", values) is None:
        tx.run("DELETE FROM parcel_pieces WHERE media_id = :id", values)
        tx.run("DELETE FROM parcels WHERE media_id = :id", values)


# --- whoever has it ---


def due(tx: Transaction, bot_id: int) -> Errand | None:
    """The next that this bot fetches, whatever was asked for first; None: none is waiting."""
    row = tx.one(
        "SELECT p.media_id, p.tries, m.file_id FROM parcels p JOIN media m ON m.id = p.media_id"
        " WHERE p.fetch_at <= :instant AND m.bot_id = :bot_id ORDER BY p.fetch_at, p.media_id LIMIT 1",
        {"bot_id": bot_id, "instant": tx.instant()},
    )
    return (
        None if row is None else Errand(row["media_id"], tx.vault.open("media.file_id", row["file_id"]), row["tries"])
    )


def came(tx: Transaction, media_id: int, content: bytes) -> None:
    """Its bytes are here, sealed. What was forgotten meanwhile, or came from another copy too, stays as it is."""
    fresh = "UPDATE parcels SET came = 1, fetch_at = NULL WHERE media_id = :id AND came = 0"
    if tx.run(fresh, {"id": media_id}) == 0:
        return
    pieces = [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)]
    tx.many(
        "INSERT INTO parcel_pieces (media_id, number, piece) VALUES (:id, :number, :piece)",
        [
            {"id": media_id, "number": number, "piece": tx.vault.seal("parcel_pieces.piece", _text(piece))}
            for number, piece in enumerate(pieces)
        ],
    )


def missed(tx: Transaction, media_id: int, again_seconds: float | None) -> None:
    """Telegram did not give it: asked again in so many seconds; None: it cannot be had."""
    at = None if again_seconds is None else tx.instant() + again_seconds
    tx.run(
        "UPDATE parcels SET tries = tries + 1, fetch_at = :at WHERE media_id = :id AND came = 0",
        {"id": media_id, "at": at},
    )


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Bytes that were asked for before `at` and that nobody came to show; how many. Names stay as long as what they name."""
    rows = tx.all(
        "DELETE FROM parcels WHERE media_id IN (SELECT media_id FROM parcels WHERE asked_at < :at"
        " ORDER BY asked_at LIMIT :limit) RETURNING media_id",
        {"at": seconds(at), "limit": limit},
    )
    gone = [{"id": row["media_id"]} for row in rows]
    tx.many("DELETE FROM parcel_pieces WHERE media_id = :id", gone)
    tx.many("DELETE FROM parcel_names WHERE media_id = :id AND file_id IS NULL", gone)
    return len(rows)


def _text(piece: bytes) -> str:
    return base64.b64encode(piece).decode()
