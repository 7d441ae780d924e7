"""A row that time cannot move on: somebody must look by hand."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.notices import Notice, Priority

# It is tried each minute; so often is too often to be told.
TOLD_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Stuck(Notice):
    """To who is in charge: time cannot move this on by itself, please look.

    `kind` is alerts, checkins, plans, surges, askings, followups or knocks.
    """

    priority = Priority.LIFE
    kind: str
    number: int


@dataclass(frozen=True)
class StuckView:
    """Whom it concerns. `person` None: not one person."""

    person: str | None
    place: str | None
