"""What is seen of additions: where somebody is and what they said only by whoever has the alert, notes by who is in charge."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.alerts import AlertState, AlertView
from bot.domain.media import OPEN_AT_ALL, subject_of
from bot.domain.notices import Notice
from bot.domain.remarks import Noun, RemarkKind, RemarkTold, RemarkView
from bot.services import remarks
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import alerts, checkins, media, persons, wellbeing
from bot.storage.database import Transaction

ANSWERS = 4
Pairs = tuple[tuple[int, str], ...]


def added(tx: Transaction, view: AlertView, look: Look) -> AlertView:
    """The same alert with what was added to it, as far as this reader may know."""
    alert, ended = view.alert, view.alert.state is AlertState.CLOSED
    known = remarks.of(tx, Noun.ALERT, alert.id)
    where_known = any(one.kind is RemarkKind.WHERE for one in known)
    there = look.person_id is not None and look.person_id in (
        alert.taken_by,
        *(() if ended else alerts.told(tx, alert.id)),
    )
    sees = view.in_charge or there
    return replace(
        view,
        where_known=where_known,
        where_asked=not where_known and persons.get(tx, alert.person_id).door is None,
        sent=_sent(tx, view) if sees else (),
        notes=tuple(one for one in known if one.kind is RemarkKind.NOTED) if ended and sees else (),
        wellbeing=wellbeing.last(tx, alert.person_id, ANSWERS) if view.mine else (),
        said=tuple(one for one in known if one.kind is not RemarkKind.NOTED) if view.mine else (),
    )


def _sent(tx: Transaction, view: AlertView) -> Pairs:
    """Photos and voice notes of this alert, and what the person sent and nobody has opened."""
    mine = media.of_subject(tx, subject_of(Noun.ALERT.value, view.alert.id))
    unopened = (
        []
        if view.alert.state is AlertState.CLOSED
        else media.unopened_of(tx, view.alert.person_id, view.now - OPEN_AT_ALL)
    )
    return tuple((one.id, one.kind.value) for one in (*mine, *unopened))


def told(tx: Transaction, notice: RemarkTold, look: Look) -> RemarkView:
    """What was noted on a visit."""
    found = checkins.see_many(tx, [notice.checkin_id])
    if not found:
        raise LookupError(f"check-in {notice.checkin_id}")
    return RemarkView(
        person=persons.get(tx, found[0].person_id).name,
        place=place_name(tx, found[0].area_id),
        remarks=remarks.of(tx, Noun.CHECK_IN, notice.checkin_id),
        sent=enclosed(tx, notice.checkin_id, found[0].person_id),
        now=look.now,
    )


def enclosed(tx: Transaction, checkin_id: int, person_id: int) -> Pairs:
    """What others sent about a visit: not what the person themselves answered with."""
    found = media.of_subject(tx, subject_of(Noun.CHECK_IN.value, checkin_id))
    return tuple((one.id, one.kind.value) for one in found if one.person_id != person_id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {RemarkTold: told}
