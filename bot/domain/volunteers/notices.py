"""What is seen and said of volunteers."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.lapses import Lapse
from bot.domain.notices import Card, Notice, Priority
from bot.domain.volunteers.volunteer import Volunteer


@dataclass(frozen=True)
class VolunteerView:
    """A volunteer with names. `decider` None: nobody, or themselves; `skills` are what may be chosen.
    `lapses`: visits of half a year that did not come about, for who is in charge.
    `accompanied`: they make their first visits together with somebody.
    """

    volunteer: Volunteer
    name: str
    place: str
    decider: str | None
    skills: tuple[str, ...]
    now: datetime
    lapses: tuple[Lapse, ...] = ()
    accompanied: bool = False


@dataclass(frozen=True)
class VolunteersView:
    """A page of a coordinator's list. `waiting`: how many applications wait in all."""

    rows: tuple[VolunteerView, ...]
    waiting: int
    offset: int
    has_more: bool


@dataclass(frozen=True)
class PlacesView:
    """Where somebody could help: (area, name), the nearest first."""

    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class VolunteerWhere(Notice):
    """Where would you like to help?"""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class VolunteerCard(Card):
    """To a volunteer, or somebody who applies: how it stands, and what comes next."""

    priority = Priority.ANSWER
    volunteer_id: int

    @property
    def subject(self) -> str:
        """The volunteer that it shows."""
        return f"volunteer:{self.volunteer_id}"


@dataclass(frozen=True)
class ApplicantCard(Card):
    """To whoever is in charge: who applies, or helps, and what can be decided."""

    volunteer_id: int

    @property
    def subject(self) -> str:
        """The volunteer that it shows."""
        return f"volunteer:{self.volunteer_id}"


@dataclass(frozen=True)
class VolunteersList(Notice):
    """To whoever is in charge: applications that wait, then everybody else; `offset` counts rows."""

    priority = Priority.ANSWER
    offset: int = 0


@dataclass(frozen=True)
class VolunteerNotice(Notice):
    """Something said about somebody's volunteering."""

    volunteer_id: int


class VolunteerAsked(VolunteerNotice):
    """To an applicant: please write it in your own words (who vouches, or whose parents agree)."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class ReasonAsked(VolunteerNotice):
    """To whoever decides: please write why, in words that the other will read. `what` is "decline" or "suspend"."""

    priority = Priority.ANSWER
    what: str


class VolunteerWaits(VolunteerNotice):
    """To whoever is in charge and gets a digest: somebody has applied."""


class VolunteerApproved(VolunteerNotice):
    """To an applicant: welcome."""


class VolunteerDeclined(VolunteerNotice):
    """To an applicant: not now, and why."""


class VolunteerSuspended(VolunteerNotice):
    """To a volunteer: nobody asks you for now, and why."""


class VolunteerResumed(VolunteerNotice):
    """To a volunteer: you may help again."""


class VolunteerRetired(VolunteerNotice):
    """To a volunteer: thank you for everything."""


class RenewalAsked(VolunteerNotice):
    """To a volunteer: do you go on for another year?"""


class VolunteerLapsed(VolunteerNotice):
    """To a volunteer: your year is over; one tap and you are back."""
