"""Deputies: a coordinator is away for some days, and the others of the place hear and see to what comes in meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Notice, Priority

DAYS = (1, 3, 7, 14)
# They are told again from the morning of that day on, in minutes of the local day.
BACK_AT = 7 * 60


@dataclass(frozen=True)
class Leave:
    """Who is away until when."""

    person_id: int
    until_at: datetime


@dataclass(frozen=True)
class DeputyAsked(Notice):
    """To a coordinator: for how long are you away?"""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class DeputyStands(Notice):
    """To the other coordinators of a place: somebody is away, you stand in."""

    person_id: int
    area_id: int


@dataclass(frozen=True)
class DeputyOver(Notice):
    """To a coordinator: you are told again."""


@dataclass(frozen=True)
class DeputyView:
    """Who is away (`until_at` None: they are back), where, and who stands in there: (place, names)."""

    name: str
    until_at: datetime | None
    stands_in: tuple[tuple[str, tuple[str, ...]], ...]
    now: datetime
