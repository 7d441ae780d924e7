"""What is seen of how visitors are announced: one's own wish, one's own photo."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.visitors import FaceNotice, FaceView, WishNotice, WishView
from bot.services import visitors as cases
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.storage import visitors
from bot.storage.database import Transaction


def wish(tx: Transaction, notice: WishNotice, look: Look) -> WishView:
    """What the reader is told beforehand."""
    return WishView(visitors.wish_of(tx, _reader(look)))


def face(tx: Transaction, notice: FaceNotice, look: Look) -> FaceView:
    """The reader's own photo."""
    found = cases.face_of(tx, _reader(look))
    return FaceView(file_of(tx, look, found) if found else None)


def _reader(look: Look) -> int:
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return look.person_id


VIEWS: Mapping[type[Notice], Callable[..., object]] = {WishNotice: wish, FaceNotice: face}
