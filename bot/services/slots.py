"""When somebody is asked: a coordinator adds, changes and removes times; a running plan is scheduled anew."""

from datetime import datetime

from bot.domain import slots as rules
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import Channel, Plan
from bot.services import plans
from bot.storage.database import Transaction

EVENT = "slots"


def add(tx: Transaction, actor: Actor, home: Home, plan_id: int, minutes: int, *, now: datetime) -> Plan:
    """They are asked at this time too. SlotsFull."""
    return plans.change(tx, actor, home, plan_id, lambda plan: rules.added(plan, minutes), EVENT, now=now)


def remove(tx: Transaction, actor: Actor, home: Home, plan_id: int, minutes: int, *, now: datetime) -> Plan:
    """They are not asked at this time any more. LastSlot."""
    return plans.change(tx, actor, home, plan_id, lambda plan: rules.removed(plan, minutes), EVENT, now=now)


def ask_by(
    tx: Transaction, actor: Actor, home: Home, plan_id: int, minutes: int, channel: Channel, *, now: datetime
) -> Plan:
    """At this time they are asked by this channel."""
    return plans.change(tx, actor, home, plan_id, lambda plan: rules.by(plan, minutes, channel), EVENT, now=now)


def ask_on(
    tx: Transaction, actor: Actor, home: Home, plan_id: int, minutes: int, weekdays: int, *, now: datetime
) -> Plan:
    """At this time they are asked on these weekdays."""
    return plans.change(
        tx, actor, home, plan_id, lambda plan: rules.on_weekdays(plan, minutes, weekdays), EVENT, now=now
    )
