"""Somebody's home, for whoever goes there: the door, the telephone, whether one may come in, and in which language to speak."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Card, Notice, Priority
from bot.domain.people import Language
from bot.domain.plans import Plan


@dataclass(frozen=True)
class DoorView:
    """A home with names. `reached`: a chat reaches the person. `neighbour` has agreed, `asked` has not answered yet."""

    plan: Plan
    person: str
    language: Language
    has_door: bool
    has_telephone: bool
    reached: bool
    neighbour: str | None
    asked: str | None
    now: datetime


@dataclass(frozen=True)
class DoorCard(Card):
    """To whoever plans it: what is known of somebody's home."""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that it belongs to."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class EnterCard(Card):
    """To the person: may somebody come in when you do not answer?"""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that it belongs to."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class DoorWanted(Notice):
    """To the person: which door is yours? A tap, and then they write it."""

    priority = Priority.ANSWER
    plan_id: int


@dataclass(frozen=True)
class AskDoorOf(Notice):
    """To a coordinator: which door, which telephone?"""

    priority = Priority.ANSWER
    plan_id: int
