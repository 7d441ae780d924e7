"""The neighbour whom somebody cared for has chosen: asked first, told when there is no answer, free to step back."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import NeighbourNotSo
from bot.domain.notices import Card, Notice, Priority
from bot.domain.plans import Plan


def asks(plan: Plan, person_id: int) -> Plan:
    """This neighbour is asked; until they agree whoever was the neighbour stays it. NeighbourNotSo: they are it already."""
    if person_id in (plan.neighbour_id, plan.person_id):
        raise NeighbourNotSo
    return replace(plan, neighbour_asked=person_id)


def agrees(plan: Plan, person_id: int) -> Plan:
    """Whoever was asked is the neighbour now; NeighbourNotSo for anybody else."""
    if plan.neighbour_asked != person_id:
        raise NeighbourNotSo
    return replace(plan, neighbour_id=person_id, neighbour_asked=None)


def leaves(plan: Plan, person_id: int) -> Plan:
    """They would rather not, or not any more; NeighbourNotSo for whoever is neither asked nor the neighbour."""
    if person_id not in (plan.neighbour_asked, plan.neighbour_id):
        raise NeighbourNotSo
    return replace(
        plan,
        neighbour_asked=None if plan.neighbour_asked == person_id else plan.neighbour_asked,
        neighbour_id=None if plan.neighbour_id == person_id else plan.neighbour_id,
    )


@dataclass(frozen=True)
class NeighbourView:
    """Who asks whom. `asked` and `agreed` say how it stands with the reader of a card, or with the person named."""

    plan: Plan
    person: str
    place: str
    asked: bool
    agreed: bool
    named: str
    now: datetime


@dataclass(frozen=True)
class NeighboursView:
    """People who live near: (number, name, place), nearest first."""

    plan: Plan
    person: str
    rows: tuple[tuple[int, str, str], ...]
    offset: int
    has_more: bool


@dataclass(frozen=True)
class NeighbourChoice(Notice):
    """To a coordinator: who is to be the neighbour?"""

    priority = Priority.ANSWER
    plan_id: int
    offset: int = 0


@dataclass(frozen=True)
class NeighbourCard(Card):
    """To a neighbour: would you look when they do not answer?"""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that it belongs to."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class NeighbourAnswered(Notice):
    """To whoever is in charge: the neighbour agrees, or would rather not, or not any more."""

    plan_id: int
    neighbour_id: int
    yes: bool
