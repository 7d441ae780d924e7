"""Cards of care that promise more than others: a drill says first that it is one; whoever is away finds three keys at most."""

import pytest

from bot.domain.absences import AbsenceAsked, AbsenceBegun, AbsenceDays, AbsenceReasons, AbsenceView
from bot.domain.notices import Notice
from bot.texts.message import Message
from tests.texts import reading
from tests.texts.readers import AWKWARD, PLAIN
from tests.texts.samples import CARDS, messages
from tests.texts.samples_absences import SAMPLES as ABSENCES
from tests.texts.samples_drills import SAMPLES as DRILLS


@pytest.mark.parametrize("kind", list(DRILLS), ids=lambda kind: kind.__name__)
def test_practice_stands_first_in_everything_that_is_said_of_a_drill(kind: type[Notice]) -> None:
    for data in (*PLAIN, *AWKWARD):
        mark = {"en": "🧪 Practice: nobody is in danger", "zh": "🧪 演练：没有人遇到危险"}[data.language.value]
        for _, message in messages(kind, data):
            first = next(reading.read(message)).splitlines()[0]
            assert first == mark


@pytest.mark.parametrize(
    "kind", [AbsenceAsked, AbsenceBegun, AbsenceDays, AbsenceReasons], ids=lambda kind: kind.__name__
)
def test_whoever_is_away_themselves_finds_three_keys_at_most_one_a_row(kind: type[Notice]) -> None:
    for data in PLAIN:
        for notice, view in ABSENCES[kind](data):
            assert isinstance(view, AbsenceView)
            if view.about_me:
                message = CARDS[kind](notice, view, data.words)
                assert isinstance(message, Message)
                assert len(message.rows) <= 3
                assert all(len(row) == 1 for row in message.rows)
