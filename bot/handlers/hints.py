"""Hints: the resident corrects what the next helper will read, or takes it away."""

from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import hints, people
from bot.services.views import hints as views
from bot.texts import hints as texts


def ask(turn: Turn[texts.CorrectHint]) -> Reply:
    """It should read otherwise."""
    return reply(hints.ask(turn.tx, turn.actor, turn.home, turn.input.hint_id, now=turn.now))


def written(turn: Turn[Said]) -> Reply | None:
    """So it should read."""
    number = hints.asked(turn.question)
    if number is None:
        return None
    card = hints.correct(turn.tx, turn.actor, number, turn.input.text)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(card, afresh=True)


def take_away(turn: Turn[texts.TakeHintAway]) -> Reply:
    """Nobody shall read it."""
    hints.take_away(turn.tx, turn.actor, turn.input.hint_id)
    return reply(toast=lambda words: words.say("Taken away."))


CAPABILITY = Capability(
    commands={},
    taps={texts.CorrectHint: ask, texts.TakeHintAway: take_away},
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
