"""What is seen of farewells."""

from collections.abc import Callable, Mapping

from bot.domain.errors import FarewellNotSo
from bot.domain.farewells import FarewellAsked, FarewellCard, FarewellNotice, FarewellView
from bot.domain.notices import Notice
from bot.services import farewells as cases
from bot.services.views.look import Look
from bot.storage import alerts, farewells, history, needs, persons, plans
from bot.storage.database import Transaction


def asked(tx: Transaction, notice: FarewellAsked, look: Look) -> FarewellView:
    """Of whom it is said; nothing is asked any more once it has been."""
    if farewells.of_person(tx, notice.person_id) is not None:
        raise FarewellNotSo
    alert = alerts.open_for(tx, notice.person_id)
    name = persons.get(tx, notice.person_id).name
    return FarewellView(None, name, "", may_mend=False, alert_id=alert.id if alert else None)


def farewell(tx: Transaction, notice: FarewellCard | FarewellNotice, look: Look) -> FarewellView:
    """One farewell with names."""
    found = farewells.see(tx, notice.farewell_id)
    if found is None:
        raise FarewellNotSo
    reader = None if look.person_id is None else persons.actor(tx, persons.get(tx, look.person_id))
    return FarewellView(
        found,
        persons.get(tx, found.person_id).name,
        persons.get(tx, found.by_id).name,
        reader is not None and cases.may_mend(tx, reader, found, now=look.now),
        None if found.undone_by is None else persons.get(tx, found.undone_by).name,
        needs=len(needs.running_of(tx, found.person_id)),
        alert_id=found.alert_id,
    )


def card(tx: Transaction, notice: FarewellCard, look: Look) -> FarewellView:
    """The same with the family's telephones, for who is in charge and on that day; the showing is written down."""
    view = farewell(tx, notice, look)
    found = view.farewell
    if found is None or found.plan_id is None or look.person_id is None or not view.may_mend:
        return view
    subject = f"farewell:{found.id}"
    history.disclosed(tx, viewer_id=look.person_id, person_id=found.person_id, subject=subject, now=look.now)
    listed = tuple((one.name, one.relation, one.telephone) for one in plans.contacts(tx, found.plan_id))
    return FarewellView(found, view.person, view.by, view.may_mend, view.undone_by, listed, view.needs, view.alert_id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    FarewellAsked: asked,
    FarewellCard: card,
    FarewellNotice: farewell,
}
