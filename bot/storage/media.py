"""Voice notes and photos in the database: Telegram keeps the files, we keep, sealed, by what it knows them."""

from datetime import datetime

from bot.domain.media import Media, MediaKind, MediaState
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values


def keep(tx: Transaction, media: Media) -> Media:
    """Write it down; it comes back with its number."""
    row = tx.one(
        "INSERT INTO media (bot_id, person_id, kind, file_id, words, album, subject, sent_at, state, told, opened_by,"
        " opened_at, act_at, version, seconds) VALUES (:bot_id, :person_id, :kind, :file_id, :words, :album, :subject, :sent_at,"
        " :state, :told, :opened_by, :opened_at, :act_at, 0, :seconds) RETURNING *",
        _columns(tx, media, media),
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _media(tx, row)


def save(tx: Transaction, old: Media, new: Media) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return (
        tx.run(
            "UPDATE media SET state = :state, told = :told, opened_by = :opened_by, opened_at = :opened_at, act_at = :act_at,"
            " subject = :subject, version = version + 1 WHERE id = :id AND version = :version",
            _columns(tx, new, old),
        )
        == 1
    )


def find(tx: Transaction, media_id: int) -> Media | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM media WHERE id = :id FOR NO KEY UPDATE", {"id": media_id})
    return None if row is None else _media(tx, row)


def see(tx: Transaction, media_id: int) -> Media | None:
    """One of them as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM media WHERE id = :id", {"id": media_id})
    return None if row is None else _media(tx, row)


def of_subject(tx: Transaction, subject: str) -> list[Media]:
    """Everything that belongs to something, oldest first."""
    return [
        _media(tx, row)
        for row in tx.all("SELECT * FROM media WHERE subject = :subject ORDER BY id", {"subject": subject})
    ]


def newest(tx: Transaction, subject: str) -> Media | None:
    """The last that belongs to something; None: nothing does."""
    row = tx.one("SELECT * FROM media WHERE subject = :subject ORDER BY id DESC LIMIT 1", {"subject": subject})
    return None if row is None else _media(tx, row)


def of_album(tx: Transaction, person_id: int, album: str) -> Media | None:
    """What came before of the same album; None: this is the first of it."""
    row = tx.one(
        "SELECT * FROM media WHERE person_id = :id AND album = :album ORDER BY id LIMIT 1",
        {"id": person_id, "album": album},
    )
    return None if row is None else _media(tx, row)


def unopened_of(tx: Transaction, person_id: int, since: datetime) -> list[Media]:
    """What this person has sent since then and nobody has opened, as it stands, oldest first."""
    rows = tx.all(
        "SELECT * FROM media WHERE person_id = :id AND state IN ('waits', 'unopened') AND sent_at >= :since ORDER BY id",
        {"id": person_id, "since": seconds(since)},
    )
    return [_media(tx, row) for row in rows]


def forget(tx: Transaction, subject: str) -> int:
    """Everything that belongs to something is taken away; how many there were."""
    return tx.run("DELETE FROM media WHERE subject = :subject", {"subject": subject})


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """What has waited too long for somebody to open it, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM media WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, media_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE media SET act_at = :until WHERE id = :id", {"id": media_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM media WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM media WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(tx: Transaction, media: Media, old: Media) -> Values:
    return {
        "id": media.id,
        "version": old.version,
        "bot_id": media.bot_id,
        "person_id": media.person_id,
        "kind": media.kind.value,
        "file_id": tx.vault.seal("media.file_id", media.file_id),
        "words": tx.vault.seal_maybe("media.words", media.words or None),
        "album": media.album,
        "subject": media.subject,
        "sent_at": seconds(media.sent_at),
        "state": media.state.value,
        "told": ",".join(map(str, media.told)),
        "opened_by": media.opened_by,
        "opened_at": seconds(media.opened_at),
        "act_at": seconds(media.act_at),
        "seconds": media.seconds,
    }


def _media(tx: Transaction, row: Row) -> Media:
    return Media(
        id=row["id"],
        bot_id=row["bot_id"],
        person_id=row["person_id"],
        kind=MediaKind(row["kind"]),
        file_id=tx.vault.open("media.file_id", row["file_id"]),
        subject=row["subject"],
        sent_at=instant(row["sent_at"]),
        words=tx.vault.open_maybe("media.words", row["words"]) or "",
        album=row["album"],
        state=MediaState(row["state"]),
        told=tuple(int(part) for part in row["told"].split(",") if part),
        opened_by=row["opened_by"],
        opened_at=instant(row["opened_at"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
        seconds=row["seconds"],
    )
