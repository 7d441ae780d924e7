"""What belongs to no capability: apologies, refusals, things that cannot be read, cards that moved."""

import json
from collections.abc import Callable, Mapping

from bot.domain import errors
from bot.domain.errors import DomainError
from bot.domain.notices import Apology, Defect, Notice, NotUnderstood, Refused
from bot.texts.big_keys import keys
from bot.texts.errors import words_for
from bot.texts.message import Message
from bot.texts.words import Html, Words, lines, marked

SORRY = marked("I'm sorry, something went wrong on our side. Nothing of yours was changed.")


def refused(notice: Refused, view: None, words: Words) -> Message:
    """A rule said no: why, and what to do next."""
    error: DomainError = getattr(errors, notice.error)(**json.loads(notice.values))
    return Message(words_for(error, words))


def refusal(error: DomainError) -> Refused:
    """An error as a notice that can wait in the outbox."""
    return Refused(type(error).__name__, json.dumps(vars(error)))


def apology(notice: Apology, view: None, words: Words) -> Message:
    """Our fault."""
    sorry = words.say(SORRY)
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    return Message(lines(sorry, words.say("Please try once more in a minute."), danger))


def not_understood(notice: NotUnderstood, view: None, words: Words) -> Message:
    """It cannot be read; what to do instead."""
    if notice.what == "edit":
        return Message(words.say("I cannot follow changed messages. Please write the change as a new message."))
    if notice.what == "answer":
        said = words.say("I cannot read that. Are you well? Please press one key.")
        return Message(said, big_rows=keys(words))
    return Message(words.say("I cannot read this. Please write what you need, or send a voice note or photos."))


def defect(notice: Defect, view: None, words: Words) -> Message:
    """Something urgent could not be said."""
    said = words.say(
        "⚠️ An urgent message (number {letter}) could not be sent. Please look by hand: /needs", letter=notice.letter
    )
    return Message(said)


def moved(words: Words) -> Html:
    """In the place of a card that is shown further down now."""
    return words.say("👇 Shown again further down.")


def closed(words: Words) -> Html:
    """In the place of a question that was answered."""
    return words.say("✅ Noted.")


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    Refused: refused,
    Apology: apology,
    NotUnderstood: not_understood,
    Defect: defect,
}
