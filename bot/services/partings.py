"""Two people who are not brought together again: either may say it, and the other never learns of it."""

from datetime import datetime

from bot.domain.errors import NotAllowed
from bot.domain.needs import Need
from bot.domain.people import Actor
from bot.services import parties, secrecy
from bot.storage import partings
from bot.storage.database import Transaction


def part(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> None:
    """Not this person again: neither is offered to the other from now on."""
    partings.part(tx, actor.id, other_of(tx, actor, need_id), now=now)


def rejoin(tx: Transaction, actor: Actor, need_id: int) -> None:
    """They take it back."""
    partings.rejoin(tx, actor.id, other_of(tx, actor, need_id))


def other_of(tx: Transaction, actor: Actor, need_id: int) -> int:
    """The other side of a need of this person's that somebody helped with; NotAllowed when it is none of theirs."""
    need = secrecy.find(tx, actor, need_id)
    other = need.claimed_by if actor.id == need.person_id else _helped(tx, need, actor.id)
    if other is None:
        raise NotAllowed("part from somebody")
    return other


def _helped(tx: Transaction, need: Need, person_id: int) -> int | None:
    return need.person_id if person_id in parties.helpers_of(tx, need) else None
