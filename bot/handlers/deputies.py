"""Deputies: a coordinator is away for some days, and back."""

from bot.domain.desks import Desk
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import deputies
from bot.services.views import deputies as views
from bot.texts import deputies as texts


def ask(turn: Turn[texts.AskLeave]) -> Reply:
    """For how long?"""
    return reply(deputies.ask(turn.tx, turn.actor))


def begin(turn: Turn[texts.TakeLeave]) -> Reply:
    """For so many days."""
    deputies.begin(turn.tx, turn.actor, turn.home, turn.input.days, now=turn.now)
    return reply(
        Desk(turn.actor.id), toast=lambda words: words.say("Noted. The others are told. Have a good time!"), closes=True
    )


def end(turn: Turn[texts.EndLeave]) -> Reply:
    """Back already."""
    deputies.end(turn.tx, turn.actor, now=turn.now)
    return reply(Desk(turn.actor.id), toast=lambda words: words.say("Welcome back!"))


CAPABILITY = Capability(
    commands={},
    taps={texts.AskLeave: ask, texts.TakeLeave: begin, texts.EndLeave: end},
    views=views.VIEWS,
    cards=texts.CARDS,
)
