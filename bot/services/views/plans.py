"""What is seen of care plans."""

from collections.abc import Callable, Mapping

from bot.domain.absences import HOME_SHOWN
from bot.domain.errors import PlanGone
from bot.domain.notices import Notice
from bot.domain.plans import (
    CareCandidates,
    CareList,
    ConsentCard,
    PlanCard,
    PlanDeclined,
    PlanStarted,
    PlanState,
    PlansView,
    PlanView,
)
from bot.services import plans as decisions
from bot.services.views import relatives
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import absences, checkins, persons, plans, wellbeing
from bot.storage.database import Transaction

PAGE = 8
LAST = 4


def plan(tx: Transaction, notice: PlanCard | ConsentCard | PlanStarted | PlanDeclined, look: Look) -> PlanView:
    """A plan with names and the last check-ins."""
    found = plans.see(tx, notice.plan_id)
    if found is None:
        raise PlanGone
    away = absences.newest(tx, found.id)
    home_at = away.discharged_at if away else None
    last, contacts = checkins.of_person(tx, found.person_id, LAST), plans.contacts(tx, found.id)
    return PlanView(
        plan=found,
        person=persons.get(tx, found.person_id).name,
        place=place_name(tx, found.area_id),
        about_me=found.person_id == look.person_id,
        contacts=tuple((one.name, one.relation) for one in contacts if one.stands),
        silent=tuple((one.name, one.relation, one.state.value) for one in contacts if not one.stands),
        last=tuple((one.asked_at, one.state.value) for one in last),
        now=look.now,
        second=wellbeing.is_on(tx, found.id),
        wellbeing=wellbeing.last(tx, found.person_id, LAST),
        hospital_since=away.from_at if away and away.in_hospital else None,
        home_since=home_at if home_at and look.now - home_at <= HOME_SHOWN else None,
        proxies=tuple((one.asked_at, name, relation) for one, name, relation in relatives.proxies(tx, last)),
    )


def care_list(tx: Transaction, notice: CareList, look: Look) -> PlansView:
    """Who is cared for where the reader is in charge."""
    places = _places(tx, look)
    found = plans.in_areas(tx, places, limit=PAGE + 1, offset=notice.offset)
    rows = tuple((one.id, persons.get(tx, one.person_id).name, one.state) for one in found[:PAGE])
    return PlansView(rows, notice.offset, len(found) > PAGE, tuple((one, place_name(tx, one)) for one in places))


def candidates(tx: Transaction, notice: CareCandidates, look: Look) -> PlansView:
    """Who could be cared for there."""
    found = plans.candidates(tx, _places(tx, look), limit=PAGE + 1, offset=notice.offset)
    rows = tuple((one, persons.get(tx, one).name, PlanState.PROPOSED) for one in found[:PAGE])
    return PlansView(rows, notice.offset, len(found) > PAGE)


def _places(tx: Transaction, look: Look) -> list[int]:
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return decisions.in_charge_of(persons.actor(tx, persons.get(tx, look.person_id)))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    PlanCard: plan,
    ConsentCard: plan,
    PlanStarted: plan,
    PlanDeclined: plan,
    CareList: care_list,
    CareCandidates: candidates,
}
