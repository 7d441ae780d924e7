"""A day and hours: what people write is read or left alone, and whatever the clocks do, time looks, reminds and ends by it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ButtonInvalid, WindowPassed
from bot.domain.matching import Ask
from bot.domain.needs import (
    HelpSoon,
    Need,
    NeedExpired,
    NeedUnclaimed,
    Outcome,
    State,
    StillOnIt,
    Urgency,
    step,
    urgency_of,
)
from bot.domain.people import Language
from bot.domain.windows import PARTS, Part, Window, day_window, days_ahead, hours_in, part_window, window_in

ZONE = ZoneInfo("Asia/Shanghai")
ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
# A Monday, nine in the morning.
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def read(words: str, now: datetime = NOW) -> str | None:
    """What is understood, short: "03-03 15:00-16:00"."""
    return written(window_in(words, now, ZONE))


def written(window: Window | None) -> str | None:
    """A window, short."""
    if window is None:
        return None
    first, last = window.from_at.astimezone(ZONE), window.until_at.astimezone(ZONE)
    return f"{first:%m-%d %H:%M}-{last:%H:%M}"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("明天下午三点有人陪我去医院吗", "03-03 15:00-16:00"),
        ("周六上午想理个发", "03-07 08:00-11:00"),
        ("3月15日 15:00-17:00 有人来", "03-15 15:00-17:00"),
        ("后天五点前把药取回来", "03-04 08:00-17:00"),
        ("大后天3点以后", "03-05 15:00-18:00"),
        ("今晚七点半", "03-02 19:30-20:30"),
        ("今天下午", "03-02 14:00-18:00"),
        ("下周三上午10点到下午3点", "03-11 10:00-15:00"),
        ("明天2点到4点", "03-03 14:00-16:00"),
        ("周三九点", "03-04 09:00-10:00"),
        ("明天三点一刻", "03-03 15:15-16:15"),
        ("星期天中午12点", "03-08 12:00-13:00"),
        ("明早九点", "03-03 09:00-10:00"),
        ("明天22:00-02:00", "03-03 22:00-02:00"),
        ("明天帮我买一点菜", "03-03 08:00-20:00"),
        ("明天下午一点", "03-03 13:00-14:00"),
        ("明天晚点来", "03-03 08:00-20:00"),
        ("tomorrow after 3pm", "03-03 15:00-18:00"),
        ("Saturday 3-5pm", "03-07 15:00-17:00"),
        ("on Saturday between 3 and 5", "03-07 15:00-17:00"),
        ("next Tuesday at 9", "03-10 09:00-10:00"),
        ("March 5 at noon", "03-05 11:00-14:00"),
        ("2026-04-02 9:30", "04-02 09:30-10:30"),
        ("the day after tomorrow in the morning", "03-04 08:00-11:00"),
        ("please come tonight", "03-02 18:00-21:00"),
        ("tomorrow buy 3 lamps", "03-03 08:00-20:00"),
        # Nothing that one could hold somebody to.
        ("厨房的灯坏了", None),
        ("买3斤米", None),
        ("今天", None),
        ("周一到周五都行", None),
        ("上周三摔了一跤", None),
        ("每周三理发", None),
        ("下周三之前把单子交给社区", None),
        ("下周一开始想订午餐", None),
        ("3月15日前修好就行", None),
        ("by Friday please", None),
        ("starting from next Monday", None),
        ("from 3 to 5pm on Saturday", "03-07 15:00-17:00"),
        ("周五以后都行", None),
        ("every Tuesday", None),
        ("last Monday I fell", None),
        ("11月20日", None),
        ("今天早上", "03-02 08:00-11:00"),
        ("今天上午8点", None),
        ("明天25点", "03-03 08:00-20:00"),
        ("2月30日", None),
    ],
)
def test_what_people_write(words: str, meant: str | None) -> None:
    assert read(words) == meant


def test_today_named_by_its_weekday_is_today_while_it_lasts() -> None:
    assert read("周一下午") == "03-02 14:00-18:00"
    assert read("周一下午", NOW + 10 * HOUR) == "03-09 14:00-18:00"


def test_an_answer_need_not_name_the_day_again() -> None:
    saturday = date(2026, 3, 7)
    assert written(hours_in("15:00-17:00", saturday, NOW, ZONE)) == "03-07 15:00-17:00"
    assert written(hours_in("下午三点到五点", saturday, NOW, ZONE)) == "03-07 15:00-17:00"
    assert written(hours_in("周日上午", saturday, NOW, ZONE)) == "03-08 08:00-11:00"
    assert hours_in("随便", saturday, NOW, ZONE) is None


@given(st.text(alphabet="今明后天周六下上午晚三五十点半到至前:-0123456789月日 pmtorwadysn", max_size=60))
def test_whatever_is_written_is_a_window_to_come_or_nothing(words: str) -> None:
    window = window_in(words, NOW, ZONE)
    if window is not None:
        assert window.until_at > NOW
        assert window.from_at < window.until_at <= window.from_at + timedelta(hours=13)
        assert window.from_at <= NOW + timedelta(days=60)


@given(
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, 24 * 60 - 1),
    st.integers(15, 12 * 60),
)
def test_a_window_lasts_and_stands_at_its_wall_time_whatever_the_clocks_do(
    zone: ZoneInfo, day: date, start: int, length: int
) -> None:
    window = Window.on(day, start, start + length, zone)
    assert window.until_at - window.from_at >= timedelta(minutes=15)
    local = window.from_at.astimezone(zone)
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=start)
    # A time that the clocks skip moves forward by what they skip; any other stands as it was said.
    assert local.replace(tzinfo=None) in (wall, wall + timedelta(minutes=30), wall + HOUR)


def test_days_and_parts_that_can_be_chosen() -> None:
    days = days_ahead(NOW, ZONE)
    assert (len(days), days[0]) == (14, NOW.date())
    assert days_ahead(NOW + 14 * HOUR, ZONE)[0] == NOW.date() + DAY
    assert part_window(days[0].toordinal(), "noon", NOW, ZONE) == Window.on(NOW.date(), *PARTS[Part.NOON], ZONE)
    for ordinal, part in (
        (days[0].toordinal() - 1, "noon"),
        (days[-1].toordinal() + 1, "noon"),
        (days[0].toordinal(), "tea"),
    ):
        with pytest.raises(ButtonInvalid):
            part_window(ordinal, part, NOW, ZONE)
    with pytest.raises(WindowPassed):
        part_window(days[0].toordinal(), "morning", NOW + 3 * HOUR, ZONE)
    with pytest.raises(ButtonInvalid):
        day_window(2**62, NOW, ZONE)


# --- what time makes of it ---

WINDOWS = st.builds(
    lambda ahead, length: Window(NOW + timedelta(minutes=ahead), NOW + timedelta(minutes=ahead + length)),
    st.integers(-60, 14 * 24 * 60),
    st.integers(75, 12 * 60),
)


def asked_for(window: Window) -> Need:
    """A need with this window as it is right after posting."""
    new = Need(7, 1, 5, 1, "haircut", urgency_of(window, NOW), "理发", State.OPEN, NOW, window=window)
    return Need(**{**new.__dict__, "act_at": new.first_look(NOW)})


@given(WINDOWS)
def test_who_is_in_charge_hears_in_time_and_it_ends_when_its_window_does(window: Window) -> None:
    need, told = asked_for(window), []
    while need.act_at is not None:
        now = need.act_at
        assert NOW <= now <= window.until_at
        move = step(need, now)
        assert move.need.act_at is None or move.need.act_at > now, "time moves on"
        told += [(now, type(post.notice)) for post in move.posts]
        need = move.need
    assert need.state is State.EXPIRED
    assert (now, [kind for at, kind in told if at == now]) == (window.until_at, [NeedExpired, NeedExpired])
    heard = [at for at, kind in told if kind is NeedUnclaimed]
    assert heard
    assert len(heard) <= 5, "nobody is told of it all day long"
    assert heard[0] <= max(window.from_at - DAY, NOW + 2 * HOUR)
    assert heard[0] < (window.from_at if window.from_at > NOW else window.until_at)


@given(WINDOWS, st.booleans())
def test_whoever_has_it_is_reminded_and_asked_before_it_is_too_late(window: Window, says_so: bool) -> None:
    need = asked_for(window).claim(2, NOW)
    if says_so:
        need = need.arrive(max(window.from_at, NOW), NOW)
    told: list[tuple[datetime, object]] = []
    while need.state is State.CLAIMED:
        assert need.act_at is not None
        now = need.act_at
        move = step(need, now)
        told += [(now, type(post.notice)) for post in move.posts]
        need = move.need
    reminded, asked = ([at for at, kind in told if kind is which] for which in (HelpSoon, StillOnIt))
    assert all(at < window.from_at for at in reminded)
    assert len(asked) == 1
    if window.from_at - NOW > timedelta(hours=26):
        assert reminded[0] == window.from_at - DAY
        assert len(reminded) == (2 if says_so else 1)
    # Whoever said that they come is not doubted before; of whoever did not, others hear while there is time.
    if says_so:
        assert asked[0] > window.from_at
    elif window.from_at - NOW > 4 * HOUR:
        assert asked[0] == window.from_at - 3 * HOUR
        assert need.state is State.OPEN
        assert now < window.from_at - 2 * HOUR


def test_how_pressing_it_is_grows_as_it_comes_near() -> None:
    window = Window(NOW + 3 * DAY, NOW + 3 * DAY + 2 * HOUR)
    need = asked_for(window)
    assert need.pressing(NOW) is Urgency.WEEK
    assert need.pressing(window.from_at - 5 * HOUR) is Urgency.TODAY
    assert need.pressing(window.from_at) is Urgency.NOW


def test_what_is_done_once_more_has_had_its_time_and_what_is_given_back_keeps_it() -> None:
    window = Window(NOW + 3 * DAY, NOW + 3 * DAY + 2 * HOUR)
    claimed = asked_for(window).claim(2, NOW)
    assert claimed.release(NOW).window == window
    disputed = claimed.finish(Outcome.DONE, window.until_at).dispute("没来", window.until_at)
    assert disputed.reopen(window.until_at).window is None


@given(st.sampled_from(ZONES), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(list(Part)))
def test_matching_asks_for_the_parts_of_the_week_in_which_the_window_lies(
    zone: ZoneInfo, day: date, part: Part
) -> None:
    window = Window.on(day, *PARTS[part], zone)
    ask = Ask(1, Urgency.WEEK, Language.CHINESE, window.from_at - 2 * DAY, zone, window=window)
    monday = day.weekday() * 3
    expected = {
        Part.MORNING: (monday,),
        Part.NOON: (monday, monday + 1),
        Part.AFTERNOON: (monday + 1,),
        Part.EVENING: (monday + 2,),
        Part.ANY: (monday, monday + 1, monday + 2),
    }
    assert ask.parts == expected[part]
