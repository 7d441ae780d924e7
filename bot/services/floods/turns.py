"""Whose turn it is: by time, one after the other, or all at once when whoever is in charge says so."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.access import Action, require
from bot.domain.errors import ButtonInvalid
from bot.domain.floods import FloodCard, Flow, Wait
from bot.domain.home import Home
from bot.domain.needs import State
from bot.domain.people import Actor, ChooseLanguage, Enrolled
from bot.services import matching, people, proposals, telling, volunteers
from bot.storage import areas, floods, history, needs, outbox, persons
from bot.storage.database import Transaction
from bot.storage.history import Event

# --- what whoever is in charge decides ---


def open_(tx: Transaction, actor: Actor, area_id: int, flow: str) -> FloodCard:
    """How it stands there; NotAllowed, ButtonInvalid."""
    if flow not in set(Flow):
        raise ButtonInvalid
    require(Action.FLOOD_DECIDE, actor, areas.line(tx, area_id))
    return FloodCard(area_id, flow)


def let_through(tx: Transaction, actor: Actor, area_id: int, flow: str, *, now: datetime) -> int:
    """It is the turn of all who wait now; of how many. Whoever comes after them is counted as before."""
    card = open_(tx, actor, area_id, flow)
    number = floods.let_through(tx, area_id, Flow(flow), now)
    _noted(tx, actor, card, "let through", now=now, detail=str(number))
    return number


def lift(tx: Transaction, actor: Actor, home: Home, area_id: int, flow: str, *, on: bool, now: datetime) -> None:
    """Until midnight everything is let through, and all who wait with it; or (`on` False) no more than is usual again."""
    card = open_(tx, actor, area_id, flow)
    floods.open_until(tx, area_id, Flow(flow), _midnight(home, now) if on else None)
    if on:
        floods.let_through(tx, area_id, Flow(flow), now)
    _noted(tx, actor, card, "limit lifted" if on else "limit kept", now=now)


def _noted(
    tx: Transaction, actor: Actor, card: FloodCard, event: str, *, now: datetime, detail: str | None = None
) -> None:
    history.write(tx, Event(now, actor.id, card.subject, event, after=detail))
    outbox.touch(tx, card.subject)


def _midnight(home: Home, now: datetime) -> datetime:
    day = now.astimezone(home.timezone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return day.astimezone(now.tzinfo)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: these go on, and whoever is in charge sees how many are left."""
    moved: set[str] = set()
    for wait_id in ids:
        wait = floods.find(tx, wait_id)
        if wait is None or wait.act_at > now:
            continue
        floods.drop(tx, wait.flow, wait.subject)
        floods.count(tx, wait.area_id, wait.flow, now)
        GOES_ON[wait.subject.partition(":")[0]](tx, home, wait, now)
        moved.add(FloodCard(wait.area_id, wait.flow.value).subject)
    outbox.touch_calmly(tx, *sorted(moved))


def _joins(tx: Transaction, home: Home, wait: Wait, now: datetime) -> None:
    """They live there from now on, and are welcomed as everybody is. A place that is gone meanwhile is asked for anew."""
    actor = persons.actor(tx, persons.get(tx, wait.person_id))
    place = wait.place_id
    if place is None or not areas.line(tx, place) or actor.person.building_id == place:
        return
    people.settle_in(tx, actor, place, now=now)
    telling.tell(tx, actor.id, ChooseLanguage(place) if wait.by_poster else Enrolled(), now=now)


def _asks(tx: Transaction, home: Home, wait: Wait, now: datetime) -> None:
    need = needs.find(tx, wait.number)
    if need is None or need.state is not State.OPEN:
        return
    outbox.touch(tx, f"need:{need.id}")
    # Whoever is in charge may have asked somebody meanwhile.
    if not matching.has_begun(tx, need.id):
        matching.begin(tx, home, need, now=now)


def _applies(tx: Transaction, home: Home, wait: Wait, now: datetime) -> None:
    volunteers.show_in_charge(tx, wait.number, now=now)


def _proposes(tx: Transaction, home: Home, wait: Wait, now: datetime) -> None:
    proposals.show_in_charge(tx, wait.number, now=now)


GOES_ON: Mapping[str, Callable[[Transaction, Home, Wait, datetime], None]] = {
    "person": _joins,
    "need": _asks,
    "volunteer": _applies,
    "relative": _proposes,
}
