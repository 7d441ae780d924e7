"""What is seen of the small question."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.wellbeing import WantAsked, WellbeingNotice, WellbeingView
from bot.services.views.look import Look
from bot.storage import checkins, persons, wellbeing
from bot.storage.database import Transaction


def asked(tx: Transaction, notice: WellbeingNotice, look: Look) -> WellbeingView:
    """The question and whom it asks."""
    found = wellbeing.see(tx, notice.wellbeing_id)
    if found is None:
        raise LookupError(f"wellbeing {notice.wellbeing_id}")
    return WellbeingView(found, persons.get(tx, found.person_id).name)


def want(tx: Transaction, notice: WantAsked, look: Look) -> str:
    """The name of whom it asks."""
    found = checkins.see_many(tx, [notice.checkin_id])
    if not found:
        raise LookupError(f"check-in {notice.checkin_id}")
    return persons.get(tx, found[0].person_id).name


VIEWS: Mapping[type[Notice], Callable[..., object]] = {WellbeingNotice: asked, WantAsked: want}
