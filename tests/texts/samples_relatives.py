"""Everything that is said about family and telephones."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.domain import proposals, relatives, telephones
from bot.domain.alerts import DEFAULT_LADDER, Alert, AlertState, AlertView, Cause
from bot.domain.checkins import FINE
from bot.domain.notices import Notice
from bot.domain.people import PlaceChoice
from bot.domain.plans import PlanState
from bot.domain.relatives import HOLDS, Bond, ContactState, ContactView, Relative, RelativeView, Side
from tests.texts.readers import NOW, Data, Said, said_as_is

MARKS = (0, relatives.WISHED, relatives.AGREED, HOLDS)


def relation(data: Data) -> str:
    """What somebody is to somebody, in their own words."""
    return data.owner


def relative_views(data: Data) -> Iterator[RelativeView]:
    """A relative in every state, as each side sees them."""
    states = (None, *ContactState)
    for side, marks, contact in product((*Side, None), MARKS, states):
        one = Relative(data.number, 1, 2, relation(data), contact_id=3, proxy=marks, news=marks, shared=marks)
        if side is Side.PERSON and marks != HOLDS:
            one = replace(one, proxy=HOLDS)
        view = RelativeView(one, data.resident, data.helper, side, contact, marks > 1, marks == HOLDS, (), NOW)
        yield view
        yield replace(view, in_chat=not view.in_chat, relative=replace(one, shared=0))


def of_relative(*made: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one relative, in every view."""
    return lambda data: ((notice(data.number), view) for notice in made for view in relative_views(data))


def of_bond(data: Data) -> Said:
    """May they? Asked of each side about everything."""
    for bond, view in product(Bond, relative_views(data)):
        for side in (Side.PERSON, Side.RELATIVE) if bond is Bond.SHARED else (Side.PERSON,):
            yield relatives.BondAsked(data.number, bond.value, side.value), view


def settled(data: Data) -> Said:
    """It holds, or has ended."""
    for bond, view, yes in product(Bond, relative_views(data), (True, False)):
        yield relatives.BondSettled(data.number, bond.value, yes), view


def contact_views(data: Data) -> Iterator[ContactView]:
    """A contact in every state, in the chat and not."""
    for state, in_chat, reached, rank in product(ContactState, (True, False), (True, False), (1, 2)):
        yield ContactView(
            id=data.number,
            plan_id=data.number,
            person=data.resident,
            name=data.helper,
            relation=relation(data),
            telephone=data.telephone if reached else None,
            state=state,
            in_chat=in_chat,
            rank=rank,
            reached=reached,
            by=None if in_chat else data.owner,
            at=NOW,
            now=NOW,
        )


def families(data: Data) -> Said:
    """Nobody, a few, and more than can be shown."""
    one = next(contact_views(data))
    around = tuple((data.number - at, data.helper, relation(data)) for at in range(20))
    for contacts, known in (((), ()), (tuple(contact_views(data))[:4], around[:2]), ((one,), around)):
        numbered = tuple(replace(found, id=data.number - at) for at, found in enumerate(contacts))
        yield relatives.FamilyCard(data.number), relatives.FamilyView(data.number, data.resident, numbered, known)


def homes(data: Data) -> Said:
    """Nobody, and a large family."""
    rows = tuple((data.number - at, data.resident, relation(data)) for at in range(12))
    around = tuple((data.number - 20 - at, data.helper, relation(data)) for at in range(3))
    yield relatives.FamilyHome(), relatives.FamilyHomeView((), ())
    yield relatives.FamilyHome(), relatives.FamilyHomeView(rows, around)


