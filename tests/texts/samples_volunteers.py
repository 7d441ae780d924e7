"""Everything that is said about volunteers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import volunteers
from bot.domain.notices import Notice
from bot.domain.volunteers import About, Hours, Spoken, Standing, Step, Volunteer, VolunteerView
from tests.texts.readers import HOME, NOW, Data, Said

SKILLS = HOME.catalogue.skills


def views(data: Data) -> Iterator[VolunteerView]:
    """Somebody at every step and in every state; who said everything, and who said nothing."""
    said = About(
        skills=SKILLS,
        languages=tuple(Spoken),
        hours=tuple(Hours),
        adult=False,
        guardian=data.text,
        references=data.text,
    )
    base = Volunteer(
        data.number, 1, 1, Standing.WRITING, said, 1, NOW, 2, data.text, NOW + timedelta(days=300), None, NOW
    )
    view = VolunteerView(base, data.resident, data.place, data.owner, SKILLS, NOW)
    for about in (said, About()):
        for step in Step:
            yield replace(view, volunteer=replace(base, about=replace(about, step=step)))
        for state in Standing:
            yield replace(view, volunteer=replace(base, state=state, about=replace(about, step=Step.RULES)))
    for state in Standing:
        bare = Volunteer(data.number, 1, 1, state)
        yield replace(view, volunteer=bare, decider=None)


def of_volunteer(*made: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a volunteer, in every view."""
    return lambda data: ((one(data.number), view) for one in made for view in views(data))


def lists(data: Data) -> Said:
    """Nobody, and a page."""
    yield volunteers.VolunteersList(), volunteers.VolunteersView((), 0, 0, False)
    rows = tuple(
        replace(view, volunteer=replace(view.volunteer, id=data.number - at)) for at, view in enumerate(views(data))
    )[-8:]
    for waiting in (0, 1, 5):
        yield volunteers.VolunteersList(8), volunteers.VolunteersView(rows, waiting, 8, True)


def places(data: Data) -> Said:
    """Building, grid, community."""
    listed = tuple((data.number - at, data.place) for at in range(3))
    yield volunteers.VolunteerWhere(), volunteers.PlacesView(listed)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    volunteers.VolunteerWhere: places,
    **{
        kind: of_volunteer(kind)
        for kind in (
            volunteers.VolunteerCard,
            volunteers.ApplicantCard,
            volunteers.VolunteerAsked,
            volunteers.VolunteerWaits,
            volunteers.VolunteerApproved,
            volunteers.VolunteerDeclined,
            volunteers.VolunteerSuspended,
            volunteers.VolunteerResumed,
            volunteers.VolunteerRetired,
            volunteers.VolunteerLapsed,
            volunteers.RenewalAsked,
        )
    },
    volunteers.ReasonAsked: of_volunteer(
        lambda number: volunteers.ReasonAsked(number, "decline"),
        lambda number: volunteers.ReasonAsked(number, "suspend"),
    ),
    volunteers.VolunteersList: lists,
}
FOR_RESIDENTS: tuple[type[Notice], ...] = ()
