"""Ratings: stars by one tap from either side, and words to them by one more and a message."""

from bot.domain.ratings import RatingKept, RatingWordsAsked
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import people, ratings
from bot.services.views import ratings as views
from bot.texts import needs as need_texts
from bot.texts import ratings as texts
from bot.texts.needs import after

WORDS = "rating"


def rate(turn: Turn[need_texts.Stars]) -> Reply:
    """So many stars."""
    ratings.rate(turn.tx, turn.actor, turn.input.need_id, turn.input.stars, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you!"))


def ask_words(turn: Turn[after.AskRatingWords]) -> Reply:
    """Which words?"""
    ratings.mine(turn.tx, turn.actor, turn.input.need_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{WORDS}:{turn.input.need_id}", now=turn.now)
    return reply(RatingWordsAsked(turn.input.need_id))


def say(turn: Turn[Said]) -> Reply | None:
    """These words."""
    question, _, number = (turn.question or "").partition(":")
    if question != WORDS:
        return None
    ratings.say(turn.tx, turn.actor, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(RatingKept(int(number)))


CAPABILITY = Capability(
    commands={},
    taps={need_texts.Stars: rate, after.AskRatingWords: ask_words},
    plain={Plain.ANSWER: say},
    views=views.VIEWS,
    cards=texts.CARDS,
)
