"""Everything that the program can say, said once in every plausible way: as a short-named person, and as an awkward one.

A capability adds its notices to SAMPLES; a test says which are missing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle, islice, product
from zoneinfo import ZoneInfo

from bot.domain import drafts, groups, needs, notices, people
from bot.domain.categories import load_catalogue
from bot.domain.home import Home
from bot.domain.needs import NeedView, Outcome, Reader, State, Urgency
from bot.domain.notices import Notice
from bot.domain.people import Language, Person, PersonView, PlaceChoice, Role
from bot.handlers import CAPABILITIES
from bot.texts import common
from bot.texts.buttons import LARGEST
from bot.texts.message import Menu, Message
from bot.texts.words import Words

HOME = Home(7, "linli_demo_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120 / 110")
WORDS = {language: Words(language, HOME) for language in Language}
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Data:
    """What people called themselves and wrote. `number` is the number of everything."""

    language: Language
    resident: str
    helper: str
    owner: str
    place: str
    text: str
    door: str
    telephone: str = "+8613800138000"
    number: int = 12
    awkward: bool = False

    @property
    def words(self) -> Words:
        """In whose language."""
        return WORDS[self.language]


PLAIN = (
    Data(Language.CHINESE, "张奶奶", "小李", "王姐", "幸福社区 3号楼", "家里的灯坏了，2单元301", "2单元301"),
    Data(
        Language.ENGLISH,
        "Granny Zhang",
        "Xiao Li",
        "Wang",
        "Happy Village House 3",
        "The lamp is broken",
        "unit 2, 301",
    ),
)
# As awkward as the rules allow: names of 40 characters, places of 60 a level, texts of 1,000, all markup or all emoji.
AWKWARD = tuple(
    Data(language, resident, helper, owner, place, text, door, "+123456789012345", LARGEST, awkward=True)
    for language in Language
    for resident, helper, owner, place, text, door in (
        ("<b>" * 13, "&amp;" * 8, "{who}" * 8, "</b>&lt;" * 22, "<&>" * 333, "<i>" * 26),
        ("😀" * 40, "👩‍🦽" * 13, "e\u0301" * 20, "🏠" * 180, "🆘" * 1000, "🚪" * 80),
        ("محمد عبد الله", "שלום עולם", "𠮷" * 40, "שכונה 3", "مساعدة " * 100, "ב 301"),
        ('"%s %d"', "\\n`*_~", "%(x)s {0}", "#1 @all /stop", "https://example.org/?a=1&b=2 /help", "-"),
    )
)

Said = Iterator[tuple[Notice, object]]


# --- needs ---

STATES: tuple[tuple[State, Outcome | None], ...] = (
    *((state, None) for state in (State.OPEN, State.CLAIMED, State.CANCELLED, State.EXPIRED)),
    *product((State.DONE, State.DISPUTED, State.CLOSED), Outcome),
    (State.CLOSED, None),
)
CLAIMED = (State.CLAIMED, State.DONE, State.DISPUTED, State.CLOSED)


def need(data: Data, state: State, outcome: Outcome | None, urgency: Urgency) -> needs.Need:
    """A need in this state."""
    return needs.Need(
        id=data.number,
        bot_id=7,
        area_id=1,
        person_id=1,
        category=HOME.catalogue.categories[(len(data.text) + len(state)) % len(HOME.catalogue.categories)].code,
        urgency=urgency,
        text=data.text,
        state=state,
        posted_at=NOW - timedelta(hours=3),
        claimed_by=2 if state in CLAIMED else None,
        outcome=outcome,
        remark=data.text if state is State.DISPUTED else None,
    )


def need_views(data: Data) -> Iterator[NeedView]:
    """A need in every state, seen by everyone, promised or not, with and without a coordinator, door and telephone."""
    urgencies = cycle(Urgency)
    for (state, outcome), reader in product(STATES, Reader):
        one = need(data, state, outcome, next(urgencies))
        helper = data.helper if one.claimed_by else None
        view = NeedView(one, data.place, data.resident, helper, data.owner, reader, NOW)
        yield view
        yield replace(view, owner=None, claimer=None, now=EVENING, reason="building", contact=(None, None))
        yield replace(view, contact=(data.door, data.telephone), reason="grid", skilled=True)
        yield replace(view, hidden=True, answer="declined", reason="community")
        yield replace(view, need=replace(one, arrives_at=NOW + timedelta(minutes=30), stars=4))
        yield replace(view, need=replace(one, arrives_at=NOW + timedelta(days=3), stars=1), skilled=True)


def of_need(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one need, in every view; about awkward people in every seventh, which meets every state."""
    return lambda data: (
        (kind(data.number), view) for view in islice(need_views(data), 0, None, 7 if data.awkward else 1)
    )


