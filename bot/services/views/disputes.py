"""What is seen of a dispute: the helper's side by who decides, the coordinator's word by both."""

from collections.abc import Callable, Mapping

from bot.domain.disputes import DisputeNotice, VerdictSaid, VerdictView
from bot.domain.errors import NeedGone
from bot.domain.notices import Notice
from bot.services.views.look import Look
from bot.services.views.needs import need
from bot.storage import disputes, persons
from bot.storage.database import Transaction


def verdict(tx: Transaction, notice: VerdictSaid, look: Look) -> VerdictView:
    """The coordinator's word, for the two whom it is said to."""
    found = disputes.see(tx, notice.dispute_id)
    if found is None or look.person_id not in (found.person_id, found.helper_id):
        raise NeedGone
    if found.verdict is None or found.decided_by is None:
        raise NeedGone
    return VerdictView(found.need_id, persons.get(tx, found.decided_by).name, found.verdict)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {DisputeNotice: need, VerdictSaid: verdict}
