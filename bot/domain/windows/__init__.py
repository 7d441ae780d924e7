"""Windows: the day and the hours in which somebody is to come, how they are written, and what follows from how near they are."""

from bot.domain.windows.day import (
    DAYS_AHEAD,
    PARTS,
    WHOLE_DAY,
    Part,
    day_window,
    days_ahead,
    local_day,
    not_over,
    part_window,
    parts_left,
)
from bot.domain.windows.window import ASKED_AHEAD, SETTLED_BEFORE, Window
from bot.domain.windows.words import AHEAD_AT_MOST, hours_in, minutes_of, window_in

__all__ = [
    "AHEAD_AT_MOST",
    "ASKED_AHEAD",
    "DAYS_AHEAD",
    "PARTS",
    "SETTLED_BEFORE",
    "WHOLE_DAY",
    "Part",
    "Window",
    "day_window",
    "days_ahead",
    "hours_in",
    "local_day",
    "minutes_of",
    "not_over",
    "part_window",
    "parts_left",
    "window_in",
]
