"""What is added to an alert or a visit: what was found there, where somebody is, and what they themselves wrote."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ButtonInvalid
from bot.domain.notices import Notice, Priority

# So long after an outcome words and photos still belong to it.
ADD_WITHIN = timedelta(minutes=10)
# So long after they called for help what somebody writes is for whoever looks after them.
ALONG_WITHIN = timedelta(hours=2)


class RemarkKind(StrEnum):
    """What a remark is, as it is kept in the history."""

    SAID = "said"
    NOTED = "noted"
    WHERE = "where"


class Noun(StrEnum):
    """To what one can add."""

    ALERT = "alert"
    CHECK_IN = "checkin"

    @staticmethod
    def of(word: str) -> "Noun":
        """ButtonInvalid for anything else."""
        if word not in set(Noun):
            raise ButtonInvalid
        return Noun(word)


@dataclass(frozen=True)
class Remark:
    """One of them: who, when, what. `by` is a name."""

    kind: RemarkKind
    by: str
    at: datetime
    text: str


def place_text(latitude: float, longitude: float) -> str:
    """A place on the map as it is kept, to about a metre."""
    return f"{latitude:.5f}, {longitude:.5f}"


PLACE = re.compile(r"(-?\d{1,2}\.\d{5}), (-?\d{1,3}\.\d{5})")


def place_in(text: str) -> tuple[str, str] | None:
    """Latitude and longitude of such a text; None: it is words."""
    found = PLACE.fullmatch(text)
    return None if found is None else (found[1], found[2])


# --- what is said ---


@dataclass(frozen=True)
class AskRemark(Notice):
    """To whoever recorded something: is there anything to add? `until` in epoch seconds."""

    priority = Priority.ANSWER
    noun: str
    number: int
    until: int


@dataclass(frozen=True)
class RemarkAdded(Notice):
    """To whoever added something: noted, and until when there may be more."""

    priority = Priority.ANSWER
    until: int


@dataclass(frozen=True)
class RemarkTold(Notice):
    """To coordinators: something was noted on a visit."""

    checkin_id: int


@dataclass(frozen=True)
class RemarkView:
    """A visit with what was noted. `sent` are photos and voice notes: (number, kind)."""

    person: str
    place: str
    remarks: tuple[Remark, ...]
    sent: tuple[tuple[int, str], ...]
    now: datetime


@dataclass(frozen=True)
class WhereKept(Notice):
    """To somebody who called for help: whoever comes sees where they are."""

    priority = Priority.LIFE
    alert_id: int


@dataclass(frozen=True)
class SaidAlong(Notice):
    """To somebody about whom an alert is open and who wrote more: whoever looks after them reads it."""

    priority = Priority.LIFE
    alert_id: int


@dataclass(frozen=True)
class WhereKnown(Notice):
    """To everyone on an alert: the person has said where they are."""

    priority = Priority.LIFE
    alert_id: int
