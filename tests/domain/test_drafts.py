"""Drafts: words are added in order, what a tap chose stays, three answers lead to the card, greetings are no request."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.categories import OTHER, load_catalogue
from bot.domain.drafts import FRESH_FOR, GREETINGS, Draft, Stage, begin, blank, is_bare, is_greeting
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


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "13800138000",
        "2单元301",
        "3号楼",
        "3-2-301",
        "12号",
        "room 5",
        "No. 7",
        "+86 138-0013-8000",
        "301",
        "7,5",
        "３号楼",
    ],
)
def test_numbers_alone_say_nothing_of_what_is_needed(words: str) -> None:
    assert is_bare(words)


@pytest.mark.parametrize("words", ["灯坏了", "3号楼的灯坏了", "10斤大米", "help", "помощь", "مرحبا", "301 漏水"])
def test_words_beside_numbers_say_something(words: str) -> None:
    assert not is_bare(words)


@pytest.mark.parametrize("guided", [True, False])
def test_what_is_sent_without_words_is_asked_for_its_kind(guided: bool) -> None:
    draft = blank(1, 1, 3, CATALOGUE, NOW, guided=guided).enclosed(NOW)
    assert draft.stage is Stage.CATEGORY
    chosen = draft.of_category("repairs")
    assert chosen.stage is (Stage.URGENCY if guided else Stage.READY)
    assert chosen.enclosed(NOW).stage is chosen.stage, "a further photo asks for nothing again"


def test_words_that_follow_a_photo_are_guessed_from() -> None:
    draft = blank(1, 1, 3, CATALOGUE, NOW).enclosed(NOW).add("厨房的灯坏了", CATALOGUE, NOW)
    assert (draft.stage, draft.category) == (Stage.READY, "repairs")


def test_a_photo_that_follows_words_changes_nothing() -> None:
    draft = fresh()
    assert draft.enclosed(NOW) == draft


@given(st.sampled_from(Stage), CODES)
def test_at_home_again_nothing_else_changes(stage: Stage, code: str) -> None:
    draft = fresh().of_category(code).asks(stage)
    back = draft.at(7).at_home()
    assert back.place_id is None
    assert back.category == code
    assert back.stage is Stage.READY
