"""What is seen by whoever needs something once more."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.reopenings import ReopenAsked, ReopenWhyAsked
from bot.services.views.needs import need

VIEWS: Mapping[type[Notice], Callable[..., object]] = {ReopenAsked: need, ReopenWhyAsked: need}
