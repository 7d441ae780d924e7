"""The outbox: everything that is to be said waits here until Telegram has taken it, whatever happens to the program.

One column, `send_at`, is due time, lease and back-off at once (NULL: nothing to send); `leases.py` says how it is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Card, Notice, Priority
from bot.storage.columns import seconds
from bot.storage.database import Transaction


@dataclass(frozen=True)
class Letter:
    """One row of the outbox, leased. `subject` None: said once; else a card. `message_id` None: no message of it yet.

    `shown` is the hash of what the card showed last; `attempts` counts failed tries since the last success.
    """

    id: int
    bot_id: int
    chat_id: int
    person_id: int | None
    priority: int
    notice: Notice
    subject: str | None
    message_id: int | None
    shown: str | None
    version: int
    attempts: int
    first_try_at: float | None
    created_at: datetime


@dataclass(frozen=True)
class Saying:
    """One notice of a batch. `priority` None: the notice's own."""

    notice: Notice
    bot_id: int
    chat_id: int
    person_id: int | None
    priority: Priority | None = None


# --- saying ---

_SAY = (
    "INSERT INTO outbox (bot_id, chat_id, person_id, priority, kind, data, subject, message_id, send_at, created_at)"
    " VALUES (:bot_id, :chat_id, :person_id, :priority, :kind, :data, :subject, :message_id, :send_at, :created_at)"
)


def say(
    tx: Transaction,
    notice: Notice,
    *,
    bot_id: int,
    chat_id: int,
    person_id: int | None,
    now: datetime,
    priority: Priority | None = None,
) -> int:
    """Someone will be told `notice`, once this transaction is committed; the letter's id."""
    saying = Saying(notice, bot_id, chat_id, person_id, priority)
    return _insert(tx, _columns(saying, now, tx.instant()))


def say_many(tx: Transaction, rows: Iterable[Saying], *, now: datetime) -> None:
    """The same for many people at once, in one batch: for fan-outs and sweeps."""
    at = tx.instant()
    tx.many(_SAY, [_columns(row, now, at) for row in rows])


def show_first(tx: Transaction, rows: Iterable[Saying], *, now: datetime) -> None:
    """Cards whose subject is new in this transaction, so that no chat can have one of it yet, in one batch."""
    instant = tx.instant()
    cards = [(row, row.notice) for row in rows]
    tx.many(
        _SAY,
        [_columns(row, now, instant, subject=card.subject) for row, card in cards if isinstance(card, Card)],
    )


def _insert(tx: Transaction, columns: dict[str, object]) -> int:
    row = tx.one(_SAY + " RETURNING id", columns)
    return int(row["id"]) if row else 0


def _columns(
    saying: Saying, now: datetime, send_at: float, *, subject: str | None = None, message_id: int | None = None
) -> dict[str, object]:
    priority = saying.notice.priority if saying.priority is None else saying.priority
    return {
        "bot_id": saying.bot_id,
        "chat_id": saying.chat_id,
        "person_id": saying.person_id,
        "priority": int(priority),
        "kind": type(saying.notice).__name__,
        "data": saying.notice.data(),
        "subject": subject,
        "message_id": message_id,
        "send_at": send_at,
        "created_at": seconds(now),
    }


def waits(tx: Transaction, notice: Notice, *, bot_id: int, chat_id: int) -> bool:
    """Whether the very same waits to be said in this chat already; what is on its way may have been read by now."""
    row = tx.one(
        "SELECT id FROM outbox WHERE bot_id = :bot_id AND chat_id = :chat_id AND kind = :kind AND data = :data"
        " AND send_at IS NOT NULL AND holder IS NULL LIMIT 1",
        {"bot_id": bot_id, "chat_id": chat_id, "kind": type(notice).__name__, "data": notice.data()},
    )
    return row is not None


# --- cards ---

