"""Handovers: whoever goes asks somebody by name to go instead; until they say yes it stays with whoever has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.needs import Need, NeedCard, NeedNotice, Urgency
from bot.domain.notices import Notice, Priority

# Not answered within so long, it counts as no, and whoever asked hears it.
ANSWERED_WITHIN: Mapping[Urgency, timedelta] = {
    Urgency.NOW: timedelta(minutes=5),
    Urgency.TODAY: timedelta(hours=1),
    Urgency.WEEK: timedelta(hours=12),
}


@dataclass(frozen=True)
class Handover:
    """`from_id` has asked `to_id` to go instead; the question is open until `act_at`."""

    need_id: int
    from_id: int
    to_id: int
    asked_at: datetime
    act_at: datetime


def asked(need: Need, from_id: int, to_id: int, now: datetime) -> Handover:
    """The question, open for as long as the need can wait for its answer."""
    return Handover(need.id, from_id, to_id, now, now + ANSWERED_WITHIN[need.pressing(now)])


@dataclass(frozen=True)
class HandoverWhom(Notice):
    """To whoever goes: who could go instead, from the `offset`-th on."""

    priority = Priority.ANSWER
    need_id: int
    offset: int = 0


class HandoverCard(NeedCard):
    """To whoever is asked to go instead: the need, and yes or no."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class HandoverNotice(NeedNotice):
    """To whoever asked: what became of their question to this person."""

    person_id: int


class HandoverDeclined(HandoverNotice):
    """They cannot."""


class HandoverRanOut(HandoverNotice):
    """They have not answered in time."""


class HandoverDone(HandoverNotice):
    """They go instead."""


class HandoverTold(NeedNotice):
    """To the resident: somebody else comes."""


@dataclass(frozen=True)
class HandoverView:
    """Who is asked, by name, and until when; None: the question is over."""

    name: str
    until: datetime | None = None
