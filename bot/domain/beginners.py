"""First visits of new volunteers: together with somebody who knows the way, where the community wants it so."""

from dataclasses import dataclass

from bot.domain.errors import ButtonInvalid
from bot.domain.notices import Card, Notice, Priority

# After so many finished needs nobody is new any more; 0: nobody is accompanied here.
CHOICES = (0, 1, 3, 5, 10)


def check(visits: int) -> int:
    """A number of visits that can be chosen; ButtonInvalid otherwise."""
    if visits not in CHOICES:
        raise ButtonInvalid
    return visits


@dataclass(frozen=True)
class BeginnersCard(Card):
    """To whoever is in charge: how many first visits are made together at a place."""

    priority = Priority.ANSWER
    area_id: int

    @property
    def subject(self) -> str:
        """The place that it shows."""
        return f"beginners:{self.area_id}"


@dataclass(frozen=True)
class BeginnerKnown(Notice):
    """To a volunteer: they need not be accompanied any more; somebody in charge knows them."""

    person_id: int


@dataclass(frozen=True)
class BeginnersView:
    """A place by name, and how many first visits are made together there."""

    place: str
    visits: int
