"""What went wrong inside the program, kept for whoever mends it: where, what about, and the error without personal words."""

import traceback
from datetime import datetime
from pathlib import Path

from bot.storage.columns import seconds
from bot.storage.database import Transaction, Unsettled

HOUSE = Path(__file__).resolve().parents[2]


def record(
    tx: Transaction, *, place: str, subject: str, body: str | None, error: BaseException | str, now: datetime
) -> None:
    """Keep one failure. `place`: update, sweep or delivery. `body`, the update as it came, is sealed; None: not an update."""
    tx.run(
        "INSERT INTO failures (at, place, subject, body, error) VALUES (:at, :place, :subject, :body, :error)",
        {
            "at": seconds(now),
            "place": place,
            "subject": subject,
            "body": tx.vault.seal_maybe("failures.body", body),
            "error": error if isinstance(error, str) else describe(error),
        },
    )


def describe(error: BaseException) -> str:
    """The error's type and where in the program it came from. Its message is left out: it may quote a person's words.

    What is said of a database that cannot be used are our own words, and they say what to do about it.
    """
    if isinstance(error, Unsettled):
        return f"{type(error).__name__}: {error}"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(HOUSE) and ".venv" not in frame.filename]
    if not ours:
        return type(error).__name__
    last = ours[-1]
    return f"{type(error).__name__} at {Path(last.filename).relative_to(HOUSE)}:{last.lineno} in {last.name}"


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Failures older than `at` are deleted, at most `limit`; how many were."""
    return tx.run(
        "DELETE FROM failures WHERE id IN (SELECT id FROM failures WHERE at < :at ORDER BY at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )
