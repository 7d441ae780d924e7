"""A changed value is what `dataclasses.replace` would make of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.alerts import DEFAULT_LADDER, Alert, AlertState, Cause
from bot.domain.values import changed

ALERT = Alert(1, 2, 3, 4, Cause.MISSED, AlertState.OPEN, datetime(2026, 3, 2, tzinfo=UTC), DEFAULT_LADDER)


def test_it_is_what_replace_makes_and_leaves_the_old_one_alone() -> None:
    after = changed(ALERT, rung=3, gap_minutes=10)
    assert after == replace(ALERT, rung=3, gap_minutes=10)
    assert hash(after) == hash(replace(ALERT, rung=3, gap_minutes=10))
    assert ALERT.rung == 0


def test_a_field_that_there_is_not_is_named() -> None:
    with pytest.raises(KeyError, match="rungs"):
        changed(ALERT, rungs=3)
