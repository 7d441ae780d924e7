"""One day of the rota: somebody else, somebody more, nobody, and who can."""

from datetime import date

from bot.domain.duty import (
    SHOWN_DAYS,
    DutyAskHours,
    DutyDay,
    DutyDays,
    DutyExtra,
    DutyHelpers,
    DutyMine,
    DutyWanted,
    Hours,
    hours_in,
)
from bot.domain.errors import ButtonInvalid
from bot.handlers.turn import Reply, Said, Turn, reply
from bot.services import duty, people
from bot.texts.duty import buttons

EXTRA = "duty-extra"


def ask_day(turn: Turn[buttons.Days]) -> Reply:
    """Which day is different?"""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyDays(turn.input.area_id))


def more_days(turn: Turn[buttons.MoreDays]) -> Reply:
    """Further days."""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyDays(turn.input.area_id, min(max(0, turn.input.offset), SHOWN_DAYS - 1)), closes=True)


def day(turn: Turn[buttons.Day]) -> Reply:
    """One day."""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyDay(turn.input.area_id, _day(turn.input.day).isoformat()), closes=True)


def page(turn: Turn[buttons.DayPage]) -> Reply:
    """What else can be done on it."""
    tapped = turn.input
    duty.require_plan(turn.tx, turn.actor, tapped.area_id)
    return reply(DutyDay(tapped.area_id, _day(tapped.day).isoformat(), max(0, tapped.offset)), closes=True)


def extra(turn: Turn[buttons.Extra]) -> Reply:
    """Somebody more on this day: at which hours?"""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyExtra(turn.input.area_id, _day(turn.input.day).isoformat()), closes=True)


def type_extra(turn: Turn[buttons.TypeExtra]) -> Reply:
    """… at hours that the coordinator writes."""
    area_id, day_ = turn.input.area_id, _day(turn.input.day)
    duty.require_plan(turn.tx, turn.actor, area_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{EXTRA}:{area_id}:{day_.isoformat()}", now=turn.now)
    return reply(DutyAskHours(area_id))


def written(turn: Turn[Said]) -> Reply | None:
    """ "07:30-12:15": who is there then?"""
    question, *rest = (turn.question or "").split(":")
    if question != EXTRA:
        return None
    area_id, day_ = int(rest[0]), date.fromisoformat(rest[1])
    duty.require_plan(turn.tx, turn.actor, area_id)
    hours = duty.extra_hours(turn.tx, area_id, day_, *hours_in(turn.input.text))
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(DutyHelpers(area_id, hours.line, 0, hours.number))


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


def _day(number: int) -> date:
    """The date behind 20261126; ButtonInvalid for what is none."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except (ValueError, OverflowError) as error:
        raise ButtonInvalid from error
