"""The duty rota: who answers alerts now, who plans it, who is away, and which hours nobody covers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.duty import (
    EVENING,
    LINES_AT_MOST,
    MORNING,
    TOLD_AHEAD,
    Change,
    DutyAway,
    DutyGaps,
    DutyGiven,
    DutyWanted,
    Hours,
    Leave,
    Planned,
    Shift,
    Watch,
    days_from,
    instant,
)
from bot.domain.errors import ButtonInvalid, DutyTaken, NotAllowed, TimePassed
from bot.domain.home import Home
from bot.domain.people import Actor, Grant, Role
from bot.services import bells, telling, watches
from bot.storage import areas, duty, history, persons
from bot.storage import watches as stored_watches
from bot.storage.database import Transaction
from bot.storage.history import Event

# When gaps are looked for: a day and a week ahead of any gap after it, and at an hour at which something can be done.
LOOKED_AT = MORNING - 30
WANTED_AT_MOST = 20
LEAVE_AT_MOST = timedelta(days=366)


# --- who is there ---


def on_duty(tx: Transaction, home: Home, area_id: int, *, now: datetime) -> list[int]:
    """Who is on duty now for this place, first to last: whoever has it, then those behind them; nobody twice."""
    return list(dict.fromkeys(one for watch in stored_watches.running(tx, area_id, now) for one in watch.order))


def could_be(tx: Transaction, area_id: int) -> list[int]:
    """Who could be on duty at a place: its volunteers, leaders and coordinators."""
    roles = (Role.VOLUNTEER, Role.LEADER, Role.COORDINATOR)
    return list(dict.fromkeys(person_id for role in roles for person_id in persons.holding(tx, role, area_id)))


def places_of(actor: Actor) -> list[int]:
    """The places whose rota this person may see: where they help or are in charge, each once."""
    return list(dict.fromkeys(grant.area_id for grant in actor.grants))


def may_plan(tx: Transaction, actor: Actor, area_id: int) -> bool:
    """Whether this person plans the rota of a place."""
    return allowed(Action.DUTY_PLAN, actor, areas.line(tx, area_id))


def require_plan(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed unless this person plans the rota of a place."""
    require(Action.DUTY_PLAN, actor, areas.line(tx, area_id))


