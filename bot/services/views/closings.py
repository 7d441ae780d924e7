"""What is seen by whoever wants to do something else about a closed need."""

from collections.abc import Callable, Mapping

from bot.domain.closings import ClosingMore
from bot.domain.notices import Notice
from bot.services.views.needs import need

VIEWS: Mapping[type[Notice], Callable[..., object]] = {ClosingMore: need}
