"""Who is let through at once, and who keeps a place in the queue until there is room at their community."""

from datetime import datetime

from bot.domain.floods import TOLD_EVERY, FloodCard, Flow, Gauge, Wait
from bot.domain.home import Home
from bot.domain.needs import Need, Urgency
from bot.domain.people import Actor
from bot.domain.plans import PlanState
from bot.services import telling
from bot.storage import floods, plans
from bot.storage.database import Transaction

# --- joining ---


def joins(tx: Transaction, home: Home, actor: Actor, place: int, *, by_poster: bool, now: datetime) -> bool:
    """Whether somebody new at this place is let in at once. Whoever has a role anywhere is known and never waits."""
    if actor.grants:
        floods.count(tx, place, Flow.JOINS, now)
        return True
    gauge = floods.gauge(tx, place, Flow.JOINS, now)
    most = _most(tx, home, gauge, now)
    if gauge.passes(most, now):
        floods.count(tx, gauge.area_id, Flow.JOINS, now)
        return True
    new = Wait(
        0, gauge.area_id, Flow.JOINS, f"person:{actor.id}", actor.id, place, by_poster, now, gauge.turn(most, now)
    )
    _queue(tx, gauge, new, now=now)
    return False


def joined(tx: Transaction, person_id: int) -> None:
    """They live somewhere now, and wait to join nowhere else."""
    floods.drop(tx, Flow.JOINS, f"person:{person_id}")


def waits_to_join(tx: Transaction, person_id: int) -> Wait | None:
    """Their place in the queue; None: they do not wait."""
    return floods.of_subject(tx, Flow.JOINS, f"person:{person_id}")


# --- asking ---


def asks(tx: Transaction, home: Home, actor: Actor, need: Need, *, now: datetime) -> bool:
    """Whether neighbours are asked for this request at once. What is needed right now never waits, nor does whoever is known
    here: cared for, with a role, or helped before."""
    if need.urgency is Urgency.NOW:
        floods.count(tx, need.area_id, Flow.POSTS, now)
        return True
    gauge = floods.gauge(tx, need.area_id, Flow.POSTS, now)
    most = _most(tx, home, gauge, now)
    if gauge.passes(most, now) or _is_known(tx, actor):
        floods.count(tx, gauge.area_id, Flow.POSTS, now)
        return True
    _queue(tx, gauge, _wait(gauge, f"need:{need.id}", need.person_id, most, now), now=now)
    return False


def _is_known(tx: Transaction, actor: Actor) -> bool:
    plan = plans.of_person(tx, actor.id)
    return bool(actor.grants) or (plan is not None and plan.state is PlanState.ACTIVE) or floods.served(tx, actor.id)


def turn_of(tx: Transaction, need_id: int) -> datetime | None:
    """When neighbours are asked for a request that waits; None: it does not."""
    wait = floods.of_subject(tx, Flow.POSTS, f"need:{need_id}")
    return None if wait is None else wait.act_at


def waits_no_longer(tx: Transaction, need: Need, *, now: datetime) -> bool:
    """It has become urgent, or somebody sees to it: it leaves the queue. False: it was in none."""
    left = floods.drop(tx, Flow.POSTS, f"need:{need.id}")
    if left:
        floods.count(tx, need.area_id, Flow.POSTS, now)
    return left


# --- news to whoever is in charge ---


def comes_up(tx: Transaction, home: Home, place: int, subject: str, person_id: int, *, now: datetime) -> bool:
    """Whether whoever is in charge hears of this at once, by itself."""
    gauge = floods.gauge(tx, place, Flow.NEWS, now)
    most = _most(tx, home, gauge, now)
    if gauge.passes(most, now):
        floods.count(tx, gauge.area_id, Flow.NEWS, now)
        return True
    _queue(tx, gauge, _wait(gauge, subject, person_id, most, now), now=now)
    return False


def is_queued(tx: Transaction, flow: Flow, subject: str) -> bool:
    """Whether this waits for its turn."""
    return floods.of_subject(tx, flow, subject) is not None


# --- all three ---


def _most(tx: Transaction, home: Home, gauge: Gauge, now: datetime) -> int:
    """How many are let through. Who lives there is counted once an hour, and only where more come than anywhere is usual."""
    if gauge.most is not None:
        return gauge.most
    least = home.inflow.least(gauge.flow)
    if gauge.is_open(now) or (gauge.last_at is None and gauge.number < least):
        return least
    most = home.inflow.most(gauge.flow, floods.residents(tx, gauge.area_id))
    floods.reckoned(tx, gauge.area_id, gauge.flow, most, now)
    return most


def _wait(gauge: Gauge, subject: str, person_id: int, most: int, now: datetime) -> Wait:
    return Wait(0, gauge.area_id, gauge.flow, subject, person_id, None, False, now, gauge.turn(most, now))


def _queue(tx: Transaction, gauge: Gauge, new: Wait, *, now: datetime) -> None:
    """A place in the queue; whoever is in charge hears of the flood, and not of each."""
    floods.wait(tx, new)
    if gauge.is_news(now) and floods.told(tx, gauge.area_id, gauge.flow, before=now - TOLD_EVERY, now=now):
        for one in telling.coordinators_of(tx, gauge.area_id):
            telling.tell_afresh(tx, one, FloodCard(gauge.area_id, gauge.flow.value), now=now)
