"""What is seen of a person's history; that it was shown, and each alert of it, is written down."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.alerts import Alert
from bot.domain.figures import MONTHS_BACK
from bot.domain.histories import (
    Chapter,
    HistoriesView,
    HistoryList,
    HistoryView,
    PastAlert,
    PastCheckIn,
    PersonHistory,
    sign_of,
)
from bot.domain.notices import Notice
from bot.domain.plans import CareList
from bot.services import histories as decisions
from bot.services.views import plans as plan_views
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import histories, history, persons
from bot.storage.database import Transaction
from bot.storage.history import Event

CHECK_INS, ALERTS, ANSWERS, ABSENCES = 10, 5, 12, 4


def page(tx: Transaction, notice: PersonHistory, look: Look) -> HistoryView:
    """One page, for whoever is in charge of this person now."""
    if look.person_id is None:
        raise LookupError("a history is read by a person")
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    plan = decisions.require_see(tx, reader, notice.plan_id)
    shown = f"{Chapter(notice.chapter).name.lower()}:{notice.page}"
    history.write(tx, Event(look.now, reader.id, notice.subject, "shown", after=shown))
    view = HistoryView(
        person=persons.get(tx, plan.person_id).name,
        place=place_name(tx, plan.area_id),
        page=notice.page,
        has_more=False,
        month=decisions.month_back(look.home, 0, look.now),
        now=look.now,
    )
    return CHAPTERS[Chapter(notice.chapter)](tx, view, plan.person_id, look, reader.id)


def _month(tx: Transaction, view: HistoryView, person_id: int, look: Look, reader_id: int) -> HistoryView:
    month = decisions.month_back(look.home, min(view.page, MONTHS_BACK), look.now)
    days = decisions.glance(tx, look.home, person_id, month, look.now)
    return replace(view, month=month, days=days, has_more=view.page < MONTHS_BACK)


def _checkins(tx: Transaction, view: HistoryView, person_id: int, look: Look, reader_id: int) -> HistoryView:
    found = histories.checkin_page(tx, person_id, limit=CHECK_INS + 1, offset=view.page * CHECK_INS)
    shown = found[:CHECK_INS]
    unheard = histories.unheard(tx, [one.id for one in shown])
    others = [one.answered_by for one in shown if one.answered_by not in (None, person_id)]
    names = histories.names(tx, [one for one in others if one is not None])
    past = tuple(
        PastCheckIn(one, sign_of(one, unheard=one.id in unheard), names.get(one.answered_by or 0)) for one in shown
    )
    return replace(view, checkins=past, has_more=len(found) > CHECK_INS)


def _alerts(tx: Transaction, view: HistoryView, person_id: int, look: Look, reader_id: int) -> HistoryView:
    found = histories.alert_page(tx, person_id, limit=ALERTS + 1, offset=view.page * ALERTS)
    shown = found[:ALERTS]
    for one in shown:
        subject = f"alert:{one.id}"
        history.disclosed(tx, viewer_id=reader_id, person_id=person_id, subject=subject, now=look.now)
    return replace(view, alerts=tuple(_alert(tx, one) for one in shown), has_more=len(found) > ALERTS)


def _alert(tx: Transaction, alert: Alert) -> PastAlert:
    taken, ended = histories.first_taken(tx, alert.id), histories.ended(tx, alert.id)
    closer = None if ended is None or ended[0] in (None, alert.person_id) else ended[0]
    names = histories.names(tx, [one for one in (taken and taken[0], closer) if one is not None])
    return PastAlert(
        alert=alert,
        taker=names.get(taken[0]) if taken else None,
        taken_at=taken[1] if taken else None,
        closer=names.get(closer) if closer is not None else None,
        ended_at=ended[1] if ended else None,
    )


def _rest(tx: Transaction, view: HistoryView, person_id: int, look: Look, reader_id: int) -> HistoryView:
    answers = histories.wellbeing_page(tx, person_id, limit=ANSWERS + 1, offset=view.page * ANSWERS)
    absences = histories.absence_page(tx, person_id, limit=ABSENCES + 1, offset=view.page * ABSENCES)
    return replace(
        view,
        wellbeing=tuple((topic.value, good, day) for topic, good, day in answers[:ANSWERS]),
        absences=tuple(absences[:ABSENCES]),
        has_more=len(answers) > ANSWERS or len(absences) > ABSENCES,
    )


CHAPTERS: Mapping[Chapter, Callable[[Transaction, HistoryView, int, Look, int], HistoryView]] = {
    Chapter.MONTH: _month,
    Chapter.CHECK_INS: _checkins,
    Chapter.ALERTS: _alerts,
    Chapter.REST: _rest,
}


def whose(tx: Transaction, notice: HistoryList, look: Look) -> HistoriesView:
    """Who is cared for where the reader is in charge."""
    return plan_views.care_list(tx, CareList(notice.offset), look)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {PersonHistory: page, HistoryList: whose}
