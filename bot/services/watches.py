"""Watches: made from the rota, begun with a handshake, passed on after silence, handed over with what is open, ended."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.access import Action, require
from bot.domain.alerts import AlertCard, AlertState, Whom
from bot.domain.duty import Planned, Rota, Watch, WatchCard, WatchEmpty, WatchPassed, WatchState, days_from
from bot.domain.errors import WatchNotSo
from bot.domain.home import Home
from bot.domain.knocks import KnockListCard
from bot.domain.people import Actor
from bot.services import telling
from bot.storage import alerts, areas, duty, history, knocks, outbox, persons, watches
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

# Watches are made for today and the days after it; one that began yesterday over midnight is there already.
MADE_DAYS = 3
LISTS_AT_MOST = 5
Hours = tuple[int, date, int, int]


# --- made from the rota ---


def replan(tx: Transaction, home: Home, area_id: int, *, now: datetime) -> None:
    """The watches of the next days are as the rota says: new ones are made, changed ones changed, others taken back."""
    rota, today = duty.rota(tx, area_id), now.astimezone(home.timezone).date()
    wanted = _wanted(rota, today, home, now)
    for watch in watches.coming(tx, area_id):
        planned = wanted.pop(_hours(watch), None)
        _adapt(tx, watch, planned, now=now)
    for planned in wanted.values():
        starts_at, ends_at = planned.span(home.timezone)
        hours = (planned.line, planned.day, planned.starts, planned.ends)
        fresh = Watch(0, home.bot_id, area_id, *hours, starts_at, ends_at, planned.people, act_at=starts_at)
        watches.make(tx, fresh)


def _wanted(rota: Rota, today: date, home: Home, now: datetime) -> dict[Hours, Planned]:
    days = days_from(today - timedelta(days=1), MADE_DAYS + 1)
    listed = (one for day in days for one in rota.of_day(day))
    return {(one.line, one.day, one.starts, one.ends): one for one in listed if one.span(home.timezone)[1] > now}


def _hours(watch: Watch) -> Hours:
    return watch.line, watch.day, watch.starts, watch.ends


def _adapt(tx: Transaction, watch: Watch, planned: Planned | None, *, now: datetime) -> None:
    """The rota has changed under a watch. What somebody has taken by hand stays theirs to its end."""
    new = _by_rota(watch, planned, now)
    if new != watch and _by_hand(tx, watch, now):
        others = () if planned is None else tuple(one for one in planned.people if one != watch.holder_id)
        new = replace(watch, people=(*watch.people[:1], *others))
    if new != watch:
        save(tx, watch, new, now=now)


def _by_rota(watch: Watch, planned: Planned | None, now: datetime) -> Watch:
    return watch.over() if planned is None else watch.replanned(planned.people, now)


def _by_hand(tx: Transaction, watch: Watch, now: datetime) -> bool:
    """Whether somebody has taken it now who was not planned, or not first."""
    if watch.state is not WatchState.HELD or watch.ends_at <= now:
        return False
    taken = [event for event in history.of(tx, f"watch:{watch.id}") if event.event == "taken"]
    return bool(taken) and taken[-1].actor_id == watch.holder_id


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: a watch begins, silence passes it on, its end comes."""
    for watch_id in ids:
        watch = watches.find(tx, watch_id)
        if watch is not None and watch.act_at is not None and watch.act_at <= now:
            _step(tx, watch, now=now)


def _step(tx: Transaction, watch: Watch, *, now: datetime) -> None:
    if now >= watch.ends_at:
        save(tx, watch, watch.over(), now=now)
    elif watch.state is WatchState.PLANNED:
        begin(tx, watch, now=now)
    elif watch.state is WatchState.CALLED and watch.holder_id is not None:
        pass_on(tx, watch, now=now)
    else:
        save(tx, watch, replace(watch, act_at=watch.ends_at), now=now)


def begin(tx: Transaction, watch: Watch, *, now: datetime) -> Watch:
    """The first in order is asked. Whoever had the watch before and goes on needs no handshake in the night."""
    for before in watches.ended_at(tx, watch):
        if before.holder_id is not None and watch.follows(before) and _held_to_its_end(tx, before):
            return save(tx, watch, watch.here(before.holder_id), now=now, event="went on")
    return _call(tx, watch, watch.call(now), now=now)


def _held_to_its_end(tx: Transaction, before: Watch) -> bool:
    return before.state is WatchState.HELD or any(
        event.before == WatchState.HELD.value for event in history.of(tx, f"watch:{before.id}") if event.event == "over"
    )


def pass_on(tx: Transaction, watch: Watch, *, now: datetime) -> Watch:
    """Whoever was asked was silent, or cannot be reached: the next in order is asked, and who is in charge hears it."""
    saved = _call(tx, watch, watch.silent(now), now=now)
    if watch.holder_id is not None:
        telling.tell_coordinators(tx, watch.area_id, WatchPassed(watch.id, watch.holder_id), now=now)
    return saved


