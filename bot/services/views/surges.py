"""What is seen of surges."""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.errors import SurgeNotSo
from bot.domain.notices import Notice
from bot.domain.plans import Slot
from bot.domain.surges import (
    Surge,
    SurgeCard,
    SurgeLine,
    SurgeList,
    SurgeNotice,
    SurgePlaces,
    SurgesView,
    SurgeTold,
    SurgeView,
    channel_at,
)
from bot.services import plans as plan_cases
from bot.services import surges as cases
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, plans, surges
from bot.storage.database import Transaction


def surge(tx: Transaction, notice: SurgeCard | SurgeNotice, look: Look) -> SurgeView:
    """One surge with names. SurgeNotSo when it was thrown away."""
    found = surges.see(tx, notice.surge_id)
    if found is None or look.person_id is None:
        raise SurgeNotSo
    reader = persons.get(tx, look.person_id)
    first, last = found.span(look.now, look.home.timezone)
    return SurgeView(
        found,
        place_name(tx, found.area_id),
        persons.get(tx, found.begun_by or found.made_by).name,
        None if found.ended_by is None else persons.get(tx, found.ended_by).name,
        cases.may(tx, persons.actor(tx, reader), found),
        first,
        last,
    )


def told(tx: Transaction, notice: SurgeTold, look: Look) -> SurgeView:
    """The same for whoever is cared for; nothing once it is over, or they are not asked any more."""
    view = surge(tx, notice, look)
    plan = None if look.person_id is None else plans.of_person(tx, look.person_id)
    if plan is None or not view.surge.runs:
        raise SurgeNotSo
    person = persons.get(tx, plan.person_id)
    return SurgeView(
        view.surge,
        view.place,
        view.by,
        view.ender,
        may=False,
        first=max(view.first, look.now.astimezone(look.home.timezone).date()),
        last=view.last,
        channel=channel_at(plan, view.surge.slot),
        person=person.name,
    )


def lines(tx: Transaction, running: Iterable[Surge]) -> tuple[SurgeLine, ...]:
    """Each in one line."""
    return tuple(
        SurgeLine(
            one.id,
            one.kind,
            Slot(one.slot).name,
            one.last_day,
            persons.get(tx, one.begun_by).name,
            place_name(tx, one.area_id),
        )
        for one in running
        if one.last_day is not None and one.begun_by is not None
    )


def listed(tx: Transaction, notice: SurgeList | SurgePlaces, look: Look) -> SurgesView:
    """What is on where the reader is in charge, and where they could turn something on."""
    if look.person_id is None:
        raise LookupError("this is read by a person")
    places = plan_cases.in_charge_of(persons.actor(tx, persons.get(tx, look.person_id)))
    named = tuple((place, place_name(tx, place)) for place in dict.fromkeys(places))
    return SurgesView(lines(tx, surges.running(tx, places)), named)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    SurgeCard: surge,
    SurgeTold: told,
    SurgeNotice: surge,
    SurgeList: listed,
    SurgePlaces: listed,
}
