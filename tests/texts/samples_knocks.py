"""Everything that is said about rounds: one person, a list, whoever takes it over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.domain import knocks
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.knocks import Knock, KnockContact, KnockList, KnockListView, KnockView
from bot.domain.notices import Notice
from bot.domain.plans import Channel
from bot.domain.remarks import Remark, RemarkKind
from tests.texts.readers import NOW, Data, Said, said_as_is

SOON = NOW + timedelta(minutes=20)
CHANNELS = (Channel.KNOCK, Channel.CALL)
STATES = (CheckInState.ASKED, CheckInState.ANSWERED, CheckInState.EXCUSED, CheckInState.ALERT)
FOUND = (None, "seen", "spoken", "help", "away")


def visits(data: Data) -> Iterator[KnockView]:
    """A visit in every state, read by whoever has the list and by others."""
    for channel, state, found, mine in product(CHANNELS, STATES, FOUND, (True, False)):
        answered = state is CheckInState.ANSWERED
        checkin = CheckIn(
            id=data.number,
            plan_id=1,
            person_id=1,
            area_id=1,
            day=NOW.date(),
            slot=480,
            channel=channel,
            state=state,
            asked_at=NOW,
            due_at=SOON,
            nudges=(),
            answer=CheckInAnswer.SEEN if answered else None,
            answered_at=NOW if answered else None,
            answered_by=2 if answered else None,
        )
        knock = Knock(data.number, 1, (NOW, SOON)[: 1 + mine] if channel is Channel.CALL else (), found=found)
        view = KnockView(checkin, knock, data.resident, data.place, data.helper, mine, NOW)
        yield replace(view, notes=tuple(Remark(RemarkKind.NOTED, data.helper, NOW, data.text) for _ in range(5)))
        yield replace(view, hidden=mine, by=data.helper if answered else None)
        word = knocks.code_word("abcdef012345", chinese=data.language.value == "zh")
        yield replace(view, word=word, face="AgACAgIAAxkBAAI")
        yield replace(view, word=word, named=False)
        yield replace(view, word=word, contact=KnockContact(data.door, data.telephone, data.text) if mine else None)
        yield replace(view, contact=KnockContact(None, None, None) if mine else None)


def of_visit(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one person on a list."""
    return lambda data: ((kind(data.number), view) for view in visits(data))


def lists(data: Data) -> Iterator[KnockListView]:
    """A list that is empty, short, long and done; one's own and somebody else's."""
    states = ("asked", "alert", "seen", "spoken", "help", "away", "answered", "excused")
    row = (data.resident, data.place)
    for channel, mine, count, begun in product(CHANNELS, (True, False), (0, 1, 8, 60), (None, NOW)):
        found = KnockList(data.number, 7, 1, 2, NOW.date(), 480, channel, SOON, begun, act_at=SOON)
        rows = tuple((*row, states[at % 8], at % 8 < 2) for at in range(count))
        others = tuple((data.number - at, data.owner) for at in range(12))
        view = KnockListView(found, data.place, data.helper, mine, not mine, rows, NOW)
        yield view
        yield replace(view, offered=data.owner, others=others, listed=replace(found, offered_half=True))
        yield replace(view, listed=replace(found, act_at=None), rows=tuple((*row, "seen", False) for _ in range(count)))


def of_list(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one list."""
    return lambda data: ((kind(data.number), view) for view in lists(data))


def taken(data: Data) -> Said:
    """Somebody else goes to one, or to many."""
    for count, view in zip((1, 2, 40), lists(data), strict=False):
        yield knocks.KnockTaken(data.number, count), view


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{kind: of_visit(kind) for kind in (knocks.KnockCard, knocks.KnockAnnounced, knocks.KnockTryAgain)},
    **{
        kind: of_list(kind)
        for kind in (
            *(knocks.KnockListCard, knocks.KnockHelpers, knocks.KnockSplit, knocks.KnockOffered),
            *(knocks.KnockDeclined, knocks.KnockUnfinished),
        )
    },
    knocks.KnockTaken: taken,
    knocks.NoRounds: said_as_is(knocks.NoRounds()),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (knocks.KnockAnnounced,)
