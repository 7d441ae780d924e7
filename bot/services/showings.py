"""Contact data is shown to whoever needs it, written down, and not to one person for everybody: who may see the list of it,
what is too many a day, and who hears of what is unusual."""

from datetime import datetime, timedelta

from bot.domain.access import IN_CHARGE, Action, allowed, require
from bot.domain.errors import NotAllowed
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.showings import (
    DAYS_AT_MOST,
    HOUR,
    PAGES_AT_MOST,
    Showings,
    ShowingsAllowed,
    ShowingsFull,
    ShowingsFullBefore,
    ShowingsMany,
)
from bot.services import handovers, needs, parties, telling
from bot.services.plans import in_charge_of
from bot.storage import areas, history, persons, showings
from bot.storage.columns import instant
from bot.storage.database import Transaction
from bot.storage.history import Event

FULL, UNUSUAL, ALLOWED = "full", "unusual", "allowed"


def reveal(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> ShowingsFull | None:
    """The claimer asks for the address; None: it is shown. Else they were shown many today, and who is in charge is asked."""
    need = needs.reveal(tx, actor, need_id, now=now)
    if not is_full(tx, home, actor, need.person_id, now=now):
        return None
    _tell_once(tx, home, actor, FULL, home.showings.a_day, now=now)
    return ShowingsFull()


def may_take(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> bool:
    """A claim shows an address: whoever was shown many today reads that before they take anything on, so that no resident
    waits for somebody who does not know where to go, and who is in charge is asked. Whatever else is said to a claim, the
    claim says."""
    need = needs.permitted(tx, actor, need_id, Action.NEED_CLAIM)
    asked = handovers.waits_for(tx, need, actor.id) is not None
    free = asked or (parties.wanting(tx, need) and not parties.goes(tx, need, actor.id))
    if not free or not is_full(tx, home, actor, need.person_id, now=now):
        return True
    _tell_once(tx, home, actor, FULL, home.showings.a_day, now=now)
    telling.tell(tx, actor.id, ShowingsFullBefore(need_id), now=now)
    return False


def is_full(tx: Transaction, home: Home, actor: Actor, person_id: int, *, now: datetime) -> bool:
    """Whether this neighbour's contact is one too many today; never for whoever is in charge somewhere."""
    if actor.is_a(*IN_CHARGE):
        return False
    shown = showings.people_shown(tx, actor.id, _counted_since(tx, home, actor.id, now))
    return home.showings.full(shown, person_id)


def note(tx: Transaction, home: Home, viewer_id: int, person_id: int, subject: str, *, now: datetime) -> None:
    """Write down that contact data is shown for a request; who is in charge hears once a day of many in an hour."""
    history.disclosed(tx, viewer_id=viewer_id, person_id=person_id, subject=subject, now=now)
    shown = showings.people_shown(tx, viewer_id, now - HOUR)
    if home.showings.unusual(shown):
        _tell_once(tx, home, persons.actor(tx, persons.get(tx, viewer_id)), UNUSUAL, len(shown), now=now)


def allow(tx: Transaction, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Somebody in charge where this volunteer helps says that more may be shown today: counting begins anew."""
    person = persons.find(tx, person_id)
    if person is None or person.id == actor.id or not _in_charge_over(tx, actor, persons.actor(tx, person)):
        raise NotAllowed(Action.SHOWINGS_SEE.value)
    history.write(tx, Event(now, actor.id, _subject(person_id), ALLOWED))
    telling.tell(tx, person_id, ShowingsAllowed(), now=now)


def open_(tx: Transaction, actor: Actor, area_id: int, days: int, page: int) -> Showings:
    """Who was shown whose contact data: a page of a place's day; `area_id` 0: wherever this person is in charge."""
    if area_id == 0 and not in_charge_of(actor):
        raise NotAllowed(Action.SHOWINGS_SEE.value)
    if area_id != 0:
        require(Action.SHOWINGS_SEE, actor, areas.line(tx, area_id))
    return Showings(area_id, min(max(0, days), DAYS_AT_MOST), min(max(0, page), PAGES_AT_MOST))


def midnight(home: Home, now: datetime, *, days: int = 0) -> datetime:
    """When the local day began, so many days before."""
    day = now.astimezone(home.timezone).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
    return day.astimezone(now.tzinfo)


def _counted_since(tx: Transaction, home: Home, person_id: int, now: datetime) -> datetime:
    began, at = midnight(home, now), showings.last(tx, _subject(person_id), ALLOWED)
    return began if at is None else max(began, instant(at) + timedelta(seconds=1))


def _tell_once(tx: Transaction, home: Home, actor: Actor, event: str, number: int, *, now: datetime) -> None:
    """Whoever is in charge where this person helps hears of it, once a day and again after they allowed more."""
    told = showings.last(tx, _subject(actor.id), event)
    if told is not None and instant(told) >= _counted_since(tx, home, actor.id, now):
        return
    history.write(tx, Event(now, actor.id, _subject(actor.id), event))
    for person_id in _owners(tx, actor):
        telling.tell(tx, person_id, ShowingsMany(actor.id, number, event == FULL), now=now)


def owner_name(tx: Transaction, actor: Actor) -> str | None:
    """Who can allow more; None: nobody is in charge."""
    owners = _owners(tx, actor)
    return persons.get(tx, owners[0]).name if owners else None


def _owners(tx: Transaction, actor: Actor) -> list[int]:
    """Who is in charge where this person has a role, and is not they themselves: where nobody else is, administrators."""
    places = list(dict.fromkeys(grant.area_id for grant in actor.grants))
    nearest = [one for place in places for one in telling.coordinators_of(tx, place) if one != actor.id]
    above = [one for place in places for one in telling.administrators_of(tx, place) if one != actor.id]
    return list(dict.fromkeys(nearest or above))


def _in_charge_over(tx: Transaction, actor: Actor, other: Actor) -> bool:
    return any(allowed(Action.SHOWINGS_SEE, actor, areas.line(tx, grant.area_id)) for grant in other.grants)


def _subject(person_id: int) -> str:
    return f"showings:{person_id}"
