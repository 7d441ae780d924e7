"""On a day, in certain hours: chosen by tap or written, for a draft and for an open need; and when the helper comes."""

from bot.domain.drafts import DraftCard
from bot.domain.edits import HoursAsked
from bot.domain.needs import Need, ResidentCard
from bot.domain.windows import day_window, part_window
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import drafts, edits, people, windows
from bot.texts import windows as texts

HOURS = "hours"


def draft_day(turn: Turn[texts.DraftDay]) -> Reply:
    """The draft is wanted on that day; in which hours?"""
    window = day_window(turn.input.day, turn.now, turn.home.timezone)
    return reply(drafts.change(turn.tx, turn.actor, turn.input.number, lambda draft: draft.on_day(window)))


def draft_part(turn: Turn[texts.DraftPart]) -> Reply:
    """… in that part of it."""
    window = part_window(turn.input.day, turn.input.part, turn.now, turn.home.timezone)
    card: DraftCard = drafts.change(turn.tx, turn.actor, turn.input.number, lambda draft: draft.during(window))
    return reply(card)


def need_day(turn: Turn[texts.NeedDay]) -> Reply:
    """The open need is wanted on that day; in which hours? They can be written too."""
    day_window(turn.input.day, turn.now, turn.home.timezone)
    edits.may_edit(turn.tx, turn.actor, turn.input.need_id)
    question = f"{HOURS}:{turn.input.need_id}:{turn.input.day}"
    people.ask(turn.tx, turn.actor, turn.home, question, now=turn.now)
    return reply(HoursAsked(turn.input.need_id, turn.input.day), closes=True)


def need_part(turn: Turn[texts.NeedPart]) -> Reply:
    """… in that part of it."""
    window = part_window(turn.input.day, turn.input.part, turn.now, turn.home.timezone)
    need = edits.set_window(turn.tx, turn.actor, turn.home, turn.input.need_id, window, now=turn.now)
    return _changed(turn, need)


def hours(turn: Turn[Said]) -> Reply | None:
    """… in the hours that are written; once somebody has taken it, how it stands."""
    question, _, rest = (turn.question or "").partition(":")
    if question != HOURS:
        return None
    number, _, day = rest.partition(":")
    if not edits.is_open(turn.tx, int(number)):
        people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
        return reply(HoursAsked(int(number), int(day)), afresh=True)
    window = windows.read(turn.input.text, int(day), turn.home, now=turn.now)
    need = edits.set_window(turn.tx, turn.actor, turn.home, int(number), window, now=turn.now)
    return _changed(turn, need)


def _changed(turn: Turn[texts.NeedPart] | Turn[Said], need: Need) -> Reply:
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return Reply((ResidentCard(need.id),), lambda words: words.say("Changed."), afresh=True, closes=True)


def come(turn: Turn[texts.ComeAt]) -> Reply:
    """I come then."""
    windows.come(turn.tx, turn.actor, turn.input.need_id, turn.input.minutes, now=turn.now)
    return reply(toast=lambda words: words.say("The resident is told."), closes=True)


def another_day(turn: Turn[texts.AskAnotherDay]) -> Reply:
    """Its day has passed in vain: which other day?"""
    return reply(windows.again(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now), afresh=True)


CAPABILITY = Capability(
    commands={},
    taps={
        texts.DraftDay: draft_day,
        texts.DraftPart: draft_part,
        texts.NeedDay: need_day,
        texts.NeedPart: need_part,
        texts.ComeAt: come,
        texts.AskAnotherDay: another_day,
    },
    plain={Plain.ANSWER: hours},
    views={},
    cards={},
)
