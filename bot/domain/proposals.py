"""Proposals: family asks for somebody to be looked after; the person agrees, and who is in charge looks at it first."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices import Card, Notice, Priority
from bot.domain.people import PlaceChoice
from bot.domain.plans import PlanState
from bot.domain.relatives import Relative


@dataclass(frozen=True)
class ProposalView:
    """A proposal with names. `seen` None: nobody in charge has looked. `agreed`: the person has said yes."""

    relative: Relative
    person: str
    name: str
    place: str
    state: PlanState
    agreed: bool
    in_chat: bool
    seen: str | None
    mine: bool
    now: datetime
    # Who else has given this telephone: perhaps the same person under another name.
    alike: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposalPlace(Notice):
    """Where do they live? `area_id` None: the top."""

    priority = Priority.ANSWER
    area_id: int | None = None
    page: int = 0


@dataclass(frozen=True)
class ProposalPlaceView:
    """Places to choose from, and where the reader lives themselves; None: nowhere known."""

    choice: PlaceChoice
    home: int | None


@dataclass(frozen=True)
class AskProposal(Notice):
    """Who is it? Please write name, relation, telephone."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class ProposalCard(Card):
    """To who is in charge: family proposes care for somebody."""

    priority = Priority.ANSWER
    relative_id: int
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan that was proposed."""
        return f"plan:{self.plan_id}"


@dataclass(frozen=True)
class ProposalNotice(Notice):
    """Something said about a proposal."""

    priority = Priority.ANSWER
    relative_id: int


class ProposalTaken(ProposalNotice):
    """To whoever proposed it: who is asked now, and what comes next."""


class ProposalWaits(ProposalNotice):
    """To the person, who has said yes: who is in charge looks at it, then it begins."""
