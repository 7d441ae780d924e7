"""What is seen when several go to one need."""

from collections.abc import Callable, Mapping

from bot.domain.needs import NeedView, ResidentCard
from bot.domain.notices import Notice
from bot.domain.seats import SeatsAsked
from bot.services.views import needs
from bot.services.views.look import Look
from bot.storage.database import Transaction


def asked(tx: Transaction, notice: SeatsAsked, look: Look) -> NeedView:
    """The need as it stands."""
    return needs.need(tx, ResidentCard(notice.need_id), look)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {SeatsAsked: asked}
