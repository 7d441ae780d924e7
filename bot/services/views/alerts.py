"""What is seen of alerts: names and place for everyone told; address, notes and contacts only for whoever has it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.access import Action, allowed
from bot.domain.alerts import (
    AlertCard,
    AlertDetails,
    AlertNotice,
    AlertState,
    AlertView,
    HelpIsComing,
    RungEmpty,
    SomebodyComes,
)
from bot.domain.errors import AlertGone
from bot.domain.notices import Notice
from bot.domain.remarks import WhereKnown
from bot.services.views import remarks
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import alerts, areas, history, persons, plans
from bot.storage.database import Transaction

Shown = AlertCard | AlertNotice | RungEmpty | HelpIsComing | SomebodyComes | WhereKnown


def alert(tx: Transaction, notice: Shown, look: Look) -> AlertView:
    """An alert with the names of everyone in it."""
    found = alerts.see(tx, notice.alert_id)
    if found is None:
        raise AlertGone
    in_charge = False
    if look.person_id is not None:
        reader = persons.actor(tx, persons.get(tx, look.person_id))
        in_charge = allowed(Action.ALERT_CLOSE, reader, areas.line(tx, found.area_id))
    view = AlertView(
        alert=found,
        person=persons.get(tx, found.person_id).name,
        place=place_name(tx, found.area_id),
        taker=None if found.taken_by is None else persons.get(tx, found.taken_by).name,
        told=tuple(persons.get(tx, one).name for one in alerts.told(tx, found.id)),
        mine=found.state is AlertState.TAKEN and found.taken_by == look.person_id and look.person_id is not None,
        in_charge=in_charge,
        now=look.now,
    )
    return remarks.added(tx, view, look)


def card(tx: Transaction, notice: AlertCard, look: Look) -> AlertView:
    """The card: details only on a message that is known, so that they can be blanked for certain."""
    view = alert(tx, notice, look)
    if not view.mine or look.person_id is None:
        return view
    if look.message_id is None:
        return replace(view, hidden=True)
    person = persons.get(tx, view.alert.person_id)
    history.disclosed(tx, viewer_id=look.person_id, person_id=person.id, subject=f"alert:{view.alert.id}", now=look.now)
    plan = plans.of_person(tx, person.id)
    contacts = plans.contacts(tx, plan.id) if plan else []
    listed = tuple((one.name, one.relation, one.telephone) for one in contacts)
    return replace(view, details=AlertDetails(person.door, person.telephone, plan.notes if plan else None, listed))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    AlertCard: card,
    AlertNotice: alert,
    RungEmpty: alert,
    HelpIsComing: alert,
    SomebodyComes: alert,
    WhereKnown: alert,
}
