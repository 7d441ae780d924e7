"""What is seen of check-ins: whom they ask, and how the day stands."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.domain.absences import HOME_SHOWN, Absence
from bot.domain.checkins import (
    CheckInAsked,
    CheckInNotice,
    CheckInView,
    NotAsked,
    PlaceView,
    SlotView,
    SystemSuspected,
    Today,
    TodayView,
)
from bot.domain.figures import Tally, total
from bot.domain.notices import Notice
from bot.domain.plans import Slot
from bot.services import plans as plan_cases
from bot.services import telephones, voices
from bot.services.views import followups, relatives
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.services.views.surges import lines
from bot.storage import absences, alerts, areas, checkins, digests, farewells, figures, persons, surges, wellbeing
from bot.storage.database import Transaction

NAMES_AT_MOST = 16


def checkin(tx: Transaction, notice: CheckInNotice, look: Look) -> CheckInView:
    """A check-in with the name of whom it asks."""
    found = checkins.find(tx, notice.checkin_id)
    if found is None:
        raise LookupError(f"check-in {notice.checkin_id}")
    voice = voices.of_plan(tx, found.plan_id) if isinstance(notice, CheckInAsked) else None
    return CheckInView(
        found,
        persons.get(tx, found.person_id).name,
        place_name(tx, found.area_id),
        look.now,
        file_of(tx, look, voice) if voice else None,
        telephones.label_of(tx, found.person_id),
    )


def not_asked(tx: Transaction, notice: NotAsked | SystemSuspected, look: Look) -> str:
    """The name of the place."""
    return place_name(tx, notice.area_id)


def today(tx: Transaction, notice: Today, look: Look) -> TodayView:
    """The day of a place, for whoever is in charge of it now."""
    if look.person_id is None:
        raise LookupError("this is read by a person")
    places = [notice.area_id]
    if notice.area_id not in plan_cases.in_charge_of(persons.actor(tx, persons.get(tx, look.person_id))):
        return TodayView((), (), look.now, mine=False)
    day = look.now.astimezone(look.home.timezone).date()
    running = tuple(
        (persons.get(tx, one.person_id).name, persons.get(tx, one.taken_by).name if one.taken_by else None)
        for one in alerts.running(tx, places)
    )
    said = wellbeing.not_good(tx, places, day)
    gone = farewells.among_people(tx, [one for one, _ in said])
    unwell = tuple((persons.get(tx, one).name, topic.value) for one, topic in said if one not in gone)
    counted = figures.tallies(tx, notice.area_id, [day])
    return TodayView(
        slots=slots_of(tx, notice.area_id, day, counted),
        alerts=running,
        now=look.now,
        unwell=unwell,
        place=place_name(tx, notice.area_id),
        places=_places(tx, counted),
        digest=digests.wants(tx, look.person_id),
        surges=lines(tx, surges.running(tx, places)),
        looks=followups.lines(tx, places, look),
        hospital=tuple(
            _hospital(tx, one) for one in absences.hospital(tx, notice.area_id, since=look.now - HOME_SHOWN)
        ),
    )


def _hospital(tx: Transaction, absence: Absence) -> tuple[str, datetime | None, datetime | None]:
    since = absence.from_at if absence.in_hospital else None
    return persons.get(tx, absence.person_id).name, since, absence.discharged_at


Tallies = Mapping[tuple[date, int, int], Tally]


def slots_of(tx: Transaction, area_id: int, day: date, counted: Tallies) -> tuple[SlotView, ...]:
    """Each slot of the day; counted by the database, for a town has many people and this is drawn all day long."""
    waiting = _named(tx, area_id, day, "waiting")
    unheard = _named(tx, area_id, day, "unheard")
    family = relatives.proxies(tx, checkins.by_family(tx, area_id, day, NAMES_AT_MOST))
    proxies = [(one.slot, persons.get(tx, one.person_id).name, name, relation) for one, name, relation in family]
    return tuple(
        replace(
            _slot(slot, total(tally for (_, at, _), tally in counted.items() if at == slot), waiting, unheard),
            proxies=tuple((who, name, relation) for at, who, name, relation in proxies if at == slot),
        )
        for slot in sorted({slot for _, slot, _ in counted})
    )


Named = Mapping[int, tuple[str, ...]]


def _named(tx: Transaction, area_id: int, day: date, kind: str) -> Named:
    """By slot, the names of those whose check-in is of this kind."""
    found: dict[int, tuple[str, ...]] = {}
    for slot, person_id in figures.people_of(tx, area_id, day, kind, NAMES_AT_MOST):
        found[slot] = (*found.get(slot, ()), persons.get(tx, person_id).name)
    return found


def _slot(slot: int, tally: Tally, waiting: Named, unheard: Named) -> SlotView:
    return SlotView(
        name=Slot(slot).name,
        asked=tally.asked + tally.not_asked,
        well=tally.on_time,
        late=tally.late,
        calling=tally.calling,
        waiting=tally.waiting,
        missing=tally.missed + tally.not_asked,
        waiting_names=waiting.get(slot, ()),
        unheard=tally.unheard,
        unheard_names=unheard.get(slot, ()),
    )


def _places(tx: Transaction, counted: Tallies) -> tuple[PlaceView, ...]:
    """Each place right below with its whole day; none where there are not several."""
    parts = sorted({part for _, _, part in counted})
    if len(parts) < 2:
        return ()
    return tuple(
        _place(areas.get(tx, part).name, total(tally for (_, _, at), tally in counted.items() if at == part))
        for part in parts
    )


def _place(name: str, tally: Tally) -> PlaceView:
    missing = tally.missed + tally.not_asked
    return PlaceView(name, tally.asked + tally.not_asked, tally.on_time, tally.waiting, tally.late, missing)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    CheckInNotice: checkin,
    NotAsked: not_asked,
    SystemSuspected: not_asked,
    Today: today,
}