# An adopted message shows nobody knows what, so the hash of what was drawn is forgotten with it.
_SHOW = (
    "UPDATE outbox SET data = :data, priority = :priority, person_id = :person_id, version = version + 1,"
    " message_id = COALESCE(:message_id, message_id),"
    " shown = CASE WHEN CAST(:message_id AS BIGINT) IS NULL THEN shown ELSE NULL END,"
    " send_at = COALESCE(send_at, :send_at), dead_at = NULL"
    " WHERE subject = :subject AND bot_id = :bot_id AND chat_id = :chat_id AND kind = :kind RETURNING id"
)
_MAKE = _SAY + " ON CONFLICT (subject, bot_id, chat_id, kind) WHERE subject IS NOT NULL DO NOTHING RETURNING id"


def show(
    tx: Transaction,
    card: Card,
    *,
    bot_id: int,
    chat_id: int,
    person_id: int | None,
    now: datetime,
    priority: Priority | None = None,
    message_id: int | None = None,
) -> int:
    """The chat's card of this kind and subject is drawn (again); made if there is none. The letter's id.

    With `message_id` the card lives in that message from now on (the one that was tapped). Another card of its subject that
    lived there is given up, for two would draw over each other; a message of another subject is not taken. A card that had
    been given up is tried again.
    """
    if message_id is not None and not _take_over(tx, card, bot_id=bot_id, chat_id=chat_id, message_id=message_id):
        message_id = None
    saying = Saying(card, bot_id, chat_id, person_id, priority)
    columns = _columns(saying, now, tx.instant(), subject=card.subject, message_id=message_id)
    # Made by somebody else between the two: then it is theirs that is drawn again.
    row = tx.one(_SHOW, columns) or tx.one(_MAKE, columns) or tx.one(_SHOW, columns)
    return int(row["id"]) if row else 0


# What is on its way to the old message arrives before the new card is drawn; what waits because its chat has to wait goes on
# waiting, and comes as a message of its own.
_GIVE_UP = (
    "UPDATE outbox SET message_id = NULL, shown = NULL, dead_at = :instant, error = :error,"
    " send_at = CASE WHEN holder IS NULL THEN NULL ELSE send_at END"
    " WHERE bot_id = :bot_id AND chat_id = :chat_id AND message_id = :message_id AND subject = :subject AND kind <> :kind"
    " AND dead_at IS NULL"
)
TAKEN_OVER = "another card took its message"


def _take_over(tx: Transaction, card: Card, *, bot_id: int, chat_id: int, message_id: int) -> bool:
    """Whether a card may move into a message; whatever else of its subject lived there has lost it then."""
    where = {"bot_id": bot_id, "chat_id": chat_id, "message_id": message_id, "subject": card.subject}
    other = tx.one(
        "SELECT 1 AS one FROM outbox WHERE bot_id = :bot_id AND chat_id = :chat_id AND message_id = :message_id"
        " AND subject <> :subject AND dead_at IS NULL",
        where,
    )
    if other is not None:
        return False
    tx.run(_GIVE_UP, {**where, "kind": type(card).__name__, "instant": tx.instant(), "error": TAKEN_OVER})
    return True


def find_card(tx: Transaction, card: Card, *, bot_id: int, chat_id: int) -> tuple[int, int | None] | None:
    """The letter of a chat's card and the message that it is in (None: not accepted yet); None: there is no such card."""
    row = tx.one(
        "SELECT id, message_id FROM outbox"
        " WHERE subject = :subject AND bot_id = :bot_id AND chat_id = :chat_id AND kind = :kind",
        {"subject": card.subject, "bot_id": bot_id, "chat_id": chat_id, "kind": type(card).__name__},
    )
    return None if row is None else (row["id"], row["message_id"])


def message_of(tx: Transaction, letter_id: int) -> int | None:
    """The message that a letter became; None: none yet."""
    row = tx.one("SELECT message_id FROM outbox WHERE id = :id", {"id": letter_id})
    return None if row is None else row["message_id"]


def is_home(tx: Transaction, *, bot_id: int, chat_id: int, message_id: int) -> bool:
    """Whether a card lives in this message (again): then nothing but the card itself may be written there."""
    row = tx.one(
        "SELECT 1 AS one FROM outbox WHERE bot_id = :bot_id AND chat_id = :chat_id AND message_id = :message_id"
        " AND subject IS NOT NULL AND dead_at IS NULL",
        {"bot_id": bot_id, "chat_id": chat_id, "message_id": message_id},
    )
    return row is not None


