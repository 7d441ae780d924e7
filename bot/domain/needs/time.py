"""What time does to needs by itself: asks, reminds, gives back, confirms, ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.needs.need import ANSWER_WITHIN, ASK_BEFORE_END, REMIND_AT_MOST_EVERY, Need, State
from bot.domain.needs.notices import (
    ClaimLapsed,
    HelpSoon,
    NeedConfirmedByItself,
    NeedDisputed,
    NeedExpired,
    NeedReopened,
    NeedStillNeeded,
    NeedUnclaimed,
    NeedWaits,
    StillOnIt,
)
from bot.domain.notices import Notice


class Audience(StrEnum):
    """To whom a notice about a need goes."""

    RESIDENT = "resident"
    CLAIMER = "claimer"
    COORDINATORS = "coordinators"


@dataclass(frozen=True)
class Post:
    """A notice, and who reads it. For CLAIMER it is whoever had the need before the change."""

    to: Audience
    notice: Notice


@dataclass(frozen=True)
class Move:
    """What time made of a need: the new need, who is told, and whether further volunteers are asked."""

    need: Need
    event: str
    posts: tuple[Post, ...] = ()
    ask_more: bool = False


def step(need: Need, now: datetime) -> Move:
    """What time does to a need whose `act_at` has come."""
    return STEPS[need.state](need, now)


def _step_open(need: Need, now: datetime) -> Move:
    ends_at = need.ends_at()
    if now >= ends_at:
        gone = replace(need, state=State.EXPIRED, act_at=None)
        told = (Post(Audience.RESIDENT, NeedExpired(need.id)), Post(Audience.COORDINATORS, NeedExpired(need.id)))
        return Move(gone, "expired", told)
    later = replace(need, step=need.step + 1, act_at=need.next_look(now))
    ends = need.window is None and ends_at - now <= ASK_BEFORE_END
    asked = NeedStillNeeded(need.id) if ends else NeedWaits(need.id)
    told = (Post(Audience.RESIDENT, asked), Post(Audience.COORDINATORS, NeedUnclaimed(need.id)))
    return Move(later, "unclaimed", told, ask_more=True)


def _step_claimed(need: Need, now: datetime) -> Move:
    if need.is_reminder(now):
        later = replace(need, act_at=need.heard_of_by(now))
        return Move(later, "reminded", (Post(Audience.CLAIMER, HelpSoon(need.id)),))
    if need.step == 0:
        asked = replace(need, step=1, act_at=now + ANSWER_WITHIN[need.pressing(now)])
        return Move(asked, "asked", (Post(Audience.CLAIMER, StillOnIt(need.id)),))
    told = (Post(Audience.CLAIMER, ClaimLapsed(need.id)), Post(Audience.RESIDENT, NeedReopened(need.id)))
    return Move(need.release(now), "lapsed", told, ask_more=True)


def _step_done(need: Need, now: datetime) -> Move:
    told = (Post(Audience.COORDINATORS, NeedConfirmedByItself(need.id)),)
    return Move(need.confirm(now), "confirmed by itself", told)


def _step_disputed(need: Need, now: datetime) -> Move:
    later = replace(need, step=need.step + 1, act_at=now + REMIND_AT_MOST_EVERY)
    return Move(later, "reminded", (Post(Audience.COORDINATORS, NeedDisputed(need.id)),))


def _step_ended(need: Need, now: datetime) -> Move:
    return Move(replace(need, act_at=None), "nothing to do")


STEPS: Mapping[State, Callable[[Need, datetime], Move]] = {
    State.OPEN: _step_open,
    State.CLAIMED: _step_claimed,
    State.DONE: _step_done,
    State.DISPUTED: _step_disputed,
    State.CLOSED: _step_ended,
    State.CANCELLED: _step_ended,
    State.EXPIRED: _step_ended,
}
