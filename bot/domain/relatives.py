"""Relatives: who is family to somebody cared for, what both have agreed to, and who of them is to be told.

Every permission needs two: the relative wishes it, the person agrees. Either takes it back with one tap.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.alerts import AlertNotice
from bot.domain.checkins import CheckInAnswer
from bot.domain.notices import Card, Notice, Priority


class Side(StrEnum):
    """Who looks at a relative's card, and speaks."""

    RELATIVE = "relative"
    PERSON = "person"
    COORDINATOR = "coordinator"


class Bond(StrEnum):
    """What a relative may do: answer for the person, hear each day that they are well, be the telephone that reaches them."""

    PROXY = "proxy"
    NEWS = "news"
    SHARED = "shared"


# One number says who of the two has said yes.
WISHED, AGREED = 1, 2
HOLDS = WISHED | AGREED
YES_OF = {Side.RELATIVE: WISHED, Side.PERSON: AGREED}
# Which words somebody has agreed to.
CONSENT_VERSION = 1
# A relative proposes care for so many at most who are still to be looked at.
PROPOSALS_AT_MOST = 3


class ContactState(StrEnum):
    """Whether an emergency contact wants to be told. `LISTED`: named by others, not asked yet."""

    LISTED = "listed"
    AGREED = "agreed"
    DECLINED = "declined"
    LEFT = "left"

    @property
    def stands(self) -> bool:
        """Whether they stand on the ladder: whoever has said no is not bothered."""
        return self in (ContactState.LISTED, ContactState.AGREED)


@dataclass(frozen=True)
class Relative:
    """What `relative_id` is to `person_id`. `contact_id` None: no emergency contact; `plan_id` None: they proposed nothing.

    `proxy`, `news` and `shared` add up who has said yes: 1 the relative, 2 the person, 3 it holds. `seen_by` None: nobody in
    charge has looked at the proposal; `told_on`, `told_for` None: no daily news yet.
    """

    id: int
    person_id: int
    relative_id: int
    relation: str
    contact_id: int | None = None
    plan_id: int | None = None
    seen_by: int | None = None
    proxy: int = 0
    news: int = 0
    shared: int = 0
    told_on: date | None = None
    told_for: int | None = None
    version: int = 0

    def marks(self, bond: Bond) -> int:
        """Who has said yes to it."""
        return {Bond.PROXY: self.proxy, Bond.NEWS: self.news, Bond.SHARED: self.shared}[bond]

    def may(self, bond: Bond) -> bool:
        """Whether both have said yes."""
        return self.marks(bond) == HOLDS

    def yes(self, bond: Bond, side: Side) -> "Relative":
        """One of the two says yes."""
        return self._marked(bond, self.marks(bond) | YES_OF[side])

    def no(self, bond: Bond) -> "Relative":
        """One of the two says no: it does not hold, and is asked anew when it is wished again."""
        return self._marked(bond, 0)

    def _marked(self, bond: Bond, marks: int) -> "Relative":
        if bond is Bond.PROXY:
            return replace(self, proxy=marks)
        return replace(self, news=marks) if bond is Bond.NEWS else replace(self, shared=marks)

    @property
    def waits_to_be_seen(self) -> bool:
        """Whether they proposed care, and nobody in charge has looked at it."""
        return self.plan_id is not None and self.seen_by is None


# --- what is seen ---


@dataclass(frozen=True)
class ContactView:
    """An emergency contact. `by`, `at`: who recorded their answer, and when; None: nobody yet, or they said it in the chat."""

    id: int
    plan_id: int
    person: str
    name: str
    relation: str
    telephone: str | None
    state: ContactState
    in_chat: bool
    rank: int
    reached: bool = True
    by: str | None = None
    at: datetime | None = None
    now: datetime | None = None


