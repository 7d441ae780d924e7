"""What is seen of a need, by whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.closings import UNSAID, Closing, HelperSide
from bot.domain.enclosures import NOTHING, Behind, Enclosed
from bot.domain.needs.need import Need, State
from bot.domain.receipts import Budget
from bot.domain.recurrences import RecurrenceLine
from bot.domain.reopenings import Reopening
from bot.domain.visits import AtDoor


class Reader(StrEnum):
    """As what somebody reads a card."""

    RESIDENT = "resident"
    CLAIMER = "claimer"
    ALONG = "along"
    HELPER = "helper"
    GROUP = "group"


@dataclass(frozen=True)
class Company:
    """Who goes to a need together, or went, by name, whoever leads first; `beside`: the same without the reader.

    `missing`: so many more are wanted. `alone`: nobody should go yet; `unaccompanied`: because somebody experienced is
    missing. `went`: the reader is one of them.
    """

    going: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    missing: int = 0
    alone: bool = False
    unaccompanied: bool = False
    went: bool = False

    @property
    def seats(self) -> int:
        """How many are to go."""
        return len(self.going) + self.missing


@dataclass(frozen=True)
class Handing:
    """Somebody is asked to go instead: the name of the other side, and until when the question is open."""

    name: str
    until: datetime


@dataclass(frozen=True)
class NeedView:
    """A need with what its reader may see. `contact` (door, telephone, each perhaps None) only for whoever has it now.

    `hidden`: the reader may see it, but only after a tap on this very message. `owner` is the coordinator who sees to it
    next (None: there is none); `reason`, `skilled` and `speaks` say why the reader was asked (None: not); `answer` is what
    they said, `again_at` when they want to be asked once more. `by_reader`: it is the reader who has it, or had it last.
    `withheld`: the reader may not see it (any more), and nothing of it is in here. `enclosed` is how much can be heard and seen;
    `whom` names the person it is for where names may be seen (None: the resident); `behind` is only for whoever has it now.
    `withheld`: the reader may not see it (any more), and nothing of it is in here. `closing`: what they can say once it is over.
    `again`: why the resident opened it again; None: they did not. `helper_side`: what whoever helped says of a dispute.
    `repeats`: it comes again.
    `turn_at`: very many are asking, and neighbours are asked for this one then; None: they have been.
    `door` is what the two sides know of each other while somebody has it, None: to anybody else; `budget` is what the resident
    says of the money, None: nothing.
    """

    need: Need
    place: str
    resident: str
    claimer: str | None
    owner: str | None
    reader: Reader
    now: datetime
    contact: tuple[str | None, str | None] | None = None
    hidden: bool = False
    reason: str | None = None
    skilled: bool = False
    answer: str | None = None
    speaks: bool = False
    again_at: datetime | None = None
    by_reader: bool = False
    withheld: bool = False
    enclosed: Enclosed = NOTHING
    whom: str | None = None
    behind: Behind | None = None
    closing: Closing = UNSAID
    again: Reopening | None = None
    helper_side: HelperSide | None = None
    repeats: bool = False
    company: Company = Company()
    handing: Handing | None = None

    door: AtDoor | None = None
    budget: Budget | None = None
    turn_at: datetime | None = None

    @property
    def wanting(self) -> bool:
        """Whether people are being asked for it."""
        return self.need.state is State.OPEN or (self.need.state is State.CLAIMED and self.company.missing > 0)


@dataclass(frozen=True)
class NeedsView:
    """A page of needs. `has_more` True: there is a further page from `offset` + the page's length."""

    views: tuple[NeedView, ...]
    offset: int
    has_more: bool


@dataclass(frozen=True)
class MineView:
    """What somebody asked for, what they have taken on, and what comes again for them."""

    asked: tuple[NeedView, ...]
    taken: tuple[NeedView, ...]
    recurring: tuple[RecurrenceLine, ...] = ()
