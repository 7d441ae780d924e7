"""Showcases: a thank-you for the group, a message and a tap; a tap of whoever helped; a tap to take it back."""

from bot.domain.errors import ButtonInvalid
from bot.domain.showcases import ShowcaseAsked, ShowcaseCard
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import people, showcases
from bot.services.views import showcases as views
from bot.texts import showcases as texts

WORDS = "showcase"


def begin(turn: Turn[texts.AskShowcase]) -> Reply:
    """Which words?"""
    asked = showcases.begin(turn.tx, turn.actor, turn.home, turn.input.need_id)
    if isinstance(asked, ShowcaseAsked):
        people.ask(turn.tx, turn.actor, turn.home, f"{WORDS}:{turn.input.need_id}", now=turn.now)
    return reply(asked, afresh=True)


def write(turn: Turn[Said]) -> Reply | None:
    """These words."""
    question, _, number = (turn.question or "").partition(":")
    if question != WORDS:
        return None
    card: ShowcaseCard = showcases.write(turn.tx, turn.actor, turn.home, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(card, afresh=True)


def agree(turn: Turn[texts.ShowAs]) -> Reply:
    """Show it, so."""
    showcases.agree(turn.tx, turn.actor, turn.input.showcase_id, named=_named(turn.input.named), now=turn.now)
    return reply(toast=lambda words: words.say("Thank you! Whoever helped is asked first."))


def answer(turn: Turn[texts.NameHelper]) -> Reply:
    """Name me, or do not."""
    showcases.answer(turn.tx, turn.actor, turn.input.showcase_id, named=_named(turn.input.named), now=turn.now)
    return reply(toast=lambda words: words.say("Thank you!"))


def take_back(turn: Turn[texts.TakeShowcaseBack]) -> Reply:
    """Not any more."""
    showcases.take_back(turn.tx, turn.actor, turn.input.showcase_id, now=turn.now)
    return reply(toast=lambda words: words.say("It is taken back."))


def _named(number: int) -> bool:
    if number not in (0, 1):
        raise ButtonInvalid
    return number == 1


CAPABILITY = Capability(
    commands={},
    taps={
        texts.AskShowcase: begin,
        texts.ShowAs: agree,
        texts.NameHelper: answer,
        texts.TakeShowcaseBack: take_back,
    },
    plain={Plain.ANSWER: write},
    views=views.VIEWS,
    cards=texts.CARDS,
)
