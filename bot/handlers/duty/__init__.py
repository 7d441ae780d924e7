"""Duty: who answers alerts now; coordinators plan it, whoever is on it says "I'm here"."""

from bot.handlers.duty import daily, own, weekly
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn
from bot.services.views import duty as views
from bot.texts import duty as texts
from bot.texts.duty import buttons


def written(turn: Turn[Said]) -> Reply | None:
    """What was asked for in writing: days of leave, hours of a shift, hours of a day."""
    return own.written(turn) or weekly.written(turn) or daily.written(turn)


CAPABILITY = Capability(
    commands={"duty": weekly.rota},
    taps={
        buttons.Week: weekly.week,
        buttons.Mine: weekly.mine,
        buttons.ChooseHelper: weekly.choose,
        buttons.ChooseHours: weekly.choose_hours,
        buttons.ChooseDays: weekly.choose_days,
        buttons.Give: weekly.give,
        buttons.Shifts: weekly.shifts,
        buttons.First: weekly.first,
        buttons.EndShift: weekly.end,
        buttons.Covered: weekly.ask_hours,
        buttons.Cover: weekly.keep_hours,
        buttons.Days: daily.ask_day,
        buttons.Day: daily.day,
        buttons.Different: daily.different,
        buttons.Change: daily.change,
        buttons.AsPlanned: daily.as_planned,
        buttons.WhoCan: daily.who_can,
        buttons.StepIn: daily.step_in,
        buttons.Here: own.here,
        buttons.TakeNow: own.take_now,
        buttons.AskLeave: own.ask_leave,
        buttons.GoAway: own.go_away,
        buttons.ComeBack: own.come_back,
        buttons.SingleDays: weekly.single_days,
        buttons.TypeHours: weekly.type_hours,
        buttons.MoreShifts: weekly.more_shifts,
        buttons.MoreDays: daily.more_days,
        buttons.DayPage: daily.page,
        buttons.Extra: daily.extra,
        buttons.TypeExtra: daily.type_extra,
        buttons.BellDone: own.bell_done,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
