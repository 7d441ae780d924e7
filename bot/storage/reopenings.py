"""Why needs were opened again, in the database; the words are sealed."""

from bot.domain.reopenings import Reopening, Why
from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction


def make(tx: Transaction, new: Reopening) -> None:
    """Write it down."""
    tx.run(
        "INSERT INTO reopenings (need_id, person_id, why, words, at) VALUES (:need_id, :person_id, :why, :words, :at)",
        {
            "need_id": new.need_id,
            "person_id": new.person_id,
            "why": new.why.value,
            "words": tx.vault.seal_maybe("reopenings.words", new.words),
            "at": seconds(new.at),
        },
    )


def last(tx: Transaction, need_id: int) -> Reopening | None:
    """Why it was opened again last; None: it never was."""
    row = tx.one(
        "SELECT * FROM reopenings WHERE need_id = :need_id ORDER BY id DESC LIMIT 1",
        {"need_id": need_id},
    )
    if row is None:
        return None
    words = tx.vault.open_maybe("reopenings.words", row["words"])
    return Reopening(row["need_id"], row["person_id"], Why(row["why"]), instant(row["at"]), words)
