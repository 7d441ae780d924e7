"""What is read of duty: the rota, one's own turns, and the handshake at the beginning of each."""

from collections.abc import Callable, Mapping

from bot.domain.duty import (
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
    DutyLeaveAsked,
    DutyList,
    DutyMine,
    DutyShifts,
    DutyWanted,
    WatchCard,
    WatchEmpty,
    WatchPassed,
)
from bot.domain.notices import Notice
from bot.texts.duty import mine, rota
from bot.texts.message import Message

CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    DutyList: rota.duty_list,
    DutyHelpers: rota.helpers,
    DutyHours: rota.choose_hours,
    DutyShifts: rota.shifts,
    DutyCovered: rota.covered,
    DutyDays: rota.days,
    DutyDay: rota.day,
    DutyExtra: rota.extra,
    DutyAskHours: rota.ask_hours,
    DutyGaps: rota.gaps,
    DutyAway: rota.away,
    DutyWanted: rota.wanted,
    DutyGiven: mine.given,
    DutyBell: mine.bell,
    DutyMine: mine.mine,
    DutyLeaveAsked: mine.leave_asked,
    WatchCard: mine.watch_card,
    WatchPassed: mine.passed,
    WatchEmpty: mine.empty,
}
