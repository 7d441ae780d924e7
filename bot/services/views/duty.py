"""What is seen of the duty rota, and of whose turn it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.duty import (
    SHOWN_DAYS,
    USUAL_SHIFTS,
    DutyAskHours,
    DutyAway,
    DutyBell,
    DutyCovered,
    DutyDay,
    DutyDays,
    DutyExtra,
    DutyGaps,
    DutyGiven,
    DutyHelpers,
    DutyHours,
    DutyList,
    DutyMine,
    DutyShifts,
    DutyView,
    DutyWanted,
    MineView,
    Planned,
    Rota,
    WatchCard,
    WatchEmpty,
    WatchPassed,
    WatchView,
    days_from,
)
from bot.domain.errors import WatchNotSo
from bot.domain.notices import Notice
from bot.services import bells
from bot.services import duty as decisions
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import alerts, duty, knocks, persons, watches
from bot.storage.database import Transaction

PAGE = 6
WEEK = 7
TURNS_DAYS = 14

# What needs no more than the rota and its place.
Plain = DutyShifts | DutyCovered | DutyDays | DutyGiven | DutyBell | DutyAskHours


def week(tx: Transaction, notice: DutyList, look: Look) -> DutyView:
    """A week of a place's rota: who is planned, and what nobody covers."""
    first = _today(look) + timedelta(days=WEEK * min(max(0, notice.week), SHOWN_DAYS // WEEK - 1))
    view, rota = _base(tx, notice.area_id, look)
    days = days_from(first, WEEK)
    silent = tuple(_name(tx, one) for one in bells.silent(tx, notice.area_id, _today(look))) if view.in_charge else ()
    shown = replace(view, week=notice.week, planned=_of(rota, days), gaps=_gaps(rota, days, view.hours), silent=silent)
    return _named(tx, shown)


def day(tx: Transaction, notice: DutyDay, look: Look) -> DutyView:
    """One day of it."""
    view, rota = _base(tx, notice.area_id, look)
    days = [date.fromisoformat(notice.day)]
    changed = any(change.day == days[0] for change in rota.changes)
    return _named(tx, replace(view, planned=_of(rota, days), gaps=_gaps(rota, days, view.hours), changed=changed))


def extra(tx: Transaction, notice: DutyExtra, look: Look) -> DutyView:
    """The usual hours at which somebody more could be there on a day."""
    view, _ = _base(tx, notice.area_id, look)
    chosen = date.fromisoformat(notice.day)
    usual = (decisions.extra_hours(tx, notice.area_id, chosen, *hours) for hours in USUAL_SHIFTS)
    return replace(view, extra=tuple(usual))


def gaps(tx: Transaction, notice: DutyGaps, look: Look) -> DutyView:
    """The hours of these days that nobody covers, as it is now."""
    view, rota = _base(tx, notice.area_id, look)
    days = [date.fromisoformat(part) for part in notice.days.split(":") if part]
    return replace(view, gaps=_gaps(rota, days, view.hours))


def shifts(tx: Transaction, notice: Plain, look: Look) -> DutyView:
    """The weekly shifts with their names."""
    view, rota = _base(tx, notice.area_id, look)
    listed = tuple(
        (one.id, _name(tx, one.person_id), one.line, one.weekdays, one.starts, one.ends) for one in rota.shifts
    )
    return replace(view, shifts=listed)


def helpers(tx: Transaction, notice: DutyHelpers, look: Look) -> DutyView:
    """A page of those who could be on duty."""
    view, _ = _base(tx, notice.area_id, look)
    could = decisions.could_be(tx, notice.area_id)[notice.offset :]
    shown = tuple((one, _name(tx, one)) for one in could[:PAGE])
    return replace(view, could=shown, has_more=len(could) > PAGE)


def one(tx: Transaction, notice: DutyHours | DutyAway, look: Look) -> DutyView:
    """Somebody whose hours are chosen, or who is away."""
    view, _ = _base(tx, notice.area_id, look)
    return replace(view, names=((notice.person_id, _name(tx, notice.person_id)),))


def wanted(tx: Transaction, notice: DutyWanted, look: Look) -> DutyView:
    """Hours that somebody is wanted for, and who has stepped in."""
    view, rota = _base(tx, notice.area_id, look)
    piece = notice.piece
    people = next((one.people for one in rota.of_day(piece.day) if replace(one, people=()) == piece), ())
    took = None if decisions.still_wanted(tx, notice) or not people else _name(tx, people[0])
    names = ((notice.instead_of, _name(tx, notice.instead_of)),) if notice.instead_of else ()
    return replace(view, took=took, names=names)


def mine(tx: Transaction, notice: DutyMine, look: Look) -> MineView:
    """The reader's own turns of the next two weeks, by place."""
    person_id = _reader(look)
    actor = persons.actor(tx, persons.get(tx, person_id))
    days = days_from(_today(look), TURNS_DAYS)
    turns = tuple(
        (place, place_name(tx, place), tuple(_to_come(duty.rota(tx, place).turns_of(person_id, days), look)))
        for place in decisions.places_of(actor)
    )
    return MineView(person_id, turns, tuple(duty.leaves_of(tx, [person_id])), look.now)


def watch(tx: Transaction, notice: WatchCard | WatchPassed | WatchEmpty, look: Look) -> WatchView:
    """A watch as it stands, and what is open where it is."""
    found = watches.see(tx, notice.watch_id)
    if found is None:
        raise WatchNotSo
    person = notice.person_id if isinstance(notice, WatchPassed) else None
    return WatchView(
        watch=found,
        place=place_name(tx, found.area_id),
        holder=None if found.holder_id is None else _name(tx, found.holder_id),
        person=None if person is None else _name(tx, person),
        reader_id=look.person_id,
        alerts=len(alerts.running(tx, [found.area_id])),
        lists=len(knocks.running(tx, [found.area_id], 100)),
        now=look.now,
    )


# --- parts ---


def _base(tx: Transaction, area_id: int, look: Look) -> tuple[DutyView, Rota]:
    rota, actor = duty.rota(tx, area_id), persons.actor(tx, persons.get(tx, _reader(look)))
    on_now = decisions.on_duty(tx, look.home, area_id, now=look.now)
    view = DutyView(
        area_id=area_id,
        place=place_name(tx, area_id),
        now=look.now,
        in_charge=decisions.may_plan(tx, actor, area_id),
        on_now=tuple(_name(tx, one) for one in on_now),
        lines=max((one.line for one in rota.shifts), default=0),
        hours=decisions.hours_of(tx, area_id),
        may_take=decisions.may_take(tx, actor, area_id),
    )
    return view, rota


def _named(tx: Transaction, view: DutyView) -> DutyView:
    people = dict.fromkeys(one for piece in view.planned for one in piece.people)
    return replace(view, names=tuple((one, _name(tx, one)) for one in people))


def _of(rota: Rota, days: Iterable[date]) -> tuple[Planned, ...]:
    return tuple(piece for day in days for piece in rota.of_day(day))


def _gaps(rota: Rota, days: Iterable[date], hours: tuple[int, int]) -> tuple[tuple[date, int, int], ...]:
    return tuple((day, *piece) for day in days for piece in rota.gaps(day, hours))


def _to_come(turns: Iterable[Planned], look: Look) -> list[Planned]:
    return [one for one in turns if one.span(look.home.timezone)[1] > look.now]


def _name(tx: Transaction, person_id: int) -> str:
    return persons.get(tx, person_id).name


def _reader(look: Look) -> int:
    if look.person_id is None:
        raise LookupError("a rota is read by a person")
    return look.person_id


def _today(look: Look) -> date:
    now: datetime = look.now
    return now.astimezone(look.home.timezone).date()


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    DutyList: week,
    DutyDay: day,
    DutyGaps: gaps,
    DutyShifts: shifts,
    DutyCovered: shifts,
    DutyDays: shifts,
    DutyGiven: shifts,
    DutyBell: shifts,
    DutyAskHours: shifts,
    DutyExtra: extra,
    DutyHelpers: helpers,
    DutyHours: one,
    DutyAway: one,
    DutyWanted: wanted,
    DutyMine: mine,
    WatchCard: watch,
    WatchEmpty: watch,
    WatchPassed: watch,
}
