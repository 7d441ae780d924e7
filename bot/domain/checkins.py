"""Check-ins: one person's question in one round, from asked to answered, or to an alert."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.followups import FollowUpLine
from bot.domain.media import File
from bot.domain.notices import Card, Notice, Priority
from bot.domain.plans import Channel, Plan, Slot
from bot.domain.surges import SurgeLine
from bot.domain.values import changed

# After the program was deaf, whoever could have answered in vain is asked again and has so long.
SECOND_GRACE = timedelta(minutes=10)
UNDO_FOR = timedelta(minutes=10)
# Telegram dates what is said, we date what we ask. A clock of ours that runs ahead dates the question after its answer: a
# big key that was pressed so little before an open question is an answer to it.
JUST_BEFORE = timedelta(minutes=10)


class CheckInState(StrEnum):
    """Where a check-in stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    EXCUSED = "excused"
    ALERT = "alert"
    NOT_ASKED = "not_asked"


class CheckInAnswer(StrEnum):
    """What was answered, by whomever."""

    WELL = "well"
    CALL_ME = "call_me"
    HELP = "help"
    WORDS = "words"
    SIGN = "sign"
    EARLY = "early"
    SEEN = "seen"
    SPOKEN = "spoken"
    PROXY = "proxy"


@dataclass(frozen=True)
class CheckIn:
    """One question. `step` counts nudges; `answered_by` None: nobody yet, or the person's own chat said it."""

    id: int
    plan_id: int
    person_id: int
    area_id: int
    day: date
    slot: int
    channel: Channel
    state: CheckInState
    asked_at: datetime
    due_at: datetime
    nudges: tuple[int, ...]
    step: int = 0
    answer: CheckInAnswer | None = None
    answered_at: datetime | None = None
    answered_by: int | None = None
    act_at: datetime | None = None
    version: int = 0

    def answered(self, answer: CheckInAnswer, at: datetime, by: int | None = None) -> "CheckIn":
        """Somebody is known to be well, or to need something; the first answer before an alert stands."""
        return replace(self, state=CheckInState.ANSWERED, answer=answer, answered_at=at, answered_by=by, act_at=None)

    def due_by(self, at: datetime) -> "CheckIn":
        """It has time until then."""
        return replace(self, due_at=at, act_at=at)

    def to_knock(self) -> "CheckIn":
        """The question cannot be delivered: somebody knocks instead; the deadline stays."""
        return replace(self, channel=Channel.KNOCK, nudges=(), act_at=self.due_at)

    def excused(self) -> "CheckIn":
        """No answer is needed: the plan was paused or has ended."""
        return replace(self, state=CheckInState.EXCUSED, act_at=None)

    def asked_again(self, now: datetime) -> "CheckIn":
        """Replies could not be heard: asked once more, with ten minutes."""
        due = max(self.due_at, now + SECOND_GRACE)
        return replace(self, due_at=due, nudges=(), act_at=due)


def opened(plan: Plan, day: date, slot: Slot, at: datetime, now: datetime) -> CheckIn:
    """The check-in of one occasion: asked, or, when its whole time has passed unseen, not asked."""
    due = at + timedelta(minutes=plan.grace_minutes)
    fresh = CheckIn(
        id=0,
        plan_id=plan.id,
        person_id=plan.person_id,
        area_id=plan.area_id,
        day=day,
        slot=slot.minutes,
        channel=slot.channel,
        state=CheckInState.ASKED,
        asked_at=now if now < due else at,
        due_at=due,
        nudges=plan.nudges if slot.channel is Channel.CHAT else (),
    )
    if now >= due:
        return changed(fresh, state=CheckInState.NOT_ASKED)
    # Asked late (the program was down when the slot began): nobody has less than ten minutes to answer.
    fresh = changed(fresh, due_at=max(due, now + SECOND_GRACE))
    return changed(fresh, act_at=next_act(fresh))


def next_act(checkin: CheckIn) -> datetime:
    """The next nudge, or the end of the grace."""
    times = sorted(checkin.due_at - timedelta(minutes=minutes) for minutes in checkin.nudges)
    coming = [at for at in times if at > checkin.asked_at]
    return coming[checkin.step] if checkin.step < len(coming) else checkin.due_at


