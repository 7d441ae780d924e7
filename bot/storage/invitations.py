"""Invitation links in the database: only a hash of each is kept, so that a stolen file invites nobody."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Role
from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction


@dataclass(frozen=True)
class Invitation:
    """What a link gives to the first who opens it. `created_by` None: made on the command line.

    `role` None: it is for a `purpose` instead ("contact:12", "person:12").
    """

    role: Role | None
    area_id: int
    created_by: int | None
    expires_at: datetime
    used_by: int | None
    skills: tuple[str, ...]
    purpose: str | None = None


def fingerprint(token: str) -> str:
    """What is kept of a link's random part."""
    return hashlib.sha256(token.encode()).hexdigest()


def make(
    tx: Transaction,
    token: str,
    *,
    role: Role | None,
    area_id: int,
    by: int | None,
    expires_at: datetime,
    skills: tuple[str, ...] = (),
    purpose: str | None = None,
) -> None:
    """Write down a new invitation: to a role, or for a purpose."""
    tx.run(
        "INSERT INTO invitations (token_hash, role, area_id, created_by, expires_at, skills, purpose)"
        " VALUES (:hash, :role, :area_id, :by, :expires_at, :skills, :purpose)",
        {
            "hash": fingerprint(token),
            "role": role.value if role else "",
            "area_id": area_id,
            "by": by,
            "expires_at": seconds(expires_at),
            "skills": ",".join(skills),
            "purpose": purpose,
        },
    )


def find(tx: Transaction, token: str) -> Invitation | None:
    """The invitation behind a link; None: there is none."""
    row = tx.one("SELECT * FROM invitations WHERE token_hash = :hash FOR NO KEY UPDATE", {"hash": fingerprint(token)})
    if row is None:
        return None
    skills = tuple(filter(None, row["skills"].split(",")))
    return Invitation(
        role=Role(row["role"]) if row["role"] else None,
        area_id=row["area_id"],
        created_by=row["created_by"],
        expires_at=instant(row["expires_at"]),
        used_by=row["used_by"],
        skills=skills,
        purpose=row["purpose"],
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
