"""Words that cannot wait: no cry and no worry of a labelled list is missed, and hardly anybody is looked after in vain.

What is measured: of the sentences that mean it, how many are heard (all of these, always), and of the harmless ones, how many
are taken for worse (those that are known, and no more). A miss is worse than a walk in vain. Sentences that the lists had never
seen were heard less well before they joined them: of the last 35 cries 30, of 50 worries 38, with 1 false alarm in 48 and 1 in
80. So words stay the second net; the big key is the first.
"""

import tomllib
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.care_words import PACKAGED, load_care_words, tidy
from bot.domain.categories import load_catalogue
from tests.unit.test_categories import SENTENCES

LABELLED = tomllib.loads(Path(__file__).with_name("care_sentences.toml").read_text(encoding="utf-8"))
LISTS = tomllib.loads(PACKAGED.read_text(encoding="utf-8"))
WORDS = load_care_words()
CATALOGUE = load_catalogue()
cries = st.sampled_from([word for word in WORDS.sos if not word.isascii()])
REQUESTS = [line.split(" ", 1)[1] for lines in SENTENCES.values() for line in lines.splitlines()]


def entries(name: str) -> list[str]:
    """The entries of one packaged list, in every language."""
    return [word for part in LISTS[name].values() for word in part]


def test_no_cry_for_help_is_missed() -> None:
    assert [text for text in LABELLED["cries"] if not WORDS.cries_for_help(text)] == []


def test_no_worry_is_missed() -> None:
    assert [text for text in (*LABELLED["worries"], *LABELLED["cries"]) if not WORDS.worries(text)] == []


def test_whoever_is_well_is_left_in_peace() -> None:
    assert [text for text in LABELLED["well"] if WORDS.worries(text)] == []


def test_what_can_wait_raises_no_alarm() -> None:
    assert [text for text in (*LABELLED["needs"], *LABELLED["well"], *REQUESTS) if WORDS.cries_for_help(text)] == []


def test_the_false_alarms_that_are_known_are_still_there() -> None:
    """Whoever mends one moves it to the harmless ones."""
    assert [text for text in LABELLED["spared"] if not WORDS.worries(text)] == []


def test_outside_a_question_most_worries_are_heard_and_few_needs_taken_for_one() -> None:
    """A miss becomes a need that somebody takes; a false alarm is a walk in vain."""

    def alarms(text: str) -> bool:
        return WORDS.alarms(text, is_need=CATALOGUE.asks(text))

    assert [text for text in LABELLED["well"] if alarms(text)] == []
    heard = sum(map(alarms, LABELLED["worries"]))
    needs = [*LABELLED["needs"], *REQUESTS]
    assert heard >= 0.93 * len(LABELLED["worries"])
    assert sum(map(alarms, needs)) <= 0.04 * len(needs)
    for thing in ("my lamp fell down", "家里的灯掉下来了", "感冒药吃完了"):
        assert not alarms(thing)
    for person in ("I feel dizzy, could somebody fetch my medicine", "头晕，谁能帮我买点药", "我有点难受"):
        assert alarms(person)


def test_no_sentence_means_two_things() -> None:
    sentences = list(chain.from_iterable(LABELLED.values()))
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "我没有不舒服",
            "没不舒服",
            "没有什么不舒服",
            "腿不疼",
            "没有头晕、胸闷",
            "没有头疼或者发烧",
            "也没有发烧也没有咳嗽",
        ),
        *(
            "no pain",
            "not in any pain",
            "I have no pain or fever",
            "I'm not sick",
            "It doesn’t hurt",
            "it does not hurt",
        ),
    ],
)
def test_a_denial_directly_before_a_worry_takes_it_back(text: str) -> None:
    assert not WORDS.worries(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "没睡好头疼",
            "不小心摔了",
            "没站稳，摔了",
            "不疼了，可是头晕",
            "没有头晕，胸闷",
            "不时头晕",
            "不停地吐",
            "没吃药，头疼",
        ),
        *(
            "没有一天不疼",
            "没有不疼的时候",
            "不是不疼",
            "有没有发烧我不知道",
            "疼不疼？疼",
            "是不是发烧了",
            "要不头晕就好了",
        ),
        *("no, pain in my leg", "not without pain", "not sure, maybe a fever", "no pain but dizzy", "I am not well"),
        *("no fever and a cough", "nothing but pain"),
    ],
)
def test_a_denial_of_something_else_takes_nothing_back(text: str) -> None:
    assert WORDS.worries(text)


@pytest.mark.parametrize(
    ("harmless", "grave"),
    [
        ("你是我的救命恩人", "恩人，救命"),
        ("不好意思，才看到", "不好，才看到"),
        ("玩得痛快", "玩得头痛"),
        ("fell asleep", "fell on the stairs"),
        ("can't complain", "can't breathe"),
    ],
)
def test_a_harmless_phrase_hides_only_itself(harmless: str, grave: str) -> None:
    assert not WORDS.worries(harmless)
    assert WORDS.worries(grave)
    assert WORDS.worries(f"{harmless}，{grave}")
    assert WORDS.worries(f"{grave}，{harmless}")


@pytest.mark.parametrize(
    "text", ["help", "HELP!!!", "Please, help me now!", "help… help…", "帮帮我！", "请快来", "快来，快来啊", "120"]
)
def test_some_words_cry_when_nothing_else_is_said(text: str) -> None:
    assert WORDS.cries_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "help me with my shopping",
        "Could you help me to the shops?",
        "谁能帮帮我搬个柜子",
        "你好，帮帮忙，灯坏了",
        "120元",
        "",
        "!",
        "请",
    ],
)
def test_and_mean_a_need_when_something_else_is_said(text: str) -> None:
    assert not WORDS.cries_for_help(text)


@pytest.mark.parametrize(
    "text",
    ["ＨＥＬＰ", "救 命", "SOS!", "I cant breathe", "I can not breathe", "I CAN’T BREATHE", "She is not breathing"],
)
def test_it_may_be_written_as_one_likes(text: str) -> None:
    assert WORDS.cries_for_help(text)


@given(st.text(alphabet="今天我在家里。，, \n", max_size=30), cries, st.text(max_size=60))
def test_a_cry_is_heard_whatever_stands_around_it(before: str, cry: str, after: str) -> None:
    assert WORDS.cries_for_help(f"{before}。{cry}。{after}")


@given(st.text() | st.text(alphabet="不没有疼痛、，或 救命help me no", max_size=200))
def test_anything_can_be_read(text: str) -> None:
    assert WORDS.worries(text) or not WORDS.cries_for_help(text)


@pytest.mark.parametrize("name", list(LISTS))
def test_each_list_is_tidy_and_says_nothing_twice(name: str) -> None:
    words = entries(name)
    assert [word for word in words if tidy(word) != word] == []
    assert sorted(words) == sorted(set(words))


def test_every_word_counts_by_itself() -> None:
    assert [word for word in (*entries("sos"), *entries("alone")) if not WORDS.cries_for_help(word)] == []
    assert [word for word in entries("worry") if not WORDS.worries(word)] == []
    assert [word for word in entries("harmless") if WORDS.cries_for_help(word)] == []


def test_a_community_may_use_words_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text('[worry]\nzh = ["没动静"]\n[sos]\nde = ["Hilfe"]\n', encoding="utf-8")
    words = load_care_words(own)
    assert words.worries("一天没动静")
    assert not words.worries("头疼")
    assert words.cries_for_help("hilfe!")
    assert words.harmless == WORDS.harmless
