"""When a backup is due, which ones stay, and what its manifest says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.domain.backups import Facts, Keep, Kind, Manifest, Unusable, kept, slot_before

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, tzinfo=SHANGHAI).astimezone(UTC)
MANIFEST = Manifest(Facts(Kind.SQLITE, "0001_floor", {"persons": 3}), NOON, "ab" * 32, 12, sealed=True)


@pytest.mark.parametrize(
    ("hour", "day", "due"),
    [(12, 2, 3), (3, 2, 3), (2, 1, 15), (23, 2, 15)],
)
def test_a_backup_is_due_at_the_last_hour_that_was_set(hour: int, day: int, due: int) -> None:
    now = datetime(2026, 3, 2, hour, tzinfo=SHANGHAI).astimezone(UTC)
    assert slot_before(now, (3, 15), SHANGHAI) == datetime(2026, 3, day, due, tzinfo=SHANGHAI)


def test_the_last_of_each_day_week_and_month_stays() -> None:
    taken = [NOON - timedelta(hours=12 * number) for number in range(800)]
    stay = sorted((at.astimezone(SHANGHAI) for at in kept(taken, Keep(7, 4, 6), SHANGHAI)), reverse=True)
    assert [f"{at:%m-%d %H}" for at in stay] == [
        *("03-02 12", "03-01 12", "02-28 12", "02-27 12", "02-26 12", "02-25 12", "02-24 12"),
        *("02-22 12", "02-15 12"),
        *("01-31 12", "12-31 12", "11-30 12", "10-31 12"),
    ]


@given(some.lists(some.integers(0, 20_000), min_size=1), some.integers(1, 9), some.integers(0, 9), some.integers(0, 9))
def test_rotation_keeps_the_newest_and_never_more_than_was_said(
    hours: list[int], daily: int, weekly: int, monthly: int
) -> None:
    taken = [NOON - timedelta(hours=number) for number in hours]
    stay = kept(taken, Keep(daily, weekly, monthly), SHANGHAI)
    assert max(taken) in stay
    assert len(stay) <= daily + weekly + monthly
    # What stayed stays when nothing new has come, so that rotating twice is rotating once.
    assert kept(stay, Keep(daily, weekly, monthly), SHANGHAI) == stay


def test_a_manifest_is_read_as_it_was_written_and_nothing_else_is_taken_for_one() -> None:
    assert Manifest.parse(MANIFEST.text()) == MANIFEST
    for broken in ("", "{}", '{"format": 1}', MANIFEST.text().replace("sqlite", "access")):
        with pytest.raises(Unusable, match="no manifest"):
            Manifest.parse(broken)
    with pytest.raises(Unusable, match="later version"):
        Manifest.parse(MANIFEST.text().replace('"format": 1', '"format": 99'))
