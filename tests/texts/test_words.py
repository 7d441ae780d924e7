"""Words: times as people say them, and what people wrote themselves kept harmless and whole."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Language
from bot.texts.message import LABEL_LIMIT, Key
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs, plain, safe
from tests.texts.readers import HOME, WORDS
from tests.texts.reading import markup_faults, units, visible

ENGLISH, CHINESE = WORDS[Language.ENGLISH], WORDS[Language.CHINESE]
anything = st.text(max_size=60)


@pytest.mark.parametrize(
    ("zone", "now", "at", "english", "chinese"),
    [
        ("Asia/Shanghai", "2026-03-02T09:00", "2026-03-02T15:30", "today 15:30", "今天 15:30"),
        ("Asia/Shanghai", "2026-03-02T09:00", "2026-03-02T00:00", "today 00:00", "今天 00:00"),
        ("Asia/Shanghai", "2026-03-02T23:59", "2026-03-03T00:01", "tomorrow 00:01", "明天 00:01"),
        ("Asia/Shanghai", "2026-03-02T00:01", "2026-03-01T23:59", "yesterday 23:59", "昨天 23:59"),
        ("Asia/Shanghai", "2026-03-02T09:00", "2026-03-04T08:05", "Mar 4, 08:05", "3月4日 08:05"),
        ("Asia/Shanghai", "2026-03-02T09:00", "2026-02-28T08:05", "Feb 28, 08:05", "2月28日 08:05"),
        ("America/New_York", "2026-12-31T22:00", "2027-01-01T01:00", "tomorrow 01:00", "明天 01:00"),
        ("America/New_York", "2026-03-07T23:30", "2026-03-08T03:30", "tomorrow 03:30", "明天 03:30"),
        ("Europe/Berlin", "2026-10-25T01:00", "2026-10-25T23:30", "today 23:30", "今天 23:30"),
        ("Pacific/Auckland", "2026-11-22T07:00", "2026-11-24T10:00", "Nov 24, 10:00", "11月24日 10:00"),
        ("Asia/Kathmandu", "2026-11-22T07:00", "2026-11-21T10:15", "yesterday 10:15", "昨天 10:15"),
    ],
)
def test_a_moment_is_said_as_people_say_it(zone: str, now: str, at: str, english: str, chinese: str) -> None:
    here = ZoneInfo(zone)
    moments = [datetime.fromisoformat(text).replace(tzinfo=here).astimezone(ZoneInfo("UTC")) for text in (at, now)]
    home = replace(HOME, timezone=here)
    assert Words(Language.ENGLISH, home).when(moments[0], moments[1]) == english
    assert Words(Language.CHINESE, home).when(moments[0], moments[1]) == chinese


def test_what_depends_on_how_many() -> None:
    hour = ("in {number} hour", "in {number} hours")
    assert [ENGLISH.count(*hour, number) for number in (1, 2)] == ["in 1 hour", "in 2 hours"]
    assert [CHINESE.count(*hour, number) for number in (1, 2)] == ["1 小时后", "2 小时后"]


@pytest.mark.parametrize(
    ("names", "english", "chinese"),
    [
        ([], "", ""),
        (["Li"], "Li", "Li"),
        (["Li", "Wang"], "Li and Wang", "Li和Wang"),
        (["Li", "Wang", "Zhao"], "Li, Wang, and Zhao", "Li、Wang和Zhao"),
    ],
)
def test_several_are_listed_as_people_list_them(names: list[str], english: str, chinese: str) -> None:
    assert (ENGLISH.listed(names), CHINESE.listed(iter(names))) == (english, chinese)


@given(st.lists(anything, max_size=4))
def test_listed_names_are_harmless_and_whole(names: list[str]) -> None:
    for words in (ENGLISH, CHINESE):
        assert markup_faults(words.listed(names)) == []
        assert all(name in visible(words.listed(names)) for name in names)
        assert words.listed(safe(name) for name in names) == words.listed(names)


@given(anything)
def test_own_words_are_harmless_and_whole(words: str) -> None:
    for wrapped in (
        safe(words),
        bold(words),
        ENGLISH.say("👤 {name}", name=words),
        CHINESE.say("👤 {name}", name=words),
    ):
        assert markup_faults(wrapped) == []
        assert visible(wrapped).removeprefix("👤 ") == words or words.startswith("👤 ")


@given(st.lists(anything | st.none(), max_size=5))
def test_lines_and_paragraphs_leave_out_what_is_empty(parts: list[str | None]) -> None:
    there = [part for part in parts if part]
    assert visible(lines(*parts)) == "\n".join(there)
    assert visible(paragraphs(*parts)) == "\n\n".join(there)
    assert markup_faults(lines(*parts)) == []


@given(anything)
def test_what_is_said_already_is_not_escaped_again(words: str) -> None:
    assert safe(safe(words)) == safe(words)
    assert ENGLISH.say("👤 {name}", name=safe(words)) == ENGLISH.say("👤 {name}", name=words)


@given(anything)
def test_a_button_shows_a_name_as_it_is(words: str) -> None:
    assert plain(bold(words)) == words
    label = Key(ENGLISH.say("👤 {name}", name=words), "x").label
    assert len(label) <= LABEL_LIMIT
    assert label == f"👤 {words}" or label.endswith("…")


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_what_is_cut_keeps_within_its_units(words: str, limit: int) -> None:
    cut = clip(words, limit)
    assert units(cut) <= limit
    assert cut == words or (cut.endswith("…") and words.startswith(cut[:-1]))


def test_words_that_are_no_html_stay_as_they_are() -> None:
    assert plain("a <b> & c") == "a <b> & c"
    assert plain(Html("a &lt;b&gt; <b>c</b>")) == "a <b> c"
