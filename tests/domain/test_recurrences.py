"""Rules by which something comes again: whatever is written is refused, or has its next date at once; dates follow the rule."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import DomainError, RecurrenceNotSo, RuleNever, RuleTooOften, RuleUnclear
from bot.domain.recurrences import (
    TIMES_AT_MOST,
    Every,
    Freq,
    Recurrence,
    RecurrenceState,
    Rule,
    alone_until,
    last_day,
    parse_rule,
    rule_in,
)
from bot.domain.windows import Window

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
DAY = timedelta(days=1)
# A rule is looked at with a person waiting: far more than it ever needs, and far less than a search in vain.
AT_MOST_SECONDS = 0.25


def dates(rule: Rule, day: date = MONDAY, count: int = 4) -> list[str]:
    """Its next dates after this day."""
    found: list[str] = []
    at = day
    while len(found) < count:
        following = rule.after(day, at)
        assert following is not None
        found.append(f"{following:%m-%d}")
        at = following
    return found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,FR", ["03-03", "03-06", "03-10", "03-13"]),
        ("RRULE:freq=weekly;interval=2;byday=mo", ["03-16", "03-30", "04-13", "04-27"]),
        ("FREQ=DAILY;INTERVAL=3", ["03-05", "03-08", "03-11", "03-14"]),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", ["03-03", "03-04", "03-05", "03-06"]),
        ("FREQ=MONTHLY;BYMONTHDAY=15", ["03-15", "04-15", "05-15", "06-15"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["03-31", "04-30", "05-31", "06-30"]),
        ("FREQ=MONTHLY;BYDAY=2TU", ["03-10", "04-14", "05-12", "06-09"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["03-31", "04-30", "05-29", "06-30"]),
        ("FREQ=MONTHLY", ["04-02", "05-02", "06-02", "07-02"]),
        ("FREQ=WEEKLY", ["03-09", "03-16", "03-23", "03-30"]),
    ],
)
def test_what_calendars_write_is_understood(text: str, meant: list[str]) -> None:
    rule = parse_rule(text).rule.completed(MONDAY)
    assert dates(rule) == meant
    assert parse_rule(str(rule)).rule == rule


@pytest.mark.parametrize(
    "text",
    ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=10000", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;BYSECOND=0"],
)
def test_more_than_once_a_day_is_refused_as_that(text: str) -> None:
    with pytest.raises(RuleTooOften):
        parse_rule(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "FREQ", "FREQ=", "FREQ=YEARLY", "INTERVAL=2", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;INTERVAL=0"),
        *("FREQ=DAILY;COUNT=10000", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;COUNT=9" + "9" * 50, "FREQ=DAILY;COUNT=٣"),
        *("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2", "FREQ=MONTHLY;INTERVAL=12"),
        *("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", "FREQ=MONTHLY;BYSETPOS=1"),
        *("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2", "FREQ=WEEKLY;BYDAY=2TU", "FREQ=WEEKLY;BYSETPOS=1;BYDAY=TU"),
        *("FREQ=WEEKLY;WKST=SU", "FREQ=WEEKLY;BYEASTER=1", "FREQ=WEEKLY;UNTIL=tomorrow", "FREQ=WEEKLY;BYDAY=XX"),
        *(
            "FREQ=MONTHLY;BYDAY=MO,5FR",
            "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
            "FREQ=DAILY;" + "X" * 500,
            "FREQ=MONTHLY;BYMONTHDAY=0",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_words(text: str) -> None:
    with pytest.raises(RuleUnclear):
        parse_rule(text)


PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "SECONDLY"])},
    optional={
        "INTERVAL": st.integers(-1, 40).map(str),
        "COUNT": st.integers(-1, 400).map(str),
        "BYDAY": st.lists(
            st.sampled_from(["MO", "TU", "5FR", "-1SU", "1MO", "-5TH", "9SA"]), min_size=1, max_size=4
        ).map(",".join),
        "BYMONTHDAY": st.lists(st.integers(-31, 32).map(str), min_size=1, max_size=3).map(",".join),
        "BYSETPOS": st.integers(-6, 6).map(str),
        "BYMONTH": st.integers(1, 12).map(str),
        "WKST": st.sampled_from(["MO", "SU"]),
    },
)


@given(PARTS, st.dates(date(2026, 1, 1), date(2060, 12, 31)), st.integers(0, 4000))
def test_any_rule_is_refused_or_has_its_dates_at_once(parts: dict[str, str], anchor: date, later: int) -> None:
    began = perf_counter()
    try:
        parsed = parse_rule(";".join(f"{name}={value}" for name, value in parts.items()))
    except DomainError:
        return
    rule = parsed.rule.completed(anchor)
    first = rule.after(anchor, anchor + later * DAY)
    assert first is not None, "whatever is taken has a date"
    second = rule.after(anchor, first)
    assert second is not None
    assert anchor + later * DAY < first < second
    if parsed.count is not None:
        assert last_day(rule, first, parsed.count) >= first
    assert perf_counter() - began < AT_MOST_SECONDS


@given(PARTS, st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 900))
def test_where_it_is_counted_from_does_not_change_its_dates(parts: dict[str, str], anchor: date, later: int) -> None:
    try:
        rule = parse_rule(";".join(f"{name}={value}" for name, value in parts.items())).rule.completed(anchor)
    except DomainError:
        return
    all_of_them = list(rule.dates(anchor, anchor + (later + 1200) * DAY))
    expected = next((one for one in all_of_them if one > anchor + later * DAY), None)
    assert rule.after(anchor, anchor + later * DAY) == expected


@given(st.text(max_size=300))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    with suppress(RuleUnclear, RuleTooOften):
        parse_rule(text)
    rule_in(text, MONDAY)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("每天", "FREQ=DAILY"),
        ("每周二、周五 15:00-17:00", "FREQ=WEEKLY;BYDAY=TU,FR"),
        ("每周一三五上午", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("每两周", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("隔周三", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("每周", "FREQ=WEEKLY;BYDAY=MO"),
        ("工作日", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("每月15号", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("每个月十五号", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("每月最后一天", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every Tuesday and Friday 3-5pm", "FREQ=WEEKLY;BYDAY=TU,FR"),
        ("every two weeks on Sunday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
        ("every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("every day", "FREQ=DAILY"),
    ],
)
def test_plain_words(words: str, meant: str) -> None:
    assert str(rule_in(words, MONDAY)) == meant


def test_words_that_say_no_rule_are_none() -> None:
    assert [rule_in(words, MONDAY) for words in ("周二", "随便", "Tuesday", "每月45号", "")] == [None] * 5


# --- what comes again ---


def weekly() -> Recurrence:
    """Every Tuesday from three to five, wished on a Monday."""
    rule = Rule.every(Every.WEEK, MONDAY + DAY)
    new = Recurrence(1, 1, 2, 5, 7, "haircut", "理发", rule, MONDAY, 15 * 60, 17 * 60, NOW, 2)
    return new.goes_on(MONDAY, NOW, ZONE)


def test_it_is_posted_the_morning_before() -> None:
    one = weekly()
    assert one.next_day == date(2026, 3, 3)
    assert one.act_at == datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
    assert one.window(one.next_day, ZONE) == Window.on(one.next_day, 15 * 60, 17 * 60, ZONE)


@given(st.integers(0, 800), st.integers(0, 23), st.sampled_from(list(Every)))
def test_after_any_outage_only_the_next_date_that_can_be_kept_is_posted(days: int, hours: int, every: Every) -> None:
    one = replace(weekly(), rule=Rule.every(every, MONDAY))
    back = NOW + timedelta(days=days, hours=hours)
    assert one.next_day is not None
    following = one.goes_on(one.next_day, back, ZONE)
    assert following.next_day is not None
    assert following.window(following.next_day, ZONE).from_at > back
    assert following.next_day > one.next_day
    assert following.act_at is not None
    assert following.act_at < following.window(following.next_day, ZONE).from_at


def test_wall_time_stays_when_the_clocks_change() -> None:
    one = weekly()
    before, after = (one.window(day, ZONE).from_at.astimezone(ZONE) for day in (date(2026, 3, 24), date(2026, 3, 31)))
    assert (before.hour, after.hour) == (15, 15)
    assert before.utcoffset() != after.utcoffset()


def test_skip_rest_change_and_end() -> None:
    one = weekly()
    skipped = one.skipped(date(2026, 3, 3), NOW, ZONE)
    assert skipped.next_day == date(2026, 3, 10)
    with pytest.raises(RecurrenceNotSo):
        skipped.skipped(date(2026, 3, 3), NOW, ZONE)
    assert skipped.at(9 * 60, 10 * 60, NOW, ZONE).next_day == date(2026, 3, 10), "what was skipped stays skipped"
    rests = one.paused()
    assert (rests.act_at, rests.paused()) == (None, rests)
    assert rests.at(9 * 60, 10 * 60, NOW, ZONE).state is RecurrenceState.PAUSED
    again = rests.taken_up(NOW + 9 * DAY, ZONE)
    assert again.next_day == date(2026, 3, 17)
    daily = one.by(Rule(Freq.DAILY), NOW, ZONE)
    assert daily.next_day == date(2026, 3, 3)
    ended = one.ended(NOW)
    assert ended.ended(NOW) == ended
    for change in (ended.paused, lambda: ended.by(Rule(Freq.DAILY), NOW, ZONE), lambda: ended.lasting(None, NOW, ZONE)):
        with pytest.raises(RecurrenceNotSo):
            change()


def test_it_ends_with_its_last_day_and_never_begins_without_one() -> None:
    one = weekly().numbered(2)
    assert one.until == date(2026, 3, 10)
    second = one.goes_on(date(2026, 3, 3), NOW, ZONE)
    assert second.next_day == date(2026, 3, 10)
    assert second.goes_on(date(2026, 3, 10), NOW, ZONE).state is RecurrenceState.ENDED
    with pytest.raises(RuleNever):
        one.lasting(MONDAY, NOW, ZONE)


def test_ten_thousand_dates_are_none() -> None:
    with pytest.raises(RuleUnclear):
        parse_rule("FREQ=DAILY;COUNT=10000")
    assert last_day(Rule(Freq.DAILY), MONDAY, TIMES_AT_MOST) == MONDAY + (TIMES_AT_MOST - 1) * DAY


@given(st.integers(0, 40 * 60))
def test_the_same_helper_is_asked_alone_for_a_part_of_what_is_left(minutes: int) -> None:
    window = Window(NOW + timedelta(minutes=minutes), NOW + timedelta(minutes=minutes + 60))
    until = alone_until(window, NOW)
    assert NOW <= until <= NOW + timedelta(hours=3)
    assert until - NOW <= timedelta(minutes=minutes) / 4 + timedelta(seconds=1)
