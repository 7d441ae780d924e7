"""What was found at the door or on the telephone."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.alerts import AlertCard, Cause, Whom
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.errors import ButtonInvalid, KnockNotSo
from bot.domain.home import Home
from bot.domain.knocks import (
    AWAY,
    UNDO_FOR,
    Knock,
)
from bot.domain.people import Actor
from bot.domain.plans import Channel
from bot.services import alerts, daily_news, telling
from bot.services.knocks.rounds import lookers
from bot.storage import alerts as stored_alerts
from bot.storage import areas, checkins, farewells, history, knocks, outbox
from bot.storage.database import Transaction
from bot.storage.history import Event


def record(
    tx: Transaction, actor: Actor, home: Home, checkin_id: int, said: CheckInAnswer, *, now: datetime
) -> CheckIn:
    """Somebody has knocked or rung: seen and well, spoken, or needs help (an alert at once)."""
    checkin, knock = _visited(tx, actor, home, checkin_id, now=now)
    if checkin.state is CheckInState.EXCUSED or knock.found is not None:
        raise KnockNotSo
    current = checkin
    if checkin.state is CheckInState.ASKED:
        current = checkin.answered(said, now, actor.id)
        checkins.save(tx, checkin, current)
        daily_news.tell(tx, [current], now=now)
        telling.day_moved(tx, [checkin.area_id])
    history.write(
        tx, Event(now, actor.id, f"checkin:{checkin_id}", said.value, checkin.state.value, current.state.value)
    )
    _found(tx, replace(knock, found=said.value, try_at=None))
    if said is CheckInAnswer.HELP:
        alerts.raise_alert(tx, home, checkin.person_id, Cause.HELP, now=now, by=actor.id)
    elif current.state is CheckInState.ALERT:
        _to_alert(tx, actor, checkin.person_id, now=now)
    return current


def _to_alert(tx: Transaction, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Found after the alert had opened: its card comes to whoever found them, to record there what it was."""
    alert = stored_alerts.open_for(tx, person_id)
    if alert is not None:
        stored_alerts.tell(tx, alert.id, actor.id, Whom.DUTY, now)
        telling.tell_afresh(tx, actor.id, AlertCard(alert.id), now=now)


def not_there(tx: Transaction, actor: Actor, home: Home, checkin_id: int, *, now: datetime) -> Knock:
    """Nobody answered. At a door that is an alert at once; a call is tried again, and is an alert after the last try."""
    checkin, knock = _visited(tx, actor, home, checkin_id, now=now)
    if checkin.state is not CheckInState.ASKED or knock.found is not None:
        raise KnockNotSo
    if checkin.channel is Channel.CALL:
        tried = knock.tried(now)
        if tried != knock:
            history.write(tx, Event(now, actor.id, f"checkin:{checkin_id}", "no answer", after=str(len(tried.tries))))
        if not tried.given_up:
            _found(tx, tried)
            _sooner(tx, tried, now=now)
            return tried
        knock = tried
    gone = replace(knock, found=AWAY, try_at=None)
    checkins.save(tx, checkin, replace(checkin, state=CheckInState.ALERT, act_at=None))
    history.write(
        tx, Event(now, actor.id, f"checkin:{checkin_id}", AWAY, checkin.state.value, CheckInState.ALERT.value)
    )
    _found(tx, gone)
    alerts.raise_alert(tx, home, checkin.person_id, Cause.UNVISITED, now=now, by=actor.id)
    return gone


def undo(tx: Transaction, actor: Actor, home: Home, checkin_id: int, *, now: datetime) -> None:
    """ "I pressed the wrong one": within ten minutes this person is to be reached again; an alert is not taken back."""
    checkin, knock = _visited(tx, actor, home, checkin_id, now=now)
    answered_at = checkin.answered_at
    if checkin.state is not CheckInState.ANSWERED or knock.found is None or answered_at is None:
        raise KnockNotSo
    if farewells.of_person(tx, checkin.person_id) is not None:
        raise KnockNotSo
    if now - answered_at > UNDO_FOR or knock.found == CheckInAnswer.HELP.value:
        raise KnockNotSo
    due = max(checkin.due_at, now + UNDO_FOR)
    again = replace(
        checkin,
        state=CheckInState.ASKED,
        answer=None,
        answered_at=None,
        answered_by=None,
        due_at=due,
        act_at=due,
    )
    checkins.save(tx, checkin, again)
    daily_news.take_back(tx, checkin, now=now)
    history.write(
        tx,
        Event(now, actor.id, f"checkin:{checkin_id}", "undone", checkin.state.value, again.state.value, knock.found),
    )
    _found(tx, replace(knock, found=None))
    listed = knocks.find_list(tx, knock.list_id)
    if listed is not None:
        knocks.make_list(tx, replace(listed, due_at=due, act_at=due))


def may_record(tx: Transaction, actor: Actor, home: Home, checkin_id: int, *, now: datetime) -> CheckIn:
    """The check-in, if this person may say what they found there."""
    return _visited(tx, actor, home, checkin_id, now=now)[0]


def _visited(tx: Transaction, actor: Actor, home: Home, checkin_id: int, *, now: datetime) -> tuple[CheckIn, Knock]:
    """A check-in with its visit, if this person may record it: whoever has the list, is on duty, or is in charge."""
    checkin = checkins.find(tx, checkin_id)
    knock = knocks.of_checkin(tx, checkin_id)
    if checkin is None or knock is None:
        raise ButtonInvalid
    relations: set[Relation] = set()
    if actor.id in lookers(tx, home, checkin.area_id, now=now):
        relations.add(Relation.TOLD)
    listed = knocks.see_list(tx, knock.list_id)
    if listed is not None and listed.holder_id == actor.id:
        relations.add(Relation.HOLDER)
    require(Action.CHECK_IN_RECORD, actor, areas.line(tx, checkin.area_id), relations)
    return checkin, knock


def _found(tx: Transaction, knock: Knock) -> None:
    knocks.save(tx, knock)
    outbox.touch(tx, f"checkin:{knock.checkin_id}", f"knocks:{knock.list_id}")


def _sooner(tx: Transaction, knock: Knock, *, now: datetime) -> None:
    """The list waits for its next call."""
    listed = knocks.find_list(tx, knock.list_id)
    if listed is not None and knock.try_at is not None:
        knocks.save_list(tx, listed, replace(listed, act_at=listed.next_act([knock.try_at], now)))


def moved(tx: Transaction, checkin_ids: list[int]) -> None:
    """Something else became of these check-ins: whoever has them on a list sees it."""
    found = knocks.of_checkins(tx, checkin_ids) if checkin_ids else []
    subjects = {f"checkin:{knock.checkin_id}" for knock in found} | {f"knocks:{knock.list_id}" for knock in found}
    if subjects:
        outbox.touch(tx, *sorted(subjects))
