"""Drafts: a need while it is still being written. They live in the database, so a restart forgets nothing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.beneficiaries import Beneficiary
from bot.domain.categories import Catalogue
from bot.domain.enclosures import NOTHING, Enclosed
from bot.domain.errors import ButtonInvalid, DraftGone
from bot.domain.needs import Need, Urgency, legible_text, public_text
from bot.domain.notices import Card, Notice, Priority
from bot.domain.receipts import Budget
from bot.domain.seats import SEATS_AT_MOST, seats_in
from bot.domain.windows import Window

FRESH_FOR = timedelta(hours=6)


class Stage(StrEnum):
    """What the draft's card asks for."""

    TEXT = "text"
    CATEGORY = "category"
    URGENCY = "urgency"
    DAY = "day"
    HOURS = "hours"
    PLACE = "place"
    SEATS = "seats"
    READY = "ready"


# Step by step, each answer leads to the next question.
NEXT: Mapping[Stage, Stage] = {
    Stage.TEXT: Stage.CATEGORY,
    Stage.CATEGORY: Stage.URGENCY,
    Stage.URGENCY: Stage.READY,
    Stage.DAY: Stage.READY,
    Stage.HOURS: Stage.READY,
    Stage.PLACE: Stage.READY,
    Stage.SEATS: Stage.READY,
}


# What is kept of a draft beside its key.
DATA = ("text", "category", "urgency", "place_id", "stage", "guided", "chosen", "seats", "budget")


@dataclass(frozen=True)
class Draft:
    """A need being written by `person_id`. `guided`: asked step by step. `place_id` None: their own building.

    `window`: the day and hours in which somebody is to come; None: as soon as its urgency says.
    `budget` is who pays, and how much at most; None: nothing is said. `seats`: how many are to go; None: as its kind says.
    `chosen` names the fields that a tap has chosen: further words do not guess these again.
    """

    person_id: int
    bot_id: int
    number: int
    updated_at: datetime
    text: str
    category: str
    urgency: Urgency
    place_id: int | None = None
    stage: Stage = Stage.READY
    guided: bool = False
    chosen: tuple[str, ...] = ()
    window: Window | None = None
    budget: Budget | None = None
    seats: int | None = None

    def fresh(self, now: datetime) -> bool:
        """Whether a further message still belongs to it: within six hours."""
        return now - self.updated_at < FRESH_FOR

    def is_number(self, number: int) -> "Draft":
        """Itself; DraftGone when a button speaks of an older draft."""
        if number != self.number:
            raise DraftGone
        return self

    def asks(self, stage: Stage) -> "Draft":
        """The card now asks for `stage`."""
        return replace(self, stage=stage)

    def add(self, words: str, catalogue: Catalogue, now: datetime) -> "Draft":
        """Further words: people write in several messages. What was only guessed is guessed again from all of them."""
        text = legible_text(f"{self.text}\n{words}" if self.text else words)
        category = self.category if "category" in self.chosen else catalogue.guess(text).code
        urgency = self.urgency if "urgency" in self.chosen else catalogue.urgency(text)
        seats = self.seats if "seats" in self.chosen else seats_in(text)
        guessed = replace(self, text=text, category=category, urgency=urgency, seats=seats, updated_at=now)
        kind_was_asked = self.stage is Stage.CATEGORY and not self.text and not self.guided
        return guessed.answered() if self.stage is Stage.TEXT or kind_was_asked else guessed

    def enclosed(self, now: datetime) -> "Draft":
        """A voice note or photo lies with it. Nobody can guess a kind from that alone, so without words it is asked at once."""
        silent = not self.text and "category" not in self.chosen
        asked = silent and self.stage in (Stage.TEXT, Stage.READY)
        return replace(self, stage=Stage.CATEGORY if asked else self.stage, updated_at=now)

    def of_category(self, code: str) -> "Draft":
        """It is of this category."""
        return replace(self, category=code, stage=Stage.CATEGORY, chosen=(*self.chosen, "category")).answered()

    def wanted(self, urgency: Urgency) -> "Draft":
        """It is wanted so soon."""
        chosen = (*self.chosen, "urgency")
        return replace(self, urgency=urgency, window=None, stage=Stage.URGENCY, chosen=chosen).answered()

    def during(self, window: Window) -> "Draft":
        """It is wanted on that day, in those hours."""
        return replace(self, window=window, stage=Stage.HOURS, chosen=(*self.chosen, "urgency")).answered()

    def on_day(self, window: Window) -> "Draft":
        """It is wanted on that day; the card asks for the hours."""
        return replace(self, window=window, stage=Stage.HOURS, chosen=(*self.chosen, "urgency"))

    def at(self, place_id: int) -> "Draft":
        """It is needed there."""
        return replace(self, place_id=place_id, stage=Stage.PLACE, chosen=(*self.chosen, "place")).answered()

    def at_home(self) -> "Draft":
        """It is needed at the writer's own place after all, unless their words name another."""
        stage = Stage.READY if self.stage is Stage.PLACE else self.stage
        if "place" not in self.chosen:
            return replace(self, stage=stage)
        return replace(self, place_id=None, chosen=tuple(one for one in self.chosen if one != "place"), stage=stage)

    def for_seats(self, count: int) -> "Draft":
        """So many are to go."""
        if not 1 <= count <= SEATS_AT_MOST:
            raise ButtonInvalid
        return replace(self, seats=count, stage=Stage.SEATS, chosen=(*self.chosen, "seats")).answered()

    def answered(self) -> "Draft":
        """The question of this stage is answered: the next one when asked step by step, else the card to post."""
        return replace(self, stage=NEXT[self.stage] if self.guided else Stage.READY)

    def data(self) -> dict[str, object]:
        """What is kept of it beside its key."""
        fields = asdict(self)
        window = self.window and [int(at.timestamp()) for at in (self.window.from_at, self.window.until_at)]
        return {name: fields[name] for name in DATA} | {"window": window}


