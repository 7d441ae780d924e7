"""A coordinator asks one person for a need, or lets the asking rest until a day."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.absences import local_midnight
from bot.domain.access import Action
from bot.domain.assignments import FOR_GOOD, HOLD_DAYS, IN_PERSON, NeedHeld
from bot.domain.errors import ButtonInvalid, NeedNotSo
from bot.domain.home import Home
from bot.domain.matching import Bar, Candidate, Search, Tier, bar, rank
from bot.domain.needs import Need, OfferCard
from bot.domain.people import Actor
from bot.services import matching, needs, parties, telling
from bot.storage import beginners, helpers, history
from bot.storage import matching as stored
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction
from bot.storage.history import Event

# The asking goes on in the morning of the day.
MORNING = 8 * 60
LOOKED_AT = 200


def whom(
    tx: Transaction, actor: Actor, home: Home, need_id: int, *, limit: int, offset: int, now: datetime
) -> list[tuple[int, bool]]:
    """Whom a coordinator may ask in person, the likeliest first: their number, and whether they rest just now."""
    return able(tx, home, _open(tx, actor, need_id), now=now)[offset : offset + limit]


def able(tx: Transaction, home: Home, need: Need, *, now: datetime) -> list[tuple[int, bool]]:
    """Who may be asked for a need by name, the likeliest first: their number, and whether they rest just now."""
    ask, search = matching.ask_for(tx, home, need, now), stored.search(tx, need.id) or Search(need.id)
    barred = {one: bar(ask, one, home.waves) for one in _around(tx, home, need, search, now)}
    found = sorted((one for one, why in barred.items() if why not in FOR_GOOD), key=lambda one: rank(ask, one))
    return [(one.person_id, barred[one] is Bar.RESTING) for one in found]


def _around(tx: Transaction, home: Home, need: Need, search: Search, now: datetime) -> list[Candidate]:
    where = stored.around(tx, need.area_id)
    people, ask = stored.serving(tx, where.line, LOOKED_AT), matching.ask_for(tx, home, need, now)
    new = beginners.new_among(tx, people, ask.visits)
    return stored.candidates(tx, [one for one in people if one not in new], Tier.COMMUNITY, ask, need, search)


def assign(tx: Transaction, actor: Actor, home: Home, need_id: int, person_id: int, *, now: datetime) -> Need:
    """One person is asked in a coordinator's name, at once; they say yes or no as to any offer."""
    need = _open(tx, actor, need_id)
    if person_id not in [one for one, _ in able(tx, home, need, now=now)]:
        raise ButtonInvalid
    ask, search = matching.ask_for(tx, home, need, now), stored.search(tx, need_id) or Search(need_id)
    helpers.asked(tx, [person_id], day=ask.day, now=now)
    stored_needs.offer(tx, need_id, person_id, reason=IN_PERSON, skill=None, round=search.round, now=now)
    telling.tell_afresh(tx, person_id, OfferCard(need_id), now=now)
    history.write(tx, Event(now, actor.id, f"person:{person_id}", "asked in person", after=f"need:{need_id}"))
    return need


def hold(tx: Transaction, actor: Actor, home: Home, need_id: int, days: int, *, now: datetime) -> Need:
    """Nobody further is asked until the morning so many days from now; the resident hears who sees to it."""
    if days not in HOLD_DAYS:
        raise ButtonInvalid
    until = local_midnight(now, days, home.timezone, minutes=MORNING)
    need = needs.hold(tx, actor, need_id, until, now=now)
    search = stored.search(tx, need_id) or Search(need_id)
    stored.keep(tx, replace(search, act_at=max(until, now + timedelta(minutes=1))))
    telling.tell(tx, need.person_id, NeedHeld(need_id), now=now)
    return need


def _open(tx: Transaction, actor: Actor, need_id: int) -> Need:
    need = needs.permitted(tx, actor, need_id, Action.NEED_ASSIGN)
    if not parties.wanting(tx, need):
        raise NeedNotSo(need.state.value)
    return need
