"""What is seen of looks on a later day: the address only for whoever has it, on a card that can be blanked."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.access import Action, allowed
from bot.domain.alerts import AlertDetails
from bot.domain.errors import AlertGone, FollowUpNotSo
from bot.domain.followups import (
    FollowUpAsked,
    FollowUpCard,
    FollowUpDayAsked,
    FollowUpLine,
    FollowUpNotice,
    FollowUpView,
)
from bot.domain.notices import Notice
from bot.domain.remarks import Noun, RemarkKind
from bot.services import followups as cases
from bot.services import remarks
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import alerts, areas, followups, history, persons, plans
from bot.storage.database import Transaction

LISTED_AT_MOST = 20


def asked(tx: Transaction, notice: FollowUpAsked | FollowUpDayAsked, look: Look) -> FollowUpView:
    """After which alert."""
    alert = alerts.see(tx, notice.alert_id)
    if alert is None:
        raise AlertGone
    name = persons.get(tx, alert.person_id).name
    return FollowUpView(None, name, "", "", alert.outcome, alert.opened_at, (), mine=True, now=look.now)


def follow_up(tx: Transaction, notice: FollowUpCard | FollowUpNotice, look: Look) -> FollowUpView:
    """One look with names, what was found and what was noted then."""
    found = followups.see(tx, notice.follow_up_id)
    alert = None if found is None else alerts.see(tx, found.alert_id)
    if found is None or alert is None or look.person_id is None:
        raise FollowUpNotSo
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    mine = allowed(Action.FOLLOW_UP, reader, areas.line(tx, found.area_id), cases.relations(found, reader))
    notes = tuple(one for one in remarks.of(tx, Noun.ALERT, alert.id) if one.kind is RemarkKind.NOTED)
    return FollowUpView(
        found,
        persons.get(tx, found.person_id).name,
        place_name(tx, found.area_id),
        persons.get(tx, found.owner_id).name,
        alert.outcome,
        alert.opened_at,
        notes if mine else (),
        mine,
        look.now,
        None if found.done_by is None else persons.get(tx, found.done_by).name,
    )


def card(tx: Transaction, notice: FollowUpCard, look: Look) -> FollowUpView:
    """The same with how to get there, for whoever has it and on a message that is known; the showing is written down."""
    view = follow_up(tx, notice, look)
    found = view.follow_up
    if found is None or not view.mine or found.done_at is not None or look.person_id is None:
        return view
    if look.message_id is None:
        return replace(view, hidden=True)
    person, subject = persons.get(tx, found.person_id), f"followup:{found.id}"
    history.disclosed(tx, viewer_id=look.person_id, person_id=person.id, subject=subject, now=look.now)
    plan = plans.of_person(tx, person.id)
    return replace(view, details=AlertDetails(person.door, person.telephone, plan.notes if plan else None, ()))


def lines(tx: Transaction, area_ids: list[int], look: Look) -> tuple[FollowUpLine, ...]:
    """What waits by today, each in one line."""
    today = look.now.astimezone(look.home.timezone).date()
    return tuple(
        FollowUpLine(
            persons.get(tx, one.person_id).name,
            persons.get(tx, one.owner_id).name,
            one.day,
            one.day < today or one.handed_at is not None,
        )
        for one in followups.waiting(tx, area_ids, today, LISTED_AT_MOST)
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    FollowUpAsked: asked,
    FollowUpDayAsked: asked,
    FollowUpCard: card,
    FollowUpNotice: follow_up,
}
