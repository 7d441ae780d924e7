"""Seats: how many are to go to a need."""

from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import needs, seats
from bot.services.views import seats as views
from bot.texts import seats as texts


def ask(turn: Turn[texts.AskSeats]) -> Reply:
    """How many?"""
    return reply(seats.ask_how_many(turn.tx, turn.actor, turn.input.need_id))


def choose(turn: Turn[texts.SetSeats]) -> Reply:
    """So many."""
    need = seats.ask(turn.tx, turn.actor, turn.home, turn.input.need_id, turn.input.count, now=turn.now)
    card = needs.show(turn.tx, turn.actor, need.id, now=turn.now)
    return Reply((card,), lambda words: words.say("Changed."), afresh=True, closes=True)


CAPABILITY = Capability(
    commands={},
    taps={texts.AskSeats: ask, texts.SetSeats: choose},
    views=views.VIEWS,
    cards=texts.CARDS,
)
