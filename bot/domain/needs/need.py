"""Needs: what a resident asks for, and what may become of it.

A need goes open → claimed → done → closed. It can be given back (open again), cancelled, disputed (a coordinator decides) and,
when nobody was found for two weeks, expire. `act_at` is when time moves it on by itself; `step` counts how often time has.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import (
    NeedNotSo,
    NeedPast,
    NeedTaken,
    OwnNeed,
    TextEmpty,
    TextTooLong,
    TooManyNeeds,
    TooManyToday,
)
from bot.domain.windows import SETTLED_BEFORE, Window

TEXT_LIMIT = 1000
# What stands where a need's words have been forgotten.
FORGOTTEN = "…"
OPEN_LIMIT = 5
DAY_LIMIT = 10
CONFIRM_AFTER = timedelta(hours=48)
EXPIRE_AFTER = timedelta(days=14)
# So long before it ends the resident is asked whether it is still needed.
ASK_BEFORE_END = timedelta(hours=48)
REMIND_AT_MOST_EVERY = timedelta(hours=24)
AFTER_ARRIVAL = timedelta(hours=1)
# What is wanted at a certain time is as pressing as what is wanted now, today or this week, when it is so near.
PRESSING_AT_ITS_END, PRESSING_TODAY = timedelta(hours=2), timedelta(hours=24)
# So long after it was closed the resident can open it again, or say that something was wrong after all.
REOPEN_WITHIN = timedelta(days=7)


class Urgency(StrEnum):
    """How soon somebody must have taken it on, or the coordinator hears."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"


