"""Taking letters out of the outbox, and writing down what became of them.

`send_at` and `holder` are read together:

- holder NULL, `send_at` reached: due. Not reached: put off; the chat's other letters go on.
- holder set, `send_at` not reached: the copy of that name is sending it (or, with the holder `CHAT_WAITS`, Telegram asked
  the whole chat to wait). No letter of this chat is leased meanwhile.
- holder set, `send_at` reached: the lease has run out; the letter is due again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.notices import Notice, Priority
from bot.storage.columns import instant
from bot.storage.database import Row, Transaction
from bot.storage.outbox import WITHDRAWN, Letter

CHAT_WAITS = "~"
# How many due rows are looked at for each head that is wanted: a chat with a long queue fills only its own share.
CHUNK = 256
# What has been due for so long is said by whichever copy comes first.
OVERDUE_SECONDS = 2.0


@dataclass(frozen=True)
class Unreadable(Notice):
    """Stands in a letter for a notice that this version cannot read: of a kind it does not know, or with other fields."""

    kind: str


# --- leasing ---

# Only the first due letter of each chat, and none of a chat that has a running lease. The rows are locked after the heads
# were chosen and their due time is tested again under the lock, so that of two copies only one gets each.
LEASE = (
    "WITH due AS ("
    " SELECT id, chat_id, priority FROM outbox"
    " WHERE bot_id = :bot_id AND send_at <= :instant AND priority <= :lowest"
    # Of several copies each says what belongs to its own chats, for it knows how fast it spoke there. Nobody waits for a copy
    # that is gone, nor does what concerns life.
    " AND (ABS(chat_id) % :copies = :place OR priority = :urgent OR send_at <= :overdue) AND chat_id NOT IN ("
    # Every name is more than '', and so, said like this, SQLite too finds the few held rows by their index.
    "  SELECT chat_id FROM outbox WHERE bot_id = :bot_id AND holder > '' AND send_at > :instant)"
    " ORDER BY priority, id LIMIT :chunk"
    "), placed AS ("
    " SELECT id, priority, ROW_NUMBER() OVER (PARTITION BY chat_id ORDER BY priority, id) AS place FROM due"
    "), heads AS ("
    " SELECT id FROM placed WHERE place = 1 ORDER BY priority, id LIMIT :heads"
    ")"
    # A lease of somebody's that ran out: what they did with the card nobody knows.
    " UPDATE outbox SET holder = :holder, send_at = :until,"
    f" shown = CASE WHEN holder IS NULL OR holder = '{CHAT_WAITS}' THEN shown ELSE NULL END WHERE id IN ("
    "  SELECT id FROM outbox WHERE id IN (SELECT id FROM heads) AND send_at <= :instant FOR UPDATE SKIP LOCKED)"
    " RETURNING id, bot_id, chat_id, person_id, priority, kind, data, subject, message_id, shown, version, attempts,"
    " first_try_at, created_at"
)


def lease(
    tx: Transaction,
    *,
    bot_id: int,
    holder: str,
    limit: int,
    seconds: float,
    lowest: Priority = Priority.REST,
    copies: int = 1,
    place: int = 0,
) -> list[Letter]:
    """Up to `limit` letters that are due, the most urgent first, at most one a chat, held for `seconds` by the copy `holder`.

    `lowest` leaves out what is less urgent than that. Of `copies` this one is the `place`-th: others have their own chats.
    """
    at = tx.instant()
    values = {
        "bot_id": bot_id,
        "holder": holder,
        "instant": at,
        "until": at + seconds,
        "lowest": int(lowest),
        "copies": copies,
        "place": place,
        "urgent": int(Priority.LIFE),
        "overdue": at - OVERDUE_SECONDS,
    }
    letters: list[Letter] = []
    while len(letters) < limit:
        wanted = limit - len(letters)
        rows = tx.all(LEASE, {**values, "heads": wanted, "chunk": wanted + CHUNK})
        letters += [_letter(row) for row in rows]
        if len(rows) in (0, wanted):
            break
    return sorted(letters, key=lambda letter: (letter.priority, letter.id))


def _letter(row: Row) -> Letter:
    return Letter(
        id=row["id"],
        bot_id=row["bot_id"],
        chat_id=row["chat_id"],
        person_id=row["person_id"],
        priority=row["priority"],
        notice=_notice(row["kind"], row["data"]),
        subject=row["subject"],
        message_id=row["message_id"],
        shown=row["shown"],
        version=row["version"],
        attempts=row["attempts"],
        first_try_at=row["first_try_at"],
        created_at=instant(row["created_at"]),
    )


def _notice(kind: str, data: str) -> Notice:
    try:
        return Notice.parse(kind, data)
    except (KeyError, TypeError, json.JSONDecodeError):
        return Unreadable(kind)


def take_back(tx: Transaction, holder: str, *, bot_id: int, keep: Iterable[int] = ()) -> int:
    """What a copy held when it died, or lost count of, is due again at once; how many letters. `keep` stays held.

    Nobody knows whether it was said; so a card is drawn again even if it should look as it did before.
    """
    held = tx.all(
        "SELECT id FROM outbox WHERE bot_id = :bot_id AND holder = :holder", {"bot_id": bot_id, "holder": holder}
    )
    lost = {int(row["id"]) for row in held}.difference(keep)
    values = {"holder": holder, "instant": tx.instant()}
    tx.many(
        "UPDATE outbox SET holder = NULL, shown = NULL, send_at = :instant WHERE id = :id AND holder = :holder",
        [{**values, "id": letter_id} for letter_id in sorted(lost)],
    )
    return len(lost)


# --- settling ---


@dataclass(frozen=True)
class Accepted:
    """Telegram took it, or there was nothing to say. `message_id` None: no new message; `shown` None: not a card."""

    letter_id: int
    version: int
    message_id: int | None = None
    shown: str | None = None


@dataclass(frozen=True)
class PutOff:
    """It is tried again in `seconds`. `chat_waits`: nothing else is said in this chat before. `tried` False: not counted."""

    letter_id: int
    seconds: float
    error: str | None = None
    chat_waits: bool = False
    tried: bool = True


@dataclass(frozen=True)
class Lost:
    """The message that it lived in is gone: the card is sent afresh."""

    letter_id: int


@dataclass(frozen=True)
class Dead:
    """It is given up for good."""

    letter_id: int
    error: str


Mark = Accepted | PutOff | Lost | Dead

# A card that was touched while it was being sent stays due. `message_id` is written only where none stands: a message that
# was adopted meanwhile is the card's own. One that was given up meanwhile, and has no message, stays so.
_ACCEPT = (
    "UPDATE outbox SET message_id = COALESCE(message_id, :message_id), holder = NULL, attempts = 0, first_try_at = NULL,"
    " error = NULL, shown = CASE WHEN version = :version THEN CAST(:shown AS TEXT) ELSE NULL END,"
    " send_at = CASE WHEN version = :version THEN NULL ELSE CAST(:instant AS DOUBLE PRECISION) END"
    " WHERE id = :letter_id AND holder = :holder"
)
# A try that failed may have been taken all the same: what the card shows is not known any more.
_PUT_OFF = (
    "UPDATE outbox SET holder = :waits, send_at = :instant + :seconds, attempts = attempts + :tried,"
    " shown = CASE WHEN :tried > 0 THEN NULL ELSE shown END,"
    " first_try_at = COALESCE(first_try_at, :first_try_at), error = COALESCE(:error, error)"
    " WHERE id = :letter_id AND holder = :holder"
)
_LOSE = (
    "UPDATE outbox SET holder = NULL, message_id = NULL, shown = NULL, send_at = :instant"
    " WHERE id = :letter_id AND holder = :holder"
)
_KILL = (
    "UPDATE outbox SET holder = NULL, send_at = NULL, dead_at = :instant, error = :error"
    " WHERE id = :letter_id AND holder = :holder"
)


def settle(tx: Transaction, marks: Sequence[Mark], *, holder: str) -> None:
    """Write down, in batches, what became of leased letters; one whose lease another copy took meanwhile is left to it."""
    if not marks:
        return
    known = {"holder": holder, "instant": tx.instant()}
    for kind, sql in ((Accepted, _ACCEPT), (PutOff, _PUT_OFF), (Lost, _LOSE), (Dead, _KILL)):
        rows = [_mark_columns(mark, known) for mark in marks if isinstance(mark, kind)]
        if rows:
            tx.many(sql, rows)


def withdrawn(tx: Transaction, holder: str, *, bot_id: int) -> frozenset[int]:
    """What this copy holds and must not say any more: it was taken back while it waited here for its turn."""
    rows = tx.all(
        "SELECT id FROM outbox WHERE bot_id = :bot_id AND holder = :holder AND error = :error",
        {"bot_id": bot_id, "holder": holder, "error": WITHDRAWN},
    )
    return frozenset(int(row["id"]) for row in rows)


def holds(tx: Transaction, letter_id: int, holder: str) -> bool:
    """Whether this copy still holds a letter: it was neither settled before nor taken by another."""
    row = tx.one("SELECT holder FROM outbox WHERE id = :id", {"id": letter_id})
    return row is not None and row["holder"] == holder


def _mark_columns(mark: Mark, known: dict[str, object]) -> dict[str, object]:
    columns = {**known, **vars(mark)}
    if isinstance(mark, PutOff):
        columns |= {
            "waits": CHAT_WAITS if mark.chat_waits else None,
            "tried": int(mark.tried),
            "first_try_at": known["instant"] if mark.tried else None,
        }
    return columns
