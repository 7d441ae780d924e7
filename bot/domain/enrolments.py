"""Enrolling somebody who has no chat: a coordinator writes down who it is, and hears them agree."""

from dataclasses import dataclass

from bot.domain.errors import EnrolmentUnclear
from bot.domain.notices import Notice, Priority
from bot.domain.people import legible_door, legible_name, telephone_in


@dataclass(frozen=True)
class Enrolment:
    """Who it is: at least one of telephone (+E.164) and door is known."""

    name: str
    telephone: str | None
    door: str | None


def enrolment_in(words: str) -> Enrolment:
    """ "张秀兰 13800138000 2单元301" → who it is; EnrolmentUnclear without a name, or with neither telephone nor door."""
    telephone, rest = telephone_in(words)
    name, _, door = rest.partition(" ")
    if not name or not (telephone or door) or any(char.isdigit() for char in name):
        raise EnrolmentUnclear
    return Enrolment(legible_name(name), telephone, legible_door(door) if door else None)


@dataclass(frozen=True)
class EnrolmentPlace(Notice):
    """To a coordinator: where does this person live? `area_id` 0: the places that the reader coordinates."""

    priority = Priority.ANSWER
    area_id: int = 0
    offset: int = 0


@dataclass(frozen=True)
class AskEnrolment(Notice):
    """To a coordinator: who is it?"""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class PlacesView:
    """Places to choose from: (number, name, whether there is more below). `here` None: the top."""

    here: str | None
    rows: tuple[tuple[int, str, bool], ...]
    area_id: int
    offset: int
    has_more: bool
