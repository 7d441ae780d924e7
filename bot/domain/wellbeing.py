"""One small question more, each morning: sleep, food, medicine, mood. And what is missing at home, asked for in one press."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.notices import Notice, Priority

NOON = 12 * 60
# So long words answer the small question; later they are words like any other.
WORDS_WITHIN = timedelta(minutes=30)
MONDAY = 0


class Topic(StrEnum):
    """What is asked about."""

    SLEEP = "sleep"
    FOOD = "food"
    MEDICINE = "medicine"
    MOOD = "mood"


class Want(StrEnum):
    """What may be missing at home."""

    FOOD = "food"
    MEDICINE = "medicine"


# As the catalogue of needs calls them.
CATEGORIES = {Want.FOOD: "groceries", Want.MEDICINE: "medicine"}
WANTED = {Topic.FOOD: Want.FOOD, Topic.MEDICINE: Want.MEDICINE}


def topic_of(day: date) -> Topic:
    """The day's topic: each comes round every four days."""
    topics = tuple(Topic)
    return topics[day.toordinal() % len(topics)]


def asks_after(checkin: CheckIn) -> bool:
    """Whether there is room for one more question: a morning on which somebody is well and has said so in time."""
    said = checkin.answer in (CheckInAnswer.WELL, CheckInAnswer.WORDS)
    return checkin.slot < NOON and checkin.state is CheckInState.ANSWERED and said


def offers_after(checkin: CheckIn) -> bool:
    """Whether it is asked what is missing at home: kindly and rarely, once a week; and whenever somebody writes words."""
    if checkin.answer is CheckInAnswer.WORDS:
        return True
    return checkin.answer is CheckInAnswer.WELL and checkin.slot < NOON and checkin.day.weekday() == MONDAY


@dataclass(frozen=True)
class Wellbeing:
    """One such question. `good` and `answered_at` None: not answered."""

    id: int
    person_id: int
    checkin_id: int
    day: date
    topic: Topic
    asked_at: datetime
    good: bool | None = None
    answered_at: datetime | None = None

    def hears_words(self, at: datetime) -> bool:
        """Whether words said at this instant answer it."""
        return self.good is None and self.asked_at <= at <= self.asked_at + WORDS_WITHIN


# What is kept of answers for whoever looks: (topic, good, day).
Answers = tuple[tuple[Topic, bool, date], ...]


@dataclass(frozen=True)
class WellbeingView:
    """The question with the name of whom it asks."""

    wellbeing: Wellbeing
    person: str


@dataclass(frozen=True)
class WellbeingNotice(Notice):
    """Something said about the small question."""

    priority = Priority.ANSWER
    wellbeing_id: int


class WellbeingAsked(WellbeingNotice):
    """How did you sleep? Three big keys, one of them always for help."""


class WellbeingThanked(WellbeingNotice):
    """Thank you; the usual keys come back."""


@dataclass(frozen=True)
class WantAsked(Notice):
    """What is missing at home? `topic` empty: asked about everything, else about this alone."""

    priority = Priority.ANSWER
    checkin_id: int
    topic: str = ""
