"""Who is asked for a need: the nearest first, each told why; what follows when they say no or cannot be reached at all."""

from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.areas import Kind
from bot.domain.home import Home
from bot.domain.needs import OFFERS_AT_ONCE, Need, NeedNotice, NeedUnclaimed, OfferCard, State
from bot.domain.notices import Priority
from bot.domain.people import Actor, Role
from bot.services import secrecy, telling
from bot.storage import areas, needs, outbox, persons
from bot.storage.database import Transaction

# So many unanswered offers of somebody who blocks the bot go to others at once; time moves on any that are left.
ASKED_AT_MOST = 100
BUILDING_STEPS, GRID_STEPS = 0, 1


def _nearness(place: Kind, steps: int) -> str:
    """How near somebody lives so many steps up the tree: what is needed in a whole community is next door to nobody."""
    steps += {Kind.BUILDING: 0, Kind.GRID: GRID_STEPS}.get(place, GRID_STEPS + 1)
    if steps <= BUILDING_STEPS:
        return "building"
    return "grid" if steps <= GRID_STEPS else "community"


def ask_more(tx: Transaction, home: Home, need: Need, *, now: datetime, count: int = OFFERS_AT_ONCE) -> int:
    """Ask up to `count` further volunteers, each told why; how many were asked."""
    skills = home.catalogue[need.category].skills
    rows = needs.candidates(tx, need, skills, count)
    place = areas.get(tx, need.area_id).kind
    for row in rows:
        reason = _nearness(place, row["distance"])
        needs.offer(tx, need.id, row["person_id"], reason=reason, skill=skills[0] if row["skilled"] else None, now=now)
        telling.tell(tx, row["person_id"], OfferCard(need.id), now=now)
    return len(rows)


def ask_again(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """A need is open once more: those asked before who have not said no hear of it anew, then others, as many as at first."""
    again = needs.asked_before(tx, need, OFFERS_AT_ONCE)
    for person_id in again:
        telling.tell_afresh(tx, person_id, OfferCard(need.id), now=now)
    more = OFFERS_AT_ONCE - len(again)
    if (ask_more(tx, home, need, now=now, count=more) if more else 0) + len(again) == 0:
        telling.tell_coordinators(tx, need.area_id, NeedUnclaimed(need.id), now=now)


# --- no, and no answer at all ---


def decline(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> Need:
    """A volunteer says "not this time": somebody else is asked instead. Saying it twice asks nobody further."""
    need = secrecy.find(tx, actor, need_id)
    require(Action.NEED_CLAIM, actor, areas.line(tx, need.area_id))
    if needs.answer_offer(tx, need_id, actor.id, "declined"):
        telling.tell(tx, actor.id, OfferCard(need_id), now=now, priority=Priority.ANSWER)
        if need.state is State.OPEN:
            _ask_instead(tx, home, need, now=now)
    return need


def _ask_instead(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """One of those asked will not come: another is asked, and when nobody is left the coordinators hear at once."""
    ask_more(tx, home, need, now=now, count=1)
    if needs.offers_waiting(tx, need) == 0:
        telling.tell_coordinators(tx, need.area_id, NeedUnclaimed(need.id), now=now)


def unreachable(tx: Transaction, home: Home, need_id: int, person_id: int, *, now: datetime) -> None:
    """A volunteer who was to be asked cannot be reached: somebody else is asked instead, and a claim of theirs goes quiet."""
    first = needs.answer_offer(tx, need_id, person_id, "unreachable")
    need = needs.find(tx, need_id)
    if need is not None and need.state is State.OPEN and first:
        _ask_instead(tx, home, need, now=now)
    elif need is not None and need.claimed_by == person_id:
        unheard(tx, need_id, now=now)


def coordinator_unreachable(tx: Transaction, notice: NeedNotice, person_id: int, *, now: datetime) -> None:
    """A coordinator cannot be told: when they were the last one, whoever is next in charge is told instead."""
    need = needs.see(tx, notice.need_id)
    if need is None:
        return
    outbox.touch(tx, f"need:{need.id}")
    coordinators = persons.holding(tx, Role.COORDINATOR, need.area_id)
    if person_id in coordinators and not set(coordinators).intersection(telling.coordinators_of(tx, need.area_id)):
        telling.tell_coordinators(tx, need.area_id, notice, now=now)


def blocked(tx: Transaction, home: Home, person_id: int, *, now: datetime) -> None:
    """A volunteer wants to hear nothing more: whatever they were asked and have not answered, somebody else is asked."""
    for need in needs.offered_to(tx, person_id, ASKED_AT_MOST):
        unreachable(tx, home, need.id, person_id, now=now)


def unheard(tx: Transaction, need_id: int, *, now: datetime) -> None:
    """The claimer cannot be reached at all: the question "still on it?" counts as answered with no, at once."""
    need = needs.find(tx, need_id)
    if need is not None and need.state is State.CLAIMED and need.step > 0:
        needs.postpone(tx, need_id, now)
