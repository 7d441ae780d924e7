"""Visits: there, well, done; what came of it; and the words by which a helper is known at the door."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import MinutesUnclear, VisitNotSo
from bot.domain.knocks import CODE_WORDS
from bot.domain.media import File
from bot.domain.notices import Card, Notice, Priority
from bot.domain.visitors import Wish

# Whoever has been at a door so long is asked whether they are well, unless the kind of help says another time …
WELL_AFTER = timedelta(hours=2)
# … who is in charge hears when they do not answer within so long, and again each hour until somebody has reached them.
ANSWER_WITHIN, REMIND_EVERY = timedelta(minutes=20), timedelta(hours=1)
# Whoever is there is not asked "still on it?" as well: not before so long after they were asked whether they are well.
CLAIM_STAYS = timedelta(hours=3)
MINUTES_CHOICES = (15, 30, 45, 60, 90, 120)
MINUTES_MOST = 24 * 60
LOOK_CHOICES = (1, 3, 7, 14)
# At this local time of the chosen day the two are reminded.
LOOK_AT = time(9)
# To what a photo of a visit belongs, as it is kept: "visit:12".
VISIT = "visit"


class Due(StrEnum):
    """What time asks for."""

    ASK = "ask"
    TELL = "tell"
    LOOK = "look"


@dataclass(frozen=True)
class Visit:
    """One helper's going to one need. `begun_at` None: they have not said that they are there; `ended_at` None: not over.

    `minutes` None: nobody knows how long it took. `asked_at`: they were asked whether they are well and have not answered;
    `told_at`: who is in charge was told of that. `look_on`: the local day on which it is looked at again.
    """

    id: int
    bot_id: int
    need_id: int
    helper_id: int
    made_at: datetime
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None
    asked_at: datetime | None = None
    told_at: datetime | None = None
    look_on: date | None = None
    act_at: datetime | None = None
    version: int = 0

    @property
    def there(self) -> bool:
        """Whether they are at the door, or inside."""
        return self.begun_at is not None and self.ended_at is None

    def begin(self, after: timedelta, now: datetime) -> "Visit":
        """They are there: after so long they are asked whether they are well. Saying it twice changes nothing."""
        return self if self.begun_at is not None else replace(self, begun_at=now, act_at=now + after)

    def well(self, after: timedelta, now: datetime) -> "Visit":
        """They are well and still there; after so long they are asked again. VisitNotSo when it is over."""
        if not self.there:
            raise VisitNotSo
        return replace(self, asked_at=None, told_at=None, act_at=now + after)

    def end(self, now: datetime) -> "Visit":
        """It is over. How long it took is as it was measured, where they said that they were there."""
        if self.ended_at is not None:
            return self
        minutes = None if self.begun_at is None else measured(self.begun_at, now)
        return replace(self, ended_at=now, minutes=minutes, asked_at=None, told_at=None, act_at=None)

    def dropped(self, now: datetime) -> "Visit":
        """They have it no longer: nothing is asked, and nothing counted."""
        return replace(self, ended_at=now, asked_at=None, told_at=None, act_at=None)

    def took(self, minutes: int) -> "Visit":
        """How long it took; VisitNotSo before it is over, MinutesUnclear for less than one or more than a day."""
        if self.ended_at is None:
            raise VisitNotSo
        if not 1 <= minutes <= MINUTES_MOST:
            raise MinutesUnclear
        return replace(self, minutes=minutes)

    def looks_again(self, day: date, zone: ZoneInfo) -> "Visit":
        """On that day the two are reminded; another day chosen before is given up."""
        if self.ended_at is None:
            raise VisitNotSo
        return replace(self, look_on=day, act_at=datetime.combine(day, LOOK_AT, zone).astimezone(UTC))

    def step(self, now: datetime) -> tuple["Visit", Due | None]:
        """What time does to it: asks, tells whoever is in charge, reminds of the day."""
        if self.ended_at is not None:
            return replace(self, act_at=None), None if self.look_on is None else Due.LOOK
        if not self.there:
            return replace(self, act_at=None), None
        if self.asked_at is None:
            return replace(self, asked_at=now, act_at=now + ANSWER_WITHIN), Due.ASK
        return replace(self, told_at=now, act_at=now + REMIND_EVERY), Due.TELL


def measured(begun_at: datetime, ended_at: datetime) -> int:
    """Whole minutes of a visit: one at least, a day at most."""
    return min(MINUTES_MOST, max(1, round((ended_at - begun_at).total_seconds() / 60)))


def year_start(now: datetime, zone: ZoneInfo) -> datetime:
    """When this year began here."""
    return datetime(now.astimezone(zone).year, 1, 1, tzinfo=zone).astimezone(UTC)


# As people say it; the longer first.
SAID_HOURS = (("一个半小时", "1.5小时"), ("两个半小时", "2.5小时"), ("半小时", "30分"), ("一个", "1"), ("两个", "2"))
HOURS_AND_MINUTES = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:\.\d)?)\s*(?:个)?(?:h|hours?|hrs?|小时|钟头|:))?"
    r"(?:(?P<minutes>\d{1,4})\s*(?:m|min|mins|minutes?|分钟|分)?)?",
    re.IGNORECASE,
)


def minutes_in(words: str) -> int:
    """How long, as people write it: "75", "1h20", "1:20", "1.5 hours", "1小时20分", "半小时"; MinutesUnclear."""
    text = unicodedata.normalize("NFKC", words).strip().removesuffix(".")
    for said, meant in SAID_HOURS:
        text = text.replace(said, meant)
    found = HOURS_AND_MINUTES.fullmatch(text)
    if found is None or not (found["hours"] or found["minutes"]):
        raise MinutesUnclear
    total = float(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    if not 1 <= total <= MINUTES_MOST:
        raise MinutesUnclear
    return round(total)


# --- at the door ---


def code_words(keyed_hash: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two words of a claim, each (Chinese, English): never the same one twice."""
    first, second = int(keyed_hash[:12], 16) % len(CODE_WORDS), int(keyed_hash[12:24], 16) % (len(CODE_WORDS) - 1)
    return CODE_WORDS[first], CODE_WORDS[second + (second >= first)]


