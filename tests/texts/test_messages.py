"""Every message, in both languages, about ordinary people and awkward ones: what Telegram takes and people can read."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.needs import DeskCard, GroupCard, MyNeeds, NeedView, OfferCard, Reader
from bot.domain.notices import CardMoved, Notice, QuestionClosed
from bot.domain.people import ChooseLanguage, Language
from bot.texts import common
from bot.texts.buttons import parse
from bot.texts.message import Menu, Message
from tests.texts import reading
from tests.texts.readers import AWKWARD, PLAIN, WORDS, Data
from tests.texts.samples import CARDS, FOR_CARED_FOR, FOR_RESIDENTS, SAMPLES, messages

# These blank an old message and are no message of their own.
BLANKS = {CardMoved, QuestionClosed}
SAID = [
    kind
    for kind in Notice.known.values()
    if not kind.__subclasses__() and kind not in BLANKS and kind.__module__.startswith("bot.domain.")
]
BUTTONS_IN_A_ROW = 3
BIG_KEYS = 3
LONGEST_SENTENCE_WORDS = 25
MOST_SENTENCES = 5

every_kind = pytest.mark.parametrize("kind", list(SAMPLES), ids=[kind.__name__ for kind in SAMPLES])
# None, empty brackets and forgotten placeholders never reach a person.
OURS = ("None", "{", "}", "()", "（）", "Html", "NeedView")


def its_codes_are_its_own(kind: type[Notice], message: Message | Menu) -> None:
    """Each code under a message leads back to a button, and no two are the same."""
    codes = [key.code for key in reading.keys(message) if key.code is not None]
    assert [parse(code).code for code in codes] == codes
    assert len(set(codes)) == len(codes) or kind is MyNeeds, codes  # the samples claim their own need


def test_every_notice_has_words() -> None:
    assert {kind.__name__ for kind in SAID} - {kind.__name__ for kind in CARDS} == set()


def test_every_notice_has_samples() -> None:
    assert {kind.__name__ for kind in SAID} - {kind.__name__ for kind in SAMPLES} == set()


def faults(kind: type[Notice], data: Data, message: Message | Menu) -> Iterator[str]:
    """What is wrong with a message: Telegram or a narrow phone would not show it whole, its reader would not understand it,
    its buttons do something else."""
    yield from (f"Telegram: {fault}" for fault in reading.faults(message))
    # One speaks every language on purpose: nobody knows yet which one is read.
    yield from (f"foreign: {word}" for word in reading.foreign(message, data.language) if kind is not ChooseLanguage)
    yield from (f"cut: {label}" for label in reading.cramped(message))
    said = " ".join(reading.read(message))
    yield from (f"the program's: {word}" for word in OURS if word in said)
    its_codes_are_its_own(kind, message)


@every_kind
def test_it_is_shown_whole_and_understood_in_both_languages(kind: type[Notice]) -> None:
    """All that is looked for at once, for there are many messages and each takes its time to make."""
    for data in PLAIN:
        wrong = {(fault, message) for _, message in messages(kind, data) for fault in faults(kind, data, message)}
        assert wrong == set()


@every_kind
def test_telegram_takes_it_whatever_people_call_themselves_and_write(kind: type[Notice]) -> None:
    """And its buttons do the same as under the words of ordinary people: made once for both, for there are many."""
    for data in AWKWARD:
        shown = messages(kind, data)
        assert {f"{fault}\n{message}" for _, message in shown for fault in reading.faults(message)} == set()
        for _, message in shown:
            its_codes_are_its_own(kind, message)


@pytest.mark.parametrize("kind", FOR_RESIDENTS, ids=[kind.__name__ for kind in FOR_RESIDENTS])
def test_a_resident_never_finds_more_than_three_buttons_in_a_row(kind: type[Notice]) -> None:
    for data in PLAIN:
        for _, message in messages(kind, data):
            assert isinstance(message, Message)
            assert all(len(row) <= BUTTONS_IN_A_ROW for row in message.rows)


@pytest.mark.parametrize("kind", FOR_CARED_FOR, ids=[kind.__name__ for kind in FOR_CARED_FOR])
def test_a_cared_for_person_finds_three_big_keys_at_most_one_a_row(kind: type[Notice]) -> None:
    for data in PLAIN:
        for _, message in messages(kind, data):
            assert isinstance(message, Message)
            for rows in (message.rows, message.big_rows or ()):
                assert len(rows) <= BIG_KEYS
                assert all(len(row) == 1 for row in rows)


@pytest.mark.parametrize("kind", FOR_CARED_FOR, ids=[kind.__name__ for kind in FOR_CARED_FOR])
def test_a_cared_for_person_reads_short_sentences_and_few_of_them(kind: type[Notice]) -> None:
    """As it is read, with names and numbers in it."""
    for data in PLAIN:
        for _, message in messages(kind, data):
            assert isinstance(message, Message)
            sentences = [part for part in re.split(r"[.!?。！？\n]", reading.visible(message.text)) if part.strip()]
            assert max(map(reading.length_in_words, sentences)) <= LONGEST_SENTENCE_WORDS, sentences
            assert len(sentences) <= MOST_SENTENCES, sentences
            assert sum("?" in part or "？" in part for part in reading.read(message)) <= 1


@every_kind
def test_it_can_wait_in_the_outbox(kind: type[Notice]) -> None:
    for data in (*PLAIN, *AWKWARD):
        for notice in {notice for notice, _ in SAMPLES[kind](data)}:
            assert Notice.parse(kind.__name__, notice.data()) == notice


@pytest.mark.parametrize("data", AWKWARD, ids=lambda data: f"{data.language.value}-{data.resident[:4]}")
def test_names_and_texts_are_read_exactly_as_they_were_written(data: Data) -> None:
    def somewhere(name: str, words: str) -> bool:
        shown = (message for _, message in messages(Notice.known[name], data))
        return any(words in reading.visible(message.text) for message in shown if isinstance(message, Message))

    assert somewhere("Enrolled", data.resident)
    assert somewhere("Me", data.helper)
    assert somewhere("NeedWaits", data.owner)
    assert somewhere("OfferCard", data.door)
    assert somewhere("OfferCard", data.place)
    assert somewhere("ResidentCard", data.text)
    assert somewhere("DraftCard", data.text)


@pytest.mark.parametrize("language", Language)
def test_what_takes_the_place_of_an_old_message_is_words(language: Language) -> None:
    for text in (common.moved(WORDS[language]), common.closed(WORDS[language])):
        assert reading.faults(Message(text)) == []
        assert reading.foreign(Message(text), language) == []


@pytest.mark.parametrize("kind", [OfferCard, GroupCard, DeskCard], ids=["offer", "group", "desk"])
def test_a_door_in_a_text_is_read_only_by_whoever_may_see_the_address(kind: type[Notice]) -> None:
    """People write their door into what they need; five volunteers are asked, and one goes there."""
    told = replace(PLAIN[0], text="2单元301的灯坏了，13800138000", door="2单元301")
    for notice, view in SAMPLES[kind](told):
        assert isinstance(view, NeedView)
        if view.contact is None and view.reader is not Reader.RESIDENT and view.need.remark is None:
            said = " ".join(reading.read(CARDS[kind](notice, view, told.words)))
            assert not any(secret in said for secret in ("301", "138"))