def links(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A fresh link."""
    return lambda data: iter([(kind(data.number), relatives.LinkView(f"f{'x' * 22}", data.helper, data.resident))])


def skipped(data: Data) -> Said:
    """Contacts who are not told, and why."""
    rows = tuple((data.helper, relation(data), state.value) for state in ContactState)
    for listed in (rows[:1], rows * 10):
        yield relatives.ContactsSkipped(data.number), relatives.SkippedView(data.resident, listed)


def called(data: Data) -> Said:
    """Family has called somebody."""
    alert = Alert(data.number, 7, 1, 1, Cause.UNREACHED, AlertState.OPEN, NOW, DEFAULT_LADDER)
    for told in ((), (data.helper, data.owner)):
        view = AlertView(alert, data.resident, data.place, None, told, False, False, NOW)
        yield relatives.FamilyCalled(data.number), view


def news(data: Data) -> Said:
    """The daily word, by every way in which it can become known."""
    for answer in sorted(FINE):
        view = relatives.NewsView(data.resident, answer, NOW - timedelta(minutes=5), data.helper, relation(data), NOW)
        yield relatives.DailyNews(data.number, data.number), view


def named(*kinds: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice that needs a name only."""
    return lambda data: ((kind(data.number), data.resident) for kind in kinds)


def of_keys(notice: Notice) -> Callable[[Data], Said]:
    """A telephone for two, and for one who is cared for or not."""

    def views(data: Data) -> Said:
        names = (data.resident, data.helper)
        yield notice, telephones.KeysView(names, telephones.labels(names)[0], True)
        for cared in (True, False):
            yield notice, telephones.KeysView((), None, cared)

    return views


def proposal_views(data: Data) -> Iterator[proposals.ProposalView]:
    """A proposal in every state."""
    for state, agreed, in_chat, mine in product(PlanState, (True, False), (True, False), (True, False)):
        one = Relative(data.number, 1, 2, relation(data), plan_id=data.number)
        view = proposals.ProposalView(
            one, data.resident, data.helper, data.place, state, agreed, in_chat, None, mine, NOW
        )
        yield view
        yield replace(view, seen=data.owner, alike=(data.owner,))
    yield replace(view, relative=replace(one, plan_id=None), mine=True)


def of_proposal(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a proposal, in every view."""
    return lambda data: ((kind(data.number), view) for view in proposal_views(data))


def places(data: Data) -> Said:
    """Where do they live?"""
    page = tuple((data.number - at, data.place[:60], at % 2 == 0) for at in range(8))
    top = PlaceChoice(None, None, None, page, 0, True)
    inside = PlaceChoice(data.place[:60], data.number, 0, page, 12, True)
    for choice, home in ((top, data.number - 9), (top, None), (inside, data.number - 9)):
        yield proposals.ProposalPlace(choice.here_id), proposals.ProposalPlaceView(choice, home)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    relatives.FamilyCard: families,
    relatives.ContactCard: lambda data: ((relatives.ContactCard(data.number), view) for view in contact_views(data)),
    relatives.ContactLink: links(relatives.ContactLink),
    relatives.ContactAsked: of_relative(relatives.ContactAsked),
    relatives.ContactAnswered: of_relative(relatives.ContactAnswered),
    relatives.ContactGone: of_relative(relatives.ContactGone),
    relatives.ContactsSkipped: skipped,
    relatives.RelativeCard: of_relative(relatives.RelativeCard),
    relatives.BondAsked: of_bond,
    relatives.BondSettled: settled,
    relatives.FamilyHome: homes,
    relatives.FamilyCalled: called,
    relatives.DailyNews: news,
    relatives.NewsTakenBack: of_relative(lambda number: relatives.NewsTakenBack(number, number)),
    telephones.TelephoneLink: links(telephones.TelephoneLink),
    telephones.TelephoneLinked: named(lambda number: telephones.TelephoneLinked()),
    telephones.TelephoneMoved: said_as_is(telephones.TelephoneMoved()),
    telephones.TelephoneNews: named(telephones.TelephoneNews),
    telephones.NameThem: of_keys(telephones.NameThem()),
    telephones.TelephoneKeys: of_keys(telephones.TelephoneKeys()),
    proposals.ProposalPlace: places,
    proposals.AskProposal: said_as_is(proposals.AskProposal()),
    proposals.ProposalCard: of_proposal(lambda number: proposals.ProposalCard(number, number)),
    proposals.ProposalTaken: of_proposal(proposals.ProposalTaken),
    proposals.ProposalWaits: of_proposal(proposals.ProposalWaits),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(relatives.BondAsked, relatives.BondSettled, proposals.ProposalWaits),
    *(telephones.TelephoneLinked, telephones.TelephoneMoved, telephones.NameThem),
    telephones.TelephoneKeys,
)
