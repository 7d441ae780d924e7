"""Money between the sides of a need, in the database: amounts and times, no words."""

from datetime import datetime

from bot.domain.receipts import Budget, Payer, Receipt
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction, Values

FIELDS = ("given", "spent", "by_helper_at", "by_resident_at", "disputed_at", "settled_at", "act_at")


def set_budget(tx: Transaction, need_id: int, budget: Budget) -> None:
    """This is what the resident says of the money from now on."""
    tx.run(
        "INSERT INTO budgets (need_id, payer, ceiling) VALUES (:need_id, :payer, :ceiling)"
        " ON CONFLICT (need_id) DO UPDATE SET payer = excluded.payer, ceiling = excluded.ceiling",
        {"need_id": need_id, "payer": budget.payer.value, "ceiling": budget.ceiling},
    )


def budget_of(tx: Transaction, need_id: int) -> Budget | None:
    """What the resident says of the money; None: nothing."""
    row = tx.one("SELECT payer, ceiling FROM budgets WHERE need_id = :id", {"id": need_id})
    return None if row is None else Budget(Payer(row["payer"]), row["ceiling"])


def make(tx: Transaction, receipt: Receipt) -> Receipt:
    """Write a new one; it comes back with its number."""
    names = ("bot_id", "need_id", "helper_id", "made_at", *FIELDS)
    row = tx.one(
        f"INSERT INTO receipts ({', '.join(names)}, version) VALUES ({', '.join(f':{name}' for name in names)}, 0)"
        " RETURNING *",
        {
            **_columns(receipt),
            "bot_id": receipt.bot_id,
            "need_id": receipt.need_id,
            "helper_id": receipt.helper_id,
            "made_at": seconds(receipt.made_at),
        },
    )
    if row is None:
        raise LookupError("a row that was written comes back")
    return _receipt(row)


def save(tx: Transaction, old: Receipt, new: Receipt) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    sets = ", ".join(f"{field} = :{field}" for field in FIELDS)
    sql = f"UPDATE receipts SET {sets}, version = version + 1 WHERE id = :id AND version = :version"
    return tx.run(sql, {**_columns(new), "id": old.id, "version": old.version}) == 1


def find(tx: Transaction, receipt_id: int) -> Receipt | None:
    """One of them, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM receipts WHERE id = :id FOR NO KEY UPDATE", {"id": receipt_id})
    return None if row is None else _receipt(row)


def see(tx: Transaction, receipt_id: int) -> Receipt | None:
    """One as it stands, without locking it; None: there is none."""
    row = tx.one("SELECT * FROM receipts WHERE id = :id", {"id": receipt_id})
    return None if row is None else _receipt(row)


def of_helper(tx: Transaction, need_id: int, helper_id: int) -> Receipt | None:
    """What a helper has said of a need's money, the last of it, locked; None: nothing."""
    row = tx.one(
        "SELECT * FROM receipts WHERE need_id = :need_id AND helper_id = :id ORDER BY id DESC LIMIT 1 FOR NO KEY UPDATE",
        {"need_id": need_id, "id": helper_id},
    )
    return None if row is None else _receipt(row)


# --- time ---


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Which of them time has something to do with, the longest waiting first."""
    rows = tx.all(
        "SELECT id FROM receipts WHERE act_at <= :now ORDER BY act_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def postpone(tx: Transaction, receipt_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE receipts SET act_at = :until WHERE id = :id", {"id": receipt_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM receipts WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM receipts WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def _columns(receipt: Receipt) -> Values:
    return {
        "given": receipt.given,
        "spent": receipt.spent,
        "by_helper_at": seconds(receipt.by_helper_at),
        "by_resident_at": seconds(receipt.by_resident_at),
        "disputed_at": seconds(receipt.disputed_at),
        "settled_at": seconds(receipt.settled_at),
        "act_at": seconds(receipt.act_at),
    }


def _receipt(row: Row) -> Receipt:
    return Receipt(
        id=row["id"],
        bot_id=row["bot_id"],
        need_id=row["need_id"],
        helper_id=row["helper_id"],
        given=row["given"],
        spent=row["spent"],
        made_at=instant(row["made_at"]),
        by_helper_at=instant(row["by_helper_at"]),
        by_resident_at=instant(row["by_resident_at"]),
        disputed_at=instant(row["disputed_at"]),
        settled_at=instant(row["settled_at"]),
        act_at=instant(row["act_at"]),
        version=row["version"],
    )
