"""My own duty: I am here, I take it now, I am away, my telephone rings."""

import re
from datetime import date, datetime, timedelta

from bot.domain.duty import (
    DutyLeaveAsked,
    DutyMine,
    Leave,
    WatchCard,
)
from bot.domain.errors import ButtonInvalid, DatesUnclear, NotAllowed
from bot.handlers.turn import Reply, Said, Turn, reply
from bot.services import bells, duty, people, watches
from bot.texts.duty import buttons

LEAVE = "duty-leave"
DAYS_OF_A_YEAR = 366
MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")


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


def bell_done(turn: Turn[buttons.BellDone]) -> Reply:
    """My telephone rings."""
    bells.done(turn.tx, turn.actor, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"), closes=True)


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
