"""Changing an open need: its words, its time, its kind; and whether it is still needed."""

from bot.domain.edits import EditAsked, Field
from bot.domain.errors import ButtonInvalid
from bot.domain.needs import ResidentCard, Urgency
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import edits, people
from bot.services.views import edits as views
from bot.texts import edits as texts

TEXT = "edit"


def ask(turn: Turn[texts.Edit]) -> Reply:
    """What is to be changed, and to what?"""
    if turn.input.field not in set(Field):
        raise ButtonInvalid
    edits.may_edit(turn.tx, turn.actor, turn.input.need_id)
    if turn.input.field == Field.TEXT:
        people.ask(turn.tx, turn.actor, turn.home, f"{TEXT}:{turn.input.need_id}", now=turn.now)
    # The question of which field is answered; the card from which it was asked stays.
    return reply(EditAsked(turn.input.need_id, turn.input.field), closes=turn.input.field != Field.WHICH)


def text(turn: Turn[Said]) -> Reply | None:
    """The new words; once somebody has taken it, how it stands."""
    question, _, number = (turn.question or "").partition(":")
    if question != TEXT:
        return None
    card = ResidentCard(int(number)) if edits.is_open(turn.tx, int(number)) else EditAsked(int(number))
    if isinstance(card, ResidentCard):
        edits.set_text(turn.tx, turn.actor, turn.home, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(card, afresh=True)


def set_urgency(turn: Turn[texts.SetUrgency]) -> Reply:
    """Wanted so soon."""
    if turn.input.urgency not in set(Urgency):
        raise ButtonInvalid
    urgency = Urgency(turn.input.urgency)
    need = edits.set_urgency(turn.tx, turn.actor, turn.home, turn.input.need_id, urgency, now=turn.now)
    return Reply((ResidentCard(need.id),), lambda words: words.say("Changed."), afresh=True, closes=True)


def set_category(turn: Turn[texts.SetCategory]) -> Reply:
    """Of this kind."""
    code = turn.input.category
    need = edits.set_category(turn.tx, turn.actor, turn.home, turn.input.need_id, code, now=turn.now)
    return Reply((ResidentCard(need.id),), lambda words: words.say("Changed."), afresh=True, closes=True)


def stay(turn: Turn[texts.Stay]) -> Reply:
    """Still needed."""
    edits.stay(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("Good: it stays open for two weeks more."), closes=True)


CAPABILITY = Capability(
    commands={},
    taps={texts.Edit: ask, texts.SetUrgency: set_urgency, texts.SetCategory: set_category, texts.Stay: stay},
    plain={Plain.ANSWER: text},
    views=views.VIEWS,
    cards=texts.CARDS,
)
