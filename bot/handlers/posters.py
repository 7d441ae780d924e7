"""Posters to print: for the places where somebody is in charge, in the languages they choose."""

from bot.domain.posters import PosterChoice
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import posters
from bot.services.views import posters as views
from bot.texts import posters as texts


def choose(turn: Turn[texts.Posters]) -> Reply:
    """For which place, in which languages?"""
    posters.in_charge_of(turn.actor)
    if turn.input.area_id:
        posters.require_place(turn.tx, turn.actor, turn.input.area_id)
    return reply(PosterChoice(turn.input.area_id, max(0, turn.input.page)), closes=turn.input.on > 0)


def print_(turn: Turn[texts.PrintPosters]) -> Reply:
    """The posters, as files to print."""
    files = posters.order(turn.tx, turn.actor, turn.input.area_id, turn.input.languages, now=turn.now)
    return reply(*files, toast=lambda words: words.say("They are being made and come in a moment."))


CAPABILITY = Capability(
    commands={},
    taps={texts.Posters: choose, texts.PrintPosters: print_},
    views=views.VIEWS,
    cards=texts.CARDS,
)
