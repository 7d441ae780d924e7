"""A day as people write it: every way of writing one day means the same day; what means none is refused kindly."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DAYS_AHEAD_AT_MOST, coming_day, day_in
from bot.domain.errors import DayPassed, DayTooFar, DayUnclear

TODAY = date(2026, 3, 2)
ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
TODAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
AHEAD = st.integers(1, DAYS_AHEAD_AT_MOST)
FULL_WIDTH = str.maketrans("0123456789-.", "0123456789－．")


def ways(day: date) -> list[str]:
    """How people write a day with its year."""
    return [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.day}.{day.month}.{day.year}",
        f"back on {day.isoformat()}, I think",
        day.isoformat().translate(FULL_WIDTH),
    ]


def ways_without_year(day: date) -> list[str]:
    """… and without it."""
    name = ENGLISH[day.month - 1]
    return [
        f"{day.month}月{day.day}日",
        f"{day.month}月{day.day}号回来",
        f"{day.day}.{day.month}.",
        f"{day.day}.{day.month}",
        f"{day.month}-{day.day}",
        f"{day.month}/{day.day}",
        f"{day.day} {name}",
        f"{name[:3]} {day.day}",
    ]


@given(TODAYS, AHEAD)
def test_every_way_of_writing_a_day_means_it(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert {coming_day(words, today) for words in ways(day)} == {day}


@given(TODAYS, st.integers(1, 270))
def test_without_a_year_the_next_one_is_meant(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert {coming_day(words, today) for words in ways_without_year(day)} == {day}


@given(TODAYS, st.integers(1, 90))
def test_a_day_that_is_over_is_not_next_years(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    for words in (*ways(day), *ways_without_year(day)):
        if (day.month, day.day) != (2, 29):
            with pytest.raises(DayPassed):
                coming_day(words, today)


@given(TODAYS, AHEAD)
def test_so_many_days_ahead(today: date, ahead: int) -> None:
    for words in (f"in {ahead} days", f"{ahead} days", f"{ahead}天", f"{ahead}天后", f"{ahead} 天以后回来"):
        assert coming_day(words, today) == today + timedelta(days=ahead)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("tomorrow", 1),
        ("明天", 1),
        ("后天", 2),
        ("大后天", 3),
        ("十天后", 10),
        ("十五天", 15),
        ("二十天", 20),
        ("两周", 14),
        ("两个星期", 14),
        ("2 weeks", 14),
        ("一个月", 30),
        ("半个月", 15),
        ("in 1 month", 30),
        ("三月十五日", 13),
        ("15.3.", 13),
        ("3月15日", 13),
        ("2026-03-15", 13),
        ("１５．３．", 13),
    ],
)
def test_words(words: str, days: int) -> None:
    assert coming_day(words, TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    "words", ["", "soon", "快了", "31.2.", "2026-13-01", "13月1日", "99", "13800138000", "0.0.", "📅"]
)
def test_what_means_no_day(words: str) -> None:
    with pytest.raises(DayUnclear):
        coming_day(words, TODAY)


@pytest.mark.parametrize("words", ["400 days", "2027-03-05", "9999天", "2099年1月1日", "14个月"])
def test_more_than_a_year_ahead(words: str) -> None:
    with pytest.raises(DayTooFar):
        coming_day(words, TODAY)


@pytest.mark.parametrize("words", ["today", "今天", "3月2日", "2026-03-01", "1999-01-01", "0天"])
def test_over_already(words: str) -> None:
    with pytest.raises(DayPassed):
        coming_day(words, TODAY)


@given(st.text(max_size=60), TODAYS)
def test_whatever_is_written_is_a_day_or_refused(words: str, today: date) -> None:
    with suppress(DayUnclear):
        day_in(words, today)
