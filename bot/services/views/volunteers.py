"""What is seen of volunteers: by themselves, and by whoever is in charge of their place."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.errors import VolunteerNotSo
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.volunteers import (
    ApplicantCard,
    PlacesView,
    Step,
    Volunteer,
    VolunteerCard,
    VolunteerNotice,
    VolunteersList,
    VolunteersView,
    VolunteerView,
    VolunteerWhere,
)
from bot.services import parties, plans
from bot.services import volunteers as cases
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import lapses, persons, volunteers
from bot.storage.database import Transaction

PAGE = 8


def one(tx: Transaction, notice: VolunteerCard | VolunteerNotice, look: Look) -> VolunteerView:
    """One volunteer: for themselves, or for whoever is asked why."""
    found = volunteers.see(tx, notice.volunteer_id)
    reader = _reader(tx, look)
    if found is None:
        raise VolunteerNotSo
    if found.person_id != reader.id:
        cases.require_see(tx, reader, found.id)
    return _view(tx, found, look)


def applicant(tx: Transaction, notice: ApplicantCard, look: Look) -> VolunteerView:
    """One volunteer, for whoever is in charge now."""
    found = cases.require_see(tx, _reader(tx, look), notice.volunteer_id)
    return replace(_view(tx, found, look), lapses=tuple(lapses.of_person(tx, found.person_id, look.now)))


def listed(tx: Transaction, notice: VolunteersList, look: Look) -> VolunteersView:
    """A page of whoever applies and helps where the reader is in charge now."""
    reader = _reader(tx, look)
    cases.listed(reader)
    places = plans.in_charge_of(reader)
    found = volunteers.in_areas(tx, places, limit=PAGE + 1, offset=notice.offset)
    rows = tuple(_view(tx, each, look) for each in found[:PAGE])
    return VolunteersView(rows, volunteers.waiting(tx, places), notice.offset, len(found) > PAGE)


def where(tx: Transaction, notice: VolunteerWhere, look: Look) -> PlacesView:
    """Where the reader could help."""
    places = cases.places_of(tx, _reader(tx, look))
    return PlacesView(tuple((area_id, place_name(tx, area_id)) for area_id in places))


def _reader(tx: Transaction, look: Look) -> Actor:
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return persons.actor(tx, persons.get(tx, look.person_id))


def _view(tx: Transaction, found: Volunteer, look: Look) -> VolunteerView:
    decider = found.decided_by
    return VolunteerView(
        found,
        persons.get(tx, found.person_id).name,
        place_name(tx, found.area_id),
        None if decider is None else persons.get(tx, decider).name,
        cases.choices(look.home, Step.SKILLS),
        look.now,
        accompanied=parties.accompanied(tx, found.person_id, found.area_id),
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    VolunteerWhere: where,
    VolunteerCard: one,
    VolunteerNotice: one,
    ApplicantCard: applicant,
    VolunteersList: listed,
}
