"""How visitors are announced: what whoever is visited wishes to know beforehand, and whose face may be shown for it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import PhotoNotSo
from bot.domain.media import File, MediaKind, Sent
from bot.domain.notices import Notice, Priority

# To whom a photo for visits belongs, as it is kept: "face:12".
FACE = "face"


class Wish(StrEnum):
    """What somebody wishes to know before there is a knock at their door."""

    FACE = "face"
    NAME = "name"
    WORD = "word"


@dataclass(frozen=True)
class Announced:
    """What is said beforehand. The code word of the day is always among it: it is the one thing that nobody else knows."""

    name: bool
    face: bool


def announced(wish: Wish | None, *, face_given: bool) -> Announced:
    """What is said: as much as is wished, and no face that was not given for it. `wish` None: they have not said yet."""
    return Announced(name=wish is not Wish.WORD, face=wish is Wish.FACE and face_given)


def check_photo(sent: Sent) -> None:
    """PhotoNotSo for what is no photo."""
    if sent.kind is not MediaKind.PHOTO:
        raise PhotoNotSo


@dataclass(frozen=True)
class WishView:
    """What the reader is told beforehand. `wish` None: they have not said yet."""

    wish: Wish | None


@dataclass(frozen=True)
class FaceView:
    """The reader's own photo for visits. `file_id` None: none is given."""

    file_id: File | None


@dataclass(frozen=True)
class WishNotice(Notice):
    """Something said to whoever is visited."""

    priority = Priority.ANSWER


class WishAsked(WishNotice):
    """To whoever is visited, once, and whenever they wish to change it: what shall I tell you beforehand?"""


class WishKept(WishNotice):
    """That is how it is from now on."""


@dataclass(frozen=True)
class FaceNotice(Notice):
    """Something said to whoever knocks at doors."""

    priority = Priority.ANSWER


class FaceAsked(FaceNotice):
    """To whoever knocks, once: may those whom you visit see your photo beforehand?"""

    priority = Priority.REST


class FaceAwaited(FaceNotice):
    """Please send the photo now."""


class FaceKept(FaceNotice):
    """This photo is shown from now on; or none is any more."""
