"""The codes behind buttons: short enough for Telegram, the same again when they come back, and no way in for forgers."""

import string
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alerts import AlertOutcome
from bot.domain.checkins import CheckInAnswer
from bot.domain.drafts import Stage
from bot.domain.edits import Field
from bot.domain.errors import ButtonInvalid
from bot.domain.floods import Flow
from bot.domain.listings import FIELDS, FILTERS, LIST, Book, Crew, Form, Stand
from bot.domain.media import MediaKind
from bot.domain.needs import Outcome, Release, Urgency
from bot.domain.people import Language
from bot.domain.plans import Channel
from bot.domain.receipts import Payer
from bot.domain.recurrences import Aspect, Every
from bot.domain.relatives import Bond
from bot.domain.remarks import Noun
from bot.domain.reopenings import Who, Why
from bot.domain.rungs import DIGITS_AT_MOST, POSSIBLE, Owner
from bot.domain.surges import SurgeKind
from bot.domain.visitors import Wish
from bot.domain.volunteers import Hours, Spoken, Step
from bot.domain.wellbeing import Want
from bot.domain.windows import Part
from bot.handlers import CAPABILITIES, taps
from bot.texts.buttons import LARGEST, LIMIT_BYTES, Button, parse
from tests.texts.readers import HOME

# Every word that a button of ours may carry.
WORDS_OF: dict[str, list[str]] = {
    "category": [category.code for category in HOME.catalogue.categories],
    "urgency": list(Urgency),
    "flow": list(Flow),
    "stage": list(Stage),
    "field": [*Field, *FIELDS[Book.NEEDS], *FIELDS[Book.PEOPLE]],
    "value": [
        "",
        str(LARGEST),
        *HOME.catalogue.skills,
        *(one.code for one in HOME.catalogue.categories),
        *Stand,
        *Crew,
    ],
    "book": list(Book),
    "stand": ["", *Stand, *Crew],
    "screen": [LIST, FILTERS, *FIELDS[Book.NEEDS]],
    "form": list(Form),
    "reason": list(Release),
    "outcome": [*Outcome, *AlertOutcome],
    "channel": list(Channel),
    "answer": list(CheckInAnswer),
    "language": list(Language),
    "who": list(Who),
    "why": list(Why),
    "noun": [*Noun, "draft", "need"],
    "payer": list(Payer),
    "want": list(Want),
    "owner": [Owner("plan", 10**DIGITS_AT_MOST - 1).code, Owner("area", 10**DIGITS_AT_MOST - 1).code],
    "rung": [rung.name for rung in POSSIBLE],
    "nudges": ["", "30-10", "120-119-118"],
    "wish": list(Wish),
    "bond": list(Bond),
    "surge_kind": list(SurgeKind),
    "step": list(Step),
    "languages": ["zh", "en", "zh+en", "en+zh"],
    "part": list(Part),
    "medium": list(MediaKind),
    "what": [*Hours, *Spoken, *HOME.catalogue.skills, "minutes", "hint", "photo", "day", "look", "other"],
    "every": list(Every),
    "aspect": list(Aspect),
}
# Only groups have numbers below zero.
NEGATIVE = {"chat_id": (-LARGEST,)}
# Times of day end with it; everything else is a number of a row.
DAY_MINUTES = 24 * 60
NO_NUMBERS = ("", "-", "--1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "٣", "¹", "１", "一", str(2**63))
ENDING = {"starts": DAY_MINUTES, "ends": DAY_MINUTES}
KINDS = sorted(Button.known.values(), key=lambda kind: kind.prefix)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


def fields(kind: type[Button]) -> dict[str, str]:
    """A button's fields, and whether each is a number or a word."""
    return {name: getattr(what, "__name__", str(what)) for name, what in kind.__annotations__.items()}


def extremes(kind: type[Button]) -> list[Button]:
    """This button with the largest numbers and every word."""
    values = [
        [str(word) for word in WORDS_OF[name]]
        if what == "str"
        else [0, ENDING.get(name, LARGEST), *NEGATIVE.get(name, ())]
        for name, what in fields(kind).items()
    ]
    return [kind(*chosen) for chosen in product(*values)]


def test_every_button_is_answered() -> None:
    assert {kind.__name__ for kind in KINDS} - {kind.__name__ for kind in taps(CAPABILITIES)} == set()


@every_kind
def test_its_code_fits_even_with_the_largest_numbers(kind: type[Button]) -> None:
    assert max(len(button.code.encode()) for button in extremes(kind)) <= LIMIT_BYTES


@every_kind
def test_its_code_comes_back_as_the_same_button(kind: type[Button]) -> None:
    assert [parse(button.code) for button in extremes(kind)] == extremes(kind)


@every_kind
def test_a_part_too_few_or_too_many_is_no_button(kind: type[Button]) -> None:
    code = extremes(kind)[0].code
    for broken in (code + ":1", code + ":", code.rpartition(":")[0] or ":", f" {code}", f"x{code}"):
        with pytest.raises(ButtonInvalid):
            parse(broken)


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if "int" in fields(kind).values()], ids=lambda kind: kind.__name__
)
def test_what_is_no_number_of_ours_is_no_button(kind: type[Button]) -> None:
    for number in NO_NUMBERS:
        parts = [number if what == "int" else WORDS_OF[name][0] for name, what in fields(kind).items()]
        with pytest.raises(ButtonInvalid):
            parse(":".join((kind.prefix, *parts)))


@given(st.text() | st.text(alphabet=string.ascii_lowercase + string.digits + ":-", max_size=70))
def test_anything_else_is_refused_and_never_breaks(code: str) -> None:
    _is_a_button_or_refused(code)


@given(st.sampled_from(KINDS), st.lists(st.text(alphabet="0123456789-ab:", max_size=30), max_size=4))
def test_forged_parts_are_refused_and_never_break(kind: type[Button], parts: list[str]) -> None:
    _is_a_button_or_refused(":".join((kind.prefix, *parts)))


def test_a_number_of_ten_thousand_digits_is_refused() -> None:
    with pytest.raises(ButtonInvalid):
        parse("nc:" + "9" * 10_000)


def _is_a_button_or_refused(code: str) -> None:
    try:
        button = parse(code)
    except ButtonInvalid:
        return
    assert type(button) in KINDS
    assert parse(button.code) == button
