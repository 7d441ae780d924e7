"""A time in which the program heard nobody, and what whoever is in charge reads after it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Notice, Priority


@dataclass(frozen=True)
class Outage:
    """From when to when nobody was heard. `told_area`: the last community whose coordinators know of it."""

    id: int
    since: datetime
    until: datetime
    told_area: int = 0


@dataclass(frozen=True)
class OutageOver(Notice):
    """To who is in charge of a community, once: from when to when, who was not asked, who has been asked since."""

    priority = Priority.ANSWER
    outage_id: int
    area_id: int


@dataclass(frozen=True)
class OutageView:
    """What is known of it. `not_asked` and `asked` name people, some of them where there are many; the counts count all."""

    place: str
    since: datetime
    until: datetime
    now: datetime
    not_asked: tuple[str, ...]
    not_asked_count: int
    asked: tuple[str, ...]
    asked_count: int
