"""Places named in somebody's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import Area, Kind, last_named

NAMES = ("1号楼", "2号楼", "12号楼", "十号楼", "Building 1", "Building 12", "第一网格", "第一网格东区", "3")
PLACES = [Area(number, None, Kind.BUILDING, name, str(number), "") for number, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("2号楼门口", "2号楼"),
        ("12号楼门口", "12号楼"),
        ("22号楼门口", None),
        ("在１号楼", "1号楼"),
        ("二十号楼", None),
        ("从1号楼搬到2号楼", "2号楼"),
        ("22号楼，不，是2号楼，不是32号楼", "2号楼"),
        ("come to Building 12 please", "Building 12"),
        ("come to Building 1", "Building 1"),
        ("come to Building 123", None),
        ("第一网格东区的人", "第一网格东区"),
        ("买3斤米", "3"),
        ("买30斤米", None),
        ("", None),
        ("我在二栋楼下", "2号楼"),
        ("12幢的门坏了", "12号楼"),
        ("十二号楼", "12号楼"),
        ("二十二栋", None),
        ("10号楼", "十号楼"),
        ("住2楼", None),
        ("at block 12", "Building 12"),
        ("bldg. 1, please", "Building 1"),
        ("building no. 12", "Building 12"),
        ("a roadblock 12 miles off", None),
        ("1网格的", "第一网格"),
    ],
)
def test_the_place_that_is_named(words: str, name: str | None) -> None:
    found = last_named(words, PLACES)
    assert (found.name if found else None) == name


@given(st.text(max_size=80))
def test_whatever_is_written_a_named_place_stands_there(words: str) -> None:
    found = last_named(f"{words} 12号楼", PLACES)
    assert found is not None
    assert len(found.name) >= len("12号楼")
