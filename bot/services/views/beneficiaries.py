"""What is seen of those for whom somebody asks: their name, while it is being written; on cards, by whoever may see names."""

from collections.abc import Callable, Mapping

from bot.domain.beneficiaries import BeneficiaryAsked
from bot.domain.notices import Notice
from bot.services.views.look import Look
from bot.storage import beneficiaries, drafts
from bot.storage.database import Transaction


def name(tx: Transaction, notice: BeneficiaryAsked, look: Look) -> str | None:
    """What they are called; None: that is still asked, or it is for nobody else any more."""
    draft = None if look.person_id is None else drafts.find(tx, look.person_id)
    if draft is None or draft.number != notice.number:
        return None
    whom = beneficiaries.find(tx, f"draft:{draft.person_id}:{draft.number}")
    return None if whom is None else whom.name


VIEWS: Mapping[type[Notice], Callable[..., object]] = {BeneficiaryAsked: name}
