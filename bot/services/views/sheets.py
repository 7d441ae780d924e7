"""What stands on a sheet: for coordinators of the place only, and each person's showing is written down."""

from collections.abc import Callable, Mapping

from bot.domain.access import Action, require
from bot.domain.knocks import walking_key
from bot.domain.notices import Notice
from bot.domain.plans import Plan
from bot.domain.sheets import RoundsSheet, SheetPerson, SheetView
from bot.services import duty, ladders, sheets, telling
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import areas, history, persons, plans
from bot.storage.database import Transaction


def sheet(tx: Transaction, notice: RoundsSheet, look: Look) -> SheetView:
    """A place's sheet in walking order; NotAllowed for whoever is no longer in charge, to whom nothing is sent."""
    if look.person_id is None:
        raise LookupError("a sheet is read by a person")
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    require(Action.SHEET_SEE, reader, areas.line(tx, notice.area_id))
    people = [_person(tx, plan) for plan in sheets.people_of(tx, notice.area_id, notice.page)]
    for one in people:
        subject = f"sheet:{notice.area_id}"
        history.disclosed(tx, viewer_id=reader.id, person_id=one.plan.person_id, subject=subject, now=look.now)
    on_duty = duty.on_duty(tx, look.home, notice.area_id, now=look.now)
    return SheetView(
        place=place_name(tx, notice.area_id),
        page=notice.page,
        people=tuple(sorted(people, key=lambda one: walking_key((one.place,), one.door))),
        duty=tuple(_reached(tx, one) for one in on_duty),
        coordinators=tuple(_reached(tx, one) for one in telling.coordinators_of(tx, notice.area_id)),
        now=look.now,
        ladder=ladders.of_area(tx, notice.area_id),
    )


def _person(tx: Transaction, plan: Plan) -> SheetPerson:
    person = persons.get(tx, plan.person_id)
    neighbour = None if plan.neighbour_id is None else persons.get(tx, plan.neighbour_id).name
    contacts = tuple((one.name, one.relation, one.telephone) for one in plans.contacts(tx, plan.id) if one.stands)
    place = place_name(tx, plan.area_id)
    return SheetPerson(plan, person.name, place, person.door, person.telephone, neighbour, contacts)


def _reached(tx: Transaction, person_id: int) -> tuple[str, str | None]:
    person = persons.get(tx, person_id)
    return person.name, person.telephone


VIEWS: Mapping[type[Notice], Callable[..., object]] = {RoundsSheet: sheet}
