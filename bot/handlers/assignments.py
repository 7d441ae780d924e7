"""Assignments: a coordinator asks somebody in person, or lets the asking rest."""

from bot.domain.assignments import WhomToAsk
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import assignments, needs
from bot.services.views import assignments as views
from bot.texts import assignments as texts


def ask_whom(turn: Turn[texts.AskWhom]) -> Reply:
    """Whom?"""
    offset = max(0, turn.input.offset)
    assignments.whom(turn.tx, turn.actor, turn.home, turn.input.need_id, limit=1, offset=offset, now=turn.now)
    return reply(WhomToAsk(turn.input.need_id, offset), closes=True)


def assign(turn: Turn[texts.Assign]) -> Reply:
    """This person."""
    tapped = turn.input
    assignments.assign(turn.tx, turn.actor, turn.home, tapped.need_id, tapped.person_id, now=turn.now)
    return reply(toast=lambda words: words.say("They are asked now. You hear if they say no."), closes=True)


def hold(turn: Turn[texts.Hold]) -> Reply:
    """Nobody further for so many days."""
    assignments.hold(turn.tx, turn.actor, turn.home, turn.input.need_id, turn.input.days, now=turn.now)
    return reply(toast=lambda words: words.say("Nobody further is asked until then. The resident is told."))


def take_over(turn: Turn[texts.TakeOver]) -> Reply:
    """I go myself instead."""
    needs.take_over(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("It is yours now. Both are told."))


CAPABILITY = Capability(
    commands={},
    taps={texts.AskWhom: ask_whom, texts.Assign: assign, texts.Hold: hold, texts.TakeOver: take_over},
    views=views.VIEWS,
    cards=texts.CARDS,
)
