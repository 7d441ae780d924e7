"""People: who they are, what they may be, and how they are called."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import TextEmpty, TextTooLong
from bot.domain.notices import Notice, Priority

NAME_LIMIT = 40
DOOR_LIMIT = 80


class Language(StrEnum):
    """A language that everything is said in."""

    CHINESE = "zh"
    ENGLISH = "en"

    @classmethod
    def of(cls, code: str | None, otherwise: "Language") -> "Language":
        """The language for Telegram's `code` ("zh-hans", "en-GB"), or `otherwise` when it says nothing."""
        if not code:
            return otherwise
        return cls.CHINESE if code.lower().startswith("zh") else cls.ENGLISH


class Role(StrEnum):
    """What a person may be, within an area and all below it. Whoever is enrolled is a resident without any grant."""

    VOLUNTEER = "volunteer"
    LEADER = "leader"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Grant:
    """A role that somebody holds within an area."""

    role: Role
    area_id: int


@dataclass(frozen=True)
class Person:
    """Anyone the program knows. `building_id` None: enrolled nowhere; `telephone` (+E.164) and `door` None: not given."""

    id: int
    name: str
    language: Language
    telephone: str | None = None
    door: str | None = None
    building_id: int | None = None
    menu: int = 0
    version: int = 0


@dataclass(frozen=True)
class Actor:
    """A person about to do something, with the roles they hold."""

    person: Person
    grants: tuple[Grant, ...] = ()

    @property
    def id(self) -> int:
        """The person's number."""
        return self.person.id

    def is_a(self, *roles: Role) -> bool:
        """Whether they hold one of these roles anywhere."""
        return any(grant.role in roles for grant in self.grants)


def tidy(words: str) -> str:
    """Words on one line, without control and direction characters that could disturb the text around them."""
    kept = "".join(
        " " if char.isspace() else char for char in words if unicodedata.category(char)[0] != "C" or char.isspace()
    )
    return re.sub(r" +", " ", kept).strip()


def legible_name(words: str) -> str:
    """A name as we keep it; TextEmpty when nothing of it can be read, TextTooLong beyond 40 characters."""
    name = tidy(words)
    if not name:
        raise TextEmpty
    if len(name) > NAME_LIMIT:
        raise TextTooLong(len(name), NAME_LIMIT)
    return name


# Telephones as people write them: with the country in front; a Chinese mobile; a landline with its area; digits alone.
TELEPHONE = re.compile(
    r"(?<![\d+])(?:\+\d(?:[ -]?\d){7,14}|1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8}|\d{10,15})(?!\d)"
)
# What people write in front of their number, and is no part of an address.
LABEL = re.compile(
    r"(?:(?:我的?)?(?:联系)?(?:电话|手机)号?码?是?|\btel(?:ephone)?|\bphone)\s*[.:：]?\s*$", re.IGNORECASE
)


def telephone_in(words: str, *, country: str = "86") -> tuple[str | None, str]:
    """The telephone in `words` as +E.164, and the words without it: "2单元301 13800138000" → ("+8613800138000", "2单元301").

    A number without + is taken to be of `country`; a leading 0 (trunk prefix) is dropped, as E.164 has none. The words lose
    what only announces the number, and are none when no letter or digit is left: "电话：13800138000。" says no door.
    """
    found = TELEPHONE.search(words)
    if found is None:
        return None, tidy(words)
    digits = re.sub(r"[ -]", "", found.group())
    number = digits if digits.startswith("+") else f"+{country}{digits.lstrip('0')}"
    before = LABEL.sub("", words[: found.start()])
    rest = f"{before} {words[found.end() :]}".replace("，", " ").replace(",", " ")
    return number, tidy(rest) if _says_something(rest) else ""


def _says_something(words: str) -> bool:
    return any(char.isalnum() for char in words)


def legible_door(words: str) -> str:
    """Unit and door as we keep them; TextEmpty without a letter or digit, TextTooLong (beyond 80 characters)."""
    door = tidy(words)
    if not _says_something(door):
        raise TextEmpty
    if len(door) > DOOR_LIMIT:
        raise TextTooLong(len(door), DOOR_LIMIT)
    return door


