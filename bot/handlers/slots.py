"""When somebody is asked: times, days, and by which channel — one tap each."""

from bot.domain.errors import ButtonInvalid
from bot.domain.plans import EVERY_DAY, Channel
from bot.domain.slots import AskTime, SlotsCard, minutes_in
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import people, plans, slots
from bot.services.views import plans as views
from bot.texts import slots as texts

TIME = "slot-of"
MINUTES_OF_A_DAY = 24 * 60


def show(turn: Turn[texts.ShowSlots]) -> Reply:
    """At which times?"""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    return reply(SlotsCard(turn.input.plan_id), afresh=True)


def add(turn: Turn[texts.AddSlot]) -> Reply:
    """At this time too; or which one? Please write."""
    plan_id, minutes = turn.input.plan_id, turn.input.minutes
    if minutes < 0:
        plans.require_plan(turn.tx, turn.actor, plan_id)
        people.ask(turn.tx, turn.actor, turn.home, f"{TIME}:{plan_id}", now=turn.now)
        return reply(AskTime(plan_id))
    if minutes >= MINUTES_OF_A_DAY:
        raise ButtonInvalid
    slots.add(turn.tx, turn.actor, turn.home, plan_id, minutes, now=turn.now)
    return _noted()


def written(turn: Turn[Said]) -> Reply | None:
    """ "7:30"."""
    question, _, number = (turn.question or "").partition(":")
    if question != TIME:
        return None
    slots.add(turn.tx, turn.actor, turn.home, int(number), minutes_in(turn.input.text), now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(SlotsCard(int(number)), afresh=True)


def remove(turn: Turn[texts.RemoveSlot]) -> Reply:
    """Not at this time any more."""
    slots.remove(turn.tx, turn.actor, turn.home, turn.input.plan_id, turn.input.minutes, now=turn.now)
    return _noted()


def set_channel(turn: Turn[texts.SlotChannel]) -> Reply:
    """By this channel."""
    tapped = turn.input
    if tapped.channel not in set(Channel):
        raise ButtonInvalid
    channel = Channel(tapped.channel)
    slots.ask_by(turn.tx, turn.actor, turn.home, tapped.plan_id, tapped.minutes, channel, now=turn.now)
    return _noted()


def set_days(turn: Turn[texts.SlotDays]) -> Reply:
    """On these weekdays."""
    tapped = turn.input
    if not 0 < tapped.weekdays <= EVERY_DAY:
        raise ButtonInvalid
    slots.ask_on(turn.tx, turn.actor, turn.home, tapped.plan_id, tapped.minutes, tapped.weekdays, now=turn.now)
    return _noted()


def _noted() -> Reply:
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


CAPABILITY = Capability(
    commands={},
    taps={
        texts.ShowSlots: show,
        texts.AddSlot: add,
        texts.RemoveSlot: remove,
        texts.SlotChannel: set_channel,
        texts.SlotDays: set_days,
    },
    plain={Plain.ANSWER: written},
    views={SlotsCard: views.plan},
    cards=texts.CARDS,
)
