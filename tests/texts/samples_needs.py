"""Everything that is said about needs and drafts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import cycle, islice, product

from bot.domain import closings, drafts, edits, needs, reopenings
from bot.domain.closings import HelperSide
from bot.domain.enclosures import wordless_text
from bot.domain.needs import Company, Handing, NeedView, Outcome, Reader, State, Urgency
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.receipts import MOST_CENTS, Budget, Payer
from bot.domain.visits import AtDoor
from bot.domain.windows import Window
from tests.texts.readers import EVENING, HOME, NOW, Data, Said, said_as_is
from tests.texts.samples_enclosures import ENCLOSED, behinds, whoms

STATES: tuple[tuple[State, Outcome | None], ...] = (
    *((state, None) for state in (State.OPEN, State.CLAIMED, State.CANCELLED, State.EXPIRED)),
    *product((State.DONE, State.DISPUTED, State.CLOSED), Outcome),
    (State.CLOSED, None),
)
# Running now, tomorrow, in ten days, and over.
WINDOWS = tuple(
    Window(NOW + timedelta(hours=hours), NOW + timedelta(hours=hours + 3)) for hours in (-1, 26, 24 * 10, -5)
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


def companies(data: Data) -> tuple[Company, ...]:
    """Nobody for three seats, one who should wait, several, everybody."""
    both = (data.helper, data.resident)
    return (
        Company(missing=3),
        Company((data.helper,), (data.helper,), 1, alone=True),
        Company((data.helper,), (), 1, alone=True, unaccompanied=True, went=True),
        Company(both, (data.helper,), 2, went=True),
        Company(both, both),
    )


@cache
def need_views(data: Data) -> tuple[NeedView, ...]:
    """A need as `_seen` shows it, made once for all the notices that show one."""
    return tuple(_seen(data))


def _seen(data: Data) -> Iterator[NeedView]:
    """A need in every state, seen by everyone, promised or not, with and without a coordinator, door and telephone."""
    urgencies = cycle(Urgency)
    for (state, outcome), reader in product(STATES, Reader):
        one = need(data, state, outcome, next(urgencies))
        helper = data.helper if one.claimed_by else None
        view = NeedView(one, data.place, data.resident, helper, data.owner, reader, NOW)
        yield view
        yield replace(view, owner=None, claimer=None, now=EVENING, reason="building", contact=(None, None))
        yield replace(view, contact=(data.door, data.telephone), reason="grid", skilled=True)
        yield replace(view, need=replace(one, guarded_by="mediation", pair=True), reason="grid", skilled=True)
        yield replace(view, withheld=True)
        yield replace(view, turn_at=NOW + timedelta(hours=9))
        for company in companies(data):
            yield replace(view, company=company, by_reader=reader is Reader.CLAIMER, reason="grid")
        handing = Handing(data.resident, NOW + timedelta(hours=1))
        yield replace(view, need=replace(one, pair=True), company=companies(data)[1], hidden=True, handing=handing)
        yield replace(view, hidden=True, answer="declined", reason="community")
        yield replace(view, reason="before", skilled=True, speaks=True)
        yield replace(view, reason="in person")
        door = AtDoor("喜鹊豆浆") if data.language is Language.CHINESE else AtDoor("magpie, soy milk")
        yield replace(view, door=door, budget=Budget(Payer.AFTERWARDS, MOST_CENTS))
        yield replace(view, door=replace(door, meaning=door.word, begun_at=NOW, hints=(data.text[:200],) * 3, face="x"))
        yield replace(view, reason="near", answer="later", again_at=NOW + timedelta(hours=2))
        yield replace(view, need=replace(one, arrives_at=NOW + timedelta(minutes=30), stars=4))
        yield replace(view, need=replace(one, arrives_at=NOW + timedelta(days=3), stars=1), skilled=True)
        for window in WINDOWS:
            yield replace(view, need=replace(one, window=window))
        yield replace(view, need=replace(one, window=WINDOWS[1], arrives_at=WINDOWS[1].from_at))
        for enclosed in ENCLOSED:
            yield replace(view, enclosed=enclosed, reason="building", whom=data.resident)
            yield replace(view, enclosed=enclosed, need=replace(one, text=wordless_text(enclosed)), reason="grid")
        for behind in behinds(data):
            yield replace(view, contact=(data.door, data.telephone), whom=data.helper, behind=behind)
    for state, outcome in STATES:
        one = need(data, state, outcome, next(urgencies))
        yield NeedView(one, data.place, data.resident, data.helper, data.owner, Reader.HELPER, NOW, by_reader=True)
    yield from closed_views(data)
    yield from disputed_views(data)


def disputed_views(data: Data) -> Iterator[NeedView]:
    """Something is wrong, and whoever helped has said how it was, has nothing to say, or is still asked."""
    one = need(data, State.DISPUTED, Outcome.DONE, Urgency.TODAY)
    later = NOW + timedelta(hours=3)
    for side in (
        HelperSide(None, False, NOW),
        HelperSide(None, False, later),
        HelperSide(None, True, later),
        HelperSide(data.text[:500], True, later),
    ):
        yield NeedView(one, data.place, data.resident, data.helper, data.owner, Reader.HELPER, NOW, helper_side=side)


def closed_views(data: Data) -> Iterator[NeedView]:
    """A closed need, seen by either side, with everything said and nothing."""
    one = need(data, State.CLOSED, Outcome.DONE, Urgency.TODAY)
    mine = (None, closings.Said(5), closings.Said(1, data.text[:500]), closings.Said(4, data.text[:500], True))
    theirs = (None, closings.Said(2, None, True), closings.Said(5, data.text[:500], True))
    for side, said, heard, helper in product((*closings.Side, None), mine, theirs, (data.helper, None)):
        closing = closings.Closing(
            side, said, heard, over=said is None and heard is not None, reopens=True, thanks=True
        )
        reader = Reader.HELPER if side is closings.Side.HELPER else Reader.RESIDENT
        again = reopenings.Reopening(one.id, 1, reopenings.Why.WORDS, NOW, data.text[:500])
        view = NeedView(one, data.place, data.resident, helper, data.owner, reader, NOW, closing=closing)
        yield replace(view, by_reader=side is closings.Side.HELPER)
        yield replace(view, closing=replace(closing, reopens=False, repeats=True), again=again)
        yield replace(view, need=need(data, State.OPEN, None, Urgency.WEEK), again=again, reason="once more")
        yield replace(view, need=need(data, State.OPEN, None, Urgency.NOW), again=replace(again, words=None))
    yield replace(view, withheld=True)


def of_need(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one need, in every view; about awkward people in every seventh, which meets every state."""
    return lambda data: ((kind(data.number), view) for view in need_views(data)[:: 7 if data.awkward else 1])


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


