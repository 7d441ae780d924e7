"""The rota as it is each week: read, planned, its hours chosen or written."""

from bot.domain.duty import (
    LINES_AT_MOST,
    MINUTES_OF_A_DAY,
    DutyAskHours,
    DutyCovered,
    DutyHelpers,
    DutyHours,
    DutyList,
    DutyMine,
    DutyShifts,
    Hours,
    Shift,
    hours_in,
)
from bot.domain.errors import ButtonInvalid, NotAllowed
from bot.handlers.turn import Command, Reply, Said, Turn, reply
from bot.services import duty, people
from bot.texts.duty import buttons

HOURS = "duty-hours"


def rota(turn: Turn[Command]) -> Reply:
    """/duty: who is in charge reads the rota of their places, a team leader that of theirs too, a volunteer their own turns."""
    places = duty.places_of(turn.actor)
    if not places:
        raise NotAllowed("see the duty rota")
    seen = duty.seen_places(turn.tx, turn.actor)
    plans = any(duty.may_plan(turn.tx, turn.actor, place) for place in places)
    return reply(*(DutyList(place) for place in seen), *(() if plans else (DutyMine(),)))


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


def single_days(turn: Turn[buttons.SingleDays]) -> Reply:
    """On one weekday."""
    tapped = turn.input
    duty.require_plan(turn.tx, turn.actor, tapped.area_id)
    line = Hours.of(tapped.hours).line
    return reply(DutyHours(tapped.area_id, tapped.person_id, line, tapped.hours, single=1), closes=True)


def type_hours(turn: Turn[buttons.TypeHours]) -> Reply:
    """At hours that the coordinator writes."""
    tapped = turn.input
    duty.require_plan(turn.tx, turn.actor, tapped.area_id)
    if not 0 < tapped.line <= LINES_AT_MOST:
        raise ButtonInvalid
    question = f"{HOURS}:{tapped.area_id}:{tapped.person_id}:{tapped.line}"
    people.ask(turn.tx, turn.actor, turn.home, question, now=turn.now)
    return reply(DutyAskHours(tapped.area_id))


def written(turn: Turn[Said]) -> Reply | None:
    """ "07:30-12:15"."""
    question, *numbers = (turn.question or "").split(":")
    if question != HOURS:
        return None
    area_id, person_id, line = map(int, numbers)
    duty.require_plan(turn.tx, turn.actor, area_id)
    starts, ends = hours_in(turn.input.text)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    if person_id:
        return reply(DutyHours(area_id, person_id, line, Hours(line, starts, ends).number))
    duty.keep_hours(turn.tx, turn.actor, turn.home, area_id, starts, ends, now=turn.now)
    return reply(DutyList(area_id))


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


def more_shifts(turn: Turn[buttons.MoreShifts]) -> Reply:
    """Further ones."""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyShifts(turn.input.area_id, max(0, turn.input.offset)), closes=True)


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


def _check_hours(starts: int, ends: int) -> None:
    if not (0 <= starts < MINUTES_OF_A_DAY and 0 <= ends < MINUTES_OF_A_DAY):
        raise ButtonInvalid
