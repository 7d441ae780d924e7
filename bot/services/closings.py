"""Who the two sides of a visit are, and what each can still say of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.closings import Closing, Said, Side
from bot.domain.enclosures import is_wordless
from bot.domain.errors import NeedNotSo
from bot.domain.needs import FORGOTTEN, Need, State
from bot.domain.people import Actor
from bot.services import secrecy
from bot.storage import areas, groups, ratings
from bot.storage.database import Transaction

# When a side may say how it was: the resident once they have said that it is well, whoever was there from then on.
SPEAKS = {
    Side.RESIDENT: (State.CLOSED,),
    Side.HELPER: (State.DONE, State.DISPUTED, State.CLOSED),
}


@dataclass(frozen=True)
class Parties:
    """A visit as one of its two sides sees it."""

    need: Need
    side: Side
    me: int
    other: int
    claimed_at: datetime


def parties(tx: Transaction, actor: Actor, need_id: int) -> Parties:
    """The visit, its need locked, for whoever was on it. NeedNotSo while it is not over, NotAllowed for anybody else."""
    need = secrecy.find(tx, actor, need_id)
    require(Action.VISIT_SPEAK, actor, areas.line(tx, need.area_id), relations(need, actor.id))
    found = seen(need, actor.id)
    if found is None:
        raise NeedNotSo(need.state.value)
    return found


def relations(need: Need, person_id: int) -> set[Relation]:
    """What somebody is to a visit."""
    asked = {Relation.REQUESTER} if person_id == need.person_id else set()
    return asked | ({Relation.HELPED} if person_id == need.claimed_by else set())


def seen(need: Need, person_id: int) -> Parties | None:
    """The visit from this person's side; None: they were not on it, or it is not over for them yet."""
    if need.claimed_by is None or need.claimed_at is None or need.claimed_by == need.person_id:
        return None
    if person_id == need.person_id:
        found = Parties(need, Side.RESIDENT, person_id, need.claimed_by, need.claimed_at)
    elif person_id == need.claimed_by:
        found = Parties(need, Side.HELPER, person_id, need.person_id, need.claimed_at)
    else:
        return None
    return found if need.state in SPEAKS[found.side] else None


def closing(tx: Transaction, need: Need, person_id: int | None, now: datetime) -> Closing:
    """What this reader can say now, and what they may read of what was said."""
    asked_by_reader = person_id == need.person_id
    again = asked_by_reader and has_words(need) and need.state in (State.CLOSED, State.EXPIRED)
    reopens = asked_by_reader and need.reopens(now)
    bare = Closing(reopens=reopens, repeats=again and not reopens)
    found = None if person_id is None else seen(need, person_id)
    if found is None:
        return bare
    mine, theirs = _read(tx, found, found.me), _read(tx, found, found.other)
    over = theirs is not None and mine is None
    thanks = found.side is Side.RESIDENT and need.guarded_by is None and bool(groups.of_area(tx, need.area_id))
    return Closing(found.side, mine, theirs, over, bare.reopens, bare.repeats, thanks)


def has_words(need: Need) -> bool:
    """Whether its own words can be written once more: not where they are forgotten, or were a voice note or a photo."""
    return need.text != FORGOTTEN and not is_wordless(need.text)


def _read(tx: Transaction, found: Parties, author: int) -> Said | None:
    rating = ratings.by(tx, found.need.id, author, found.claimed_at)
    return None if rating is None else rating.read_by(found.me)