def said_in(tx: Transaction, *, bot_id: int, chat_id: int, message_id: int) -> Notice | None:
    """What a message of ours says; None: it is no message of ours, or was said too long ago.

    Whoever answers faster than its number is written down answers what is on its way: in a chat that is one letter.
    """
    # In one statement: between two the number may be written down.
    row = tx.one(
        "SELECT kind, data FROM (SELECT kind, data, id, 0 AS rank FROM outbox"
        " WHERE bot_id = :bot_id AND chat_id = :chat_id AND message_id = :message_id"
        " UNION ALL SELECT kind, data, id, 1 AS rank FROM outbox WHERE bot_id = :bot_id AND chat_id = :chat_id"
        " AND message_id IS NULL AND send_at IS NOT NULL AND holder IS NOT NULL AND holder <> '~' AND NOT EXISTS"
        " (SELECT 1 FROM outbox n WHERE n.bot_id = :bot_id AND n.chat_id = :chat_id AND n.message_id >= :message_id)) said"
        " ORDER BY rank, id DESC LIMIT 1",
        {"bot_id": bot_id, "chat_id": chat_id, "message_id": message_id},
    )
    return None if row is None or row["kind"] not in Notice.known else Notice.parse(row["kind"], row["data"])


def touch(tx: Transaction, *subjects: str) -> None:
    """Whoever sees a card of these subjects will see it as it is now; cards that were given up stay so."""
    at = tx.instant()
    tx.many(
        "UPDATE outbox SET version = version + 1, send_at = COALESCE(send_at, :instant)"
        " WHERE subject = :subject AND dead_at IS NULL",
        [{"subject": subject, "instant": at} for subject in subjects],
    )


def touch_calmly(tx: Transaction, *subjects: str) -> None:
    """The same for overviews that change all day: once they are there they are drawn when nothing else is to be said."""
    at = tx.instant()
    # One that is on its way for the first time has no message yet; what it shows may have changed meanwhile all the same.
    tx.many(
        "UPDATE outbox SET version = version + 1, send_at = COALESCE(send_at, :instant),"
        " priority = CASE WHEN message_id IS NULL THEN priority ELSE :priority END"
        " WHERE subject = :subject AND dead_at IS NULL",
        [{"subject": subject, "instant": at, "priority": int(Priority.REST)} for subject in subjects],
    )


def is_card(tx: Transaction, *, bot_id: int, chat_id: int, message_id: int) -> bool:
    """Whether a card lives in this message."""
    row = tx.one(
        "SELECT id FROM outbox WHERE bot_id = :bot_id AND chat_id = :chat_id AND message_id = :message_id"
        " AND subject IS NOT NULL",
        {"bot_id": bot_id, "chat_id": chat_id, "message_id": message_id},
    )
    return row is not None


def subject_at(tx: Transaction, *, bot_id: int, chat_id: int, message_id: int) -> str | None:
    """What the card in this message shows; None: no card lives in it."""
    row = tx.one(
        "SELECT subject FROM outbox WHERE bot_id = :bot_id AND chat_id = :chat_id AND message_id = :message_id"
        " AND subject IS NOT NULL ORDER BY id DESC LIMIT 1",
        {"bot_id": bot_id, "chat_id": chat_id, "message_id": message_id},
    )
    return None if row is None else str(row["subject"])


def redraw(tx: Transaction, *, bot_id: int, chat_id: int, message_id: int) -> None:
    """The card in this very message is drawn again even if it should look so already: somebody tapped what is no longer so."""
    tx.run(
        "UPDATE outbox SET version = version + 1, shown = NULL, send_at = COALESCE(send_at, :instant)"
        " WHERE bot_id = :bot_id AND chat_id = :chat_id AND message_id = :message_id AND subject IS NOT NULL AND dead_at IS NULL",
        {"bot_id": bot_id, "chat_id": chat_id, "message_id": message_id, "instant": tx.instant()},
    )


