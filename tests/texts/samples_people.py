"""Everything that is said to people about themselves, about groups, and about what belongs to no capability."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from bot.domain import groups, notices, people
from bot.domain.notices import Notice
from bot.domain.people import Person, PersonView, PlaceChoice, Role
from tests.texts.readers import NOW, Data, Said, said_as_is

SUBJECTS = ("need", "alert", "sheet", "media", "checkin")


def person_views(data: Data) -> Iterator[PersonView]:
    """A newcomer, a resident who gave everything, and somebody with every role."""
    newcomer = PersonView(Person(1, data.resident, data.language), None, (), (), NOW)
    yield newcomer
    known = Person(1, data.resident, data.language, data.telephone, data.door, 3)
    seen = tuple(
        (data.helper, NOW - timedelta(days=days), f"{noun}:{data.number}") for days, noun in enumerate(SUBJECTS)
    )
    yield PersonView(known, data.place, (), seen, NOW, data.number, more=True, skills=("repairs", "escort"))
    yield PersonView(known, data.place, (), seen, NOW, data.number, away=True)
    yield PersonView(known, data.place, tuple((role, data.place) for role in Role), (), NOW)


def of_person(*made: Notice) -> Callable[[Data], Said]:
    """Notices about the reader themselves, in every view."""
    return lambda data: ((notice, view) for notice in made for view in person_views(data))


def choices(data: Data) -> Iterator[PlaceChoice]:
    """Places to choose from: none yet, the top, the middle of a long list, the inside of one."""
    page = tuple((data.number - at, data.place[:60], at % 2 == 0) for at in range(8))
    yield PlaceChoice(None, None, None, (), 0, False)
    yield PlaceChoice(None, None, None, page, 0, True)
    yield PlaceChoice(data.place[:60], data.number, None, page, 12, True)
    yield PlaceChoice(data.place[:60], data.number, data.number, (), 0, False)


def invitations(data: Data) -> Said:
    """A link for every role."""
    for role in Role:
        yield people.InvitationMade(role.value, 1), people.InvitationView(f"i{'x' * 22}", data.place)


def group_places(data: Data) -> Said:
    """Which place does the group belong to?"""
    for choice in choices(data):
        yield groups.GroupPlaces(-data.number, choice.here_id, choice.page), choice


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    people.ChooseLanguage: of_person(people.ChooseLanguage()),
    people.AskMove: of_person(people.AskMove(1)),
    people.LanguageChanged: of_person(people.LanguageChanged()),
    people.ChooseName: of_person(people.ChooseName()),
    people.AskName: said_as_is(people.AskName()),
    people.ChoosePlace: lambda data: ((people.ChoosePlace(choice.here_id), choice) for choice in choices(data)),
    people.Enrolled: of_person(people.Enrolled()),
    people.RoleGiven: of_person(*(people.RoleGiven(role.value, 1) for role in Role)),
    people.InvitationMade: invitations,
    people.AskContact: lambda data: (
        (people.AskContact(number), view) for number in (0, data.number) for view in person_views(data)
    ),
    people.ContactKept: of_person(people.ContactKept()),
    people.Me: of_person(people.Me()),
    people.SeenBy: of_person(people.SeenBy(0), people.SeenBy(3)),
    people.Help: of_person(people.Help()),
    people.MenuChanged: of_person(people.MenuChanged()),
    groups.GroupHello: said_as_is(groups.GroupHello()),
    groups.GroupPlaces: group_places,
    groups.GroupBound: lambda data: iter([(groups.GroupBound(1), data.place)]),
    groups.GroupPrivate: said_as_is(groups.GroupPrivate()),
    groups.GroupAnonymous: said_as_is(groups.GroupAnonymous()),
    notices.Apology: said_as_is(notices.Apology()),
    notices.Defect: lambda data: iter([(notices.Defect(data.number), None)]),
    notices.NotUnderstood: said_as_is(
        notices.NotUnderstood("edit"), notices.NotUnderstood("content"), notices.NotUnderstood("answer")
    ),
    notices.Refused: said_as_is(notices.Refused("TextTooLong", '{"length": 1234, "limit": 1000}')),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(people.ChooseLanguage, people.AskMove, people.ChooseName, people.AskName, people.ChoosePlace, people.Enrolled),
    *(people.AskContact, people.ContactKept, people.Me, people.SeenBy, people.Help),
)
