"""Who cannot be reached, and when they have duty."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.responders import ResponderUnreached, ResponderView
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, watches
from bot.storage.database import Transaction


def unreached(tx: Transaction, notice: ResponderUnreached, look: Look) -> ResponderView:
    """As it stands now. LookupError when there is no such watch any more, or they have left it."""
    watch = watches.see(tx, notice.watch_id)
    if watch is None or notice.person_id not in watch.people:
        raise LookupError(f"watch {notice.watch_id}")
    chats = persons.chats_of(tx, watch.people)
    return ResponderView(
        persons.get(tx, notice.person_id).name,
        place_name(tx, watch.area_id),
        watch.starts_at,
        watch.ends_at,
        look.now,
        sum(person_id in chats for person_id in watch.people if person_id != notice.person_id),
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {ResponderUnreached: unreached}
