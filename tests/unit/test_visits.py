"""The rules of a visit: how long it took, what time does to it, and the words at the door."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import MinutesUnclear, VisitNotSo
from bot.domain.visitors import Wish
from bot.domain.visits import (
    ANSWER_WITHIN,
    MINUTES_MOST,
    WELL_AFTER,
    Due,
    Visit,
    code_words,
    measured,
    minutes_in,
    shows_face,
    spoken,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NEW = Visit(1, 7, 12, 2, NOW)
HASHES = st.text("0123456789abcdef", min_size=24, max_size=64)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("75", 75),
        ("75 min", 75),
        ("45分钟", 45),
        ("1h20", 80),
        ("1:20", 80),
        ("1.5 hours", 90),
        ("2小时", 120),
        ("1小时20分", 80),
        ("半小时", 30),
        ("一个半小时", 90),
        ("１小时", 60),
        ("两个小时", 120),
    ],
)
def test_minutes_as_people_write_them(words: str, minutes: int) -> None:
    assert minutes_in(words) == minutes


@pytest.mark.parametrize("words", ["", "很久", "0", "25h", "-5", "1441", "99999", "1h20m30s", "12-03"])
def test_what_is_no_time_is_asked_again(words: str) -> None:
    with pytest.raises(MinutesUnclear):
        minutes_in(words)


@given(st.text())
def test_any_text_is_a_time_of_at_most_a_day_or_unclear(words: str) -> None:
    with suppress(MinutesUnclear):
        assert 1 <= minutes_in(words) <= MINUTES_MOST


@given(st.integers(0, 10**7))
def test_a_visit_is_a_minute_at_least_and_a_day_at_most(seconds: int) -> None:
    assert 1 <= measured(NOW, NOW + timedelta(seconds=seconds)) <= MINUTES_MOST


@given(HASHES)
def test_the_words_are_two_different_ones_the_same_for_both(keyed_hash: str) -> None:
    first, second = code_words(keyed_hash)
    assert first != second
    assert spoken((first, second), chinese=True) == first[0] + second[0]
    assert spoken((first, second), chinese=False).count(",") == 1


@given(st.lists(st.integers(0, 400), min_size=1, max_size=30))
def test_silence_is_told_and_told_again_until_somebody_answers(pauses: list[int]) -> None:
    """Whenever time looks: it asks first, tells only after the pause, and always has a next step while they are there."""
    visit, now, asked_at = NEW.begin(WELL_AFTER, NOW), NOW, None
    for pause in pauses:
        now += timedelta(minutes=pause)
        if visit.act_at is None or visit.act_at > now:
            continue
        visit, due = visit.step(now)
        assert visit.act_at is not None
        assert visit.act_at > now
        if due is Due.ASK:
            asked_at = now
        else:
            assert due is Due.TELL
            assert asked_at is not None
            assert now - asked_at >= ANSWER_WITHIN
    well = visit.well(WELL_AFTER, now)
    assert (well.asked_at, well.told_at) == (None, None)
    ended = well.end(now)
    assert (ended.act_at, ended.minutes is None) == (None, False)
    assert ended.step(now)[1] is None


def test_nobody_is_well_before_they_came_or_after_they_left() -> None:
    for visit in (NEW, NEW.begin(WELL_AFTER, NOW).end(NOW)):
        with pytest.raises(VisitNotSo):
            visit.well(WELL_AFTER, NOW)


def test_what_was_never_begun_has_no_minutes_until_somebody_says_so() -> None:
    ended = NEW.end(NOW)
    assert ended.minutes is None
    assert ended.took(30).minutes == 30
    for minutes in (0, -1, MINUTES_MOST + 1):
        with pytest.raises(MinutesUnclear):
            ended.took(minutes)
    with pytest.raises(VisitNotSo):
        NEW.took(30)


@pytest.mark.parametrize(("wish", "shown"), [(None, True), (Wish.FACE, True), (Wish.NAME, False), (Wish.WORD, False)])
def test_a_face_is_shown_unless_the_resident_wishes_for_less(wish: Wish | None, shown: bool) -> None:
    assert shows_face(wish, given=True) is shown
    assert not shows_face(wish, given=False)