# Of a trip to hospital and of medicine: the words do not decide.
DOUBTFUL = {Language.CHINESE: "去医院，还要去药店", Language.ENGLISH: "to the hospital and to the pharmacy"}


def draft_cards(data: Data) -> Said:
    """A draft at every stage, placed and not, for every kind and urgency."""
    card = drafts.DraftCard(data.number, data.number)
    yield card, drafts.DraftView(None, None)
    yield card, drafts.DraftView(None, None, data.number)
    for stage, category, urgency in product(drafts.Stage, HOME.catalogue.categories, Urgency):
        draft = drafts.Draft(1, 7, data.number, NOW, data.text, category.code, urgency, stage=stage)
        yield card, drafts.DraftView(draft, data.place)
        yield card, drafts.DraftView(draft, None)
        yield card, drafts.DraftView(replace(draft, window=WINDOWS[1]), data.place, now=NOW)
    for state, _ in STATES:
        draft = drafts.Draft(1, 7, data.number, NOW, data.text, "mediation", Urgency.WEEK)
        yield card, drafts.DraftView(draft, data.place, None, need(data, state, None, Urgency.TODAY), NOW)
    for stage, whom in product(drafts.Stage, whoms(data)):
        draft = drafts.Draft(1, 7, data.number, NOW, data.text, "other", Urgency.WEEK, stage=stage)
        beside = drafts.DraftView(draft, data.place, enclosed=ENCLOSED[-1], pinned=True, ring=data.helper, whom=whom)
        yield card, beside
        yield card, replace(beside, draft=replace(draft, text=""))
    two = drafts.Draft(1, 7, data.number, NOW, DOUBTFUL[data.language], "escort", Urgency.WEEK)
    yield card, drafts.DraftView(two, data.place)


def edit_questions(data: Data) -> Said:
    """Which field, and each field; and when it is too late."""
    for field, view in product(edits.Field, islice(need_views(data), 0, None, 9)):
        yield edits.EditAsked(data.number, field), view


def hour_questions(data: Data) -> Said:
    """In which hours, of today and of a day to come; and when it is too late."""
    for days, view in product((0, 3), islice(need_views(data), 0, None, 9)):
        yield edits.HoursAsked(data.number, NOW.toordinal() + days), view


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{
        kind: of_need(kind)
        for kind in (
            *(needs.ResidentCard, needs.ClosingCard, needs.OfferCard, needs.GroupCard, needs.DeskCard),
            *(needs.NeedClaimed, needs.NeedArrival, needs.NeedReopened, needs.NeedWaits, needs.NeedUnclaimed),
            *(needs.NeedExpired, needs.NeedCancelled, needs.NeedDisputed, needs.NeedSettled, needs.NeedTrouble),
            *(needs.NeedConfirmedByItself, needs.StillOnIt, needs.ClaimLapsed, needs.RemarkKept),
            *(needs.ArrivalAsked, needs.NeedStillNeeded, needs.HelpSoon),
        )
    },
    **{kind: about_need(kind) for kind in (needs.ReleaseAsked, needs.OutcomeAsked, needs.RemarkAsked)},
    needs.NeedsAround: lists,
    needs.MyNeeds: own,
    drafts.DraftCard: draft_cards,
    edits.EditAsked: edit_questions,
    edits.HoursAsked: hour_questions,
    drafts.Greeted: said_as_is(drafts.Greeted()),
    drafts.WordsWanted: said_as_is(drafts.WordsWanted()),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(needs.ResidentCard, needs.ClosingCard, needs.NeedClaimed, needs.NeedArrival, needs.NeedReopened),
    *(needs.NeedWaits, needs.NeedExpired, needs.NeedSettled, needs.RemarkAsked, needs.RemarkKept, needs.MyNeeds),
    *(drafts.DraftCard, drafts.Greeted, edits.EditAsked, edits.HoursAsked, needs.NeedStillNeeded),
    *(drafts.DraftCard, drafts.Greeted, drafts.WordsWanted, edits.EditAsked, needs.NeedStillNeeded),
)
