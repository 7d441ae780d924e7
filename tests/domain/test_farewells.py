"""How long a farewell can be taken back: the same day, and never less than six hours."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import FarewellNotSo
from bot.domain.farewells import MEND_AT_LEAST, Farewell, mend_until

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/Santiago", "Asia/Tehran")]
)
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 86400).map(lambda seconds: START + timedelta(seconds=seconds))


@given(MOMENTS, ZONES)
def test_it_can_be_taken_back_until_the_day_is_over(now: datetime, zone: ZoneInfo) -> None:
    until = mend_until(now, zone)
    assert MEND_AT_LEAST <= until - now <= timedelta(hours=26)
    assert until - now == MEND_AT_LEAST or until.astimezone(zone).date() > now.astimezone(zone).date()
    made = Farewell(1, 1, 1, None, None, 1, now, until)
    undone = made.undone(2, until - timedelta(seconds=1))
    assert undone.undone_by == 2
    late: tuple[Callable[[], object], ...] = (lambda: undone.undone(2, now), lambda: made.undone(2, until))
    for over in late:
        with pytest.raises(FarewellNotSo):
            over()
