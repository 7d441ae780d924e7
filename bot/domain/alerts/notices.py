"""What is seen and said of alerts."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.alerts.alert import Alert
from bot.domain.notices import Card, Notice, Priority
from bot.domain.remarks import Remark


@dataclass(frozen=True)
class AlertView:
    """An alert with what its reader may see. `details` only for whoever has it: address, telephones, notes, last answers."""

    alert: Alert
    person: str
    place: str
    taker: str | None
    told: tuple[str, ...]
    mine: bool
    in_charge: bool
    now: datetime
    due_at: datetime | None = None
    joined: tuple[str, ...] = ()
    along: bool = False
    offered: str | None = None
    offered_to_me: bool = False
    last: tuple[tuple[datetime, str], ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    details: "AlertDetails | None" = None
    hidden: bool = False
    # What was added: photos and voice notes (number, kind); what was noted; what the person wrote, only for whoever has it.
    sent: tuple[tuple[int, str], ...] = ()
    notes: tuple[Remark, ...] = ()
    said: tuple[Remark, ...] = ()
    wellbeing: tuple[tuple[str, bool, date], ...] = ()
    where_known: bool = False
    where_asked: bool = False
    # Who went and does not answer: name, telephone (None: not known).
    visitor: tuple[str, str | None] | None = None
    # Which of the last answers family has given: (when, name, relation); who else uses this telephone.
    proxies: tuple[tuple[datetime, str, str], ...] = ()
    sharing: tuple[str, ...] = ()
    # The reader was told as an emergency contact.
    family: bool = False
    # The reader may have somebody look again.
    may_follow: bool = False


@dataclass(frozen=True)
class AlertDetails:
    """What whoever goes needs. `contacts` are (name, relation, telephone)."""

    door: str | None
    telephone: str | None
    notes: str | None
    contacts: tuple[tuple[str, str, str | None], ...]
    # Whether somebody may come in; None: nobody has said.
    may_enter: bool | None = None


@dataclass(frozen=True)
class AlertCard(Card):
    """To everyone on the ladder: who must be looked after, why, who goes, what was found."""

    priority = Priority.LIFE
    alert_id: int

    @property
    def subject(self) -> str:
        """The alert that it shows."""
        return f"alert:{self.alert_id}"


@dataclass(frozen=True)
class AlertNotice(Notice):
    """Something said once about an alert."""

    priority = Priority.LIFE
    alert_id: int


class AlertRaisedAgain(AlertNotice):
    """To everyone told before: it was taken on and left, or became graver; please look."""


class AlertTakenOn(AlertNotice):
    """To everyone told before: somebody is going."""

    priority = Priority.ANSWER


class AlertAnsweredLate(AlertNotice):
    """To everyone told before: the person has answered themselves."""

    priority = Priority.ANSWER


class AlertStillYours(AlertNotice):
    """To whoever has it: the person has answered; please record what it was."""


class AlertAskOutcome(AlertNotice):
    """To whoever has it: what did you find?"""


@dataclass(frozen=True)
class RungEmpty(Notice):
    """To coordinators: nobody stands on these rungs ("duty,neighbour"), and what that means."""

    priority = Priority.LIFE
    alert_id: int
    whom: str


@dataclass(frozen=True)
class PleaseRing(Card):
    """To who is in charge, or whoever is on it: these contacts have a telephone only; please ring them."""

    priority = Priority.LIFE
    alert_id: int

    @property
    def subject(self) -> str:
        """The alert, so that the telephones are gone when it has ended."""
        return f"alert:{self.alert_id}"


class AlertNews(AlertNotice):
    """To who is in charge, and to everyone told: what was found."""

    priority = Priority.ANSWER


class AlertReasonAsked(AlertNotice):
    """To whoever recorded a false alarm: what was behind it?"""

    priority = Priority.ANSWER


class VisitorAsked(AlertNotice):
    """To whoever went and has not come back: are you well yourself?"""


@dataclass(frozen=True)
class VisitorSilent(AlertNotice):
    """To who is in charge: this person went, and does not answer."""

    person_id: int = 0


@dataclass(frozen=True)
class HelpIsComing(Notice):
    """To the person who asked for help: who has been told, and the public emergency number."""

    priority = Priority.LIFE
    alert_id: int


@dataclass(frozen=True)
class SomebodyComes(Notice):
    """To the person themselves: who is coming, and when."""

    priority = Priority.ANSWER
    alert_id: int