def begin(
    person_id: int, bot_id: int, number: int, words: str, catalogue: Catalogue, now: datetime, *, guided: bool = False
) -> Draft:
    """A new draft from a plain message, or, asked step by step, from nothing."""
    empty = blank(person_id, bot_id, number, catalogue, now, guided=guided)
    return empty if guided else empty.add(words, catalogue, now)


def blank(
    person_id: int, bot_id: int, number: int, catalogue: Catalogue, now: datetime, *, guided: bool = False
) -> Draft:
    """A new draft without a word yet, which asks for words."""
    other = catalogue.guess("").code
    return Draft(person_id, bot_id, number, now, "", other, Urgency.TODAY, stage=Stage.TEXT, guided=guided)


GREETINGS = frozenset(
    [
        *(
            "你好",
            "您好",
            "早",
            "早上好",
            "上午好",
            "中午好",
            "下午好",
            "晚上好",
            "晚安",
            "在吗",
            "嗯",
            "嗯嗯",
            "好",
            "好的",
        ),
        *("谢谢", "谢谢你", "谢谢您", "谢谢大家", "多谢", "感谢", "收到", "知道了", "再见", "辛苦了", "不客气"),
        *("hi", "hello", "hey", "thanks", "thank-you", "thx", "ok", "okay", "bye", "goodbye", "yes", "no"),
        *("good-morning", "good-afternoon", "good-evening", "good-night"),
    ]
)


def is_greeting(words: str) -> bool:
    """Greetings and thanks are answered kindly and make no draft."""
    bare = "".join(char for char in words.lower() if char.isalnum() or char in " -").strip()
    return not bare or bare.replace(" ", "-") in GREETINGS or bare in GREETINGS


# What stands beside the number of a house.
HOUSE = re.compile(
    r"\d+\s*(?:号楼|号院|号|栋|幢|座|楼|层|弄|区)|\b(?:no|nr|house|building|block|floor)\b", re.IGNORECASE
)


def is_bare(words: str) -> bool:
    """Whether a message is only numbers: a telephone, a house or a door says nothing of what somebody needs."""
    rest = HOUSE.sub("", public_text(unicodedata.normalize("NFKC", words)))
    return not any(char.isalpha() for char in rest)


@dataclass(frozen=True)
class DraftCard(Card):
    """To the writer: what was understood, and one tap to post it."""

    priority = Priority.ANSWER
    person_id: int
    number: int

    @property
    def subject(self) -> str:
        """The draft that it shows."""
        return f"draft:{self.person_id}:{self.number}"


@dataclass(frozen=True)
class Greeted(Notice):
    """To somebody who said hello or thanks: what this is for."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class WordsWanted(Notice):
    """To somebody who wrote a number and nothing else: what to write."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class DraftView:
    """A draft with the names that its card shows. `draft` None: posted or thrown away. `place` None: not known yet.

    `before` is what this person asked for already and seems to ask for again; None: nothing like it. `pinned`: a place on the
    map lies with it. `ring` is the name of whom to ring, `whom` for whom it is; None: nobody was named, it is for themselves.
    """

    draft: Draft | None
    place: str | None
    posted_as: int | None = None
    before: Need | None = None
    now: datetime | None = None
    enclosed: Enclosed = NOTHING
    pinned: bool = False
    ring: str | None = None
    whom: Beneficiary | None = None
