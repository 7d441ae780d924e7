"""Duty: who answers alerts now; coordinators plan it, whoever is on it says "I'm here"."""

import re
from datetime import date, datetime, timedelta

from bot.domain.duty import (
    MINUTES_OF_A_DAY,
    DutyCovered,
    DutyDay,
    DutyDays,
    DutyHelpers,
    DutyHours,
    DutyLeaveAsked,
    DutyList,
    DutyMine,
    DutyShifts,
    DutyWanted,
    Hours,
    Leave,
    Shift,
    WatchCard,
)
from bot.domain.errors import ButtonInvalid, DatesUnclear, NotAllowed
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import duty, people, watches
from bot.services.views import duty as views
from bot.texts import duty as texts
from bot.texts.duty import buttons

LEAVE = "duty-leave"
LINES_AT_MOST = 9
DAYS_OF_A_YEAR = 366
MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")


def rota(turn: Turn[Command]) -> Reply:
    """/duty: who is in charge reads the rota of their places, a volunteer their own turns."""
    places = duty.places_of(turn.actor)
    if not places:
        raise NotAllowed("see the duty rota")
    planned = [place for place in places if duty.may_plan(turn.tx, turn.actor, place)]
    return reply(*(DutyList(place) for place in planned)) if planned else reply(DutyMine())


def week(turn: Turn[buttons.Week]) -> Reply:
    """Another week."""
    duty.require_see(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyList(turn.input.area_id, max(0, turn.input.week)), closes=True)


def mine(turn: Turn[buttons.Mine]) -> Reply:
    """One's own turns."""
    return reply(DutyMine())


# --- each week ---


def choose(turn: Turn[buttons.ChooseHelper]) -> Reply:
    """Who could be on duty?"""
    tapped = turn.input
    duty.require_plan(turn.tx, turn.actor, tapped.area_id)
    if not 0 < tapped.line <= LINES_AT_MOST:
        raise ButtonInvalid
    return reply(DutyHelpers(tapped.area_id, tapped.line, max(0, tapped.offset)), closes=tapped.offset > 0)


def choose_hours(turn: Turn[buttons.ChooseHours]) -> Reply:
    """At which hours?"""
    tapped = turn.input
    duty.require_plan(turn.tx, turn.actor, tapped.area_id)
    return reply(DutyHours(tapped.area_id, tapped.person_id, tapped.line), closes=True)


def choose_days(turn: Turn[buttons.ChooseDays]) -> Reply:
    """On which weekdays?"""
    tapped = turn.input
    duty.require_plan(turn.tx, turn.actor, tapped.area_id)
    hours = Hours.of(tapped.hours)
    return reply(DutyHours(tapped.area_id, tapped.person_id, hours.line, tapped.hours), closes=True)


def give(turn: Turn[buttons.Give]) -> Reply:
    """On duty from now on."""
    tapped, hours = turn.input, Hours.of(turn.input.hours)
    if not hours.weekdays:
        raise ButtonInvalid
    shift = Shift(0, tapped.area_id, tapped.person_id, hours.weekdays, hours.starts, hours.ends, line=hours.line)
    duty.give(turn.tx, turn.actor, turn.home, shift, now=turn.now)
    return reply(DutyList(tapped.area_id), toast=lambda words: words.say("Noted. They are told."), closes=True)


def shifts(turn: Turn[buttons.Shifts]) -> Reply:
    """The weekly shifts."""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyShifts(turn.input.area_id))


def first(turn: Turn[buttons.First]) -> Reply:
    """Asked first."""
    return _shifts_again(duty.first(turn.tx, turn.actor, turn.home, turn.input.shift_id, now=turn.now))


def end(turn: Turn[buttons.EndShift]) -> Reply:
    """This shift ends."""
    return _shifts_again(duty.end(turn.tx, turn.actor, turn.home, turn.input.shift_id, now=turn.now))


def _shifts_again(area_id: int | None) -> Reply:
    if area_id is None:
        raise ButtonInvalid
    return reply(DutyShifts(area_id), toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def ask_hours(turn: Turn[buttons.Covered]) -> Reply:
    """Which hours must be covered?"""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyCovered(turn.input.area_id))


def keep_hours(turn: Turn[buttons.Cover]) -> Reply:
    """These hours must be covered."""
    tapped = turn.input
    _check_hours(tapped.starts, tapped.ends)
    duty.keep_hours(turn.tx, turn.actor, turn.home, tapped.area_id, tapped.starts, tapped.ends, now=turn.now)
    return reply(DutyList(tapped.area_id), toast=lambda words: words.say("Noted. Thank you!"), closes=True)


# --- one day ---


def ask_day(turn: Turn[buttons.Days]) -> Reply:
    """Which day is different?"""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyDays(turn.input.area_id))


def day(turn: Turn[buttons.Day]) -> Reply:
    """One day."""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyDay(turn.input.area_id, _day(turn.input.day).isoformat()), closes=True)


def different(turn: Turn[buttons.Different]) -> Reply:
    """Who could be on duty on this day instead?"""
    tapped = turn.input
    duty.require_plan(turn.tx, turn.actor, tapped.area_id)
    piece = Hours.of(tapped.hours).piece()
    return reply(DutyHelpers(tapped.area_id, piece.line, max(0, tapped.offset), tapped.hours), closes=True)


def change(turn: Turn[buttons.Change]) -> Reply:
    """This day is different."""
    tapped = turn.input
    piece = Hours.of(tapped.hours).piece()
    who = tapped.person_id or None
    duty.change(turn.tx, turn.actor, turn.home, tapped.area_id, piece, who, now=turn.now)
    card = DutyDay(tapped.area_id, piece.day.isoformat())
    return reply(card, toast=lambda words: words.say("Noted. They are told."), closes=True)


