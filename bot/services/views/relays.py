"""What is seen of words that were passed on: by the two between whom they were, and by nobody else."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NeedGone
from bot.domain.notices import Notice
from bot.domain.relays import (
    RELAY,
    RelayAsked,
    RelayCard,
    RelayClosed,
    RelayEarly,
    RelayNotice,
    RelayView,
    is_open,
)
from bot.services import needs as decisions
from bot.services import secrecy
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.services.views.needs import need
from bot.storage import media, needs, persons, relays
from bot.storage.database import Transaction


def passed(tx: Transaction, notice: RelayCard | RelayNotice, look: Look) -> RelayView:
    """What was passed on. NeedGone for anybody but the two."""
    relay = relays.find(tx, notice.relay_id)
    about = None if relay is None else needs.see(tx, relay.need_id)
    if relay is None or about is None or look.person_id not in (relay.from_id, relay.to_id):
        raise NeedGone
    if secrecy.withheld(tx, about, look.person_id):
        raise NeedGone
    sent = media.newest(tx, f"{RELAY}:{relay.id}")
    owner = decisions.owner_of(tx, about)
    return RelayView(
        relay=relay,
        sender=persons.get(tx, relay.from_id).name,
        receiver=persons.get(tx, relay.to_id).name,
        owner=owner.name if owner else None,
        open=is_open(about),
        kind=sent.kind.value if sent else None,
        file_id=file_of(tx, look, sent) if sent and isinstance(notice, RelayCard) else None,
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    RelayCard: passed,
    RelayNotice: passed,
    RelayAsked: need,
    RelayClosed: need,
    RelayEarly: need,
}
