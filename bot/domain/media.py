"""Voice notes and photos: what people send instead of words, kept for whoever has to hear or see it.

A voice note that answers a question is a sign of life and no more: until somebody has opened it, nobody knows what it says.
So it waits, and what has waited ten minutes is an alert.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ButtonInvalid
from bot.domain.notices import Card, Notice, Priority

# So long whoever is on duty has to open what somebody sent as an answer.
OPEN_WITHIN = timedelta(minutes=10)
# What nobody opened at all is still to be heard so long; then somebody has been there.
OPEN_AT_ALL = timedelta(hours=24)
# Telegram's own limit for the words under a photo or a voice note.
CAPTION_LIMIT = 1024


class MediaKind(StrEnum):
    """What was sent."""

    VOICE = "voice"
    PHOTO = "photo"


class MediaState(StrEnum):
    """Whether somebody has to open it."""

    KEPT = "kept"
    WAITS = "waits"
    WELL = "well"
    TROUBLE = "trouble"
    UNOPENED = "unopened"
    SETTLED = "settled"


@dataclass(frozen=True)
class Carried:
    """A file that another of our bots was sent, by the number of what it is. `content`: its bytes, while they are sent."""

    media_id: int
    content: bytes = field(default=b"", repr=False)


# By what a bot shows a file: Telegram's name of it for this bot, or what is carried over from another.
File = str | Carried


@dataclass(frozen=True)
class Sent:
    """A voice note or photo as it comes in. `words` stand under it; `album` None: it came alone; `seconds` of a voice note.

    `replied_to` None: it answers no message.
    """

    kind: MediaKind
    file_id: str
    words: str = ""
    album: str | None = None
    seconds: int = 0
    replied_to: int | None = None


@dataclass(frozen=True)
class Media:
    """One voice note or photo. `file_id` and `words` (under it) are sealed at rest; `subject` is what it belongs to.

    `album` None: it came alone. `told` are those who were asked to open it. `opened_by` None: nobody yet. `act_at` is when it
    has waited too long; `seconds` how long a voice note is.
    """

    id: int
    bot_id: int
    person_id: int
    kind: MediaKind
    file_id: str
    subject: str
    sent_at: datetime
    words: str = ""
    album: str | None = None
    state: MediaState = MediaState.KEPT
    told: tuple[int, ...] = ()
    opened_by: int | None = None
    opened_at: datetime | None = None
    act_at: datetime | None = None
    version: int = 0
    seconds: int = 0

    @property
    def open(self) -> bool:
        """Whether nobody has said yet what it is."""
        return self.state in (MediaState.WAITS, MediaState.UNOPENED)

    def waits_for(self, people: tuple[int, ...], now: datetime) -> "Media":
        """These are asked to open it; with nobody to ask there is nothing to wait for."""
        act_at = now + OPEN_WITHIN if people else now
        return replace(self, state=MediaState.WAITS, told=people, act_at=act_at)

    def opened(self, person_id: int, *, well: bool, now: datetime) -> "Media":
        """Somebody has heard or seen it. What was opened already stays as it was, but trouble may still be added."""
        if not self.open and (well or self.state not in (MediaState.WELL, MediaState.SETTLED)):
            return self
        state = MediaState.WELL if well else MediaState.TROUBLE
        return replace(self, state=state, opened_by=person_id, opened_at=now, act_at=None)

    def settled(self, person_id: int, now: datetime) -> "Media":
        """Somebody has been there themselves: nobody needs to open it any more."""
        return replace(self, state=MediaState.SETTLED, opened_by=person_id, opened_at=now, act_at=None)

    def unopened(self) -> "Media":
        """The ten minutes are over."""
        return replace(self, state=MediaState.UNOPENED, act_at=None)


def subject_of(noun: str, number: int) -> str:
    """What it belongs to, as it is kept: "checkin:12"."""
    return f"{noun}:{number}"


def numbered(subject: str, noun: str) -> int | None:
    """The number behind such a subject; None: it is about something else."""
    found, _, number = subject.partition(":")
    return int(number) if found == noun else None


def check_openable(media: Media | None) -> Media:
    """ButtonInvalid for what does not exist, or was never an answer."""
    if media is None or media.state is MediaState.KEPT:
        raise ButtonInvalid
    return media


# --- what is seen and said ---


@dataclass(frozen=True)
class MediaView:
    """What was sent, with names: `person` is about whom it is. `opened_by` None: nobody yet; `by` None: the person sent it.
    `file`: how it is shown; None: it is not."""

    media: Media
    person: str
    place: str
    opened_by: str | None
    now: datetime
    by: str | None = None
    file: File | None = None


@dataclass(frozen=True)
class MediaCard(Card):
    """To whoever is on duty: somebody answered with this; please open it and say what it is."""

    priority = Priority.LIFE
    media_id: int

    @property
    def subject(self) -> str:
        """What it shows."""
        return f"media:{self.media_id}"


@dataclass(frozen=True)
class MediaShown(Notice):
    """To somebody who may see it: this very photo or voice note."""

    priority = Priority.ANSWER
    media_id: int


@dataclass(frozen=True)
class MediaTaken(Notice):
    """To the person: thank you, somebody listens to it now. `media_id` names what was sent."""

    priority = Priority.ANSWER
    media_id: int


@dataclass(frozen=True)
class MediaUnasked(Notice):
    """To somebody who sent a photo or a voice note where none is waited for: what to do instead. `words`: its words were read."""

    priority = Priority.ANSWER
    kind: str
    words: bool