def _call(tx: Transaction, old: Watch, called: Watch, *, now: datetime) -> Watch:
    """Whoever cannot be reached at all is passed over at once."""
    while called.holder_id is not None and persons.chat_of(tx, called.holder_id) is None:
        called = called.silent(now)
    saved = save(tx, old, called, now=now, event="empty" if called.state is WatchState.EMPTY else "called")
    if saved.state is WatchState.EMPTY:
        telling.tell_coordinators(tx, saved.area_id, WatchEmpty(saved.id), now=now)
    elif saved.holder_id is not None:
        telling.tell_afresh(tx, saved.holder_id, WatchCard(saved.id), now=now)
    return saved


def undeliverable(tx: Transaction, watch_id: int, person_id: int, *, now: datetime) -> None:
    """The handshake was refused for good: passed on at once."""
    watch = watches.find(tx, watch_id)
    if watch is not None and watch.holder_id == person_id and watch.state in (WatchState.CALLED, WatchState.HELD):
        pass_on(tx, watch, now=now)


def unreachable(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """Somebody blocked the bot while they are on duty: their watches go to the next at once."""
    for watch_id in watches.held_by(tx, person_id, now):
        undeliverable(tx, watch_id, person_id, now=now)


# --- people ---


def here(tx: Transaction, actor: Actor, watch_id: int, *, now: datetime) -> Watch:
    """ "I'm here": theirs from now on, with everything that is open; where another was faster, they stand behind them."""
    watch = get(tx, watch_id)
    if actor.id not in watch.people:
        require(Action.DUTY_TAKE, actor, areas.line(tx, watch.area_id))
    if now >= watch.ends_at:
        raise WatchNotSo
    new = watch.here(actor.id)
    return watch if new == watch else save(tx, watch, new, now=now, event="here", by=actor.id)


def take(tx: Transaction, actor: Actor, home: Home, area_id: int, *, until: datetime, now: datetime) -> Watch:
    """ "I take it now": theirs until the end of the watch that is on, or, where none is, until `until`."""
    require(Action.DUTY_TAKE, actor, areas.line(tx, area_id))
    on_now = [one for one in watches.running(tx, area_id, now) if one.area_id == area_id]
    if not on_now:
        on_now = [_made_now(tx, home, area_id, actor, until=until, now=now)]
    watch = get(tx, on_now[0].id)
    if watch.state is WatchState.HELD and watch.holder_id == actor.id:
        return watch
    before = watch.holder_id
    saved = save(tx, watch, watch.taken(actor.id), now=now, event="taken", by=actor.id)
    telling.tell(tx, actor.id, WatchCard(saved.id), now=now)
    if before not in (None, actor.id):
        telling.tell(tx, before, WatchCard(saved.id), now=now)
    return saved


def _made_now(tx: Transaction, home: Home, area_id: int, actor: Actor, *, until: datetime, now: datetime) -> Watch:
    local, end = now.astimezone(home.timezone), until.astimezone(home.timezone)
    starts, ends = local.hour * 60 + local.minute, end.hour * 60 + end.minute
    fresh = Watch(0, home.bot_id, area_id, 1, local.date(), starts, ends, now, until, (actor.id,), act_at=until)
    watches.make(tx, fresh)
    return next(one for one in watches.running(tx, area_id, now) if one.area_id == area_id)


# --- parts ---


def get(tx: Transaction, watch_id: int) -> Watch:
    """One watch; WatchNotSo if there is none."""
    watch = watches.find(tx, watch_id)
    if watch is None:
        raise WatchNotSo
    return watch


def save(
    tx: Transaction, old: Watch, new: Watch, *, now: datetime, event: str | None = None, by: int | None = None
) -> Watch:
    """Write it (its row is locked), count the hours, hand over what is open, and draw its cards again."""
    if not watches.save(tx, old, new):
        raise Unsettled(f"watch {old.id} moved")
    holder, before = _holder(new), _holder(old)
    if holder != before:
        watches.held(tx, old, holder, now)
        if holder is not None:
            hand_over(tx, new, holder, now=now)
    what = event or new.state.value
    detail = None if new.holder_id is None else str(new.holder_id)
    history.write(tx, Event(now, by, f"watch:{old.id}", what, old.state.value, new.state.value, detail))
    outbox.touch(tx, f"watch:{old.id}")
    return replace(new, version=old.version + 1)


def _holder(watch: Watch) -> int | None:
    return watch.holder_id if watch.state is WatchState.HELD else None


def hand_over(tx: Transaction, watch: Watch, person_id: int, *, now: datetime) -> None:
    """What is open comes to whoever is on duty now: alerts that nobody has taken on, and lists that are not finished."""
    for alert in alerts.running(tx, [watch.area_id]):
        if alert.state is AlertState.OPEN and alert.person_id != person_id and not alert.drill:
            alerts.tell(tx, alert.id, person_id, Whom.DUTY, now)
            telling.tell_afresh(tx, person_id, AlertCard(alert.id), now=now)
    for listed in knocks.running(tx, [watch.area_id], LISTS_AT_MOST):
        if listed.holder_id != person_id and listed.due_at > now:
            telling.tell(tx, person_id, KnockListCard(listed.id), now=now)
