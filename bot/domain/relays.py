"""Relays: resident and helper write to each other through the bot, their numbers hidden, until the need is closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import TooManyRelays
from bot.domain.media import File
from bot.domain.needs import Need, State
from bot.domain.notices import Card, Notice, Priority

# To what a voice note or photo belongs that was passed on: "relay:12".
RELAY = "relay"
# So long the two may write to each other: from the claim until it is closed.
SPOKEN_ABOUT = (State.CLAIMED, State.DONE, State.DISPUTED)
# Nobody writes more than this in an hour about one need; who wants to talk so much had better ring.
WITHIN, AT_MOST = timedelta(hours=1), 30


@dataclass(frozen=True)
class Relay:
    """Words passed on. `text` None: there were none beside a voice note or photo, or they are forgotten.

    `failed_at` None: it was handed on, or is on its way; else when it was known that it did not reach them.
    """

    id: int
    bot_id: int
    need_id: int
    from_id: int
    to_id: int
    sent_at: datetime
    text: str | None = None
    failed_at: datetime | None = None


@dataclass(frozen=True)
class Address:
    """Where a message goes: to the other side of this need. `person_id` None: to everybody there."""

    need_id: int
    person_id: int | None = None


def is_open(need: Need) -> bool:
    """Whether the two sides of a need may write to each other now."""
    return need.state in SPOKEN_ABOUT


def check_pace(sent: int) -> None:
    """TooManyRelays when somebody has written `sent` messages about one need within the hour already."""
    if sent >= AT_MOST:
        raise TooManyRelays(AT_MOST)


# --- what is seen and said ---


@dataclass(frozen=True)
class RelayView:
    """What was passed on, with names. `kind` and `file_id` of a voice note or photo; None: there is none.

    `owner` is the coordinator who sees to it; None: there is none.
    """

    relay: Relay
    sender: str
    receiver: str
    owner: str | None
    open: bool
    kind: str | None = None
    file_id: File | None = None


@dataclass(frozen=True)
class RelayCard(Card):
    """To the other side: who says what about which need, and how to answer. Once forgotten, it says so."""

    priority = Priority.CHECK_IN
    relay_id: int

    @property
    def subject(self) -> str:
        """What was passed on."""
        return f"{RELAY}:{self.relay_id}"


@dataclass(frozen=True)
class RelayNotice(Notice):
    """Something said to whoever wrote."""

    priority = Priority.ANSWER
    relay_id: int


class RelayPassed(RelayNotice):
    """It is on its way to the other side."""


class RelayFailed(RelayNotice):
    """It did not reach them; what to do instead."""


@dataclass(frozen=True)
class RelayAsked(Notice):
    """Please write now: the next message goes to the other side."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RelayClosed(Notice):
    """It is closed, or somebody else's now: nothing is passed on any more; what to do instead."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class RelayEarly(Notice):
    """Nobody has taken it yet, so there is nobody to pass it on to; what to do instead."""

    priority = Priority.ANSWER
    need_id: int
