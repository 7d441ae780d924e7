"""Beginners: how many first visits are made together, and who goes alone."""

from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import beginners
from bot.services.views import beginners as views
from bot.texts import beginners as texts


def show(turn: Turn[texts.ShowBeginners]) -> Reply:
    """How is it here?"""
    return reply(*beginners.cards(turn.tx, turn.actor), afresh=True)


def rule(turn: Turn[texts.SetBeginners]) -> Reply:
    """So many first visits together."""
    beginners.rule(turn.tx, turn.actor, turn.home, turn.input.area_id, turn.input.visits, now=turn.now)
    return reply(toast=lambda words: words.say("Changed."))


def know(turn: Turn[texts.KnowBeginner]) -> Reply:
    """This one goes alone."""
    beginners.know(turn.tx, turn.actor, turn.home, turn.input.volunteer_id, now=turn.now)
    return reply(toast=lambda words: words.say("They go alone from now on, and hear it."))


CAPABILITY = Capability(
    commands={},
    taps={texts.ShowBeginners: show, texts.SetBeginners: rule, texts.KnowBeginner: know},
    views=views.VIEWS,
    cards=texts.CARDS,
)
