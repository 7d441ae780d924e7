"""Everything that is said about how visitors are announced."""

from collections.abc import Callable, Mapping

from bot.domain import visitors
from bot.domain.notices import Notice
from tests.texts.readers import Data, Said


def wishes(notice: Notice) -> Callable[[Data], Said]:
    """Every wish, and none yet."""
    return lambda data: ((notice, visitors.WishView(wish)) for wish in (None, *visitors.Wish))


def faces(notice: Notice) -> Callable[[Data], Said]:
    """With a photo and without."""
    return lambda data: ((notice, visitors.FaceView(file_id)) for file_id in (None, "AgACAgIAAxkBAAI"))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{kind: wishes(kind()) for kind in (visitors.WishAsked, visitors.WishKept)},
    **{kind: faces(kind()) for kind in (visitors.FaceAsked, visitors.FaceAwaited, visitors.FaceKept)},
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (visitors.WishAsked, visitors.WishKept)
