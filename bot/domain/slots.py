"""When somebody is asked: one to six times a day, each with its own weekdays and its own way of asking."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.errors import LastSlot, SlotsFull, TimeUnclear
from bot.domain.notices import Card, Notice, Priority
from bot.domain.plans import EVERY_DAY, WEEKEND, WORKDAYS, Channel, Plan, Slot

T = TypeVar("T")
SLOTS_AT_MOST = 6
# Two questions closer together than this would be one.
APART_MINUTES = 30
WEEKDAY_SETS = (EVERY_DAY, WORKDAYS, WEEKEND)
CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*(?:[:：.点时h]\s*(\d{1,2}|半)?)?\s*(am|pm)?", re.IGNORECASE)
AFTERNOON = re.compile(r"下午|晚上|傍晚|晚|pm", re.IGNORECASE)
MINUTES_OF_AN_HOUR, HOURS_OF_A_DAY, NOON = 60, 24, 12


def minutes_in(words: str) -> int:
    """A time of day as people write it: "7:30", "晚上7点半", "7.30 pm"; TimeUnclear for what is none."""
    found = CLOCK.search(words)
    if found is None:
        raise TimeUnclear
    hour, minute = int(found[1]), 30 if found[2] == "半" else int(found[2] or 0)
    if hour < NOON and AFTERNOON.search(words):
        hour += NOON
    if hour >= HOURS_OF_A_DAY or minute >= MINUTES_OF_AN_HOUR:
        raise TimeUnclear
    return hour * MINUTES_OF_AN_HOUR + minute


def added(plan: Plan, minutes: int) -> Plan:
    """Asked at this time too, as at the first of the others; SlotsFull beyond six, or too close to another."""
    close = any(abs(slot.minutes - minutes) < APART_MINUTES for slot in plan.slots)
    if close or len(plan.slots) >= SLOTS_AT_MOST:
        raise SlotsFull(SLOTS_AT_MOST)
    fresh = replace(plan.slots[0], minutes=minutes, weekdays=EVERY_DAY)
    return replace(plan, slots=tuple(sorted((*plan.slots, fresh), key=_minutes)))


def removed(plan: Plan, minutes: int) -> Plan:
    """Not asked at this time any more; LastSlot when it is the only one. Removing it twice changes nothing."""
    left = tuple(slot for slot in plan.slots if slot.minutes != minutes)
    if not left:
        raise LastSlot
    return replace(plan, slots=left)


def by(plan: Plan, minutes: int, channel: Channel) -> Plan:
    """Asked by this channel at this time."""
    return _each(plan, minutes, lambda slot: replace(slot, channel=channel))


def on_weekdays(plan: Plan, minutes: int, weekdays: int) -> Plan:
    """Asked at this time on these weekdays (bits, Monday the lowest)."""
    return _each(plan, minutes, lambda slot: replace(slot, weekdays=weekdays))


def _each(plan: Plan, minutes: int, rule: Callable[[Slot], Slot]) -> Plan:
    return replace(plan, slots=tuple(rule(slot) if slot.minutes == minutes else slot for slot in plan.slots))


def _minutes(slot: Slot) -> int:
    return slot.minutes


def after(value: T, values: tuple[T, ...]) -> T:
    """What comes after a value, round and round; the first after one that is not among them."""
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]


@dataclass(frozen=True)
class SlotsCard(Card):
    """To whoever plans it: when somebody is asked, and how."""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that it shows."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class AskTime(Notice):
    """At what time?"""

    priority = Priority.ANSWER
    plan_id: int
