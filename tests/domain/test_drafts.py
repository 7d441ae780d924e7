"""Drafts: words are added in order, what a tap chose stays, three answers lead to the card, greetings are no request."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.categories import OTHER, load_catalogue
from bot.domain.drafts import FRESH_FOR, GREETINGS, Draft, Stage, begin, is_greeting
from bot.domain.errors import DraftGone, TextTooLong
from bot.domain.needs import TEXT_LIMIT, Urgency

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CATALOGUE = load_catalogue()
WORDS = st.text(min_size=1, max_size=60).filter(lambda words: words.replace("\x00", "").strip() != "")
CODES = st.sampled_from([category.code for category in CATALOGUE.categories])


def fresh(words: str = "灯坏了", *, guided: bool = False) -> Draft:
    """A new draft."""
    return begin(1, 1, 3, words, CATALOGUE, NOW, guided=guided)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_all_words_are_kept_in_order(messages: list[str]) -> None:
    draft = fresh(messages[0])
    for words in messages[1:]:
        draft = draft.add(words, CATALOGUE, NOW)
    at = 0
    for words in messages:
        bare = words.replace("\x00", "").strip()
        assert bare in draft.text[at:]
        at = draft.text.index(bare, at) + len(bare)
    assert len(draft.text) <= TEXT_LIMIT


@given(CODES, st.sampled_from(Urgency), st.integers(1, 99), st.permutations(["category", "urgency", "place"]), WORDS)
def test_what_a_tap_chose_stays(code: str, urgency: Urgency, place: int, order: list[str], words: str) -> None:
    draft = fresh()
    for field in order:
        draft = {
            "category": lambda draft=draft: draft.of_category(code),
            "urgency": lambda draft=draft: draft.wanted(urgency),
            "place": lambda draft=draft: draft.at(place),
        }[field]()
        draft = draft.add(f"{words} 马上去医院", CATALOGUE, NOW)
    assert (draft.category, draft.urgency, draft.place_id) == (code, urgency, place)
    assert draft.stage is Stage.READY


def test_what_nobody_chose_is_guessed_from_all_words() -> None:
    draft = fresh("有件事")
    assert (draft.category, draft.urgency) == (OTHER, Urgency.TODAY)
    draft = draft.add("陪我去医院", CATALOGUE, NOW).add("马上", CATALOGUE, NOW)
    assert (draft.category, draft.urgency) == ("escort", Urgency.NOW)


@given(WORDS, CODES, st.sampled_from(Urgency))
def test_step_by_step_is_three_answers(words: str, code: str, urgency: Urgency) -> None:
    asked = fresh(guided=True)
    told = asked.add(words, CATALOGUE, NOW)
    sorted_in = told.of_category(code)
    draft = sorted_in.wanted(urgency)
    stages = [each.stage for each in (asked, told, sorted_in, draft)]
    assert stages == [Stage.TEXT, Stage.CATEGORY, Stage.URGENCY, Stage.READY]
    for stage in (Stage.PLACE, Stage.CATEGORY, Stage.URGENCY):
        assert draft.asks(stage).stage is stage


def test_too_long_together_changes_nothing() -> None:
    draft = fresh("长" * 990)
    with pytest.raises(TextTooLong):
        draft.add("长" * 10, CATALOGUE, NOW)
    assert len(draft.add("长" * 9, CATALOGUE, NOW).text) == TEXT_LIMIT


@given(st.integers())
def test_a_button_knows_its_draft(number: int) -> None:
    draft = fresh()
    if number == draft.number:
        assert draft.is_number(number) is draft
    else:
        with pytest.raises(DraftGone):
            draft.is_number(number)


def test_six_hours() -> None:
    assert fresh().fresh(NOW + FRESH_FOR - timedelta(seconds=1))
    assert not fresh().fresh(NOW + FRESH_FOR)
    assert FRESH_FOR.total_seconds() == 6 * 3600


@given(WORDS, CODES)
def test_what_is_kept_is_json_and_all_of_it(words: str, code: str) -> None:
    draft = fresh(words).of_category(code).at(5)
    kept = json.loads(json.dumps(draft.data(), ensure_ascii=False))
    assert kept | {"chosen": tuple(kept["chosen"])} == draft.data()
    keys = {"person_id", "bot_id", "number", "updated_at"}
    assert set(kept) | keys == set(Draft.__dataclass_fields__)


@pytest.mark.parametrize("words", ["您好！", "谢谢~", "OK", "Good morning!", "早上好", "👍👍", "。。。", " "])
def test_greetings(words: str) -> None:
    assert is_greeting(words)


@pytest.mark.parametrize("words", ["你好，灯坏了", "谢谢，再买点盐", "no milk left", "水", "1", "好饿", "早饭"])
def test_requests_are_no_greetings(words: str) -> None:
    assert not is_greeting(words)


@given(st.sampled_from(sorted(GREETINGS)), st.sampled_from(["", "！", "~", " 😀", "。。", "!!"]))
def test_a_greeting_with_decoration_is_one(words: str, decoration: str) -> None:
    assert is_greeting(f"{words.replace('-', ' ')}{decoration}")
    assert is_greeting(f"{words.upper()}{decoration}")


@given(st.sampled_from([word for category in CATALOGUE.categories for word in category.words]))
def test_no_word_of_the_catalogue_is_a_greeting(word: str) -> None:
    assert not is_greeting(word)
