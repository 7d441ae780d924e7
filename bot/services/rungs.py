"""Who is told, and when: one person's own ladder, or the community's, which everybody else follows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain import rungs as rules
from bot.domain.access import Action, require
from bot.domain.alerts import Ladder, Rung, ladder_text
from bot.domain.errors import ButtonInvalid
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import Plan
from bot.domain.rungs import Owner
from bot.services import ladders, plans
from bot.storage import areas, history, outbox
from bot.storage import rungs as stored
from bot.storage.database import Transaction
from bot.storage.history import Event

EVENT = "ladder"
Rule = Callable[[Ladder], Ladder]


def set_to(tx: Transaction, actor: Actor, home: Home, owner: Owner, rung: Rung, *, now: datetime) -> None:
    """They are told after so many minutes from now on; a running alert keeps the ladder that it began with. LadderFull."""
    if not 0 <= rung.after_minutes <= rules.MINUTES_AT_MOST:
        raise ButtonInvalid
    _change(tx, actor, home, owner, lambda ladder: rules.set_to(ladder, rung), now=now)


def remove(tx: Transaction, actor: Actor, home: Home, owner: Owner, name: str, *, now: datetime) -> None:
    """They are not told any more. RungStays, LadderEmpty."""
    _change(tx, actor, home, owner, lambda ladder: rules.without(ladder, name), now=now)


def follow(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, now: datetime) -> Plan:
    """This person has no ladder of their own any more: the community's holds for them."""
    plan = plans.change(tx, actor, home, plan_id, lambda plan: replace(plan, ladder=()), EVENT, now=now)
    outbox.touch(tx, rules.LadderCard(Owner("plan", plan_id).code).subject)
    return plan


def require_owner(tx: Transaction, actor: Actor, owner: Owner) -> None:
    """NotAllowed for whoever may not plan there; ButtonInvalid for a place that there is not."""
    if owner.noun == "plan":
        plans.require_plan(tx, actor, owner.id)
        return
    line = areas.line(tx, owner.id)
    if not line:
        raise ButtonInvalid
    require(Action.CARE_PLAN, actor, line)


def _change(tx: Transaction, actor: Actor, home: Home, owner: Owner, rule: Rule, *, now: datetime) -> None:
    require_owner(tx, actor, owner)
    if owner.noun == "plan":
        plans.change(
            tx,
            actor,
            home,
            owner.id,
            lambda plan: replace(plan, ladder=rule(ladders.of_plan(tx, plan))),
            EVENT,
            now=now,
        )
    else:
        stored.lock(tx, owner.id)
        old = ladders.of_area(tx, owner.id)
        new = rule(old)
        stored.put(tx, owner.id, new)
        history.write(tx, Event(now, actor.id, f"area:{owner.id}", EVENT, ladder_text(old), ladder_text(new)))
    outbox.touch(tx, rules.LadderCard(owner.code).subject)
