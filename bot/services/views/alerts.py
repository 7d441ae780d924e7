"""What is seen of alerts: names and place for everyone told; address, notes and contacts only for whoever has it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, allowed
from bot.domain.alerts import (
    AlertCard,
    AlertDetails,
    AlertNotice,
    AlertOutcome,
    AlertState,
    AlertView,
    HelpIsComing,
    PleaseRing,
    RungEmpty,
    SomebodyComes,
    VisitorSilent,
    Whom,
)
from bot.domain.checkins import CheckInState
from bot.domain.companions import AlertHelpers
from bot.domain.errors import AlertGone
from bot.domain.notices import Notice
from bot.domain.remarks import WhereKnown
from bot.services import companions, followups, ladders, telephones
from bot.services.views import relatives, remarks
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import alerts, areas, checkins, history, persons, plans
from bot.storage.database import Transaction

HELPERS_AT_MOST, ANSWERS_SHOWN = 6, 3
Shown = AlertCard | PleaseRing | AlertNotice | RungEmpty | HelpIsComing | SomebodyComes | WhereKnown


def alert(tx: Transaction, notice: Shown, look: Look) -> AlertView:
    """An alert with the names of everyone in it."""
    found = alerts.see(tx, notice.alert_id)
    if found is None:
        raise AlertGone
    in_charge = may_follow = False
    if look.person_id is not None:
        reader = persons.actor(tx, persons.get(tx, look.person_id))
        may_follow = found.state is AlertState.CLOSED and followups.may(tx, reader, found)
        in_charge = allowed(Action.ALERT_CLOSE, reader, areas.line(tx, found.area_id))
    told_as = alerts.told_as(tx, found.id)
    view = AlertView(
        alert=found,
        person=persons.get(tx, found.person_id).name,
        place=place_name(tx, found.area_id),
        taker=None if found.taken_by is None else persons.get(tx, found.taken_by).name,
        told=tuple(persons.get(tx, one).name for one in told_as),
        mine=found.state is AlertState.TAKEN and found.taken_by == look.person_id and look.person_id is not None,
        in_charge=in_charge,
        now=look.now,
        sharing=telephones.others_on(tx, found.person_id),
        family=look.person_id is not None and told_as.get(look.person_id) is Whom.CONTACTS,
        may_follow=may_follow,
    )
    if (
        view.family
        and found.outcome is AlertOutcome.DECEASED
        and (look.message_id is None or not isinstance(notice, AlertCard))
    ):
        # Family hears it from a human: what waited for them is not said any more, and only what they have is drawn again.
        raise AlertGone
    return remarks.added(tx, _together(tx, view, look), look)


def _together(tx: Transaction, view: AlertView, look: Look) -> AlertView:
    """Who goes along, and who is asked to take it over."""
    alert_id, offered = view.alert.id, alerts.offered(tx, view.alert.id)
    return replace(
        view,
        joined=tuple(persons.get(tx, one).name for one in alerts.joined(tx, alert_id)),
        along=companions.is_along(tx, view.alert, look.person_id),
        offered=None if offered is None else persons.get(tx, offered).name,
        offered_to_me=offered is not None and offered == look.person_id,
    )


def helpers(tx: Transaction, notice: AlertHelpers, look: Look) -> AlertView:
    """Who could take it over."""
    view = alert(tx, notice, look)
    could = companions.could_take(tx, look.home, view.alert, now=look.now)[:HELPERS_AT_MOST]
    return replace(view, others=tuple((one, persons.get(tx, one).name) for one in could))


def silent(tx: Transaction, notice: VisitorSilent, look: Look) -> AlertView:
    """Who went and does not answer, with their telephone for whoever is in charge; the showing is written down."""
    view = alert(tx, notice, look)
    visitor = persons.find(tx, notice.person_id)
    if visitor is None or look.person_id is None or not view.in_charge:
        return view
    subject = f"alert:{view.alert.id}"
    history.disclosed(tx, viewer_id=look.person_id, person_id=visitor.id, subject=subject, now=look.now)
    return replace(view, visitor=(visitor.name, visitor.telephone))


def ring(tx: Transaction, notice: PleaseRing, look: Look) -> AlertView:
    """The contacts who have a telephone only; nothing of them once it has ended, or for whoever is not in charge any more."""
    view = alert(tx, notice, look)
    if view.alert.state is AlertState.CLOSED or look.person_id is None or not (view.in_charge or view.mine):
        return view
    subject, person_id = f"alert:{view.alert.id}", view.alert.person_id
    history.disclosed(tx, viewer_id=look.person_id, person_id=person_id, subject=subject, now=look.now)
    plan = plans.of_person(tx, person_id)
    contacts = plans.contacts(tx, plan.id) if plan else []
    listed = tuple(
        (one.name, one.relation, one.telephone)
        for one in contacts
        if ladders.rings(one, reached=one.person_id is not None and persons.chat_of(tx, one.person_id) is not None)
    )
    return replace(view, details=AlertDetails(None, None, None, listed))


def card(tx: Transaction, notice: AlertCard, look: Look) -> AlertView:
    """The card: details only on a message that is known, so that they can be blanked for certain."""
    view = alert(tx, notice, look)
    if not (view.mine or view.along) or look.person_id is None:
        return view
    if look.message_id is None:
        return replace(view, hidden=True)
    person = persons.get(tx, view.alert.person_id)
    history.disclosed(tx, viewer_id=look.person_id, person_id=person.id, subject=f"alert:{view.alert.id}", now=look.now)
    plan = plans.of_person(tx, person.id)
    contacts = plans.contacts(tx, plan.id) if plan else []
    listed = tuple((one.name, one.relation, one.telephone) for one in contacts if one.stands)
    notes, may_enter = (plan.notes, plan.may_enter) if plan else (None, None)
    details = AlertDetails(person.door, person.telephone, notes, listed, may_enter)
    return replace(view, details=details, last=_last(tx, person.id), proxies=_proxies(tx, person.id))


def _last(tx: Transaction, person_id: int) -> tuple[tuple[datetime, str], ...]:
    """The last answers: when, and what ("missed": none)."""
    found = checkins.of_person(tx, person_id, ANSWERS_SHOWN + 1)
    ended = [one for one in found if one.state not in (CheckInState.ASKED, CheckInState.EXCUSED)][:ANSWERS_SHOWN]
    return tuple((one.answered_at or one.due_at, one.answer.value if one.answer else "missed") for one in ended)


def _proxies(tx: Transaction, person_id: int) -> tuple[tuple[datetime, str, str], ...]:
    """Which of them family has given."""
    found = relatives.proxies(tx, checkins.of_person(tx, person_id, ANSWERS_SHOWN + 1))
    return tuple((one.answered_at or one.due_at, name, relation) for one, name, relation in found)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    AlertCard: card,
    AlertHelpers: helpers,
    PleaseRing: ring,
    AlertNotice: alert,
    VisitorSilent: silent,
    RungEmpty: alert,
    HelpIsComing: alert,
    SomebodyComes: alert,
    WhereKnown: alert,
}
