"""How long somebody is waited for: a coordinator says so; what is asked already keeps the time that it began with."""

from collections.abc import Callable
from datetime import datetime

from bot.domain import patience as rules
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import Plan
from bot.services import plans
from bot.storage.database import Transaction

EVENT = "patience"


def set_grace(tx: Transaction, actor: Actor, home: Home, plan_id: int, minutes: int, *, now: datetime) -> Plan:
    """So many minutes to answer. PatienceUnclear."""
    return _change(tx, actor, home, plan_id, lambda plan: rules.waits(plan, minutes), now=now)


def set_nudges(
    tx: Transaction, actor: Actor, home: Home, plan_id: int, nudges: tuple[int, ...], *, now: datetime
) -> Plan:
    """Reminded so many minutes before the end. PatienceUnclear."""
    return _change(tx, actor, home, plan_id, lambda plan: rules.reminds(plan, nudges), now=now)


def set_early(tx: Transaction, actor: Actor, home: Home, plan_id: int, minutes: int, *, now: datetime) -> Plan:
    """A sign of life so long before the question answers it. PatienceUnclear."""
    return _change(tx, actor, home, plan_id, lambda plan: rules.early(plan, minutes), now=now)


def write(tx: Transaction, actor: Actor, home: Home, plan_id: int, words: str, *, now: datetime) -> Plan:
    """Both as somebody wrote it: "45 20 5". PatienceUnclear."""
    return _change(tx, actor, home, plan_id, lambda plan: rules.written(plan, words), now=now)


def _change(
    tx: Transaction, actor: Actor, home: Home, plan_id: int, rule: Callable[[Plan], Plan], *, now: datetime
) -> Plan:
    return plans.change(tx, actor, home, plan_id, rule, EVENT, now=now)
