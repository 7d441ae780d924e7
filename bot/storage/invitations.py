"""Invitation links in the database: only a hash of each is kept, so that a stolen file invites nobody."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Role
from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction


@dataclass(frozen=True)
class Invitation:
    """What a link gives to the first who opens it. `created_by` None: made on the command line."""

    role: Role
    area_id: int
    created_by: int | None
    expires_at: datetime
    used_by: int | None
    skills: tuple[str, ...]


def fingerprint(token: str) -> str:
    """What is kept of a link's random part."""
    return hashlib.sha256(token.encode()).hexdigest()


def make(
    tx: Transaction,
    token: str,
    *,
    role: Role,
    area_id: int,
    by: int | None,
    expires_at: datetime,
    skills: tuple[str, ...] = (),
) -> None:
    """Write down a new invitation."""
    tx.run(
        "INSERT INTO invitations (token_hash, role, area_id, created_by, expires_at, skills)"
        " VALUES (:hash, :role, :area_id, :by, :expires_at, :skills)",
        {
            "hash": fingerprint(token),
            "role": role.value,
            "area_id": area_id,
            "by": by,
            "expires_at": seconds(expires_at),
            "skills": ",".join(skills),
        },
    )


def find(tx: Transaction, token: str) -> Invitation | None:
    """The invitation behind a link; None: there is none."""
    row = tx.one("SELECT * FROM invitations WHERE token_hash = :hash FOR NO KEY UPDATE", {"hash": fingerprint(token)})
    if row is None:
        return None
    skills = tuple(filter(None, row["skills"].split(",")))
    return Invitation(
        Role(row["role"]), row["area_id"], row["created_by"], instant(row["expires_at"]), row["used_by"], skills
    )


def use(tx: Transaction, token: str, person_id: int) -> bool:
    """Use it up; False when somebody was faster."""
    return (
        tx.run(
            "UPDATE invitations SET used_by = :person_id WHERE token_hash = :hash AND used_by IS NULL",
            {"person_id": person_id, "hash": fingerprint(token)},
        )
        == 1
    )
