"""Who goes to a need together: read by whoever decides about it, asks for it or shows it."""

from datetime import datetime

from bot.domain.needs import Need, State
from bot.domain.seats import Party
from bot.storage import beginners, partings, seats
from bot.storage import matching as searches
from bot.storage.database import Transaction


def party(tx: Transaction, need: Need) -> Party:
    """Whoever leads and who comes along (of a need that is over: who went), for how many seats."""
    lead = () if need.claimed_by is None else (need.claimed_by,)
    people = (*lead, *(one for one in seats.along(tx, need.id) if one not in lead)) if lead else ()
    new = (
        beginners.new_among(tx, people, beginners.visits(tx, need.area_id))
        if need.state is State.CLAIMED
        else frozenset()
    )
    return Party(people, seats.asked(tx, need.id), need.pair, new)


def accompanied(tx: Transaction, person_id: int, area_id: int) -> bool:
    """Whether this volunteer makes their visits there together with somebody experienced as yet."""
    return bool(beginners.new_among(tx, (person_id,), beginners.visits(tx, area_id)))


def helpers_of(tx: Transaction, need: Need) -> list[int]:
    """Everybody who goes to a need, or went: whoever leads first."""
    return list(party(tx, need).people)


def wanting(tx: Transaction, need: Need) -> bool:
    """Whether people are asked for it: nobody has it, or a seat is empty."""
    return need.state is State.OPEN or (need.state is State.CLAIMED and party(tx, need).missing > 0)


def goes(tx: Transaction, need: Need, person_id: int) -> bool:
    """Whether this person goes there, leading or not."""
    return need.state is State.CLAIMED and person_id in party(tx, need).people


def comes_along(tx: Transaction, need: Need, person_id: int) -> bool:
    """Whether this person goes there and somebody else leads."""
    return need.state is State.CLAIMED and person_id in party(tx, need).people[1:]


def kept_apart(tx: Transaction, going: Party) -> frozenset[int]:
    """Who is not asked to come along: those who go, and whoever is not brought together with one of them."""
    return frozenset((*going.people, *partings.around(tx, going.people)))


def settle(tx: Transaction, need: Need, *, now: datetime, by: datetime | None = None) -> None:
    """Somebody came or left: as long as seats are empty people are asked, and somebody hears when it takes too long (`by`,
    or as long as its urgency says); else neither."""
    if need.state is State.CLAIMED and party(tx, need).missing:
        if seats.look_of(tx, need.id) is None:
            seats.look_at(tx, need.id, by or need.first_look(now))
        return
    seats.look_at(tx, need.id, None)
    if need.state is State.CLAIMED:
        searches.rest(tx, need.id)
