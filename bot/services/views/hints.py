"""What is seen of a hint: by the resident whose home it is about."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NeedGone
from bot.domain.hints import HintAsked, HintCard, HintView
from bot.domain.notices import Notice
from bot.services.views.look import Look
from bot.storage import hints, persons
from bot.storage.database import Transaction


def hint(tx: Transaction, notice: HintCard | HintAsked, look: Look) -> HintView:
    """What was left, and by whom; NeedGone for anybody else."""
    found = hints.find(tx, notice.hint_id)
    if found is None or found.person_id != look.person_id:
        raise NeedGone
    return HintView(found, persons.get(tx, found.by_id).name)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {HintCard: hint, HintAsked: hint}
