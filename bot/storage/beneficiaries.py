"""For whom somebody asks who is not themselves, in the database: sealed."""

from datetime import datetime

from bot.domain.beneficiaries import Beneficiary
from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction


def find(tx: Transaction, subject: str) -> Beneficiary | None:
    """For whom this need or draft is; None: for whoever asks."""
    row = tx.one("SELECT * FROM beneficiaries WHERE subject = :subject", {"subject": subject})
    if row is None:
        return None
    return Beneficiary(
        name=tx.vault.open("beneficiaries.name", row["name"]),
        door=tx.vault.open_maybe("beneficiaries.door", row["door"]),
        telephone=tx.vault.open_maybe("beneficiaries.telephone", row["telephone"]),
        agreed_at=instant(row["agreed_at"]),
    )


def put(tx: Transaction, subject: str, person_id: int, whom: Beneficiary, now: datetime) -> None:
    """It is for them; what was written before is written over."""
    tx.run(
        "INSERT INTO beneficiaries (subject, person_id, name, door, telephone, agreed_at, at)"
        " VALUES (:subject, :person_id, :name, :door, :telephone, :agreed_at, :at) ON CONFLICT (subject) DO UPDATE SET"
        " name = excluded.name, door = excluded.door, telephone = excluded.telephone, agreed_at = excluded.agreed_at",
        {
            "subject": subject,
            "person_id": person_id,
            "name": tx.vault.seal("beneficiaries.name", whom.name),
            "door": tx.vault.seal_maybe("beneficiaries.door", whom.door),
            "telephone": tx.vault.seal_maybe("beneficiaries.telephone", whom.telephone),
            "agreed_at": seconds(whom.agreed_at),
            "at": seconds(now),
        },
    )


def forget(tx: Transaction, subject: str) -> None:
    """It is for whoever asks, after all."""
    tx.run("DELETE FROM beneficiaries WHERE subject = :subject", {"subject": subject})
