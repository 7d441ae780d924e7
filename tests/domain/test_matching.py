"""Matching: nobody barred is ever asked, whatever speaks for them; among the others the nearest, ablest, least burdened first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.helpers import Word, word_of
from bot.domain.matching import (
    LOOK_AGAIN,
    Ask,
    Bar,
    Candidate,
    Pace,
    Tier,
    Waves,
    bar,
    choose,
    next_look,
    rank,
    within,
)
from bot.domain.needs import Urgency
from bot.domain.people import Language

ZONE = ZoneInfo("Asia/Shanghai")
# Monday, nine in the morning there.
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NIGHT = MORNING + timedelta(hours=14)
RULES = Waves()

hours = st.tuples(st.integers(0, 1439), st.integers(0, 1439))
instants = st.integers(-10 * 24 * 60, 10 * 24 * 60).map(lambda minutes: MORNING + timedelta(minutes=minutes))
asks = st.builds(
    Ask,
    resident_id=st.integers(1, 12),
    urgency=st.sampled_from(Urgency),
    language=st.sampled_from(Language),
    now=instants,
    zone=st.just(ZONE),
    skill=st.sampled_from([None, "repairs"]),
    skill_needed=st.booleans(),
)
candidates = st.builds(
    Candidate,
    person_id=st.integers(1, 12),
    tier=st.sampled_from(Tier),
    skilled=st.booleans(),
    speaks=st.booleans(),
    distance=st.integers(0, 6),
    stars=st.none() | st.floats(1, 5),
    times=st.none() | st.integers(0, 2**21 - 1),
    lapses=st.integers(0, 9),
    recent_offers=st.integers(0, 40),
    recent_minutes=st.integers(0, 4000),
    reachable=st.booleans(),
    parted=st.booleans(),
    rest_until=st.none() | instants,
    quiet=st.none() | hours,
    night_now=st.booleans(),
    asked_today=st.integers(0, 8),
    offers_a_day=st.none() | st.integers(0, 8),
    open_claims=st.integers(0, 5),
    silent=st.integers(0, 9),
    asked_at=st.none() | instants,
    asked_in_round=st.booleans(),
    answer=st.none() | st.sampled_from(["declined", "later", "released", "unreachable"]),
    again_at=st.none() | instants,
)
crowds = st.lists(candidates, max_size=12, unique_by=lambda one: one.person_id)
rules = st.builds(
    Waves,
    quiet=hours,
    offers_a_day=st.integers(0, 6),
    claims_at_once=st.integers(0, 4),
    silent_after=st.integers(1, 8),
    rarely=st.integers(1, 20).map(lambda days: timedelta(days=days)),
)


def excluded(ask: Ask, one: Candidate, waves: Waves) -> bool:
    """The rules once more, as one would read them to somebody, and not as the program has them."""
    local = ask.now.astimezone(ZONE)
    minute, (start, end) = local.hour * 60 + local.minute, one.quiet or waves.quiet
    asleep = minute in range(start, end) or (start > end and (minute >= start or minute < end))
    wants_again = one.answer == "later" and one.again_at is not None and one.again_at <= ask.now
    cap = waves.offers_a_day if one.offers_a_day is None else one.offers_a_day
    kept = ("now", "today", "week").index(ask.urgency.value)
    return (
        one.person_id == ask.resident_id
        or not one.reachable
        or one.parted
        or (one.answer is not None and not wants_again)
        or (one.asked_in_round and not wants_again)
        or (ask.skill_needed and not one.skilled)
        or (one.rest_until is not None and ask.now < one.rest_until)
        or (asleep and not (ask.urgency is Urgency.NOW and one.night_now))
        or one.asked_today >= cap
        or (one.asked_today > 0 and one.asked_today >= cap - kept)
        or one.open_claims >= waves.claims_at_once
        or (one.silent >= waves.silent_after and one.asked_at is not None and one.asked_at + waves.rarely > ask.now)
    )


@given(asks, crowds, rules, st.integers(-1, 12))
def test_nobody_excluded_is_ever_asked_whatever_the_state(
    ask: Ask, crowd: list[Candidate], waves: Waves, count: int
) -> None:
    chosen = [choice.person_id for choice in choose(ask, crowd, waves, count)]
    may = {one.person_id for one in crowd if not excluded(ask, one, waves)}
    assert set(chosen) <= may
    assert len(chosen) == len(set(chosen)) == min(max(0, count), len(may)), "nobody who may be asked is passed over"


@given(asks, crowds, rules, st.randoms())
def test_the_order_in_which_people_are_found_decides_nothing(
    ask: Ask, crowd: list[Candidate], waves: Waves, chance: object
) -> None:
    shuffled = sorted(crowd, key=lambda one: hash((one.person_id, repr(chance))))
    assert choose(ask, crowd, waves, 4) == choose(ask, shuffled, waves, 4)


@given(asks, crowds, rules)
def test_nobody_nearer_is_left_for_somebody_farther(ask: Ask, crowd: list[Candidate], waves: Waves) -> None:
    tiers = [list(Tier).index(choice.tier) for choice in choose(ask, crowd, waves, 12)]
    assert tiers == sorted(tiers)


ASK = Ask(1, Urgency.TODAY, Language.CHINESE, MORNING, ZONE, skill="repairs")
ONE = Candidate(5, Tier.COMMUNITY)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"tier": Tier.BEFORE}, {"tier": Tier.BUILDING, "skilled": True}),
        ({"tier": Tier.BUILDING}, {"tier": Tier.GRID, "skilled": True}),
        ({"tier": Tier.COMMUNITY}, {"tier": Tier.NEAR, "skilled": True}),
        ({"skilled": True, "speaks": False}, {}),
        ({"speaks": True, "times": None}, {"speaks": False, "times": 1}),
        ({"times": 0b001}, {}),
        ({}, {"times": 0b001 << 9}),
        ({"distance": 1, "stars": 1.0}, {"distance": 2, "stars": 5.0}),
        ({"stars": 5.0, "recent_offers": 9}, {}),
        ({}, {"stars": 2.0}),
        ({"recent_offers": 1, "recent_minutes": 900}, {"recent_offers": 2}),
        ({"recent_minutes": 60}, {"recent_minutes": 120}),
    ],
)
def test_what_weighs_more(better: dict[str, Any], worse: dict[str, Any]) -> None:
    first, second = replace(ONE, person_id=9, **better), replace(ONE, person_id=2, **worse)
    assert [choice.person_id for choice in choose(ASK, [second, first], RULES, 2)] == [9, 2]


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"person_id": 1}, Bar.OWN),
        ({"reachable": False}, Bar.UNREACHABLE),
        ({"parted": True}, Bar.PARTED),
        ({"answer": "declined"}, Bar.REFUSED),
        ({"answer": "later", "again_at": MORNING + timedelta(minutes=1)}, Bar.REFUSED),
        ({"asked_in_round": True}, Bar.ASKED),
        ({"rest_until": MORNING + timedelta(seconds=1)}, Bar.RESTING),
        ({"quiet": (8 * 60, 10 * 60)}, Bar.QUIET),
        ({"asked_today": 5}, Bar.DAY_FULL),
        ({"open_claims": 3}, Bar.HANDS_FULL),
        ({"silent": 6, "asked_at": MORNING - timedelta(days=6)}, Bar.SILENT),
    ],
)
def test_each_bar_by_itself(state: dict[str, Any], reason: Bar) -> None:
    assert bar(ASK, replace(ONE, **state), RULES) is reason


@pytest.mark.parametrize(
    "state",
    [
        {"answer": "later", "again_at": MORNING, "asked_in_round": True},
        {"rest_until": MORNING},
        {"asked_today": 5, "offers_a_day": 7},
        {"asked_today": 0, "offers_a_day": 1},
        {"silent": 6, "asked_at": MORNING - timedelta(days=7)},
        {"silent": 9},
    ],
)
def test_what_is_no_bar(state: dict[str, Any]) -> None:
    assert bar(ASK, replace(ONE, **state), RULES) is None


def test_at_night_only_for_right_now_and_only_who_allows_it() -> None:
    night = replace(ASK, now=NIGHT)
    now = replace(night, urgency=Urgency.NOW)
    assert bar(night, replace(ONE, night_now=True), RULES) is Bar.QUIET
    assert bar(now, ONE, RULES) is Bar.QUIET
    assert bar(now, replace(ONE, night_now=True), RULES) is None


@given(st.integers(0, 1439), hours)
def test_hours_may_go_over_midnight(minute: int, span: tuple[int, int]) -> None:
    start, end = span
    length = (end - start) % 1440
    assert within(minute, span) == ((minute - start) % 1440 < length)


@given(asks, rules, st.integers(0, 5))
def test_an_open_need_is_always_looked_at_again(ask: Ask, waves: Waves, asked: int) -> None:
    assert ask.now < next_look(ask, waves, asked) <= ask.now + timedelta(days=1, hours=2)


def test_when_the_search_goes_on() -> None:
    assert next_look(ASK, RULES, 5) == MORNING + RULES.paces[Urgency.TODAY].pause
    assert next_look(ASK, RULES, 0) == MORNING + LOOK_AGAIN[Urgency.TODAY]
    night = replace(ASK, now=NIGHT)
    assert next_look(night, RULES, 0) == NIGHT + timedelta(hours=8), "not before seven in the morning"
    assert next_look(replace(night, urgency=Urgency.NOW), RULES, 0) == NIGHT + timedelta(minutes=5)


def test_waves_are_short_for_right_now_and_calm_for_the_week() -> None:
    now, today, week = (RULES.paces[urgency] for urgency in Urgency)
    assert now.pause < today.pause < week.pause
    assert now == Pace(now.size, now.pause, 1), "groups see at once what is needed right now"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("这次不行", Word.NOT_NOW),
        ("没空。", Word.NOT_NOW),
        ("Not now!", Word.NOT_NOW),
        ("两小时后", Word.LATER),
        ("2 小时后", Word.LATER),
        ("In two hours.", Word.LATER),
        ("今天不行了", Word.TODAY),
        ("今天不行", Word.TODAY),
        ("no more today", Word.TODAY),
        ("灯坏了", None),
        ("今天不行，明天可以帮我修灯吗", None),
        ("", None),
    ],
)
def test_a_few_words_are_understood_and_nothing_else(text: str, word: Word | None) -> None:
    assert word_of(text) is word


@given(one=candidates, ask=asks, lapses=st.integers(0, 9))
def test_what_did_not_come_about_moves_somebody_back_and_bars_nobody(one: Candidate, ask: Ask, lapses: int) -> None:
    clean, other = replace(one, lapses=0), replace(one, lapses=lapses)
    assert bar(ask, clean, RULES) == bar(ask, other, RULES)
    assert rank(ask, clean) <= rank(ask, other)
    nearer = replace(other, tier=Tier.BEFORE)
    farther = replace(clean, tier=Tier.NEAR)
    assert rank(ask, nearer) < rank(ask, farther), "nobody near is passed over for somebody far"
