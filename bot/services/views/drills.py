"""What is seen of drills: one's own part for whoever practises, everybody's times for who is in charge."""

from collections.abc import Callable, Mapping

from bot.domain.access import Action, allowed
from bot.domain.drills import DrillCard, DrillChoice, DrillPeople, DrillPlace, DrillReport, DrillView
from bot.domain.notices import Notice
from bot.services import duty
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import areas, drills, persons
from bot.storage.database import Transaction

PAGE = 6


def drill(tx: Transaction, notice: DrillCard | DrillReport, look: Look) -> DrillView:
    """A drill with names. LookupError when there is none."""
    found = drills.see(tx, notice.drill_id)
    if found is None or look.person_id is None:
        raise LookupError(f"drill {notice.drill_id}")
    parts = drills.parts(tx, found.id)
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    return DrillView(
        drill=found,
        place=place_name(tx, found.area_id),
        starter=persons.get(tx, found.started_by).name,
        parts=tuple((persons.get(tx, part.person_id).name, part) for part in parts),
        mine=next((part for part in parts if part.person_id == look.person_id), None),
        may_stop=allowed(Action.DRILL_RUN, reader, areas.line(tx, found.area_id)),
        now=look.now,
    )


def choice(tx: Transaction, notice: DrillChoice, look: Look) -> DrillPlace:
    """Where one can be started."""
    running, last = drills.running(tx, notice.area_id), drills.last(tx, notice.area_id)
    return DrillPlace(
        notice.area_id, place_name(tx, notice.area_id), running.id if running else None, last.id if last else None
    )


def people(tx: Transaction, notice: DrillPeople, look: Look) -> DrillPlace:
    """A page of those who could practise."""
    could = duty.could_be(tx, notice.area_id)[notice.offset :]
    shown = tuple((one, persons.get(tx, one).name) for one in could[:PAGE])
    place = place_name(tx, notice.area_id)
    return DrillPlace(notice.area_id, place, None, None, shown, has_more=len(could) > PAGE)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    DrillCard: drill,
    DrillReport: drill,
    DrillChoice: choice,
    DrillPeople: people,
}
