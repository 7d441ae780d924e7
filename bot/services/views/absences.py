"""What is seen of absences."""

from collections.abc import Callable, Mapping

from bot.domain.absences import (
    AbsenceDays,
    AbsenceFound,
    AbsenceList,
    AbsenceNotice,
    AbsenceReasons,
    AbsencesView,
    AbsenceView,
)
from bot.domain.errors import AlertGone, PlanGone
from bot.domain.notices import Notice
from bot.services import long_absences, plans
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import absences, alerts, persons
from bot.storage.database import Transaction


def absence(tx: Transaction, notice: AbsenceNotice, look: Look) -> AbsenceView:
    """One absence with names."""
    found = absences.see(tx, notice.absence_id)
    if found is None:
        raise PlanGone
    person, owner = persons.get(tx, found.person_id), persons.get(tx, found.owner_id)
    return AbsenceView(found, person.name, owner.name, person.id == look.person_id, look.now)


def asked(tx: Transaction, notice: AbsenceReasons | AbsenceDays, look: Look) -> AbsenceView:
    """Whose absence is being written down."""
    plan = plans.get(tx, notice.plan_id)
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
