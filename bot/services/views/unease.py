"""What is seen when somebody did not feel safe: by themselves, and by who sees to it; the other side sees nothing at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.notices import Notice
from bot.domain.unease import Unease, UneaseAsked, UneaseCard, UneaseNotice, UneaseView, VisitMoved
from bot.domain.volunteers import Standing
from bot.services import secrecy, telling
from bot.services import unease as cases
from bot.services.views.look import Look
from bot.services.views.needs import need, place_name
from bot.storage import needs, persons, unease, volunteers
from bot.storage.database import Transaction


def one(tx: Transaction, notice: UneaseNotice, look: Look) -> UneaseView:
    """What was said, for whoever said it or sees to it."""
    found = _found(tx, notice.unease_id, look)
    return _view(tx, found, look)


def card(tx: Transaction, notice: UneaseCard, look: Look) -> UneaseView:
    """The same with what can be done, for who sees to it. Their telephone only on a known message, until it is handled."""
    found = _found(tx, notice.unease_id, look, keeper=True)
    view = replace(_view(tx, found, look), before=unease.said_of(tx, found.other_id, found.id))
    view = replace(view, volunteer_id=_volunteer(tx, found))
    if found.handled_at is not None or look.person_id is None:
        return view
    if look.message_id is None or not unease.was_shown(tx, found, look.person_id):
        return replace(view, hidden=True)
    return replace(view, shown=True, telephone=persons.get(tx, found.person_id).telephone)


def _found(tx: Transaction, unease_id: int, look: Look, *, keeper: bool = False) -> Unease:
    found = unease.see(tx, unease_id)
    if found is None or look.person_id is None:
        raise NotAllowed("read it")
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    own = found.person_id == reader.id and not keeper
    if not own and not cases.may_keep(tx, reader, found):
        raise NotAllowed("read it")
    return found


def _view(tx: Transaction, found: Unease, look: Look) -> UneaseView:
    of = needs.see(tx, found.need_id)
    known = of is not None and not secrecy.withheld(tx, of, look.person_id)
    able = cases.first_of(cases.keepers(tx, found), telling.coordinators_of(tx, found.area_id))
    return UneaseView(
        unease=found,
        author=persons.get(tx, found.person_id).name,
        other=persons.get(tx, found.other_id).name,
        place=place_name(tx, found.area_id),
        need_id=found.need_id if known else None,
        owner=persons.get(tx, able[0]).name if able else None,
        now=look.now,
        handler=None if found.handled_by is None else persons.get(tx, found.handled_by).name,
    )


def _volunteer(tx: Transaction, found: Unease) -> int | None:
    """Where the helper is a volunteer: by this row they can be suspended."""
    rows = volunteers.of_person(tx, found.helper_id)
    held = [one.id for one in rows if one.state in (Standing.ACTIVE, Standing.SUSPENDED)]
    return held[0] if held else None


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    UneaseAsked: need,
    UneaseNotice: one,
    UneaseCard: card,
    VisitMoved: need,
}