class State(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    DISPUTED = "disputed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Outcome(StrEnum):
    """What the claimer says came of it."""

    DONE = "done"
    PARTLY = "partly"
    NOBODY_HOME = "nobody_home"
    NOT_NEEDED = "not_needed"


class Release(StrEnum):
    """Why a claim is given back."""

    NO_TIME = "no_time"
    TOO_FAR = "too_far"
    NOT_REACHED = "not_reached"
    OTHER = "other"
    QUIET = "quiet"


# Unclaimed for so long: the coordinator hears (the programme's promise: 15 minutes, 2 hours, 24 hours).
CLAIMED_WITHIN: Mapping[Urgency, timedelta] = {
    Urgency.NOW: timedelta(minutes=15),
    Urgency.TODAY: timedelta(hours=2),
    Urgency.WEEK: timedelta(hours=24),
}
# A claim of which nothing is heard for so long is asked "still on it?" …
QUIET_AFTER = CLAIMED_WITHIN
# … and is given to others when that is not answered within so long.
ANSWER_WITHIN: Mapping[Urgency, timedelta] = {
    Urgency.NOW: timedelta(minutes=10),
    Urgency.TODAY: timedelta(minutes=30),
    Urgency.WEEK: timedelta(hours=6),
}


@dataclass(frozen=True)
class Kind:
    """What a category makes of a need: its code, and what is kept with the need because the catalogue may change."""

    category: str
    within_minutes: int | None = None
    pair: bool = False
    guarded_by: str | None = None


@dataclass(frozen=True)
class Need:
    """One need as it stands.

    `within_minutes`: unclaimed for so long, a coordinator hears; None: as its urgency says. `pair`: two people must go.
    `guarded_by`: the skill that a volunteer must have to see it; None: every volunteer may. All are kept with the need, for
    the catalogue may change. `open_until`: when it ends if nobody takes it; None: about two weeks after it was opened.
    `window`: the day and hours in which somebody is to come, after which it ends; None: as soon as its urgency says.
    `closed_at` None: it is not closed.
    """

    id: int
    bot_id: int
    area_id: int
    person_id: int
    category: str
    urgency: Urgency
    text: str
    state: State
    posted_at: datetime
    claimed_by: int | None = None
    claimed_at: datetime | None = None
    arrives_at: datetime | None = None
    outcome: Outcome | None = None
    remark: str | None = None
    stars: int | None = None
    step: int = 0
    act_at: datetime | None = None
    version: int = 0
    within_minutes: int | None = None
    pair: bool = False
    guarded_by: str | None = None
    open_until: datetime | None = None
    window: Window | None = None
    closed_at: datetime | None = None

    @property
    def claimed_within(self) -> timedelta:
        """How long nobody may have taken it until a coordinator hears."""
        own = self.within_minutes
        return CLAIMED_WITHIN[self.urgency] if own is None else timedelta(minutes=own)

    @property
    def calm(self) -> bool:
        """Whether those in charge may hear of it at their own hours: what is wanted this week can wait so long."""
        return self.urgency is Urgency.WEEK and self.window is None

    def claim(self, volunteer_id: int, now: datetime) -> "Need":
        """`volunteer_id` has it. Tapping twice changes nothing; NeedTaken, OwnNeed, NeedNotSo otherwise."""
        if self.person_id == volunteer_id:
            raise OwnNeed
        if self.state is State.CLAIMED and self.claimed_by is not None:
            if self.claimed_by == volunteer_id:
                return self
            raise NeedTaken(self.claimed_by)
        self._must_be(State.OPEN)
        taken = replace(self, state=State.CLAIMED, claimed_by=volunteer_id, claimed_at=now, arrives_at=None, step=0)
        return replace(taken, act_at=taken.heard_of_by(now))

    def hold(self, until: datetime) -> "Need":
        """A coordinator sees to it: time looks at it then."""
        self._must_be(State.OPEN)
        return replace(self, act_at=until if self.window is None else min(until, self.window.until_at))

    def arrive(self, at: datetime, now: datetime) -> "Need":
        """The claimer says when they come; an hour after that they are asked how it went."""
        self._must_be(State.CLAIMED)
        said = replace(self, arrives_at=at, step=0)
        return replace(said, act_at=said.heard_of_by(now))

    def keep(self, now: datetime) -> "Need":
        """The claimer is still on it: the claim is good for as long again."""
        self._must_be(State.CLAIMED)
        if self.window is not None:
            return replace(self, step=0, act_at=max(now, self.comes_at or now) + AFTER_ARRIVAL)
        return replace(self, step=0, act_at=max(now, self.arrives_at or now) + QUIET_AFTER[self.urgency])

    @property
    def comes_at(self) -> datetime | None:
        """When the claimer comes: as they said, else when the window begins; None: nobody knows."""
        return self.arrives_at if self.window is None else self.arrives_at or self.window.from_at

    def heard_of_by(self, now: datetime) -> datetime:
        """When time looks at a claim next: to remind whoever comes at a certain time, else to ask how it is going."""
        if self.window is None or self.comes_at is None:
            return now + QUIET_AFTER[self.urgency] if self.arrives_at is None else self.arrives_at + AFTER_ARRIVAL
        settled = self.window.settled_at(now) if self.arrives_at is None else self.arrives_at + AFTER_ARRIVAL
        reminder = self.window.reminder(self.comes_at, now)
        return settled if reminder is None else min(reminder, settled)

    def is_reminder(self, now: datetime) -> bool:
        """Whether a claim is looked at only to remind whoever has it."""
        if self.window is None or self.comes_at is None or self.step > 0:
            return False
        return now < (self.comes_at if self.arrives_at else self.comes_at - SETTLED_BEFORE)

    def pressing(self, now: datetime) -> Urgency:
        """How soon somebody must be found: as was said, or by how near the window is."""
        return self.urgency if self.window is None else urgency_of(self.window, now)

    def there(self, until: datetime) -> "Need":
        """The claimer is there: it is not asked "still on it?" until then."""
        self._must_be(State.CLAIMED)
        return replace(self, step=0, act_at=until)

    def pass_on(self, kind: Kind, now: datetime) -> "Need":
        """Whoever was there says that it needs somebody else: open again, as this kind of help."""
        self._must_be(State.DONE)
        return replace(self, **asdict(kind))._reopened(now)

    def release(self, now: datetime) -> "Need":
        """The claim is given back, and the need is open again for others."""
        self._must_be(State.CLAIMED)
        return self._reopened(now)

    def take_over(self, person_id: int, now: datetime) -> "Need":
        """Whoever is in charge has it from now on instead of the claimer; OwnNeed when they asked for it themselves."""
        self._must_be(State.CLAIMED)
        if person_id == self.claimed_by:
            return self
        return self._reopened(now).claim(person_id, now)

    def finish(self, outcome: Outcome, now: datetime) -> "Need":
        """The claimer says what came of it; the resident has 48 hours to confirm or to say what is wrong."""
        self._must_be(State.CLAIMED)
        return replace(self, state=State.DONE, outcome=outcome, step=0, act_at=now + CONFIRM_AFTER)

    def confirm(self, now: datetime) -> "Need":
        """The resident says that it is well."""
        self._must_be(State.DONE)
        return replace(self, state=State.CLOSED, closed_at=now, act_at=None)

    def dispute(self, remark: str, now: datetime) -> "Need":
        """The resident says what is wrong, within a week of the closing at the latest: a coordinator decides."""
        self._must_be(State.DONE, State.CLOSED)
        if self.state is State.CLOSED:
            self._must_be_fresh(now)
        return replace(
            self,
            state=State.DISPUTED,
            remark=legible_text(remark),
            closed_at=None,
            step=0,
            act_at=now + REMIND_AT_MOST_EVERY,
        )

    def reopen(self, now: datetime) -> "Need":
        """A coordinator has it done again by somebody."""
        self._must_be(State.DISPUTED)
        return self._reopened(now)

    def settle(self, now: datetime) -> "Need":
        """A coordinator closes a dispute."""
        self._must_be(State.DISPUTED)
        return replace(self, state=State.CLOSED, closed_at=now, act_at=None)

    def open_again(self, now: datetime) -> "Need":
        """The resident needs it once more; NeedPast when it was closed more than a week ago."""
        self._must_be(State.CLOSED)
        self._must_be_fresh(now)
        return self._reopened(now)

    def reopens(self, now: datetime) -> bool:
        """Whether it is closed, and so lately that it can be opened again with the words it had."""
        if self.state is not State.CLOSED or self.closed_at is None or self.text == FORGOTTEN:
            return False
        return now - self.closed_at < REOPEN_WITHIN

    def rate(self, stars: int) -> "Need":
        """The resident's stars, 1 to 5; the first ones stand."""
        self._must_be(State.CLOSED)
        if self.stars is not None or not 1 <= stars <= 5:
            raise NeedNotSo(self.state.value)
        return replace(self, stars=stars)

    def kind(self) -> Kind:
        """What its category made of it when it was asked."""
        return Kind(self.category, self.within_minutes, self.pair, self.guarded_by)

    def edit(self, now: datetime, *, text: str, urgency: Urgency, kind: Kind, window: Window | None = None) -> "Need":
        """The resident puts it in other words, or says another time or kind; others than words begin to wait anew."""
        self._must_be(State.OPEN)
        new = replace(self, text=legible_text(text), urgency=urgency, window=window, **asdict(kind))
        if (new.urgency, new.category, new.window) == (self.urgency, self.category, self.window):
            return new
        return replace(new, step=0, open_until=now + EXPIRE_AFTER, act_at=new.first_look(now))

    def stay(self, now: datetime) -> "Need":
        """It is still needed: it stays open for two weeks from now. Saying so again changes nothing."""
        self._must_be(State.OPEN)
        lasts = self.window is not None or self.ends_at() - now > ASK_BEFORE_END
        return self if lasts else replace(self, open_until=now + EXPIRE_AFTER)

    def ends_at(self) -> datetime:
        """When an open need ends if nobody takes it: with its window; what was given back or is done once more gets its own
        two weeks."""
        if self.window is not None:
            return self.window.until_at
        if self.open_until is not None:
            return self.open_until
        return (self.act_at or self.posted_at) - self.waited() + EXPIRE_AFTER

    def first_look(self, now: datetime) -> datetime:
        """When time looks for the first time whether an open need has found somebody."""
        return now + self.claimed_within if self.window is None else self.window.first_look(now)

    def next_look(self, now: datetime) -> datetime:
        """When time looks again after having looked `step` times."""
        return now + self.pause(self.step) if self.window is None else self.window.next_look(now)

    def waited(self) -> timedelta:
        """How long it has been open when time looks at it next."""
        return self.claimed_within + sum((self.pause(step) for step in range(self.step)), timedelta())

    def pause(self, step: int) -> timedelta:
        """How long time waits after having looked `step` times before: ever longer, up to a day."""
        return min(self.claimed_within * (1 << min(step, 10)), REMIND_AT_MOST_EVERY)

    def cancel(self) -> "Need":
        """It is not needed any more."""
        self._must_be(State.OPEN, State.CLAIMED, State.DISPUTED)
        return replace(self, state=State.CANCELLED, act_at=None)

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise NeedNotSo(self.state.value)

    def _must_be_fresh(self, now: datetime) -> None:
        if not self.reopens(now):
            raise NeedPast(REOPEN_WITHIN.days)

    def _reopened(self, now: datetime) -> "Need":
        # What is to be done once more has had its time.
        window = self.window if self.state is State.CLAIMED else None
        again = replace(self, window=window)
        return replace(
            again,
            state=State.OPEN,
            open_until=now + EXPIRE_AFTER,
            claimed_by=None,
            claimed_at=None,
            arrives_at=None,
            outcome=None,
            stars=None,
            closed_at=None,
            step=0,
            act_at=again.first_look(now),
        )


def urgency_of(window: Window, now: datetime) -> Urgency:
    """How pressing it is to find somebody for a window."""
    if window.until_at - now <= PRESSING_AT_ITS_END:
        return Urgency.NOW
    return Urgency.TODAY if window.from_at - now <= PRESSING_TODAY else Urgency.WEEK


def legible_text(words: str, limit: int = TEXT_LIMIT) -> str:
    """A need's text as we keep it; TextEmpty, or TextTooLong beyond `limit` characters."""
    text = words.replace("\x00", "").strip()
    if not text:
        raise TextEmpty
    if len(text) > limit:
        raise TextTooLong(len(text), limit)
    return text


# What in a text leads to somebody's door or telephone: long numbers; unit, room or flat with its number; 3-2-301.
NUMERAL = r"[\d零〇一二两三四五六七八九十百]"
PRIVATE_PARTS = re.compile(
    # A telephone in one piece or in several, but no date.
    r"(?<!\d)(?<!\d-)(?!20\d\d-\d{1,2}-\d{1,2}(?!\d))\+?\d(?:[ -]?\d){6,}|1\d\d\.\d{4}\.\d{4}"
    rf"|{NUMERAL}+\s*单元\s*(?:{NUMERAL}+\s*(?:室|号|户)?)?|{NUMERAL}{{2,5}}\s*(?:室|号房|房间|户)"
    rf"|(?:门牌号?码?|房间?号)\s*[:：]?\s*{NUMERAL}{{2,5}}"
    # Building, unit and door with strokes between them, but no price and no weight.
    r"|(?<!\d)\d{1,3}[-－](?:\d{1,3}[-－])?\d{3,4}(?!\d|\s*[元块斤克个米度人天岁点:：])"
    r"|(?<![a-z])(?:unit|room|door|flat|apt\.?|apartment)\s*(?:no\.?\s*|#\s*)?\d+[a-z]?",
    re.IGNORECASE,
)


def public_text(words: str) -> str:
    """A need's text as a group may read it: what looks like a telephone or a door is replaced by dots."""
    return PRIVATE_PARTS.sub("…", words)


def check_may_post(open_needs: int, posted_today: int = 0) -> None:
    """TooManyNeeds when somebody has five open already, TooManyToday when they posted ten since midnight."""
    if open_needs >= OPEN_LIMIT:
        raise TooManyNeeds(OPEN_LIMIT)
    if posted_today >= DAY_LIMIT:
        raise TooManyToday(DAY_LIMIT)


def first_act(urgency: Urgency, now: datetime) -> datetime:
    """When a need posted now is looked at by time for the first time."""
    return now + CLAIMED_WITHIN[urgency]
