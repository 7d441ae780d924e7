"""What is seen of a thank-you: by the two, as the group would read it, and by the group only what both agreed to."""

from collections.abc import Callable, Mapping

from bot.domain.errors import ShowcaseNotSo
from bot.domain.notices import Notice
from bot.domain.showcases import (
    Showcase,
    ShowcaseAsked,
    ShowcaseCard,
    ShowcaseHelperCard,
    ShowcaseInGroup,
    ShowcaseState,
    ShowcaseView,
    first_name,
    public_words,
)
from bot.services import showcases as cases
from bot.services.views.look import Look
from bot.services.views.needs import need
from bot.storage import persons, showcases
from bot.storage.database import Transaction


def own(tx: Transaction, notice: ShowcaseCard, look: Look) -> ShowcaseView:
    """For the resident who wrote it."""
    found = _found(tx, notice.showcase_id)
    if look.person_id != found.person_id:
        raise ShowcaseNotSo
    return _view(tx, found, found.helper_id)


def helpers(tx: Transaction, notice: ShowcaseHelperCard, look: Look) -> ShowcaseView:
    """For whoever helped."""
    found = _found(tx, notice.showcase_id)
    if look.person_id != found.helper_id:
        raise ShowcaseNotSo
    return _view(tx, found, found.person_id)


def in_group(tx: Transaction, notice: ShowcaseInGroup, look: Look) -> ShowcaseView:
    """For the group: nothing before both were asked, and nothing of what has become confidential."""
    found = _found(tx, notice.showcase_id)
    view = _view(tx, found, found.helper_id)
    if found.state is ShowcaseState.SHOWN:
        return view
    return ShowcaseView(ShowcaseState.WITHDRAWN, None, None, None, "", found.need_id)


def _found(tx: Transaction, showcase_id: int) -> Showcase:
    found = showcases.see(tx, showcase_id)
    if found is None:
        raise ShowcaseNotSo
    return found


def _view(tx: Transaction, found: Showcase, other_id: int) -> ShowcaseView:
    if found.words is None or not cases.is_public(tx, found):
        return ShowcaseView(ShowcaseState.WITHDRAWN, None, None, None, "", found.need_id)
    resident, helper = persons.get(tx, found.person_id).name, persons.get(tx, found.helper_id).name
    return ShowcaseView(
        state=found.state,
        words=public_words(found, resident, helper),
        resident=first_name(resident) if found.named else None,
        helper=first_name(helper) if found.helper_named else None,
        other=persons.get(tx, other_id).name,
        need_id=found.need_id,
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    ShowcaseAsked: need,
    ShowcaseCard: own,
    ShowcaseHelperCard: helpers,
    ShowcaseInGroup: in_group,
}
