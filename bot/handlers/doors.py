"""Somebody's home: door, telephone, whether one may come in, in which language to speak."""

from bot.domain.doors import AskDoorOf, DoorCard
from bot.domain.errors import ButtonInvalid
from bot.domain.people import Language
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import doors, people, plans
from bot.services.views import doors as views
from bot.texts import doors as texts

DOOR = "door-of"


def show(turn: Turn[texts.ShowDoor]) -> Reply:
    """What is known?"""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    return reply(DoorCard(turn.input.plan_id), afresh=True)


def ask(turn: Turn[texts.WriteDoor]) -> Reply:
    """Door and telephone: please write them."""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{DOOR}:{turn.input.plan_id}", now=turn.now)
    return reply(AskDoorOf(turn.input.plan_id))


def written(turn: Turn[Said]) -> Reply | None:
    """ "2单元301 13800138000"."""
    question, _, number = (turn.question or "").partition(":")
    if question != DOOR:
        return None
    doors.keep(turn.tx, turn.actor, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(DoorCard(int(number)), afresh=True)


def allow(turn: Turn[texts.MayEnter]) -> Reply:
    """They may come in, or rather not."""
    may_enter = turn.input.yes == 1
    doors.allow(turn.tx, turn.actor, turn.home, turn.input.plan_id, may_enter=may_enter, now=turn.now)
    return _noted()


def speak(turn: Turn[texts.SpeakTo]) -> Reply:
    """In this language."""
    if turn.input.language not in set(Language):
        raise ButtonInvalid
    doors.speak(turn.tx, turn.actor, turn.input.plan_id, Language(turn.input.language), now=turn.now)
    return _noted()


def _noted() -> Reply:
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


CAPABILITY = Capability(
    commands={},
    taps={texts.ShowDoor: show, texts.WriteDoor: ask, texts.MayEnter: allow, texts.SpeakTo: speak},
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
