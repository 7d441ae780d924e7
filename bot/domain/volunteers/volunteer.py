"""Volunteers: who would like to help applies in the chat, is approved, renewed, may rest or stop."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.errors import VolunteerNotSo
from bot.domain.volunteers.rules import Rules

YEAR = timedelta(days=365)
ASKED_BEFORE = timedelta(days=30)
# An application that nobody has answered is shown to whoever is in charge again after so long.
REMIND_AFTER = timedelta(days=3)
# A half-written application is forgotten after so long.
WRITTEN_WITHIN = timedelta(days=30)
# Whoever still has something on the day is not stopped in the middle of it.
LAPSE_LATER = timedelta(days=1)


class Standing(StrEnum):
    """Where somebody stands as a volunteer of one place."""

    WRITING = "writing"
    APPLIED = "applied"
    ACTIVE = "active"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    RETIRED = "retired"
    LAPSED = "lapsed"


class Step(StrEnum):
    """What an application asks next."""

    SKILLS = "skills"
    LANGUAGES = "languages"
    HOURS = "hours"
    AGE = "age"
    GUARDIAN = "guardian"
    REFERENCES = "references"
    RULES = "rules"


class Hours(StrEnum):
    """When somebody can mostly help."""

    MORNINGS = "mornings"
    AFTERNOONS = "afternoons"
    EVENINGS = "evenings"
    WEEKENDS = "weekends"


class Spoken(StrEnum):
    """What somebody speaks."""

    MANDARIN = "mandarin"
    DIALECT = "dialect"
    ENGLISH = "english"


# Several can be chosen of these; the others are one answer.
CHOSEN = (Step.SKILLS, Step.LANGUAGES, Step.HOURS)


@dataclass(frozen=True)
class About:
    """What an applicant says of themselves. `guardian` and `references` are their own words; empty: not asked or not said."""

    step: Step = Step.SKILLS
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    adult: bool = True
    guardian: str = ""
    references: str = ""

    def toggled(self, step: Step, what: str) -> "About":
        """One more is chosen, or one less."""
        if step is Step.SKILLS:
            return replace(self, skills=_toggled(self.skills, what))
        if step is Step.LANGUAGES:
            return replace(self, languages=_toggled(self.languages, what))
        return replace(self, hours=_toggled(self.hours, what))

    def next(self, rules: Rules) -> "About":
        """The question of this step is answered."""
        # The community may have changed what it asks while somebody was answering.
        order = [step for step in Step if step is self.step or self._asks(step, rules)]
        return replace(self, step=next(iter(order[order.index(self.step) + 1 :]), Step.RULES))

    def _asks(self, step: Step, rules: Rules) -> bool:
        if step is Step.GUARDIAN:
            return not self.adult
        return step is not Step.REFERENCES or rules.references

    def data(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def parse(data: str) -> "About":
        """As it was kept."""
        read: dict[str, Any] = json.loads(data)
        return About(
            step=Step(read["step"]),
            skills=tuple(read["skills"]),
            languages=tuple(read["languages"]),
            hours=tuple(read["hours"]),
            adult=bool(read["adult"]),
            guardian=read["guardian"],
            references=read["references"],
        )


def _toggled(before: tuple[str, ...], what: str) -> tuple[str, ...]:
    return tuple(one for one in before if one != what) if what in before else (*before, what)


@dataclass(frozen=True)
class Volunteer:
    """Somebody as a volunteer of one place. None: nothing said, no rules agreed to, nobody decided, nothing waits."""

    id: int
    person_id: int
    area_id: int
    state: Standing
    about: About | None = None
    rules: int | None = None
    agreed_at: datetime | None = None
    decided_by: int | None = None
    reason: str | None = None
    renew_at: datetime | None = None
    asked_at: datetime | None = None
    act_at: datetime | None = None
    version: int = 0

    def write(self, about: About, now: datetime) -> "Volunteer":
        """An application is being written, or written anew."""
        self._must_be(Standing.WRITING, Standing.DECLINED, Standing.RETIRED, Standing.LAPSED)
        return replace(self, state=Standing.WRITING, about=about, reason=None, act_at=now + WRITTEN_WITHIN)

    def apply(self, rules: Rules, now: datetime) -> "Volunteer":
        """They have read the rules and agree: whoever is in charge decides."""
        self._must_be(Standing.WRITING, Standing.LAPSED)
        return replace(
            self,
            state=Standing.APPLIED,
            rules=rules.version,
            agreed_at=now,
            decided_by=None,
            reason=None,
            act_at=now + REMIND_AFTER,
        )

    def approve(self, by: int, now: datetime) -> "Volunteer":
        """They may help, for a year."""
        self._must_be(Standing.APPLIED)
        return replace(self._for_a_year(now), state=Standing.ACTIVE, decided_by=by, reason=None)

    def decline(self, by: int, reason: str) -> "Volunteer":
        """Not now; they hear why."""
        self._must_be(Standing.APPLIED)
        return replace(self, state=Standing.DECLINED, decided_by=by, reason=reason, act_at=None)

    def suspend(self, by: int, reason: str) -> "Volunteer":
        """They are asked for nothing until somebody has talked with them."""
        self._must_be(Standing.ACTIVE)
        return replace(self, state=Standing.SUSPENDED, decided_by=by, reason=reason, act_at=None)

    def resume(self, by: int, now: datetime) -> "Volunteer":
        """They may help again."""
        self._must_be(Standing.SUSPENDED)
        return replace(self._for_a_year(now), state=Standing.ACTIVE, decided_by=by, reason=None)

    def retire(self, by: int | None) -> "Volunteer":
        """They stop, with thanks."""
        self._must_be(Standing.ACTIVE, Standing.APPLIED, Standing.SUSPENDED, Standing.WRITING)
        return replace(self, state=Standing.RETIRED, decided_by=by, renew_at=None, act_at=None)

    def renew(self, rules: Rules, now: datetime) -> "Volunteer":
        """They go on for another year, and agree to the rules as they are now."""
        self._must_be(Standing.ACTIVE)
        return replace(self._for_a_year(now), rules=rules.version, agreed_at=now)

    def asked(self, now: datetime) -> "Volunteer":
        """They are asked whether they go on; nobody who is asked late has less time to answer."""
        renew_at = max(self.renew_at or now, now + ASKED_BEFORE)
        return replace(self, asked_at=now, renew_at=renew_at, act_at=renew_at)

    def lapse(self) -> "Volunteer":
        """The year is over and nobody has said that they go on."""
        self._must_be(Standing.ACTIVE)
        return replace(self, state=Standing.LAPSED, decided_by=None, renew_at=None, act_at=None)

    def _for_a_year(self, now: datetime) -> "Volunteer":
        return replace(self, renew_at=now + YEAR, asked_at=None, act_at=now + YEAR - ASKED_BEFORE)

    def _must_be(self, *states: Standing) -> None:
        if self.state not in states:
            raise VolunteerNotSo


def by_invitation(person_id: int, area_id: int, now: datetime) -> Volunteer:
    """Somebody who came by a coordinator's link: approved already, and asked again in a year."""
    return Volunteer(0, person_id, area_id, Standing.ACTIVE)._for_a_year(now)
