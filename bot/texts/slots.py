"""What is read when it is planned at which times somebody is asked."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.plans import Channel, PlanState, PlanView
from bot.domain.slots import SLOTS_AT_MOST, WEEKDAY_SETS, AskTime, SlotsCard, after
from bot.texts.buttons import Button
from bot.texts.duty.parts import weekdays
from bot.texts.message import Key, Message
from bot.texts.words import Html, Words, bold, lines, paragraphs

OFFERED = (7 * 60, 12 * 60, 20 * 60)


class ShowSlots(Button, code="lt"):
    """At which times?"""

    plan_id: int


class AddSlot(Button, code="la"):
    """At this time too (minutes of the day; -1: I write it)."""

    plan_id: int
    minutes: int


class RemoveSlot(Button, code="lr"):
    """Not at this time any more."""

    plan_id: int
    minutes: int


class SlotChannel(Button, code="lc"):
    """At this time by this channel."""

    plan_id: int
    minutes: int
    channel: str


class SlotDays(Button, code="lw"):
    """At this time on these weekdays (bits)."""

    plan_id: int
    minutes: int
    weekdays: int


def channel_sign(channel: Channel) -> str:
    """How somebody is asked, as a sign."""
    return {Channel.CHAT: "💬", Channel.CALL: "📞", Channel.KNOCK: "🚪"}[channel]


def slots_card(card: SlotsCard, view: PlanView, words: Words) -> Message:
    """Each time with its way and its days; a tap changes one of them."""
    plan = view.plan
    if plan.state is PlanState.ENDED:
        return Message(words.say("This has ended. /care shows who is cared for."))
    rows: list[tuple[Key, ...]] = []
    told: list[Html] = []
    for slot in plan.slots:
        told.append(Html(f"⏰ {slot.name} {channel_sign(slot.channel)} {weekdays(slot.weekdays, words)}"))
        channel, days = after(slot.channel, tuple(Channel)), after(slot.weekdays, WEEKDAY_SETS)
        rows.append(
            (
                Key(f"{slot.name} → {channel_sign(channel)}", SlotChannel(plan.id, slot.minutes, channel.value).code),
                Key(Html(f"→ {weekdays(days, words)}"), SlotDays(plan.id, slot.minutes, days).code),
                Key(f"⏹ {slot.name}", RemoveSlot(plan.id, slot.minutes).code),
            )
        )
    if len(plan.slots) < SLOTS_AT_MOST:
        rows.append(tuple(Key(f"➕ {at // 60:02}:{at % 60:02}", AddSlot(plan.id, at).code) for at in OFFERED))
        rows.append((Key(words.say("✏️ Another time"), AddSlot(plan.id, -1).code),))
    signs = words.say("💬 asked in the chat, 📞 rung, 🚪 knocked at")
    head = bold(words.say("When {name} is asked", name=view.person))
    return Message(paragraphs(head, lines(*told), signs), tuple(rows), protected=True)


def ask_time(notice: AskTime, view: None, words: Words) -> Message:
    """At what time?"""
    return Message(words.say("At what time? Please write it, for example: 7:30"), asks=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {SlotsCard: slots_card, AskTime: ask_time}
