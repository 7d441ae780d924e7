"""Looking again on a later day: chosen after an outcome, reminded of in the morning, never forgotten."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.alerts import Alert, AlertOutcome, AlertState
from bot.domain.errors import AlertNotSo, FollowUpNotSo
from bot.domain.followups import NOTE_LIMIT, FollowUp, FollowUpAsked, FollowUpCard, FollowUpMade
from bot.domain.home import Home
from bot.domain.needs import legible_text
from bot.domain.people import Actor
from bot.services import alerts, telling
from bot.storage import areas, farewells, followups, history, outbox, persons
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def ask(tx: Transaction, actor: Actor, alert_id: int) -> FollowUpAsked:
    """On which day? Asked of whoever was there, and of who is in charge. AlertNotSo while it runs, NotAllowed."""
    require_may(tx, actor, alert_id)
    return FollowUpAsked(alert_id)


def require_may(tx: Transaction, actor: Actor, alert_id: int) -> Alert:
    """The alert, if this person may have somebody look again after it."""
    alert = alerts.get(tx, alert_id)
    there = {Relation.HOLDER} if alert.taken_by == actor.id else set()
    require(Action.FOLLOW_UP, actor, areas.line(tx, alert.area_id), there)
    ended = alert.state is AlertState.CLOSED and alert.outcome is not AlertOutcome.DECEASED
    if not ended or alert.drill or farewells.of_person(tx, alert.person_id) is not None:
        raise AlertNotSo
    return alert


def may(tx: Transaction, actor: Actor, alert: Alert) -> bool:
    """Whether this person may have somebody look again after this alert, which has ended."""
    there = {Relation.HOLDER} if alert.taken_by == actor.id else set()
    deceased = alert.outcome is AlertOutcome.DECEASED
    return not deceased and not alert.drill and allowed(Action.FOLLOW_UP, actor, areas.line(tx, alert.area_id), there)


def plan(tx: Transaction, actor: Actor, home: Home, alert_id: int, day: date, *, now: datetime) -> FollowUpMade:
    """Whoever says so looks again on that day; where a day was chosen before, this one stands instead."""
    alert = require_may(tx, actor, alert_id)
    new = FollowUp(0, home.bot_id, alert_id, alert.person_id, alert.area_id, actor.id, day, now)
    made = followups.make(tx, new.on(day, home.timezone))
    if made is None:
        waiting = followups.of_alert(tx, alert_id)
        if waiting is None:
            raise Unsettled(f"follow-up of alert {alert_id}")
        made = _save(tx, waiting, replace(waiting.on(day, home.timezone), owner_id=actor.id))
    history.write(tx, Event(now, actor.id, f"followup:{made.id}", "planned", after=day.isoformat()))
    telling.day_moved(tx, [alert.area_id])
    return FollowUpMade(made.id)


def done(tx: Transaction, actor: Actor, follow_up_id: int, *, now: datetime) -> FollowUp:
    """Somebody has looked; FollowUpNotSo when somebody had before them."""
    old = get(tx, actor, follow_up_id)
    history.write(tx, Event(now, actor.id, f"followup:{follow_up_id}", "done"))
    return _save(tx, old, old.done(actor.id, now))


def note(tx: Transaction, actor: Actor, follow_up_id: int, text: str, *, now: datetime) -> FollowUp:
    """What they found, in their words. TextEmpty, TextTooLong."""
    old = get(tx, actor, follow_up_id)
    words = legible_text(text, NOTE_LIMIT)
    history.write(tx, Event(now, actor.id, f"followup:{follow_up_id}", "noted", detail=words))
    return _save(tx, old, old.noted(words))


def get(tx: Transaction, actor: Actor, follow_up_id: int) -> FollowUp:
    """One look, if it is this person's: whoever has it, and who is in charge. FollowUpNotSo, NotAllowed."""
    found = followups.find(tx, follow_up_id)
    if found is None:
        raise FollowUpNotSo
    require(Action.FOLLOW_UP, actor, areas.line(tx, found.area_id), relations(found, actor))
    return found


def relations(found: FollowUp, actor: Actor) -> set[Relation]:
    """What this person is to a look."""
    return {Relation.HOLDER} if found.owner_id == actor.id else set()


def require_waits(tx: Transaction, actor: Actor, follow_up_id: int) -> FollowUp:
    """The look, if it is this person's and nobody has looked yet."""
    found = get(tx, actor, follow_up_id)
    if found.done_at is not None:
        raise FollowUpNotSo
    return found


def drop_all(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """Nobody needs to look at this person any more."""
    for old in followups.of_person(tx, person_id):
        _save(tx, old, old.dropped(now))


def take_up_all(tx: Transaction, home: Home, person_id: int, at: datetime) -> None:
    """What was dropped at this instant is waited for again: dropping it was a mistake."""
    for old in followups.dropped_at(tx, person_id, at):
        _save(tx, old, replace(old, done_at=None).on(old.day, home.timezone))


def unreachable(tx: Transaction, home: Home, follow_up_id: int, person_id: int, *, now: datetime) -> None:
    """Whoever has it cannot be told: who is in charge has it, at once."""
    old = followups.find(tx, follow_up_id)
    if old is not None and old.done_at is None and old.owner_id == person_id and old.handed_at is None:
        _hand(tx, home, old, now=now)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: in the morning the card comes; what nobody did by the evening is handed to who is in charge, who reads of it
    each morning until somebody has looked."""
    for follow_up_id in ids:
        old = followups.find(tx, follow_up_id)
        if old is None or old.act_at is None or old.act_at > now:
            continue
        if old.told_at is None and persons.chat_of(tx, old.owner_id) is not None:
            _save(tx, old, old.told(now, home.timezone))
            telling.tell_afresh(tx, old.owner_id, FollowUpCard(old.id), now=now)
        else:
            _hand(tx, home, old, now=now)


def _hand(tx: Transaction, home: Home, old: FollowUp, *, now: datetime) -> None:
    if old.handed_at is None:
        history.write(tx, Event(now, None, f"followup:{old.id}", "handed"))
    _save(tx, old, old.handed(now, home.timezone))
    for person_id in telling.coordinators_of(tx, old.area_id):
        telling.tell_afresh(tx, person_id, FollowUpCard(old.id), now=now)


def _save(tx: Transaction, old: FollowUp, new: FollowUp) -> FollowUp:
    if not followups.save(tx, old, new):
        raise Unsettled(f"follow-up {old.id} moved")
    outbox.touch(tx, f"followup:{old.id}", f"alert:{old.alert_id}")
    telling.day_moved(tx, [old.area_id])
    return replace(new, version=old.version + 1)