# --- what is said to people about themselves ---


class Answering(Notice):
    """Something said to whoever just acted."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class ChooseLanguage(Answering):
    """Welcome; which language? `place` names where the link leads; empty: nowhere yet."""

    area_id: int | None = None


@dataclass(frozen=True)
class AskMove(Answering):
    """You live elsewhere: have you moved to this place?"""

    area_id: int


@dataclass(frozen=True)
class ChooseName(Answering):
    """What may we call you?"""


@dataclass(frozen=True)
class ChoosePlace(Answering):
    """Where do you live? `area_id` is the node whose children are shown; None: the top. `page` counts from 0.

    `draft` is the number of the draft whose place is asked for; 0: where the reader lives.
    """

    area_id: int | None = None
    page: int = 0
    draft: int = 0


@dataclass(frozen=True)
class Enrolled(Answering):
    """You belong here now; this is how it works."""


@dataclass(frozen=True)
class RoleGiven(Answering):
    """You are now a volunteer (leader, coordinator, administrator) of this place."""

    role: str
    area_id: int


@dataclass(frozen=True)
class InvitationMade(Answering):
    """A link that gives a role to the first who opens it. The link itself is made when this is sent: it is written nowhere."""

    role: str
    area_id: int


@dataclass(frozen=True)
class Me(Answering):
    """What is known of you."""


@dataclass(frozen=True)
class SeenBy(Answering):
    """Who saw your contact data, when and for what: a page, counted from 0."""

    page: int


@dataclass(frozen=True)
class ContactKept(Answering):
    """Door and telephone are kept."""


@dataclass(frozen=True)
class Help(Answering):
    """What this person can do."""


@dataclass(frozen=True)
class AskContact(Answering):
    """Unit, door, telephone: asked only when needed. `draft` is the number of the draft that waits for it; 0: none."""

    draft: int = 0


@dataclass(frozen=True)
class AskName(Answering):
    """Please write your name."""


@dataclass(frozen=True)
class LanguageChanged(Answering):
    """Everything is in this language now."""


@dataclass(frozen=True)
class MenuChanged(Notice):
    """Not words but the command menu of this chat, in this person's language and for their roles."""


@dataclass(frozen=True)
class PlaceChoice:
    """The children of one place to choose from. `here` None: the top; `back_to`: where "back" leads (0: the top; None: nowhere);
    `has_more`: there is a further page."""

    here: str | None
    here_id: int | None
    back_to: int | None
    choices: tuple[tuple[int, str, bool], ...]
    page: int
    has_more: bool


@dataclass(frozen=True)
class InvitationView:
    """A fresh invitation's payload, and the name of the place that it is for."""

    payload: str
    place: str


@dataclass(frozen=True)
class PersonView:
    """What a person reads about themselves. `place` None: enrolled nowhere; `roles` are (role, place's name).

    `seen_by` are (who, when, for what), newest first; `more`: there are older ones.
    """

    person: Person
    place: str | None
    roles: tuple[tuple[Role, str], ...]
    seen_by: tuple[tuple[str, datetime, str], ...]
    now: datetime
    # Their own care plan, and whether it is paused; None: they are not asked every day.
    plan_id: int | None = None
    away: bool = False
    more: bool = False
    skills: tuple[str, ...] = ()
    # How many visits of half a year that did not come about are noted.
    lapses: int = 0
    # What they have given this year, as far as it is known.
    minutes: int = 0

    @property
    def helps(self) -> bool:
        """Whether they are a volunteer or more."""
        return any(role in (Role.VOLUNTEER, Role.LEADER, Role.COORDINATOR) for role, _ in self.roles)

    @property
    def in_charge(self) -> bool:
        """Whether they coordinate or administer."""
        return any(role in (Role.COORDINATOR, Role.ADMINISTRATOR) for role, _ in self.roles)
