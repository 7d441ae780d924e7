"""Hours as a coordinator writes them: in either language, full width too; a date or a word is no time."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duty import MINUTES_OF_A_DAY, Hours, hours_in
from bot.domain.errors import HoursUnclear

MINUTES = st.integers(0, MINUTES_OF_A_DAY - 1)
FULL_WIDTH = str.maketrans("0123456789:-", "０１２３４５６７８９：－")


def clock(minutes: int) -> str:
    """ "07:30"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@given(MINUTES, MINUTES, st.sampled_from(["-", " - ", "–", "—", "~", "～", "到", "至", " to ", " until "]))
def test_both_times_however_they_are_joined(starts: int, ends: int, between: str) -> None:
    written = f"{clock(starts)}{between}{clock(ends)}"
    assert hours_in(written) == hours_in(written.translate(FULL_WIDTH)) == (starts, ends)
    assert Hours.of(Hours(1, *hours_in(written)).number) == Hours(1, starts, ends)


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("07:30-12:15", (450, 735)),
        ("０７：３０－１２：１５", (450, 735)),
        ("7点半到12点15分", (450, 735)),
        ("早上8点到晚上8点", (480, 1200)),
        ("晚上8点到早上8点", (1200, 480)),
        ("8-20", (480, 1200)),
        ("8 am to 1:30 pm", (480, 810)),
        ("20:00-24:00", (1200, 0)),
        ("20点至24点", (1200, 0)),
        (" 7.30 – 12.15 。", (450, 735)),
    ],
)
def test_ways_of_writing(words: str, hours: tuple[int, int]) -> None:
    assert hours_in(words) == hours


@pytest.mark.parametrize(
    "words",
    ["", "mornings", "上午", "8", "08:00", "25:00-26:00", "8:61-9:00", "12-03 to 12-10", "8-12-14", "3月5日-3月8日"],
)
def test_what_is_none(words: str) -> None:
    with pytest.raises(HoursUnclear):
        hours_in(words)


@given(st.text(max_size=40))
def test_whatever_is_written_is_hours_or_refused(words: str) -> None:
    with suppress(HoursUnclear):
        starts, ends = hours_in(words)
        assert 0 <= starts < MINUTES_OF_A_DAY
        assert 0 <= ends < MINUTES_OF_A_DAY