def as_planned(turn: Turn[buttons.AsPlanned]) -> Reply:
    """As each week again."""
    one = _day(turn.input.day)
    duty.as_planned(turn.tx, turn.actor, turn.home, turn.input.area_id, one, now=turn.now)
    return reply(DutyDay(turn.input.area_id, one.isoformat()), closes=True)


def who_can(turn: Turn[buttons.WhoCan]) -> Reply:
    """The volunteers are asked who can."""
    asked = duty.ask_who_can(turn.tx, turn.actor, turn.home, _wanted(turn.input), now=turn.now)
    return reply(
        toast=lambda words: words.count("{number} volunteer is asked.", "{number} volunteers are asked.", asked)
    )


def step_in(turn: Turn[buttons.StepIn]) -> Reply:
    """I can: the first tap has it."""
    wanted = _wanted(turn.input)
    duty.step_in(turn.tx, turn.actor, turn.home, wanted, now=turn.now)
    return reply(DutyMine(), toast=lambda words: words.say("It is yours. Thank you!"), closes=True)


def _wanted(tapped: buttons.WhoCan | buttons.StepIn) -> DutyWanted:
    return DutyWanted(tapped.area_id, tapped.hours, tapped.instead_of)


# --- now ---


def here(turn: Turn[buttons.Here]) -> Reply:
    """I'm here."""
    watch = watches.here(turn.tx, turn.actor, turn.input.watch_id, now=turn.now)
    mine_ = watch.holder_id == turn.actor.id
    return reply(
        WatchCard(watch.id),
        toast=lambda words: (
            words.say("Thank you!") if mine_ else words.say("Somebody has it already. Thank you all the same!")
        ),
    )


def take_now(turn: Turn[buttons.TakeNow]) -> Reply:
    """I take it now."""
    duty.take_now(turn.tx, turn.actor, turn.home, turn.input.area_id, now=turn.now)
    return reply(toast=lambda words: words.say("It is yours. Thank you!"))


# --- leave ---


def ask_leave(turn: Turn[buttons.AskLeave]) -> Reply:
    """From when to when?"""
    if not turn.actor.grants:
        raise NotAllowed("be on duty")
    people.ask(turn.tx, turn.actor, turn.home, LEAVE, now=turn.now)
    return reply(DutyLeaveAsked())


def go_away(turn: Turn[buttons.GoAway]) -> Reply:
    """Away so many days."""
    if not (0 <= turn.input.ahead <= DAYS_OF_A_YEAR and 0 < turn.input.days <= DAYS_OF_A_YEAR):
        raise ButtonInvalid
    start = _today(turn.now, turn) + timedelta(days=turn.input.ahead)
    return _away(turn, start, start + timedelta(days=turn.input.days - 1))


def written(turn: Turn[Said]) -> Reply | None:
    """ "12-03 to 12-10"."""
    if turn.question != LEAVE:
        return None
    found = [(int(month), int(day)) for month, day in MONTH_AND_DAY.findall(turn.input.text)]
    if len(found) not in (1, 2):
        raise DatesUnclear
    start = _coming(*found[0], _today(turn.now, turn))
    return _away(turn, start, _coming(*found[-1], start))


def come_back(turn: Turn[buttons.ComeBack]) -> Reply:
    """I am back."""
    duty.come_back(turn.tx, turn.actor, turn.home, now=turn.now)
    return reply(DutyMine(), toast=lambda words: words.say("Welcome back!"), closes=True)


def _away(turn: Turn[buttons.GoAway] | Turn[Said], first: date, last: date) -> Reply:
    duty.go_away(turn.tx, turn.actor, turn.home, Leave(turn.actor.id, first, last), now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(DutyMine(), closes=isinstance(turn.input, buttons.GoAway))


def _coming(month: int, day: int, after: date) -> date:
    """The next such day that is not before `after`."""
    try:
        this_year = date(after.year, month, day)
        return this_year if this_year >= after else date(after.year + 1, month, day)
    except ValueError as error:
        raise DatesUnclear from error


def _today(now: datetime, turn: Turn[buttons.GoAway] | Turn[Said]) -> date:
    return now.astimezone(turn.home.timezone).date()


def _day(number: int) -> date:
    """The date behind 20261126; ButtonInvalid for what is none."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except (ValueError, OverflowError) as error:
        raise ButtonInvalid from error


def _check_hours(starts: int, ends: int) -> None:
    if not (0 <= starts < MINUTES_OF_A_DAY and 0 <= ends < MINUTES_OF_A_DAY):
        raise ButtonInvalid


CAPABILITY = Capability(
    commands={"duty": rota},
    taps={
        buttons.Week: week,
        buttons.Mine: mine,
        buttons.ChooseHelper: choose,
        buttons.ChooseHours: choose_hours,
        buttons.ChooseDays: choose_days,
        buttons.Give: give,
        buttons.Shifts: shifts,
        buttons.First: first,
        buttons.EndShift: end,
        buttons.Covered: ask_hours,
        buttons.Cover: keep_hours,
        buttons.Days: ask_day,
        buttons.Day: day,
        buttons.Different: different,
        buttons.Change: change,
        buttons.AsPlanned: as_planned,
        buttons.WhoCan: who_can,
        buttons.StepIn: step_in,
        buttons.Here: here,
        buttons.TakeNow: take_now,
        buttons.AskLeave: ask_leave,
        buttons.GoAway: go_away,
        buttons.ComeBack: come_back,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
