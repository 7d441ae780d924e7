"""A familiar voice: somebody whom a cared-for person knows speaks the question, and it is sent with each."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import VoiceNotSo, VoiceTooLong
from bot.domain.media import MediaKind, Sent
from bot.domain.notices import Card, Notice, Priority

# What is heard twice a day, every day, must be short.
LONGEST_SECONDS = 30


def check_voice(sent: Sent) -> None:
    """VoiceNotSo for what is no voice note, VoiceTooLong beyond half a minute."""
    if sent.kind is not MediaKind.VOICE:
        raise VoiceNotSo
    if sent.seconds > LONGEST_SECONDS:
        raise VoiceTooLong(sent.seconds, LONGEST_SECONDS)


@dataclass(frozen=True)
class VoiceView:
    """A person's familiar voice. `by` None: none is recorded. `family`: how many relatives could be asked for one."""

    plan_id: int
    person: str
    file_id: str | None
    by: str | None
    recorded_at: datetime | None
    family: int
    in_charge: bool
    now: datetime


@dataclass(frozen=True)
class VoiceCard(Card):
    """To whoever is in charge: whose voice asks this person, and how to change it."""

    priority = Priority.ANSWER
    plan_id: int

    @property
    def subject(self) -> str:
        """The plan's voice."""
        return f"voice:{self.plan_id}"


@dataclass(frozen=True)
class VoiceNotice(Notice):
    """Something said once about a familiar voice."""

    priority = Priority.ANSWER
    plan_id: int


class AskVoice(VoiceNotice):
    """To whoever records: please speak now."""


class AskFamilyVoice(VoiceNotice):
    """To a relative: would you record a few words that this person hears each day?"""


class VoiceKept(VoiceNotice):
    """To whoever recorded it: from now on it is sent with each question."""
