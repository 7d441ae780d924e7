"""Showings: who was shown whose contact data, for whoever is in charge; more for a volunteer who needs more today."""

from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import showings
from bot.services.views import showings as views
from bot.texts import showings as texts


def open_(turn: Turn[texts.OpenShowings]) -> Reply:
    """Who was shown whose, where, on which day?"""
    asked = turn.input
    return reply(showings.open_(turn.tx, turn.actor, asked.area_id, asked.days, asked.page))


def allow(turn: Turn[texts.AllowShowings]) -> Reply:
    """More for this volunteer today."""
    showings.allow(turn.tx, turn.actor, turn.input.person_id, now=turn.now)
    return reply(toast=lambda words: words.say("Allowed. They are told."), closes=True)


CAPABILITY = Capability(
    commands={},
    taps={texts.OpenShowings: open_, texts.AllowShowings: allow},
    views=views.VIEWS,
    cards=texts.CARDS,
)
