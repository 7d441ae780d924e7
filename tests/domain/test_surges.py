"""A surge asks on each of its days exactly once, whatever the clocks do, and never twice at one time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ButtonInvalid, SurgeNotSo
from bot.domain.plans import EVERY_DAY, Channel, Plan, PlanState, Slot
from bot.domain.surges import AHEAD_AT_MOST, DAYS_AT_MOST, Cursor, Stage, Surge, SurgeKind, channel_at

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/Santiago", "Asia/Tehran")]
)
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 86400).map(lambda seconds: START + timedelta(seconds=seconds))
SLOTS = st.lists(
    st.builds(Slot, st.integers(0, 1439), st.sampled_from(Channel), st.integers(1, EVERY_DAY)),
    min_size=1,
    max_size=6,
    unique_by=lambda slot: slot.minutes,
)


def drawn(minutes: int, days: int, begins_in: int) -> Surge:
    """One that is being written down."""
    fresh = Surge(1, 7, 1, SurgeKind.HEAT, 1, datetime(2026, 1, 1, tzinfo=UTC))
    return fresh.asking_at(minutes).lasting(days).beginning(begins_in)


@given(MOMENTS, ZONES, st.integers(0, 1439), st.integers(1, DAYS_AT_MOST), st.integers(0, AHEAD_AT_MOST))
def test_each_day_is_asked_once_and_then_it_is_over(
    now: datetime, zone: ZoneInfo, minutes: int, days: int, begins_in: int
) -> None:
    surge = drawn(minutes, days, begins_in).begun(1, now, zone)
    asked, last_act = [], now
    assert surge.stage is Stage.TELL
    while surge.stage is not Stage.OVER:
        assert surge.act_at is not None
        if surge.stage is Stage.ASK:
            asked.append(surge.day)
            assert surge.act_at > now
            assert surge.act_at >= last_act
            last_act = surge.act_at
        surge = surge.moved(Cursor(1, 1), surge.act_at, zone).moved(None, surge.act_at, zone)
    assert surge.first_day is not None
    assert asked == [surge.first_day + timedelta(days=at) for at in range(days)]
    assert surge.act_at is not None
    assert surge.act_at >= last_act
    assert surge.runs
    assert not surge.ended(None, surge.act_at).runs


@given(SLOTS, st.integers(0, 1439), MOMENTS)
def test_nobody_is_asked_twice_at_one_time(slots: list[Slot], minutes: int, now: datetime) -> None:
    plan = Plan(1, 7, 1, 1, PlanState.ACTIVE, tuple(slots))
    surge, day = drawn(minutes, 1, 0), now.date()
    more = surge.slot_for(plan, day)
    own = any(slot.minutes == minutes and slot.on(day) for slot in slots)
    assert (more is None) == own
    if more is not None:
        assert more.minutes == minutes
        assert more.on(day)
        assert more.channel is channel_at(plan, minutes)
        assert more.channel in {slot.channel for slot in slots}


def test_what_is_on_is_not_changed_and_what_is_over_does_not_begin() -> None:
    now, zone = datetime(2026, 3, 2, 1, tzinfo=UTC), ZoneInfo("Asia/Shanghai")
    on = drawn(600, 3, 0).begun(1, now, zone)
    refused: tuple[Callable[[], object], ...] = (
        lambda: on.lasting(5),
        lambda: on.asking_at(700),
        lambda: on.beginning(1),
        lambda: on.saying("…"),
        lambda: on.begun(2, now, zone),
        lambda: on.dropped(1, now),
        lambda: on.ended(1, now).ended(1, now),
        lambda: drawn(600, 3, 0).ended(1, now),
        lambda: drawn(600, 3, 0).dropped(1, now).begun(1, now, zone),
        lambda: replace(on, day=None).moved(None, now, zone),
    )
    for forbidden in refused:
        with pytest.raises(SurgeNotSo):
            forbidden()
    forged: tuple[Callable[[], object], ...] = (
        lambda: drawn(1440, 1, 0),
        lambda: drawn(0, 0, 0),
        lambda: drawn(0, 31, 0),
        lambda: drawn(0, 1, 7),
    )
    for nonsense in forged:
        with pytest.raises(ButtonInvalid):
            nonsense()
