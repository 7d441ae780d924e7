"""What is seen when a group is bound to a place."""

from collections.abc import Callable, Mapping

from bot.domain.groups import GroupBound, GroupPlaces
from bot.domain.notices import Notice
from bot.domain.people import PlaceChoice
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.services.views.people import choice
from bot.storage.database import Transaction


def places(tx: Transaction, notice: GroupPlaces, look: Look) -> PlaceChoice:
    """The places that a group can belong to."""
    return choice(tx, notice.area_id, notice.page)


def bound(tx: Transaction, notice: GroupBound, look: Look) -> str:
    """The name of the group's place."""
    return place_name(tx, notice.area_id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {GroupPlaces: places, GroupBound: bound}
