"""Erasures: asked, asked again, done."""

from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import erasures
from bot.services.views import erasures as views
from bot.texts import erasures as texts


def forget(turn: Turn[Command]) -> Reply:
    """/forget"""
    return reply(erasures.ask(turn.tx, turn.actor, now=turn.now))


def forget_by_tap(turn: Turn[texts.Forget]) -> Reply:
    """The same, from what is known of you."""
    return reply(erasures.ask(turn.tx, turn.actor, now=turn.now))


def sure(turn: Turn[texts.Sure]) -> Reply:
    """Yes, once."""
    return reply(erasures.ask_again(turn.tx, turn.actor, now=turn.now), closes=True)


def for_good(turn: Turn[texts.ForGood]) -> Reply:
    """Yes, twice."""
    said = erasures.forget(turn.tx, turn.actor, turn.home, turn.input.asked_at, now=turn.now)
    return reply(*said, closes=True)


def keep(turn: Turn[texts.Keep]) -> Reply:
    """Rather not."""
    return reply(toast=lambda words: words.say("All right, nothing changes."), closes=True)


CAPABILITY = Capability(
    commands={"forget": forget},
    taps={
        texts.Forget: forget_by_tap,
        texts.Sure: sure,
        texts.ForGood: for_good,
        texts.Keep: keep,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