def about_need(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A question about a need whose words depend on nothing but its number."""
    return lambda data: iter([(kind(data.number), None)])


def several(data: Data, count: int) -> tuple[NeedView, ...]:
    """Different needs in different states."""
    views = islice(need_views(data), 0, None, 25)
    return tuple(
        replace(view, need=replace(view.need, id=data.number - at)) for at, view in enumerate(islice(views, count))
    )


def lists(data: Data) -> Said:
    """Pages of needs, full and empty."""
    page = several(data, 8)
    yield needs.NeedsAround(), needs.NeedsView((), 0, False)
    yield needs.NeedsAround(data.number), needs.NeedsView(page, data.number - 8, True)


def own(data: Data) -> Said:
    """What one asked for and has taken on."""
    page = several(data, 10)
    for asked, taken in (((), ()), (page, ()), ((), page[:3]), (page, page[:3])):
        yield needs.MyNeeds(), needs.MineView(asked, taken)


# --- drafts ---


def draft_cards(data: Data) -> Said:
    """A draft at every stage, placed and not, for every kind and urgency."""
    card = drafts.DraftCard(data.number, data.number)
    yield card, drafts.DraftView(None, None)
    for stage, category, urgency in product(drafts.Stage, HOME.catalogue.categories, Urgency):
        draft = drafts.Draft(1, 7, data.number, NOW, data.text, category.code, urgency, stage=stage)
        yield card, drafts.DraftView(draft, data.place)
        yield card, drafts.DraftView(draft, None)


# --- people ---


def person_views(data: Data) -> Iterator[PersonView]:
    """A newcomer, a resident who gave everything, and somebody with every role."""
    newcomer = PersonView(Person(1, data.resident, data.language), None, (), (), NOW)
    yield newcomer
    known = Person(1, data.resident, data.language, data.telephone, data.door, 3)
    seen = tuple((data.helper, NOW - timedelta(days=days), f"need:{data.number}") for days in range(10))
    yield PersonView(known, data.place, (), seen, NOW)
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


# --- groups, and what belongs to no capability ---


def group_places(data: Data) -> Said:
    """Which place does the group belong to?"""
    for choice in choices(data):
        yield groups.GroupPlaces(-data.number, choice.here_id, choice.page), choice


def said_as_is(*made: Notice) -> Callable[[Data], Said]:
    """Notices that need nothing but themselves."""
    return lambda data: ((notice, None) for notice in made)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{
        kind: of_need(kind)
        for kind in (
            *(needs.ResidentCard, needs.ClosingCard, needs.OfferCard, needs.GroupCard, needs.DeskCard),
            *(needs.NeedClaimed, needs.NeedArrival, needs.NeedReopened, needs.NeedWaits, needs.NeedUnclaimed),
            *(needs.NeedExpired, needs.NeedCancelled, needs.NeedDisputed, needs.NeedSettled, needs.NeedTrouble),
            *(needs.NeedConfirmedByItself, needs.NeedRated, needs.StillOnIt, needs.ClaimLapsed, needs.RemarkKept),
        )
    },
    **{kind: about_need(kind) for kind in (needs.ReleaseAsked, needs.OutcomeAsked, needs.RemarkAsked)},
    needs.NeedsAround: lists,
    needs.MyNeeds: own,
    drafts.DraftCard: draft_cards,
    drafts.Greeted: said_as_is(drafts.Greeted()),
    people.ChooseLanguage: of_person(people.ChooseLanguage()),
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
    people.Help: of_person(people.Help()),
    people.MenuChanged: of_person(people.MenuChanged()),
    groups.GroupHello: said_as_is(groups.GroupHello()),
    groups.GroupPlaces: group_places,
    groups.GroupBound: lambda data: iter([(groups.GroupBound(1), data.place)]),
    groups.GroupPrivate: said_as_is(groups.GroupPrivate()),
    groups.GroupAnonymous: said_as_is(groups.GroupAnonymous()),
    notices.Apology: said_as_is(notices.Apology()),
    notices.Defect: lambda data: iter([(notices.Defect(data.number), None)]),
    notices.NotUnderstood: said_as_is(notices.NotUnderstood("edit"), notices.NotUnderstood("content")),
    notices.Refused: said_as_is(notices.Refused("TextTooLong", '{"length": 1234, "limit": 1000}')),
}
# Residents read these, some of them very old.
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(needs.ResidentCard, needs.ClosingCard, needs.NeedClaimed, needs.NeedArrival, needs.NeedReopened),
    *(needs.NeedWaits, needs.NeedExpired, needs.NeedSettled, needs.RemarkAsked, needs.RemarkKept, needs.MyNeeds),
    *(drafts.DraftCard, drafts.Greeted, people.ChooseLanguage, people.ChooseName, people.AskName),
    *(people.ChoosePlace, people.Enrolled, people.AskContact, people.ContactKept, people.Me, people.Help),
)

Worded = Callable[..., Message | Menu]
CARDS: Mapping[type[Notice], Worded] = {
    **{kind: card for capability in CAPABILITIES for kind, card in capability.cards.items()},
    **common.CARDS,
}


def messages(kind: type[Notice], data: Data) -> tuple[tuple[Notice, Message | Menu], ...]:
    """Every message that this kind of notice can become."""
    return _worded(kind.__name__, data)


@cache
def _worded(name: str, data: Data) -> tuple[tuple[Notice, Message | Menu], ...]:
    kind = Notice.known[name]
    return tuple((notice, CARDS[kind](notice, view, data.words)) for notice, view in SAMPLES[kind](data))
