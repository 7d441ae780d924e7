"""Links that serve one purpose once, for a contact or a telephone: only a hash of each is kept."""

import secrets
from datetime import datetime

from bot.domain.errors import InvitationExpired, InvitationInvalid, InvitationUsed
from bot.domain.people import Actor
from bot.services import people
from bot.storage import invitations
from bot.storage.database import Transaction
from bot.storage.invitations import Invitation


def make(tx: Transaction, actor: Actor, prefix: str, purpose: str, area_id: int, *, now: datetime) -> str:
    """A deep link's payload that serves one purpose once, within seven days; only its hash is kept."""
    token = secrets.token_urlsafe(16)
    expires_at = now + people.INVITATION_LASTS
    invitations.make(tx, token, role=None, area_id=area_id, by=actor.id, expires_at=expires_at, purpose=purpose)
    return f"{prefix}{token}"


def read(tx: Transaction, actor: Actor, token: str, purpose: str, *, now: datetime) -> tuple[Invitation, int]:
    """A link and the number that it is about; not used up yet. InvitationInvalid, InvitationUsed, InvitationExpired."""
    found = invitations.find(tx, token)
    kind, _, number = (found.purpose or "" if found else "").partition(":")
    if found is None or kind != purpose:
        raise InvitationInvalid
    if found.used_by not in (None, actor.id):
        raise InvitationUsed
    if found.used_by is None and found.expires_at <= now:
        raise InvitationExpired
    return found, int(number)
