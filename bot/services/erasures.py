"""Somebody asks to be forgotten: asked twice, refused while others wait for them, and then forgotten in one transaction."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.alerts import AlertOutcome
from bot.domain.erasures import (
    CareLeft,
    ErasureView,
    ForgetAsked,
    ForgetAskedAgain,
    ForgetRefused,
    Forgotten,
    HelperLeft,
    Hold,
    Obstacle,
    still_stands,
)
from bot.domain.home import Home
from bot.domain.needs import State
from bot.domain.notices import Notice, QuestionClosed
from bot.domain.people import Actor, MenuChanged, Role
from bot.services import departures, needs, plans, recurrences, telling
from bot.storage import absences, alerts, areas, erasures, history, knocks, outbox, persons, watches
from bot.storage import needs as stored_needs
from bot.storage import plans as stored_plans
from bot.storage.columns import seconds
from bot.storage.database import Transaction
from bot.storage.history import Event

RUNNING_AT_MOST = 5


def ask(tx: Transaction, actor: Actor, *, now: datetime) -> Notice:
    """What would be forgotten? Or, while something is held, what has to be handed over first."""
    return ForgetRefused() if obstacles(tx, actor.id, now=now) else ForgetAsked()


def ask_again(tx: Transaction, actor: Actor, *, now: datetime) -> Notice:
    """The last question."""
    return ForgetRefused() if obstacles(tx, actor.id, now=now) else ForgetAskedAgain(seconds(now))


def forget(tx: Transaction, actor: Actor, home: Home, asked_at: int, *, now: datetime) -> tuple[Notice, ...]:
    """They have said it twice: forgotten, unless something is held meanwhile; an old question is asked anew."""
    if obstacles(tx, actor.id, now=now):
        return (ForgetRefused(),)
    if not still_stands(asked_at, now):
        return (ForgetAsked(),)
    erase(tx, home, actor, now=now)
    # The menu of a coordinator is not left in the chat of somebody who is a stranger now.
    return Forgotten(), MenuChanged()


def view(tx: Transaction, person_id: int, *, now: datetime) -> ErasureView:
    """What somebody would lose, and what stands in the way."""
    running = len(stored_needs.running_of(tx, person_id))
    return ErasureView(
        stored_plans.of_person(tx, person_id) is not None, running, tuple(obstacles(tx, person_id, now=now))
    )


def obstacles(tx: Transaction, person_id: int, *, now: datetime) -> list[Obstacle]:
    """What this person holds that others wait for: each with its own next step."""
    return list(_obstacles(tx, person_id, now))


def _obstacles(tx: Transaction, person_id: int, now: datetime) -> Iterator[Obstacle]:
    yield from (Obstacle(Hold.CLAIM, need.id) for need in stored_needs.claimed_by(tx, person_id))
    yield from (Obstacle(Hold.ALERT, alert_id) for alert_id in erasures.alerts_held(tx, person_id))
    missed = alerts.open_for(tx, person_id)
    if missed is not None:
        yield Obstacle(Hold.MISSED, missed.id)
    if any(listed.due_at > now for listed in knocks.held_by(tx, person_id)):
        yield Obstacle(Hold.ROUND)
    if watches.held_by(tx, person_id, now):
        yield Obstacle(Hold.WATCH)
    for role, hold in ((Role.COORDINATOR, Hold.COORDINATOR), (Role.ADMINISTRATOR, Hold.ADMINISTRATOR)):
        for area_id in erasures.only_holder(tx, person_id, role.value):
            yield Obstacle(hold, place=" ".join(areas.path_names(tx, area_id)))


def erase(tx: Transaction, home: Home, actor: Actor, *, now: datetime) -> None:
    """Everything of this person is forgotten, whatever they hold: it is ended or goes back to others first, and these hear.

    Applied a second time it changes nothing.
    """
    _end_care(tx, actor, home, now=now)
    recurrences.end_all(tx, actor.id, now=now)
    _end_needs(tx, actor, home, now=now)
    _leave(tx, home, actor, now=now)
    leaning = erasures.leans_on(tx, actor.id)
    shown = erasures.shown_on(tx, actor.id)
    for row in erasures.media_cards(tx, actor.id):
        outbox.say(
            tx,
            QuestionClosed(row["message_id"]),
            bot_id=row["bot_id"],
            chat_id=row["chat_id"],
            person_id=row["person_id"],
            now=now,
        )
    erasures.forget(tx, actor.person)
    erasures.note(tx, actor.id, now)
    history.write(tx, Event(now, None, f"person:{actor.id}", "forgotten"))
    # Whatever chat still shows a card with a word of theirs shows it without.
    outbox.touch(tx, *shown)
    for plan_id in leaning:
        plan = stored_plans.find(tx, plan_id)
        if plan is not None:
            telling.tell_coordinators(tx, plan.area_id, HelperLeft(plan_id), now=now)


def _end_care(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> None:
    """Nobody asks any more, and whoever is in charge hears that first."""
    plan = stored_plans.of_person(tx, actor.id)
    if plan is None:
        return
    away = absences.of_plan(tx, plan.id)
    if away is not None:
        absences.save(tx, away, away.confirmed(now).ended(now))
    plans.end(tx, actor, home, plan.id, now=now)
    telling.day_moved(tx, [plan.area_id])
    telling.tell_coordinators(tx, plan.area_id, CareLeft(plan.area_id), now=now)


def _end_needs(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> None:
    """What they asked for is cancelled, and whoever was going hears it; what was done is taken as done."""
    for need in stored_needs.running_of(tx, actor.id):
        if need.state is State.DONE:
            needs.confirm(tx, actor, need.id, now=now)
        else:
            needs.cancel(tx, actor, need.id, now=now)


def _leave(tx: Transaction, home: Home, actor: Actor, *, now: datetime) -> None:
    """What they hold goes back, and an alert about them ends: nothing of it should be left, and a restored one may be."""
    bare = Actor(actor.person)
    # First of all, so that what goes back does not come to them again.
    persons.revoke(tx, actor.id)
    departures.hand_back(tx, home, bare, by=actor.id, now=now)
    _hand_over_absences(tx, actor.id)
    alert = alerts.open_for(tx, actor.id)
    if alert is not None:
        alerts.save(tx, alert, alert.close(AlertOutcome.OTHER, None), closed_by=None)
        outbox.touch(tx, f"alert:{alert.id}")


def _hand_over_absences(tx: Transaction, person_id: int) -> None:
    """Whoever is away and was theirs to remember is remembered by whoever is in charge."""
    for absence in absences.owned_by(tx, person_id):
        others = [one for one in telling.coordinators_of(tx, absence.area_id) if one != person_id]
        if others:
            absences.give(tx, absence.id, others[0])


def to_apply_again(tx: Transaction, marks: set[str]) -> list[int]:
    """Who was forgotten after this database was copied: it is a restored backup, older than these marks."""
    missing = erasures.unknown(tx, marks)
    return list(erasures.marked(tx, missing)) if missing else []


def apply_again(tx: Transaction, home: Home, person_id: int, *, now: datetime) -> None:
    """They are forgotten again, whatever they held when the backup was made."""
    erase(tx, home, persons.actor(tx, persons.get(tx, person_id)), now=now)
