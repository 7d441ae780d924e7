"""What is seen of check-ins: whom they ask, and how the day stands."""

from collections.abc import Callable, Mapping
from itertools import groupby

from bot.domain.checkins import (
    FINE,
    CheckIn,
    CheckInAsked,
    CheckInNotice,
    CheckInState,
    CheckInView,
    NotAsked,
    SlotView,
    SystemSuspected,
    Today,
    TodayView,
)
from bot.domain.notices import Notice
from bot.domain.plans import Slot
from bot.services import plans as plan_cases
from bot.services import voices
from bot.services.views import followups
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.services.views.surges import lines
from bot.storage import alerts, checkins, farewells, persons, surges, wellbeing
from bot.storage.database import Transaction

NAMES_AT_MOST = 20


def checkin(tx: Transaction, notice: CheckInNotice, look: Look) -> CheckInView:
    """A check-in with the name of whom it asks."""
    found = checkins.find(tx, notice.checkin_id)
    if found is None:
        raise LookupError(f"check-in {notice.checkin_id}")
    voice = voices.of_plan(tx, look.home, found.plan_id) if isinstance(notice, CheckInAsked) else None
    return CheckInView(
        found,
        persons.get(tx, found.person_id).name,
        place_name(tx, found.area_id),
        look.now,
        voice.file_id if voice else None,
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
    rows = checkins.in_areas_on(tx, places, day)
    slots = tuple(_slot(tx, slot, list(group)) for slot, group in groupby(rows, key=lambda one: one.slot))
    running = tuple(
        (persons.get(tx, one.person_id).name, persons.get(tx, one.taken_by).name if one.taken_by else None)
        for one in alerts.running(tx, places)
    )
    said = wellbeing.not_good(tx, places, day)
    gone = farewells.among_people(tx, [one for one, _ in said])
    unwell = tuple((persons.get(tx, one).name, topic.value) for one, topic in said if one not in gone)
    on = lines(tx, surges.running(tx, places))
    return TodayView(
        slots,
        running,
        look.now,
        unwell,
        place_name(tx, notice.area_id),
        surges=on,
        looks=followups.lines(tx, places, look),
    )


def _slot(tx: Transaction, minutes: int, rows: list[CheckIn]) -> SlotView:
    waiting = [one for one in rows if one.state is CheckInState.ASKED]
    missing = [one for one in rows if one.state in (CheckInState.ALERT, CheckInState.NOT_ASKED)]
    silent = [one for one in missing if one.answered_at is None]
    answered = [one for one in rows if one.state is CheckInState.ANSWERED]
    return SlotView(
        name=Slot(minutes).name,
        asked=len(rows),
        well=sum(one.answer in FINE for one in answered),
        late=len(missing) - len(silent),
        calling=sum(one.answer not in FINE for one in answered),
        waiting=len(waiting),
        missing=len(silent),
        waiting_names=tuple(persons.get(tx, one.person_id).name for one in waiting[:NAMES_AT_MOST]),
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    CheckInNotice: checkin,
    NotAsked: not_asked,
    SystemSuspected: not_asked,
    Today: today,
}
