"""What lies with a need: how much is kept, which places are far away, which telephones can be rung."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enclosures import (
    AT_MOST,
    FAR_KM,
    Enclosed,
    Point,
    distance_km,
    is_far,
    is_wordless,
    point_at,
    ring_of,
    wordless_text,
)
from bot.domain.errors import LocationUnclear, TelephoneUnclear
from bot.domain.media import MediaKind

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
POINTS = st.builds(Point, LATITUDES, LONGITUDES)
WUHAN, SHANGHAI, VIENNA = Point(30.5, 114.3), Point(31.2, 121.5), Point(48.2, 16.4)
ENCLOSED = st.builds(
    Enclosed, st.lists(st.integers(0, 3600), max_size=AT_MOST).map(tuple), st.integers(0, AT_MOST)
).filter(lambda enclosed: enclosed.anything)


@given(ENCLOSED)
def test_a_text_without_words_says_what_lies_there_and_is_known_again(enclosed: Enclosed) -> None:
    text = wordless_text(enclosed)
    assert is_wordless(text)
    assert text.count("🎙") == len(enclosed.voices)
    assert ("🖼" in text) == (enclosed.photos > 0)


@pytest.mark.parametrize("text", ["", "灯坏了", "🎙", "🎙 0:12 灯坏了", "3"])
def test_words_are_words(text: str) -> None:
    assert not is_wordless(text)


@given(ENCLOSED)
def test_there_is_room_up_to_five_of_each_kind(enclosed: Enclosed) -> None:
    assert enclosed.has_room(MediaKind.PHOTO) == (enclosed.photos < AT_MOST)
    assert enclosed.has_room(MediaKind.VOICE) == (len(enclosed.voices) < AT_MOST)


@given(POINTS, POINTS)
def test_distances_are_the_same_both_ways_and_no_longer_than_half_the_earth(one: Point, other: Point) -> None:
    there, back = distance_km(one, other), distance_km(other, one)
    assert math.isclose(there, back, abs_tol=0.001)
    assert 0 <= there <= 20_038
    assert distance_km(one, one) == 0


def test_a_known_distance() -> None:
    assert 680 < distance_km(WUHAN, SHANGHAI) < 700


@given(POINTS, st.lists(st.floats(-0.2, 0.2), min_size=3, max_size=9), POINTS)
def test_the_middle_of_earlier_places_decides_and_one_wrong_one_changes_nothing(
    home: Point, steps: list[float], wrong: Point
) -> None:
    home = Point(home.latitude * 0.6, home.longitude * 0.9)
    known = [Point(home.latitude + step, home.longitude + step) for step in steps]
    assert not is_far(home, known, 8.0)
    assert not is_far(home, [*known, wrong], 8.0) or len(steps) < 3
    away = Point(home.latitude + 3, home.longitude)
    assert distance_km(away, home) > FAR_KM
    assert is_far(away, known, 8.0)


def test_without_earlier_places_the_clock_decides() -> None:
    assert is_far(VIENNA, [], 8.0)
    assert not is_far(SHANGHAI, [], 8.0)
    assert not is_far(Point(43.8, 87.6), [], 8.0), "the west of a wide country has its capital's clock"
    assert not is_far(Point(-17.7, -179.9), [], 12.0), "on both sides of the date line"
    assert is_far(Point(0.0, 0.0), [], 8.0)
    assert not is_far(VIENNA, [WUHAN, WUHAN], 1.0), "two places may both be wrong"
    assert is_far(VIENNA, [WUHAN, WUHAN, SHANGHAI], 1.0)


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_only_places_on_earth_are_kept(latitude: float, longitude: float) -> None:
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        kept = point_at(latitude, longitude)
        assert abs(kept.latitude - latitude) < 0.00001
        assert abs(kept.longitude - longitude) < 0.00001
    else:
        with pytest.raises(LocationUnclear):
            point_at(latitude, longitude)


@pytest.mark.parametrize(
    ("number", "own", "kept"),
    [
        ("138 0013 8000", False, "+8613800138000"),
        ("+86 138-0013-8000", False, "+8613800138000"),
        ("8613800138000", True, "+8613800138000"),
        ("8613800138000", False, "+8613800138000"),
        ("43660123456", True, "+43660123456"),
        ("0043 660 123456", False, "+43660123456"),
        ("021-55551234", False, "+862155551234"),
        ("１３８００１３８０００", False, "+8613800138000"),
        ("12345", False, "12345"),
    ],
)
def test_telephones_of_an_address_book(number: str, own: bool, kept: str) -> None:
    assert ring_of("陈师傅", number, own=own).telephone == kept
    assert ring_of("", number, own=own).name == kept, "who has no name is called by the number"


@given(st.text(max_size=30), st.booleans())
def test_any_card_is_a_number_to_ring_or_is_refused(number: str, own: bool) -> None:
    try:
        telephone = ring_of("x", number, own=own).telephone
    except TelephoneUnclear:
        return
    assert telephone.removeprefix("+").isdigit()
    assert telephone.isascii()
