"""What is read about being away from being in charge, and about standing in."""

from collections.abc import Callable, Mapping

from bot.domain.deputies import DAYS, DeputyAsked, DeputyOver, DeputyStands, DeputyView
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.words import Html, Words, bold, clip, lines

NAME_UNITS, PLACE_UNITS = 40, 80


class AskLeave(Button, code="ddq"):
    """I am away for some days."""


class TakeLeave(Button, code="ddt"):
    """For so many days."""

    days: int


class EndLeave(Button, code="ddx"):
    """I am back."""


def asked(notice: DeputyAsked, view: DeputyView, words: Words) -> Message:
    """For how long, and who hears meanwhile."""
    said = lines(
        bold(words.say("🌴 For how long are you away?")),
        words.say("Until then nothing is told to you here, alerts neither. These hear instead:"),
        *who_stands_in(view, words),
    )
    keys = tuple((Key(words.count("{number} day", "{number} days", days), TakeLeave(days).code),) for days in DAYS)
    return Message(said, keys, protected=True)


def who_stands_in(view: DeputyView, words: Words) -> tuple[Html, ...]:
    """Who hears what concerns each place."""
    return tuple(
        words.say(
            "📍 {place}: {names}",
            place=clip(place, PLACE_UNITS),
            names=words.listed(clip(name, NAME_UNITS) for name in names) if names else "—",
        )
        for place, names in view.stands_in
    )


def stands(notice: DeputyStands, view: DeputyView, words: Words) -> Message:
    """Somebody is away."""
    place = clip(view.stands_in[0][0], PLACE_UNITS)
    if view.until_at is None:
        return Message(words.say("{name} is back in {place}.", name=bold(view.name), place=place), protected=True)
    said = words.say(
        "🌴 {name} is away until {day}. What concerns {place} comes to you and the others meanwhile.",
        name=bold(view.name),
        day=words.day(view.until_at),
        place=place,
    )
    return Message(lines(said, words.say("/desk shows what is open.")), protected=True)


def over(notice: DeputyOver, view: DeputyView, words: Words) -> Message:
    """They are told again."""
    return Message(words.say("Welcome back! From now on you hear again what comes in. /desk shows what is open."))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {DeputyAsked: asked, DeputyStands: stands, DeputyOver: over}
