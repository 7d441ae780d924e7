"""What is said about needs, and the cards that show them."""

from dataclasses import dataclass

from bot.domain.notices import Card, Notice, Priority


@dataclass(frozen=True)
class NeedsAround(Notice):
    """A list of needs where this person's roles reach, from the `offset`-th on."""

    priority = Priority.ANSWER
    offset: int = 0


@dataclass(frozen=True)
class MyNeeds(Notice):
    """What this person asked for and has taken on."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class ReleaseAsked(Notice):
    """Why is the claim given back?"""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class ArrivalAsked(Notice):
    """When do you come, if not then?"""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class OutcomeAsked(Notice):
    """What came of it?"""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RemarkAsked(Notice):
    """What is wrong? Please write it."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RemarkKept(Notice):
    """A coordinator has it now."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class NeedNotice(Notice):
    """Something said once about a need."""

    need_id: int


@dataclass(frozen=True)
class NeedCard(Card):
    """A message that shows a need and follows it."""

    need_id: int

    @property
    def subject(self) -> str:
        """The need that it shows."""
        return f"need:{self.need_id}"


class ResidentCard(NeedCard):
    """To the resident: their need and where it stands."""

    priority = Priority.ANSWER


class ClosingCard(NeedCard):
    """To the resident: was it done well? Then the stars."""


class OfferCard(NeedCard):
    """To a volunteer: the need, why they are asked; after their claim the address and the next steps."""

    priority = Priority.OFFER


class GroupCard(NeedCard):
    """To the community's group: the need without name, door or telephone."""

    priority = Priority.OFFER


class DeskCard(NeedCard):
    """To a coordinator: the need with what they can do about it."""


class NeedClaimed(NeedNotice):
    """To the resident: who comes."""


class NeedArrival(NeedNotice):
    """To the resident: when they come."""


class NeedReopened(NeedNotice):
    """To the resident: whoever had it cannot come; others are asked."""


class NeedWaits(NeedNotice):
    """To the resident: nobody has taken it yet; what happens next and who sees to it."""


class NeedUnclaimed(NeedNotice):
    """To coordinators: nobody has taken it in time."""


class NeedStillNeeded(NeedNotice):
    """To the resident: it ends in two days at most unless they say that it is still needed."""


class NeedExpired(NeedNotice):
    """To resident and coordinators: nobody was found in two weeks."""


class NeedCancelled(NeedNotice):
    """To whoever had claimed it: it is not needed any more."""


class NeedDisputed(NeedNotice):
    """To coordinators: the resident says that something is wrong."""


class NeedSettled(NeedNotice):
    """To resident and claimer: the coordinator has decided."""


class NeedTrouble(NeedNotice):
    """To coordinators: a visit ended partly done, or nobody was at home."""


class NeedConfirmedByItself(NeedNotice):
    """To coordinators: the resident did not answer for 48 hours."""


class StillOnIt(NeedNotice):
    """To the claimer: nothing was heard; are they still on it?"""

    priority = Priority.CHECK_IN


class HelpSoon(NeedNotice):
    """To the claimer: the day and hour at which they are expected come near."""

    priority = Priority.CHECK_IN


class ClaimLapsed(NeedNotice):
    """To whoever had it: it was given to others."""
