"""What a database out of a backup says and does not say: nothing is replayed, nobody is asked what is stale, and whoever is in
charge hears from when to when nothing is known."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.alerts import AlertCard
from bot.domain.backups import ALERTS_REST, NEEDS_REST, AlertPutBack, BackupFailed, PutBack
from bot.domain.checkins import CheckInState, opened
from bot.domain.values import changed
from bot.services import telling
from bot.storage import checkins, history, plans
from bot.storage.backups import records
from bot.storage.columns import seconds
from bot.storage.database import Transaction
from bot.storage.history import Event

PAGE = 500


def failed(tx: Transaction, slot_at: datetime, why: str, *, now: datetime) -> None:
    """A backup could not be made: administrators hear it once, until one has been made again."""
    if records.failed(tx, slot_at, why):
        for person_id in records.administrators(tx):
            telling.tell(tx, person_id, BackupFailed(why), now=now)


@dataclass
class Lost:
    """What is not known any more, by place: questions as (person, when), alerts and needs by their places."""

    questions: dict[int, list[tuple[int, datetime]]] = field(default_factory=lambda: defaultdict(list))
    alerts: list[tuple[int, int]] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)
    letters: int = 0

    def within(self, places: set[int]) -> "Lost":
        """The part of it at these places."""
        questions = {place: asked for place, asked in self.questions.items() if place in places}
        alerts = [one for one in self.alerts if one[1] in places]
        return Lost(questions, alerts, [place for place in self.needs if place in places], self.letters)


def put_back(tx: Transaction, taken_at: datetime, zone: ZoneInfo, *, now: datetime) -> Lost:
    """The database is as it was at `taken_at`, and time has gone on without it: settled before anything runs on it.

    The letters that waited are not sent. Questions whose time is over are *not asked*. Alerts rest ten minutes, requests an
    hour, and whoever is in charge is told first.
    """
    records.skip_numbers(tx)
    records.begin_nothing(tx)
    lost = Lost(letters=records.silence(tx))
    for person_id, area_id, at in records.unknown_questions(tx, now):
        lost.questions[area_id].append((person_id, at))
    _skip_slots(tx, lost, zone, now=now)
    records.end_drills(tx, now)
    lost.alerts = records.rest_alerts(tx, now + ALERTS_REST)
    lost.needs = records.rest_needs(tx, now + NEEDS_REST)
    history.write(tx, Event(now, None, "database:1", "put back", before=taken_at.isoformat(), after=now.isoformat()))
    _tell(tx, lost, taken_at, now=now)
    return lost


def _skip_slots(tx: Transaction, lost: Lost, zone: ZoneInfo, *, now: datetime) -> None:
    """Slots that passed entirely since the backup are not asked; one whose time still runs is opened by the first tick."""
    after = 0
    while page := records.overdue_plans(tx, now, after, PAGE):
        after = page[-1]
        pairs, missed = [], []
        for plan in plans.get_many(tx, page):
            due = [(one, opened(plan, one.day, one.slot, one.at, now)) for one in plan.due_occasions(now, zone)]
            missed += [fresh for _, fresh in due if fresh.state is CheckInState.NOT_ASKED]
            running = [one.opens_at for one, fresh in due if fresh.state is not CheckInState.NOT_ASKED]
            coming = plan.next_after(now, zone)
            act_at = min(running, default=coming.opens_at if coming else None)
            pairs.append((plan, changed(plan, act_at=act_at)))
        plans.schedule(tx, pairs)
        for one in checkins.open_many(tx, missed):
            if one.state is CheckInState.NOT_ASKED:
                lost.questions[one.area_id].append((one.person_id, one.asked_at))


def _tell(tx: Transaction, lost: Lost, taken_at: datetime, *, now: datetime) -> None:
    charges = records.in_charge(tx)
    below = records.below(tx, [area_id for _, area_id in charges])
    for person_id, area_id in charges:
        telling.tell(tx, person_id, _summary(area_id, lost.within(below[area_id]), taken_at, now), now=now)
    goes_on_at = now + ALERTS_REST
    for alert_id, area_id in lost.alerts:
        notice = AlertPutBack(alert_id, seconds(taken_at), seconds(goes_on_at))
        told = telling.coordinators_of(tx, area_id)
        for person_id in told:
            telling.tell(tx, person_id, notice, now=now)
            telling.tell_afresh(tx, person_id, AlertCard(alert_id), now=now)
        if not told:
            records.goes_on(tx, alert_id, now)


def _summary(area_id: int, lost: Lost, taken_at: datetime, now: datetime) -> PutBack:
    asked = [one for place in lost.questions.values() for one in place]
    times = [at for _, at in asked] or [now]
    return PutBack(
        area_id=area_id,
        taken_at=seconds(taken_at),
        at=seconds(now),
        questions=len(asked),
        people=len({person_id for person_id, _ in asked}),
        first=seconds(min(times)) if asked else 0,
        last=seconds(max(times)) if asked else 0,
        alerts=len(lost.alerts),
        needs=len(lost.needs),
        letters=lost.letters,
        needs_rest_until=seconds(now + NEEDS_REST),
    )
