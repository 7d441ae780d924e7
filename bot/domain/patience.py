"""How long somebody is waited for: the time to answer, the reminders before its end, and how early a sign of life counts."""

import re
from dataclasses import dataclass, replace

from bot.domain.errors import ButtonInvalid, PatienceUnclear
from bot.domain.notices import Card, Notice, Priority
from bot.domain.plans import Plan

SHORTEST_GRACE, LONGEST_GRACE = 15, 240
NUDGES_AT_MOST = 3
LONGEST_EARLY = 360


def waits(plan: Plan, minutes: int) -> Plan:
    """So many minutes to answer (15 to 240); reminders that would come before the question fall away. PatienceUnclear."""
    if not SHORTEST_GRACE <= minutes <= LONGEST_GRACE:
        raise PatienceUnclear
    return replace(plan, grace_minutes=minutes, nudges=tuple(one for one in plan.nudges if one < minutes))


def reminds(plan: Plan, nudges: tuple[int, ...]) -> Plan:
    """Reminded so many minutes before the end, three times at most; PatienceUnclear for what does not fit into the time."""
    fitting = all(0 < one < plan.grace_minutes for one in nudges)
    if not fitting or len(nudges) > NUDGES_AT_MOST:
        raise PatienceUnclear
    return replace(plan, nudges=tuple(sorted(set(nudges), reverse=True)))


def early(plan: Plan, minutes: int) -> Plan:
    """A sign of life so long before the question answers it (0: none does; at most six hours). PatienceUnclear."""
    if not 0 <= minutes <= LONGEST_EARLY:
        raise PatienceUnclear
    return replace(plan, early_minutes=minutes)


def written(plan: Plan, words: str) -> Plan:
    """As somebody writes it: the minutes to answer, then each reminder's before the end: "45 20 5"; PatienceUnclear."""
    numbers = [int(one) for one in re.findall(r"\d{1,4}", words)]
    if not numbers:
        raise PatienceUnclear
    return reminds(waits(replace(plan, nudges=()), numbers[0]), tuple(numbers[1:]))


def tapped_nudges(code: str) -> tuple[int, ...]:
    """The reminders that a button names ("30-10"; "": none); ButtonInvalid for anything else."""
    if re.fullmatch(r"(\d{1,3}(-\d{1,3})*)?", code, re.ASCII) is None:
        raise ButtonInvalid
    return tuple(int(part) for part in code.split("-") if part)


@dataclass(frozen=True)
class PatienceCard(Card):
    """To whoever plans it: how long somebody is waited for."""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that it shows."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class AskPatience(Notice):
    """How many minutes?"""

    priority = Priority.ANSWER
    plan_id: int
