"""What is seen of absences."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.absences import (
    AbsenceDays,
    AbsenceFound,
    AbsenceList,
    AbsenceNotice,
    AbsenceOwners,
    AbsenceReasons,
    AbsencesView,
    AbsenceView,
)
from bot.domain.access import Action, allowed
from bot.domain.errors import AlertGone, PlanGone
from bot.domain.notices import Notice
from bot.domain.plans import PlanState
from bot.services import absences as cases
from bot.services import long_absences
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import absences, alerts, areas, persons, plans
from bot.storage.database import Transaction

OWNERS_AT_MOST = 7


def absence(tx: Transaction, notice: AbsenceNotice, look: Look) -> AbsenceView:
    """One absence with names."""
    found = absences.see(tx, notice.absence_id)
    if found is None:
        raise PlanGone
    person, owner = persons.get(tx, found.person_id), persons.get(tx, found.owner_id)
    reader = None if look.person_id is None else persons.actor(tx, persons.get(tx, look.person_id))
    in_charge = reader is not None and allowed(Action.CARE_AWAY, reader, areas.line(tx, found.area_id))
    mine = found.owner_id == look.person_id
    view = AbsenceView(found, person.name, owner.name, person.id == look.person_id, look.now, in_charge or mine)
    if not isinstance(notice, AbsenceOwners):
        return view
    others = cases.owners(tx, found)[:OWNERS_AT_MOST]
    return replace(view, others=tuple((one, persons.get(tx, one).name) for one in others))


def asked(tx: Transaction, notice: AbsenceReasons | AbsenceDays, look: Look) -> AbsenceView:
    """Whose absence is being written down."""
    plan = plans.see(tx, notice.plan_id)
    if plan is None or plan.state is PlanState.ENDED:
        raise PlanGone
    person = persons.get(tx, plan.person_id)
    return AbsenceView(None, person.name, person.name, person.id == look.person_id, look.now)


def found(tx: Transaction, notice: AbsenceFound, look: Look) -> AbsenceView:
    """Who is in hospital."""
    alert = alerts.see(tx, notice.alert_id)
    if alert is None:
        raise AlertGone
    name = persons.get(tx, alert.person_id).name
    return AbsenceView(None, name, name, alert.person_id == look.person_id, look.now)


def listed(tx: Transaction, notice: AbsenceList, look: Look) -> AbsencesView:
    """Long and forgotten ones of a place."""
    rows = tuple(
        (persons.get(tx, one.person_id).name, persons.get(tx, one.owner_id).name, one.until_at, one.forgotten)
        for one in long_absences.listed(tx, notice.area_id, now=look.now)
    )
    return AbsencesView(place_name(tx, notice.area_id), rows, look.now)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    AbsenceNotice: absence,
    AbsenceReasons: asked,
    AbsenceDays: asked,
    AbsenceFound: found,
    AbsenceList: listed,
}