def move(tx: Transaction, letter_id: int) -> None:
    """The card comes as a new message at the end of its chat; the old message stays as it is, for the caller to blank.

    A card whose first message is on its way just now is there already, and is only drawn again.
    """
    tx.run(
        "UPDATE outbox SET message_id = NULL, shown = NULL, version = version + 1,"
        " send_at = COALESCE(send_at, :instant), dead_at = NULL WHERE id = :id",
        {"id": letter_id, "instant": tx.instant()},
    )


def move_chat(tx: Transaction, *, bot_id: int, old: int, new: int) -> None:
    """What was to be said in a group goes to the supergroup that it became; its cards are sent afresh there."""
    tx.run(
        "UPDATE outbox SET chat_id = :new, message_id = NULL, shown = NULL, version = version + 1"
        " WHERE bot_id = :bot_id AND chat_id = :old",
        {"bot_id": bot_id, "old": old, "new": new},
    )


def messages_of_cards(tx: Transaction, *, bot_id: int, chat_id: int) -> list[int]:
    """The messages of a chat in which a card lives, whatever it shows."""
    rows = tx.all(
        "SELECT message_id FROM outbox WHERE bot_id = :bot_id AND chat_id = :chat_id AND subject IS NOT NULL"
        " AND message_id IS NOT NULL ORDER BY message_id",
        {"bot_id": bot_id, "chat_id": chat_id},
    )
    return [row["message_id"] for row in rows]


# --- taking it back ---

WITHDRAWN = "withdrawn"


def withdraw(tx: Transaction, person_id: int) -> int:
    """Nothing that waits for this person is said any more; the largest number of a letter until now.

    What a copy is about to say keeps its lease: it looks once more before it says it.
    """
    tx.run(
        "UPDATE outbox SET dead_at = :instant, error = :error,"
        " send_at = CASE WHEN holder IS NULL OR holder = '~' THEN NULL ELSE send_at END,"
        " holder = CASE WHEN holder = '~' THEN NULL ELSE holder END"
        " WHERE person_id = :id AND send_at IS NOT NULL",
        {"id": person_id, "instant": tx.instant(), "error": WITHDRAWN},
    )
    last = tx.one("SELECT COALESCE(MAX(id), 0) AS id FROM outbox")
    return 0 if last is None else int(last["id"])


# --- looking after it ---


@dataclass(frozen=True)
class Waiting:
    """What waits at one priority: how many letters, and for how many seconds the oldest has been due (never negative)."""

    priority: Priority
    letters: int
    oldest_seconds: float


def waiting(tx: Transaction) -> list[Waiting]:
    """What still has to be said, by priority. It reads every waiting row: for metrics, not for each second."""
    at = tx.instant()
    rows = tx.all(
        "SELECT priority, COUNT(*) AS letters, MIN(COALESCE(first_try_at, send_at)) AS oldest FROM outbox"
        " WHERE send_at IS NOT NULL GROUP BY priority ORDER BY priority"
    )
    return [Waiting(Priority(row["priority"]), row["letters"], max(0.0, at - row["oldest"])) for row in rows]


def late(tx: Transaction, *, bot_id: int, seconds: float, priority: Priority = Priority.LIFE) -> int:
    """How many letters of this priority have waited longer than `seconds`, tried or not."""
    row = tx.one(
        "SELECT COUNT(*) AS letters FROM outbox WHERE bot_id = :bot_id AND priority = :priority"
        " AND send_at IS NOT NULL AND COALESCE(first_try_at, send_at) < :before",
        {"bot_id": bot_id, "priority": int(priority), "before": tx.instant() - seconds},
    )
    return int(row["letters"]) if row else 0


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Letters said once before `at` are deleted, at most `limit`; how many were. Cards and dead letters stay."""
    return tx.run(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE created_at < :at AND subject IS NULL"
        " AND send_at IS NULL AND dead_at IS NULL ORDER BY created_at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )
