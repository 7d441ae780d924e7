"""What is seen of money: by the two between whom it goes, and by who is in charge where they do not agree."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NeedGone
from bot.domain.media import subject_of
from bot.domain.notices import Notice
from bot.domain.receipts import (
    RECEIPT,
    BudgetNotice,
    BudgetView,
    ReceiptCard,
    ReceiptPhoto,
    ReceiptPhotoView,
    ReceiptView,
)
from bot.services import receipts, secrecy
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.storage import media, needs, persons
from bot.storage import receipts as stored
from bot.storage.database import Transaction


def budget(tx: Transaction, notice: BudgetNotice, look: Look) -> BudgetView:
    """What the reader has said of the money so far."""
    if look.person_id is None:
        raise NeedGone
    actor = persons.actor(tx, persons.get(tx, look.person_id))
    receipts.require_budget(tx, actor, notice.noun, notice.number)
    return BudgetView(receipts.budget_of(tx, actor, notice.noun, notice.number))


def receipt(tx: Transaction, notice: ReceiptCard, look: Look) -> ReceiptView:
    """What it came to. NeedGone for whoever it is no business of."""
    found = stored.see(tx, notice.receipt_id)
    about = None if found is None else needs.see(tx, found.need_id)
    if found is None or about is None or look.person_id is None or secrecy.withheld(tx, about, look.person_id):
        raise NeedGone
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    if not receipts.may_see(tx, reader, found, about):
        raise NeedGone
    said = stored.budget_of(tx, about.id)
    return ReceiptView(
        receipt=found,
        resident=persons.get(tx, about.person_id).name,
        helper=persons.get(tx, found.helper_id).name,
        side=receipts.side_of(found, about, look.person_id),
        ceiling=said.ceiling if said else None,
        photos=len(media.of_subject(tx, subject_of(RECEIPT, found.id))),
    )


def photo(tx: Transaction, notice: ReceiptPhoto, look: Look) -> ReceiptPhotoView:
    """The receipt itself, to the resident; NeedGone for anybody else."""
    found, kept = stored.see(tx, notice.receipt_id), media.see(tx, notice.media_id)
    about = None if found is None else needs.see(tx, found.need_id)
    if found is None or kept is None or about is None or about.person_id != look.person_id:
        raise NeedGone
    return ReceiptPhotoView(about.id, persons.get(tx, found.helper_id).name, file_of(tx, look, kept))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    BudgetNotice: budget,
    ReceiptCard: receipt,
    ReceiptPhoto: photo,
}