def spoken(pairs: tuple[tuple[str, str], tuple[str, str]], *, chinese: bool) -> str:
    """The two words as they are said at the door: "喜鹊豆浆", "magpie, soy milk"."""
    return "".join(pair[0] for pair in pairs) if chinese else ", ".join(pair[1] for pair in pairs)


def shows_face(wish: Wish | None, *, given: bool) -> bool:
    """Whether somebody who asked for help sees the face of whoever comes: unless they wish for less. `wish` None: not said."""
    return given and wish in (None, Wish.FACE)


@dataclass(frozen=True)
class AtDoor:
    """What the two sides of a claim know of each other. `word` is said at the door, in the resident's language.

    `meaning`: the same in the reader's language; None: it is the same. `begun_at` None: nobody is there yet. `hints` are what
    earlier helpers left, for whoever goes there only. `face`: the helper's photo; None: none is shown.
    """

    word: str
    meaning: str | None = None
    begun_at: datetime | None = None
    hints: tuple[str, ...] = ()
    face: File | None = None


# --- what is seen and said ---


@dataclass(frozen=True)
class VisitView:
    """A visit with names. `mine`: the reader is who went there. `telephone` only for whoever is in charge and has to ring.

    `hint` is what they left for the next helper; `photos` how many they sent. `text` is what was asked for, for the resident.
    `kinds` are the kinds of help that it may become.
    """

    visit: Visit
    resident: str
    helper: str
    place: str
    now: datetime
    mine: bool = False
    telephone: str | None = None
    hint: str | None = None
    photos: int = 0
    text: str | None = None
    may_pass_on: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitCard(Card):
    """To whoever was there, once it is done: how long it took, and what else may be said; none of it has to be."""

    priority = Priority.ANSWER
    visit_id: int

    @property
    def subject(self) -> str:
        """The visit that it shows."""
        return f"{VISIT}:{self.visit_id}"


@dataclass(frozen=True)
class VisitSilent(Card):
    """To whoever is in charge: somebody went there and does not answer whether they are well."""

    priority = Priority.LIFE
    visit_id: int

    @property
    def subject(self) -> str:
        """The visit that it shows."""
        return f"{VISIT}:{self.visit_id}"


@dataclass(frozen=True)
class VisitNotice(Notice):
    """Something said about a visit."""

    priority = Priority.ANSWER
    visit_id: int


class VisitWellAsked(VisitNotice):
    """To whoever is there for long: are you well?"""

    priority = Priority.CHECK_IN


class VisitMinutesAsked(VisitNotice):
    """How long did it take? Please write it."""


class VisitPhotoAsked(VisitNotice):
    """Please send the photo now."""


class VisitHintAsked(VisitNotice):
    """What should the next helper know? Please write it."""


class VisitOtherAsked(VisitNotice):
    """What kind of help is it really?"""


@dataclass(frozen=True)
class VisitReasonAsked(Notice):
    """Why somebody else, and what is needed? `category`: the kind that was chosen."""

    priority = Priority.ANSWER
    visit_id: int
    category: str


class VisitLookAsked(VisitNotice):
    """On which day shall it be looked at again?"""


class VisitLookDayAsked(VisitNotice):
    """On another day: please write it."""


class VisitLookDue(VisitNotice):
    """To whoever was there (or who is in charge): today you wanted to look again."""

    priority = Priority.CHECK_IN


class VisitAgainAsked(VisitNotice):
    """To the resident: do you need it again?"""

    priority = Priority.CHECK_IN


@dataclass(frozen=True)
class VisitPhoto(Notice):
    """To the resident: a photo of what was done."""

    priority = Priority.CHECK_IN
    visit_id: int
    media_id: int


@dataclass(frozen=True)
class VisitPhotoView:
    """Such a photo, with the name of whoever sent it."""

    need_id: int
    helper: str
    file_id: File
    words: str


@dataclass(frozen=True)
class VisitBegun(Notice):
    """To the resident: whoever helps is at the door now, and says these words."""

    priority = Priority.CHECK_IN
    need_id: int


@dataclass(frozen=True)
class VisitPassedOn(Notice):
    """To the resident: it needs somebody else, who is being asked."""

    need_id: int
