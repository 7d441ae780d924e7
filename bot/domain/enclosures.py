"""Enclosures: what somebody sends with a need beside words: voice notes, photos, a place on the map, whom to ring.

Voice notes and photos are seen by everybody who may see the need; the place and whom to ring only by whoever has claimed it.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bot.domain.errors import LocationUnclear, TelephoneUnclear
from bot.domain.media import File, Media, MediaKind
from bot.domain.notices import Notice, Priority
from bot.domain.people import NAME_LIMIT, telephone_in, tidy

# So many of each kind are kept with one need: more than five photos nobody looks through on a telephone.
AT_MOST = 5
FAR_KM = 50
# A few earlier places, each of somebody else, say where a community lies.
KNOWN_PLACES = 3
# Without any, the community's clock does: the sun and it differ by four hours at most, and an hour is 15 degrees.
FAR_DEGREES = 60
EARTH_KM = 6371


@dataclass(frozen=True)
class Enclosed:
    """What lies with a need or a draft: each voice note's length in seconds, and the number of photos."""

    voices: tuple[int, ...] = ()
    photos: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is anything to hear or to see."""
        return bool(self.voices or self.photos)

    def has_room(self, kind: MediaKind) -> bool:
        """Whether one more of this kind is kept."""
        return (len(self.voices) if kind is MediaKind.VOICE else self.photos) < AT_MOST


NOTHING = Enclosed()


def length(seconds: int) -> str:
    """How long a voice note is, as Telegram writes it: "0:12"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


WORDLESS = re.compile(r"(?:🎙 \d+:\d\d|🖼 \d)(?: · (?:🎙 \d+:\d\d|🖼 \d))*")


def wordless_text(enclosed: Enclosed) -> str:
    """The text of a need that was asked without a word, the same in every language: "🎙 0:12 · 🖼 3"."""
    photos = (f"🖼 {enclosed.photos}",) if enclosed.photos else ()
    return " · ".join((*(f"🎙 {length(one)}" for one in enclosed.voices), *photos))


def is_wordless(text: str) -> bool:
    """Whether it is such a text."""
    return WORDLESS.fullmatch(text) is not None


# --- a place on the map ---


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


def point_at(latitude: float, longitude: float) -> Point:
    """A place on the map, kept to about a metre; LocationUnclear for what is no place on earth."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise LocationUnclear
    return Point(round(latitude, 5), round(longitude, 5))


def distance_km(one: Point, other: Point) -> float:
    """How far two places are from each other, along the ground."""
    north, east = math.radians(other.latitude - one.latitude), math.radians(other.longitude - one.longitude)
    shrunk = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    chord = math.sin(north / 2) ** 2 + shrunk * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def is_far(point: Point, known: Sequence[Point], offset_hours: float) -> bool:
    """Whether a place is no place of this community.

    `known` are places that others gave there before. One of them may be wrong, so the middle one decides; as long as there are
    fewer than three, the community's distance from Greenwich does: `offset_hours` of its clock.
    """
    if len(known) < KNOWN_PLACES:
        apart = abs(point.longitude - 15 * offset_hours) % 360
        return min(apart, 360 - apart) > FAR_DEGREES
    middle = Point(median(one.latitude for one in known), median(one.longitude for one in known))
    return distance_km(point, middle) > FAR_KM


# --- whom to ring ---


@dataclass(frozen=True)
class Ring:
    """Whom to ring for a need."""

    name: str
    telephone: str


def ring_of(name: str, number: str, *, own: bool) -> Ring:
    """Whom to ring, from a card of an address book; `own`: it is the sender's own, which Telegram writes without a plus.

    TelephoneUnclear without a number.
    """
    telephone = _telephone(number, own=own)
    return Ring(tidy(name)[:NAME_LIMIT] or telephone, telephone)


def _telephone(number: str, *, own: bool) -> str:
    """As +E.164 as far as that can be known; a short number of the town stays as it is."""
    digits = re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", number))
    if not re.fullmatch(r"\+?[0-9]{3,15}", digits):
        raise TelephoneUnclear
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if own or (digits.startswith("86") and len(digits) == 13):
        return f"+{digits.lstrip('+')}"
    return telephone_in(digits)[0] or digits


# --- what is seen and said ---


@dataclass(frozen=True)
class Behind:
    """What only whoever has claimed a need sees of it, beside the door. None: not given.

    `asker` is who asked for somebody else, with their telephone.
    """

    point: Point | None = None
    ring: Ring | None = None
    asker: tuple[str, str | None] | None = None


@dataclass(frozen=True)
class EnclosureView:
    """One of what lies with a need. `media` None: it is not kept any more, or not for this reader; `total` of its kind; `file`:
    how it is shown."""

    media: Media | None
    total: int
    file: File | None = None


@dataclass(frozen=True)
class EnclosureShown(Notice):
    """To somebody who may see the need: the `place`-th voice note or photo that lies with it."""

    priority = Priority.ANSWER
    need_id: int
    kind: str = MediaKind.VOICE.value
    place: int = 1


@dataclass(frozen=True)
class EnclosuresFull(Notice):
    """To somebody who sent more than is kept: `number` of them are."""

    priority = Priority.ANSWER
    number: int = AT_MOST


@dataclass(frozen=True)
class EnclosuresWaited(Notice):
    """To whoever asked: please send it now."""

    priority = Priority.ANSWER
    need_id: int


@dataclass(frozen=True)
class FileLeft(Notice):
    """To somebody who sent a file: how to show what is in it."""

    priority = Priority.ANSWER