def require_see(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed unless this person may see the rota of a place; whoever leads a part of it may."""
    leads = any(area_id in areas.line(tx, grant.area_id) for grant in _led(actor))
    require(Action.DUTY_SEE, actor, areas.line(tx, area_id), {Relation.LEADS_BELOW} if leads else ())


def may_take(tx: Transaction, actor: Actor, area_id: int) -> bool:
    """Whether this person may be on duty at a place."""
    return allowed(Action.DUTY_TAKE, actor, areas.line(tx, area_id))


def seen_places(tx: Transaction, actor: Actor) -> list[int]:
    """Whose rota this person reads: the places that they plan, and those that answer for the teams that they lead."""
    planned = [place for place in places_of(actor) if may_plan(tx, actor, place)]
    return list(dict.fromkeys((*planned, *(_answering_for(tx, grant.area_id) for grant in _led(actor)))))


def _led(actor: Actor) -> list[Grant]:
    return [grant for grant in actor.grants if grant.role is Role.LEADER]


def _answering_for(tx: Transaction, area_id: int) -> int:
    """The nearest place, from here upwards, that has a rota; where none has, this one."""
    return next((place for place in areas.line(tx, area_id) if duty.hours(tx, place) is not None), area_id)


# --- each week ---


def give(tx: Transaction, actor: Actor, home: Home, shift: Shift, *, now: datetime) -> None:
    """A coordinator puts somebody on duty each week; they are told, and once how the bot rings at night."""
    _require_helper(tx, actor, shift.area_id, shift.person_id)
    rank = len(duty.rota(tx, shift.area_id).shifts) + 1
    area_id, person_id = shift.area_id, shift.person_id
    duty.add(tx, Shift(0, area_id, person_id, shift.weekdays, shift.starts, shift.ends, rank, shift.line))
    _write(tx, actor, area_id, "given", now, detail=str(person_id))
    telling.tell(tx, person_id, DutyGiven(area_id), now=now)
    bells.show_first(tx, area_id, person_id, now=now)
    _planned_anew(tx, home, area_id, now=now)


def end(tx: Transaction, actor: Actor, home: Home, shift_id: int, *, now: datetime) -> int | None:
    """A coordinator ends a shift; its place, or None when it was gone already."""
    shift = duty.find(tx, shift_id)
    if shift is None:
        return None
    require_plan(tx, actor, shift.area_id)
    duty.remove(tx, shift_id)
    _write(tx, actor, shift.area_id, "ended", now, detail=str(shift.person_id))
    _planned_anew(tx, home, shift.area_id, now=now)
    return shift.area_id


def first(tx: Transaction, actor: Actor, home: Home, shift_id: int, *, now: datetime) -> int | None:
    """A coordinator puts somebody first in the order; the place, or None when the shift is gone."""
    shift = duty.find(tx, shift_id)
    if shift is None:
        return None
    require_plan(tx, actor, shift.area_id)
    others = [one for one in duty.rota(tx, shift.area_id).shifts if one.id != shift_id]
    for rank, one in enumerate((shift, *others), start=1):
        duty.ranked(tx, one.id, rank)
    _write(tx, actor, shift.area_id, "first", now, detail=str(shift.person_id))
    _planned_anew(tx, home, shift.area_id, now=now)
    return shift.area_id


def keep_hours(
    tx: Transaction, actor: Actor, home: Home, area_id: int, starts: int, ends: int, *, now: datetime
) -> None:
    """A coordinator says from when to when somebody must be on duty."""
    require_plan(tx, actor, area_id)
    duty.keep_hours(tx, area_id, starts, ends, next_look(now, home))
    _write(tx, actor, area_id, "hours", now, detail=f"{starts}-{ends}")


# --- one day ---


def change(
    tx: Transaction, actor: Actor, home: Home, area_id: int, piece: Planned, person_id: int | None, *, now: datetime
) -> None:
    """A coordinator makes one day different: somebody else, nobody, or something more; whoever is affected hears it."""
    require_plan(tx, actor, area_id)
    if person_id is not None:
        _require_helper(tx, actor, area_id, person_id)
    _change(tx, actor, home, area_id, piece, person_id, now=now)


def as_planned(tx: Transaction, actor: Actor, home: Home, area_id: int, day: date, *, now: datetime) -> None:
    """A coordinator takes the changes of a day back."""
    require_plan(tx, actor, area_id)
    if duty.as_planned(tx, area_id, day):
        _write(tx, actor, area_id, "as planned", now, detail=day.isoformat())
        _planned_anew(tx, home, area_id, now=now)


def extra_hours(tx: Transaction, area_id: int, day: date, starts: int, ends: int) -> Hours:
    """These hours of a day for somebody more: on the first line on which they take nothing from whoever is planned."""
    taken = {one.line for one in duty.rota(tx, area_id).of_day(day) if (one.starts, one.ends) == (starts, ends)}
    line = next((line for line in range(1, LINES_AT_MOST + 1) if line not in taken), None)
    if line is None:
        raise ButtonInvalid
    return Hours(line, starts, ends, day=day)


def _change(
    tx: Transaction, actor: Actor, home: Home, area_id: int, piece: Planned, person_id: int | None, *, now: datetime
) -> None:
    if piece.span(home.timezone)[1] <= now:
        raise TimePassed
    before = next((one.people for one in duty.rota(tx, area_id).of_day(piece.day) if _same(one, piece)), ())
    new = Change(0, area_id, piece.line, piece.day, piece.starts, piece.ends, person_id)
    duty.change(tx, new, by=actor.id)
    _write(tx, actor, area_id, "changed", now, detail=f"{piece.day.isoformat()} {person_id or 'nobody'}")
    for one in {*before, *([] if person_id is None else [person_id])} - {actor.id}:
        telling.tell(tx, one, DutyGiven(area_id), now=now)
    if person_id is not None:
        bells.show_first(tx, area_id, person_id, now=now)
    _planned_anew(tx, home, area_id, now=now)


def _same(one: Planned, other: Planned) -> bool:
    return (one.line, one.day, one.starts, one.ends) == (other.line, other.day, other.starts, other.ends)


# --- who can? ---


def ask_who_can(tx: Transaction, actor: Actor, home: Home, wanted: DutyWanted, *, now: datetime) -> int:
    """Volunteers are asked who can be on duty then; how many. Whoever cannot come may ask for their own turn."""
    if wanted.instead_of != actor.id:
        require_plan(tx, actor, wanted.area_id)
    piece = wanted.piece
    if piece.span(home.timezone)[1] <= now:
        raise TimePassed
    if wanted.instead_of and wanted.instead_of not in _planned_there(tx, wanted):
        raise DutyTaken
    away = duty.leaves_of(tx, could_be(tx, wanted.area_id))
    free = [one for one in could_be(tx, wanted.area_id) if not any(leave.covers(one, piece.day) for leave in away)]
    asked = [one for one in free if one != wanted.instead_of][:WANTED_AT_MOST]
    return sum(telling.tell(tx, one, wanted, now=now) for one in asked)


def step_in(tx: Transaction, actor: Actor, home: Home, wanted: DutyWanted, *, now: datetime) -> None:
    """A volunteer can: the first tap has it. DutyTaken when somebody was faster, or it is as it was before."""
    require(Action.DUTY_TAKE, actor, areas.line(tx, wanted.area_id))
    if actor.id in _planned_there(tx, wanted):
        return
    if not still_wanted(tx, wanted):
        raise DutyTaken
    _change(tx, actor, home, wanted.area_id, wanted.piece, actor.id, now=now)


def still_wanted(tx: Transaction, wanted: DutyWanted) -> bool:
    """Whether nobody has stepped in yet."""
    people = _planned_there(tx, wanted)
    return wanted.instead_of in people if wanted.instead_of else not people


def _planned_there(tx: Transaction, wanted: DutyWanted) -> tuple[int, ...]:
    piece = wanted.piece
    return next((one.people for one in duty.rota(tx, wanted.area_id).of_day(piece.day) if _same(one, piece)), ())


# --- leave ---


def go_away(tx: Transaction, actor: Actor, home: Home, leave: Leave, *, now: datetime) -> None:
    """A volunteer is away: who is in charge of their turns hears it, with the hours that nobody covers by it."""
    today = now.astimezone(home.timezone).date()
    if leave.last < max(leave.first, today) or leave.last - leave.first > LEAVE_AT_MOST:
        raise TimePassed
    duty.add_leave(tx, leave)
    history.write(tx, Event(now, actor.id, f"person:{actor.id}", "away", detail=f"{leave.first} {leave.last}"))
    for area_id in duty.places_planning(tx, actor.id):
        _planned_anew(tx, home, area_id, now=now)
        notice = DutyAway(area_id, actor.id, leave.first.isoformat(), leave.last.isoformat())
        telling.tell_coordinators(tx, area_id, notice, now=now)
        tell_gaps(tx, area_id, _days_of(leave, today), now=now)


def come_back(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> None:
    """A volunteer is back, or does not go after all."""
    if duty.end_leaves(tx, actor.id):
        history.write(tx, Event(now, actor.id, f"person:{actor.id}", "back"))
        for area_id in duty.places_planning(tx, actor.id):
            _planned_anew(tx, home, area_id, now=now)


def _days_of(leave: Leave, today: date) -> list[date]:
    start = max(leave.first, today)
    return days_from(start, min(28, (leave.last - start).days + 1))


# --- time ---


def next_look(now: datetime, home: Home) -> datetime:
    """When a rota is looked at next: half an hour before the morning's duty begins."""
    today = now.astimezone(home.timezone).date()
    at = instant(today, LOOKED_AT, home.timezone)
    return at if at > now else instant(today + timedelta(days=1), LOOKED_AT, home.timezone)


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time, each morning: the next days' watches are made, and gaps a week and a day ahead are told."""
    for area_id in ids:
        duty.postpone(tx, area_id, next_look(now, home))
        watches.replan(tx, home, area_id, now=now)
        today = now.astimezone(home.timezone).date()
        tell_gaps(tx, area_id, [today + timedelta(days=ahead) for ahead in TOLD_AHEAD], now=now)


def tell_gaps(tx: Transaction, area_id: int, days: Sequence[date], *, now: datetime) -> None:
    """Those of these days on which nobody covers some hours are told to who is in charge, in one message."""
    hours, rota = hours_of(tx, area_id), duty.rota(tx, area_id)
    short = sorted(day for day in days if rota.gaps(day, hours))
    if short:
        notice = DutyGaps(area_id, ":".join(day.isoformat() for day in short))
        telling.tell_coordinators(tx, area_id, notice, now=now)


def hours_of(tx: Transaction, area_id: int) -> tuple[int, int]:
    """From when to when somebody must be on duty here."""
    return duty.hours(tx, area_id) or (MORNING, EVENING)


# --- taking it now ---


def take_now(tx: Transaction, actor: Actor, home: Home, area_id: int, *, now: datetime) -> Watch:
    """ "I take it now": until the end of the watch that is on; where none is, until the next begins, twelve hours at most."""
    coming = [one.starts_at for one in stored_watches.coming(tx, area_id) if one.starts_at > now]
    until = min([*coming, now + timedelta(hours=12)])
    bells.show_first(tx, area_id, actor.id, now=now)
    return watches.take(tx, actor, home, area_id, until=until, now=now)


# --- parts ---


def _require_helper(tx: Transaction, actor: Actor, area_id: int, person_id: int) -> None:
    require_plan(tx, actor, area_id)
    if person_id not in could_be(tx, area_id):
        raise NotAllowed(Action.DUTY_PLAN.value)


def _planned_anew(tx: Transaction, home: Home, area_id: int, *, now: datetime) -> None:
    if duty.hours(tx, area_id) is None:
        duty.keep_hours(tx, area_id, MORNING, EVENING, next_look(now, home))
    watches.replan(tx, home, area_id, now=now)


def _write(tx: Transaction, actor: Actor, area_id: int, event: str, now: datetime, *, detail: str) -> None:
    history.write(tx, Event(now, actor.id, f"duty:{area_id}", event, detail=detail))
