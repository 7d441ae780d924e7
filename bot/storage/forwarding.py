"""What waits to be said in one chat of somebody's is said in another: they use another of our bots, or another telephone."""

from datetime import datetime

from bot.domain.notices import Card, CardMoved, Notice, Priority, QuestionClosed
from bot.storage import outbox
from bot.storage.database import Row, Transaction

# They blank a message of the chat that they were for: in another chat the same number is another message.
BOUND = (CardMoved, QuestionClosed)
CARRIED = "said through another bot"


def carry_over(
    tx: Transaction, person_id: int, *, old: tuple[int, int], new: tuple[int, int], now: datetime, every: bool = False
) -> None:
    """What waits to be said to somebody in one (bot, chat) is said in another of theirs instead, in the same order.

    What a copy is saying just now comes back to it, and what edits a message stays with it. `every`: they leave the old chat
    for good, so that nothing is said or drawn there any more, and cards that live there come along.
    """
    values = {"id": person_id, "bot_id": old[0], "chat_id": old[1], "instant": tx.instant(), "error": CARRIED}
    waiting = "send_at IS NOT NULL AND message_id IS NULL AND (holder IS NULL OR holder = '~')"
    which = "(send_at IS NOT NULL OR subject IS NOT NULL)" if every else waiting
    rows = tx.all(
        "UPDATE outbox SET dead_at = :instant, error = :error, send_at = NULL, holder = NULL"
        f" WHERE person_id = :id AND bot_id = :bot_id AND chat_id = :chat_id AND dead_at IS NULL AND {which}"
        " RETURNING id, kind, data, priority",
        values,
    )
    for row in sorted(rows, key=lambda row: int(row["id"])):
        _say_again(tx, row, person_id, new, now)


def _say_again(tx: Transaction, row: Row, person_id: int, new: tuple[int, int], now: datetime) -> None:
    if row["kind"] not in Notice.known or row["kind"] in {kind.__name__ for kind in BOUND}:
        return
    notice, priority = Notice.parse(row["kind"], row["data"]), Priority(row["priority"])
    if isinstance(notice, Card):
        outbox.show(tx, notice, bot_id=new[0], chat_id=new[1], person_id=person_id, now=now, priority=priority)
    else:
        outbox.say(tx, notice, bot_id=new[0], chat_id=new[1], person_id=person_id, now=now, priority=priority)
