"""Knock and call rounds: who goes to whom in which order, what they found, and the word by which they are known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.media import File
from bot.domain.notices import Card, Notice, Priority
from bot.domain.plans import Channel
from bot.domain.remarks import Remark

# A call that nobody answers is tried so often, so far apart; the last try opens an alert.
TRIES = 3
TRY_EVERY = timedelta(minutes=15)
# Two taps so close together are one try: nobody rings twice in two minutes and means it.
SAME_TRY = timedelta(minutes=2)
UNDO_FOR = timedelta(minutes=10)

# Short, kind, easy to say through a door: (Chinese, English).
CODE_WORDS = (
    ("梅花", "plum blossom"),
    ("春风", "spring breeze"),
    ("月亮", "moon"),
    ("荷花", "lotus"),
    ("茶香", "fresh tea"),
    ("彩虹", "rainbow"),
    ("石榴", "pomegranate"),
    ("桂花", "osmanthus"),
    ("喜鹊", "magpie"),
    ("豆浆", "soy milk"),
    ("太阳", "sunshine"),
    ("竹子", "bamboo"),
    ("燕子", "swallow"),
    ("红枣", "red date"),
    ("雪花", "snowflake"),
    ("小船", "little boat"),
    ("苹果", "apple"),
    ("花生", "peanut"),
    ("金鱼", "goldfish"),
    ("风筝", "kite"),
    ("星星", "star"),
    ("玉米", "sweet corn"),
    ("向日葵", "sunflower"),
    ("蜂蜜", "honey"),
)


def code_word(keyed_hash: str, *, chinese: bool) -> str:
    """The word behind a keyed hash of person and day: the same for whoever knocks and whoever opens."""
    pair = CODE_WORDS[int(keyed_hash[:12], 16) % len(CODE_WORDS)]
    return pair[0] if chinese else pair[1]


def walking_key(places: Sequence[str], door: str | None) -> tuple[tuple[int, int, str], ...]:
    """Sorts people as one walks: by building, then by unit and door, where 9 comes before 10."""
    parts = re.findall(r"\d+|\D+", " ".join((*places, door or "")))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


@dataclass(frozen=True)
class KnockList:
    """One person's list of one round: whoever is to be knocked at (or rung) by `due_at`.

    `begun_at` None: its holder has not asked for the addresses yet. `offered_to` None: nobody is asked to take it over;
    `offered_half` says that only the second half of what is left is offered. `act_at` is the next reminder, or the end.
    """

    id: int
    bot_id: int
    area_id: int
    holder_id: int
    day: date
    slot: int
    channel: Channel
    due_at: datetime
    begun_at: datetime | None = None
    offered_to: int | None = None
    offered_half: bool = False
    act_at: datetime | None = None
    version: int = 0

    def begin(self, now: datetime) -> "KnockList":
        """Its holder sets out; beginning twice changes nothing."""
        return self if self.begun_at else replace(self, begun_at=now)

    def offer(self, person_id: int, *, half: bool) -> "KnockList":
        """Somebody is asked to take it, or half of it; a later question replaces an earlier one."""
        return replace(self, offered_to=person_id, offered_half=half)

    def settled(self) -> "KnockList":
        """Whoever was asked has answered."""
        return replace(self, offered_to=None, offered_half=False)

    def next_act(self, tries: Sequence[datetime], now: datetime) -> datetime | None:
        """When time looks at it next: the next call to be tried again, or the end; None once that is over."""
        coming = [at for at in (*tries, self.due_at) if at > now]
        return min(coming, default=None)


@dataclass(frozen=True)
class Knock:
    """One person on a list. `tries`: when nobody picked up. `try_at` None: no further call waits.

    `found` is what whoever went recorded: seen, spoken, help or away; None: nothing yet.
    """

    checkin_id: int
    list_id: int
    tries: tuple[datetime, ...] = ()
    try_at: datetime | None = None
    found: str | None = None

    def tried(self, now: datetime) -> "Knock":
        """Nobody picked up; a second tap on the same try changes nothing."""
        if self.tries and now - self.tries[-1] < SAME_TRY:
            return self
        tries = (*self.tries, now)
        return replace(self, tries=tries, try_at=now + TRY_EVERY if len(tries) < TRIES else None)

    @property
    def given_up(self) -> bool:
        """Whether it was tried often enough."""
        return len(self.tries) >= TRIES


AWAY = "away"


def waits(knock: Knock, checkin: CheckIn) -> bool:
    """Whether somebody still has to be reached: nothing was found, and they have not been heard of otherwise."""
    silent = checkin.state is CheckInState.ALERT and checkin.answered_at is None
    return knock.found is None and (silent or checkin.state is CheckInState.ASKED)


def second_half(numbers: Sequence[int]) -> list[int]:
    """What somebody else takes when a list is split: the later half of the way."""
    return list(numbers[(len(numbers) + 1) // 2 :])


# --- what is seen and said of rounds ---


@dataclass(frozen=True)
class KnockContact:
    """How to get there; only for whoever has the list, on a card that can be blanked."""

    door: str | None
    telephone: str | None
    notes: str | None
    may_enter: bool | None = None


@dataclass(frozen=True)
class KnockView:
    """One person on a list. `word` None: the person has no chat in which to learn it. `by` is who recorded what was found.

    `mine`: the reader has the list; `hidden`: the address waits for a tap.
    """

    checkin: CheckIn
    knock: Knock
    person: str
    place: str
    holder: str
    mine: bool
    now: datetime
    word: str | None = None
    by: str | None = None
    hidden: bool = False
    contact: KnockContact | None = None
    notes: tuple[Remark, ...] = ()
    # Whether the person is told who comes, and the photo of whoever does; None: it is not shown.
    named: bool = True
    face: File | None = None


@dataclass(frozen=True)
class KnockListView:
    """A list: `rows` are (name, place, state, whether they still have to be reached) in walking order.

    `others` are people who could take it over: (number, name).
    """

    listed: KnockList
    place: str
    holder: str
    mine: bool
    may_take: bool
    rows: tuple[tuple[str, str, str, bool], ...]
    now: datetime
    offered: str | None = None
    others: tuple[tuple[int, str], ...] = ()

    @property
    def left(self) -> int:
        """How many still have to be reached."""
        return sum(waiting for *_, waiting in self.rows)


@dataclass(frozen=True)
class KnockCard(Card):
    """To whoever has the list: one person to knock at or to ring."""

    priority = Priority.CHECK_IN
    checkin_id: int

    @property
    def subject(self) -> str:
        """The check-in that it shows."""
        return f"checkin:{self.checkin_id}"


@dataclass(frozen=True)
class KnockListCard(Card):
    """To whoever has the list, and to who is in charge: how many are left."""

    priority = Priority.CHECK_IN
    list_id: int

    @property
    def subject(self) -> str:
        """The list that it shows."""
        return f"knocks:{self.list_id}"


@dataclass(frozen=True)
class KnockAnnounced(Notice):
    """To the person themselves: who comes or rings, and by which word they are known."""

    priority = Priority.CHECK_IN
    checkin_id: int


@dataclass(frozen=True)
class KnockTryAgain(Notice):
    """To whoever has the list: please ring this person once more."""

    priority = Priority.CHECK_IN
    checkin_id: int


@dataclass(frozen=True)
class KnockListNotice(Notice):
    """Something said once about a list."""

    priority = Priority.ANSWER
    list_id: int


class KnockHelpers(KnockListNotice):
    """To whoever has the list: who could take all of it?"""


class KnockSplit(KnockListNotice):
    """To whoever has the list: who could take half of it?"""


class KnockOffered(KnockListNotice):
    """To somebody who could help: would you take this list, or half of it?"""


class KnockDeclined(KnockListNotice):
    """To whoever has the list: the one who was asked cannot."""


class KnockUnfinished(KnockListNotice):
    """To coordinators: the time is over, and not everyone on this list was reached."""

    priority = Priority.LIFE


@dataclass(frozen=True)
class KnockTaken(Notice):
    """To whoever had the list: somebody else goes now. `count` people."""

    priority = Priority.ANSWER
    list_id: int
    count: int


@dataclass(frozen=True)
class NoRounds(Notice):
    """Nothing is to be knocked at or rung now."""

    priority = Priority.ANSWER