@dataclass(frozen=True)
class FamilyView:
    """Everybody around one person. `relatives` are (number, name, relation)."""

    plan_id: int
    person: str
    contacts: tuple[ContactView, ...]
    relatives: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class RelativeView:
    """A relative with names. `side` None: the reader has nothing to do with it. `contact` None: they are no contact.

    `in_chat`: the person reads what is asked of them themselves. `asked`: a question waits for an answer now.
    """

    relative: Relative
    person: str
    name: str
    side: Side | None
    contact: ContactState | None
    in_chat: bool
    asked: bool
    last: tuple[tuple[datetime, str], ...]
    now: datetime


@dataclass(frozen=True)
class FamilyHomeView:
    """Whom the reader is family to, and who is family to them: (number, name, relation)."""

    mine: tuple[tuple[int, str, str], ...]
    around_me: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class SkippedView:
    """Contacts who do not stand on the ladder: (name, relation, why)."""

    person: str
    skipped: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class NewsView:
    """What became known of somebody today. `by`, `relation`: through whom; None: from themselves."""

    person: str
    answer: CheckInAnswer
    at: datetime
    by: str | None
    relation: str | None
    now: datetime


@dataclass(frozen=True)
class LinkView:
    """A fresh link's payload, for whom it is, and about whom."""

    payload: str
    name: str
    person: str


# --- what is said ---


@dataclass(frozen=True)
class FamilyCard(Card):
    """To who is in charge: the family of one person, whom to tell, and who reaches them."""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan whose family it shows."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class ContactCard(Card):
    """To who is in charge: one emergency contact."""

    priority = Priority.ANSWER
    contact_id: int

    @property
    def subject(self) -> str:
        """The contact that it shows."""
        return f"contact:{self.contact_id}"


@dataclass(frozen=True)
class ContactLink(Notice):
    """To who is in charge: a link for this contact only. The link itself is made when this is sent."""

    priority = Priority.ANSWER
    contact_id: int


@dataclass(frozen=True)
class RelativeNotice(Notice):
    """Something said about a relative."""

    priority = Priority.ANSWER
    relative_id: int


class ContactAnswered(RelativeNotice):
    """To who is in charge: a contact has said yes or no, or does not want to be told any more."""


class ContactGone(RelativeNotice):
    """To a relative: you are not told any more."""


@dataclass(frozen=True)
class RelativeShown(Card):
    """A card about one relative."""

    priority = Priority.ANSWER
    relative_id: int

    @property
    def subject(self) -> str:
        """The relative that it shows."""
        return f"relative:{self.relative_id}"


class ContactAsked(RelativeShown):
    """To a relative: may I tell you when this person does not answer?"""


class RelativeCard(RelativeShown):
    """To a relative, to the person, or to who is in charge: what they may do."""


@dataclass(frozen=True)
class BondAsked(Card):
    """May they? Asked of the person, or of the relative (`side`)."""

    priority = Priority.ANSWER
    relative_id: int
    bond: str
    side: str

    @property
    def subject(self) -> str:
        """The one thing that it asks about."""
        return f"relative:{self.relative_id}:{self.bond}"


@dataclass(frozen=True)
class BondSettled(Notice):
    """To the other side: it holds now, or it does not any more."""

    priority = Priority.ANSWER
    relative_id: int
    bond: str
    yes: bool


@dataclass(frozen=True)
class FamilyHome(Notice):
    """My family: for whom I am there, and who is there for me."""

    priority = Priority.ANSWER


class ContactsSkipped(AlertNotice):
    """To who is in charge: these contacts do not stand on the ladder, and why."""


class FamilyCalled(AlertNotice):
    """To a relative who could not reach somebody: who has been told."""


@dataclass(frozen=True)
class DailyNews(Notice):
    """To a relative who wishes it: the first good answer of the day."""

    priority = Priority.REST
    relative_id: int
    checkin_id: int


@dataclass(frozen=True)
class NewsTakenBack(Notice):
    """To a relative who had heard it: the answer was taken back within ten minutes, and is asked for again."""

    priority = Priority.ANSWER
    relative_id: int
    checkin_id: int