# Somebody is well, or at least there: what was said after a question that was in time.
FINE = frozenset(
    {
        CheckInAnswer.WELL,
        CheckInAnswer.WORDS,
        CheckInAnswer.SIGN,
        CheckInAnswer.EARLY,
        CheckInAnswer.SEEN,
        CheckInAnswer.SPOKEN,
        CheckInAnswer.PROXY,
    }
)


class Deed(StrEnum):
    """What time does to a check-in that waits."""

    NUDGE = "nudge"
    ALERT = "alert"


def step(checkin: CheckIn, now: datetime) -> tuple[CheckIn, Deed]:
    """A check-in whose `act_at` has come: nudged, or, at the end of its grace, an alert."""
    if now >= checkin.due_at:
        return changed(checkin, state=CheckInState.ALERT, act_at=None), Deed.ALERT
    nudged = changed(checkin, step=checkin.step + 1)
    return changed(nudged, act_at=next_act(nudged)), Deed.NUDGE


# --- what is said of check-ins ---


@dataclass(frozen=True)
class CheckInView:
    """A check-in with the name of whom it asks. `voice` None: asked in writing only."""

    checkin: CheckIn
    person: str
    place: str
    now: datetime
    voice: File | None = None
    # What this person is called on the keys of a telephone that serves several; None: it is theirs alone.
    label: str | None = None


@dataclass(frozen=True)
class SlotView:
    """One slot of today in numbers, with the names of those who are waited for.

    `unheard`: answered with a voice note or a photo that nobody has opened yet; `unheard_names` are theirs.
    """

    name: str
    asked: int
    well: int
    waiting: int
    missing: int
    waiting_names: tuple[str, ...]
    late: int = 0
    calling: int = 0
    # For whom family has answered, by whom, and what they are to them.
    proxies: tuple[tuple[str, str, str], ...] = ()
    unheard: int = 0
    unheard_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceView:
    """The whole day of one of the places right below, in numbers."""

    name: str
    asked: int
    well: int
    waiting: int
    late: int
    missing: int


@dataclass(frozen=True)
class TodayView:
    """Today at a glance, in one place. `alerts` are (who must be looked after, who goes: None nobody yet).

    `unwell` are (name, topic) of who said this morning that something is not good. `mine` False: not for the reader any more.
    `places` are those right below, where there are several. `digest`: the reader gets what can wait gathered.
    """

    slots: tuple[SlotView, ...]
    alerts: tuple[tuple[str, str | None], ...]
    now: datetime
    unwell: tuple[tuple[str, str], ...] = ()
    place: str = ""
    mine: bool = True
    # (name, since when in hospital, since when home again): one of the two.
    hospital: tuple[tuple[str, datetime | None, datetime | None], ...] = ()
    places: tuple[PlaceView, ...] = ()
    digest: bool = False
    # What is on here: a further question a day.
    surges: tuple[SurgeLine, ...] = ()
    # At whom somebody looks again.
    looks: tuple[FollowUpLine, ...] = ()


@dataclass(frozen=True)
class Today(Card):
    """To whoever is in charge of a place: its day at a glance, drawn again as it goes on."""

    priority = Priority.ANSWER
    area_id: int

    @property
    def subject(self) -> str:
        """The day of the place."""
        return f"today:{self.area_id}"


@dataclass(frozen=True)
class CheckInNotice(Notice):
    """Something said about a check-in."""

    priority = Priority.CHECK_IN
    checkin_id: int


class CheckInAsked(CheckInNotice):
    """Are you well? Three big keys."""


class CheckInNudged(CheckInNotice):
    """Asked again: there are so many minutes left."""


class CheckInThanked(CheckInNotice):
    """Thank you; the next question comes then."""

    priority = Priority.ANSWER


class CheckInThankedLate(CheckInNotice):
    """Thank you; whoever was told hears that you are well."""

    priority = Priority.ANSWER


class CallPromised(CheckInNotice):
    """Somebody will ring you; who has been told."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class NotAsked(Notice):
    """To coordinators: the program was down; these people were not asked in this slot. `count` of them."""

    priority = Priority.LIFE
    area_id: int
    day: str
    slot: int
    count: int


@dataclass(frozen=True)
class SystemSuspected(Notice):
    """To coordinators: so many are missing in one round that the system itself may be at fault."""

    priority = Priority.LIFE
    area_id: int
    day: str
    slot: int
    count: int
