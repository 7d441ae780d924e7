"""What is read in lists, and of the files made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.listings.listing import Export, Listing
from bot.domain.needs import Need
from bot.domain.volunteers import Volunteer


@dataclass(frozen=True)
class NeedRow:
    """A need with the names of place and people. `helper` None: nobody has it; `held`: a coordinator lets the asking rest."""

    need: Need
    place: str
    resident: str
    helper: str | None
    held: bool = False


@dataclass(frozen=True)
class PersonRow:
    """A volunteer of one place. `reached`: a chat reaches them."""

    volunteer: Volunteer
    name: str
    place: str
    skills: tuple[str, ...]
    reached: bool


@dataclass(frozen=True)
class UnreachedRow:
    """Somebody whom no chat reaches since then. `place_id` None: they live nowhere we know; `telephone` None: not given, or
    not for this reader.

    `has_telephone`: one is known; `cared_for`: somebody asks every day whether they are well; `running`: what they asked for
    and is not ended.
    """

    person_id: int
    name: str
    place: str
    place_id: int | None
    since: datetime
    telephone: str | None
    has_telephone: bool
    cared_for: bool
    running: int


Row = NeedRow | PersonRow | UnreachedRow


@dataclass(frozen=True)
class Choices:
    """What can be chosen for a field: (value, name). `up`: the place above (None: there is none); `has_more`: a further page."""

    values: tuple[tuple[str, str], ...]
    has_more: bool = False
    up: int | None = None


@dataclass(frozen=True)
class ListingView:
    """A list as its reader sees it. `listing` None: it is closed. `total` counts at most so many (`more`: there are further).

    `named` are the filters' numbers by name. `searched`: words were looked for among so many of the newest only; None: among
    all. `telephones`: whether the reader may see them. `choices`: what can be chosen, on the screen of a field.
    """

    listing: Listing | None
    rows: tuple[Row, ...] = ()
    total: int = 0
    more: bool = False
    has_next: bool = False
    named: Mapping[str, str] | None = None
    searched: int | None = None
    telephones: bool = False
    choices: Choices | None = None
    now: datetime | None = None


@dataclass(frozen=True)
class ExportState:
    """How far a file has come; None: it is gone."""

    export: Export | None
    now: datetime


@dataclass(frozen=True)
class FileView:
    """A part of a file that was made. `named` are the filters' numbers by name."""

    export: Export
    part: int
    made_at: datetime
    named: Mapping[str, str]
