"""What is read about first visits that are made together."""

from collections.abc import Callable, Mapping

from bot.domain.beginners import CHOICES, BeginnerKnown, BeginnersCard, BeginnersView
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs


class ShowBeginners(Button, code="xbl"):
    """How many first visits are made together where I am in charge?"""


class SetBeginners(Button, code="xbs"):
    """So many."""

    area_id: int
    visits: int


class KnowBeginner(Button, code="xba"):
    """I know this volunteer: they go alone."""

    volunteer_id: int


def rule(card: BeginnersCard, view: BeginnersView, words: Words) -> Message:
    """How it is, and a tap for each other way."""
    head = bold(words.say("🌱 First visits · {place}", place=view.place))
    means = words.say(
        "Who is new goes with somebody experienced: the request then looks for two, and neither is sent alone."
    )
    now = (
        words.count(
            "The first {number} visit is made together.", "The first {number} visits are made together.", view.visits
        )
        if view.visits
        else words.say("Nobody is accompanied now.")
    )
    lift = words.say("For a single person you can lift it in the list of /volunteers.")
    keys: Rows = tuple((_choice(card, view, visits, words),) for visits in CHOICES)
    return Message(paragraphs(head, lines(means, lift), now), keys)


def _choice(card: BeginnersCard, view: BeginnersView, visits: int, words: Words) -> Key:
    label = words.count("The first {number} visit", "The first {number} visits", visits) if visits else _nobody(words)
    return Key(f"✓ {label}" if visits == view.visits else label, SetBeginners(card.area_id, visits).code)


def _nobody(words: Words) -> Html:
    return words.say("Everybody may go alone")


def known(notice: BeginnerKnown, view: None, words: Words) -> Message:
    """They need not be accompanied any more."""
    said = words.say("🌱 Your coordinator knows you now: from your next visit on you may go alone.")
    return Message(lines(said, words.say("Thank you for your help!")))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {BeginnersCard: rule, BeginnerKnown: known}
