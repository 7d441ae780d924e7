"""The coordinator's desk: everything that waits for whoever is in charge, in one message, a key for each list."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Card, Priority


@dataclass(frozen=True)
class Desk(Card):
    """To whoever is in charge: what waits for them, as it stands when they look."""

    priority = Priority.ANSWER
    person_id: int

    @property
    def subject(self) -> str:
        """Whose desk it is."""
        return f"desk:{self.person_id}"


@dataclass(frozen=True)
class DeskHours(Card):
    """To whoever is in charge: whether news comes by itself or gathered, and when."""

    priority = Priority.ANSWER
    person_id: int

    @property
    def subject(self) -> str:
        """Whose hours they are."""
        return f"desk-hours:{self.person_id}"


@dataclass(frozen=True)
class DeskView:
    """What waits where the reader is in charge, each counted as far as they may see it.

    `late`: how many of those whom nobody has taken have waited too long; `hours`: the minutes of the day of their digest
    (None: each piece of news by itself); `away_until`: they are away themselves (None: not); `away`: (name, until when) of
    others who are; `coordinates`: they could be away;
    `floods`: (community, flow, how many) of queues while very many come.
    """

    places: tuple[str, ...]
    applied: int
    renewals: int
    open: int
    late: int
    overdue: int
    disputed: int
    held: int
    unreached: int
    hours: tuple[int, ...] | None
    away_until: datetime | None
    away: tuple[tuple[str, datetime], ...]
    coordinates: bool
    now: datetime
    floods: tuple[tuple[int, str, int], ...] = ()

    @property
    def waiting(self) -> int:
        """How much waits for them to do something."""
        queued = sum(number for _, _, number in self.floods)
        return self.applied + self.late + self.overdue + self.disputed + self.unreached + queued


@dataclass(frozen=True)
class HoursView:
    """When a digest is said: minutes of the local day; None: each piece of news by itself. `place`: where it is chosen."""

    hours: tuple[int, ...] | None
    place: int
