"""What comes again: wished by a tap, posted the day before each date, offered first to whoever did it well last time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.access import Action, Relation, require
from bot.domain.drafts import Draft
from bot.domain.errors import RecurrenceGone, RuleNever, TooManyRecurrences
from bot.domain.home import Home
from bot.domain.needs import Need, Urgency
from bot.domain.people import Actor, Person
from bot.domain.recurrences import (
    AGAIN,
    RUNNING_LIMIT,
    Parsed,
    Recurrence,
    RecurrenceCard,
    RecurrenceOver,
    RecurrenceRests,
    RecurrenceState,
    alone_until,
)
from bot.domain.windows import local_day
from bot.services import matching, needs, secrecy, telling
from bot.storage import areas, beneficiaries, enclosures, farewells, history, outbox, persons, recurrences
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

Hours = tuple[int, int]


# --- wishing it ---


def may_repeat(tx: Transaction, actor: Actor, need_id: int) -> Need:
    """The need, if this person may have it come again: whoever asked for it, and who is in charge there."""
    need = secrecy.find(tx, actor, need_id)
    require(Action.NEED_REPEAT, actor, areas.line(tx, need.area_id), needs.relations_of(tx, actor, need_id))
    return need


def of_need(tx: Transaction, actor: Actor, need_id: int) -> RecurrenceCard | None:
    """The card of what comes again when this need does already; None: it does not yet."""
    may_repeat(tx, actor, need_id)
    found = recurrences.of_need(tx, need_id)
    return None if found is None else RecurrenceCard(found)


def base_day(need: Need, home: Home) -> date:
    """The day from which "every week on this day" counts: the need's own, or that on which it was posted."""
    return local_day(need.posted_at if need.window is None else need.window.from_at, home.timezone)


def hours_of(need: Need, home: Home) -> Hours | None:
    """The hours in which a need is wanted, in minutes of its local day; None: it names none."""
    if need.window is None:
        return None
    first, last = (at.astimezone(home.timezone) for at in (need.window.from_at, need.window.until_at))
    starts, ends = (at.hour * 60 + at.minute for at in (first, last))
    return starts, ends + 24 * 60 * (last.date() - first.date()).days


def begin(
    tx: Transaction, actor: Actor, home: Home, need_id: int, wished: Parsed, hours: Hours, *, now: datetime
) -> RecurrenceCard:
    """It comes again by this rule, in these hours; wishing it twice changes nothing.

    TooManyRecurrences; RuleNever when it would have no date any more.
    """
    need = may_repeat(tx, actor, need_id)
    card = of_need(tx, actor, need_id)
    if card is not None:
        return card
    if len(recurrences.of_person(tx, need.person_id)) >= RUNNING_LIMIT:
        raise TooManyRecurrences(RUNNING_LIMIT)
    made = recurrences.make(tx, _first(tx, actor, home, need, wished, hours, now))
    if made is None:
        raise Unsettled(f"need {need_id} began to come again")
    recurrences.happens(tx, made.id, base_day(need, home), need_id)
    # Voice notes, photos, for whom it is, whom to ring: they lie with each of them.
    enclosures.copy(tx, f"need:{need_id}", f"recurrence:{made.id}", now)
    history.write(tx, Event(now, actor.id, f"recurrence:{made.id}", "began", after=str(made.rule)))
    outbox.touch(tx, f"need:{need_id}")
    if actor.id != need.person_id:
        telling.tell(tx, need.person_id, RecurrenceCard(made.id), now=now)
    return RecurrenceCard(made.id)


def _first(
    tx: Transaction, actor: Actor, home: Home, need: Need, wished: Parsed, hours: Hours, now: datetime
) -> Recurrence:
    day, resident = base_day(need, home), persons.get(tx, need.person_id)
    theirs = beneficiaries.find(tx, f"need:{need.id}") is None
    new = Recurrence(
        id=0,
        bot_id=need.bot_id,
        person_id=need.person_id,
        area_id=need.area_id,
        need_id=need.id,
        category=need.category,
        text=need.text,
        rule=wished.rule.completed(day),
        anchor=day,
        starts=hours[0],
        ends=hours[1],
        made_at=now,
        made_by=actor.id,
        at_home=theirs and need.area_id == resident.building_id,
        guarded_by=need.guarded_by,
        until=wished.until,
    )
    first = new.goes_on(day, now, home.timezone).numbered(wished.count)
    if first.state is RecurrenceState.ENDED:
        raise RuleNever
    return first


# --- changing it ---


def get(tx: Transaction, actor: Actor, recurrence_id: int) -> Recurrence:
    """One of them, locked, if it is this person's: RecurrenceGone, NotAllowed."""
    return _theirs(tx, actor, recurrences.find(tx, recurrence_id))


def see(tx: Transaction, actor: Actor, recurrence_id: int) -> Recurrence:
    """The same without locking it."""
    return _theirs(tx, actor, recurrences.see(tx, recurrence_id))


def _theirs(tx: Transaction, actor: Actor, found: Recurrence | None) -> Recurrence:
    if found is None or not _knows(tx, actor, found):
        raise RecurrenceGone
    require(Action.NEED_REPEAT, actor, areas.line(tx, found.area_id), relations(found, actor))
    return found


def relations(found: Recurrence, actor: Actor) -> set[Relation]:
    """What this person is to it."""
    return {Relation.REQUESTER} if found.person_id == actor.id else set()


def _knows(tx: Transaction, actor: Actor, found: Recurrence) -> bool:
    """What is confidential does not exist for whoever may not see the need that comes again."""
    need = stored_needs.see(tx, found.need_id)
    return need is not None and not secrecy.withheld(tx, need, actor.id)


def skip(tx: Transaction, actor: Actor, home: Home, recurrence_id: int, day: date, *, now: datetime) -> Recurrence:
    """Not on its next date. RecurrenceNotSo when that is another one by now."""
    new = change(tx, actor, recurrence_id, lambda old: old.skipped(day, now, home.timezone), "skipped", now=now)
    recurrences.happens(tx, recurrence_id, day, None)
    return new


def end(tx: Transaction, actor: Actor, recurrence_id: int, *, now: datetime) -> Recurrence:
    """It does not come again; what is posted already stays."""
    return change(tx, actor, recurrence_id, lambda old: old.ended(now), "ended", now=now)


def change(
    tx: Transaction,
    actor: Actor,
    recurrence_id: int,
    rule: Callable[[Recurrence], Recurrence],
    event: str,
    *,
    now: datetime,
) -> Recurrence:
    """Apply a rule to it, save, keep the history, draw its cards again; the resident hears when it was not they."""
    old = get(tx, actor, recurrence_id)
    new = rule(old)
    if new == old:
        return old
    _save(tx, old, new)
    history.write(tx, Event(now, actor.id, f"recurrence:{recurrence_id}", event, after=str(new.rule)))
    if actor.id != new.person_id:
        telling.tell_afresh(tx, new.person_id, RecurrenceCard(recurrence_id), now=now)
    return new


def _save(tx: Transaction, old: Recurrence, new: Recurrence) -> None:
    if not recurrences.save(tx, old, new):
        raise Unsettled(f"recurrence {old.id} moved")
    outbox.touch(tx, f"recurrence:{old.id}", f"need:{old.need_id}")


# --- people go ---


def end_all(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """Nothing comes again for this person any more."""
    for old in recurrences.of_person(tx, person_id):
        _save(tx, old, old.ended(now))


def take_up_all(tx: Transaction, home: Home, person_id: int, *, now: datetime) -> None:
    """It was a mistake that this person has died: what came again for them comes again."""
    for old in recurrences.of_person(tx, person_id):
        if old.state is RecurrenceState.RUNNING and old.next_day is not None:
            _save(tx, old, old.goes_on(old.next_day - timedelta(days=1), now, home.timezone))


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: what is due is posted, each date once; of dates that passed in an outage none is."""
    for recurrence_id in ids:
        old = recurrences.find(tx, recurrence_id)
        if old is not None and old.act_at is not None and old.act_at <= now:
            _step(tx, home, old, now=now)


def _step(tx: Transaction, home: Home, old: Recurrence, *, now: datetime) -> None:
    day, actor = old.next_day, persons.actor(tx, persons.get(tx, old.person_id))
    if day is None or old.too_late(now, home.timezone):
        # A date that has passed meanwhile; the next one keeps its own time.
        _save(tx, old, old.goes_on(day, now, home.timezone) if day else old.ended(now))
    elif farewells.of_person(tx, old.person_id) is not None:
        _save(tx, old, replace(old, act_at=None))
    elif old.made_by == old.person_id and persons.chat_of(tx, old.person_id) is None:
        _rest(tx, old, now=now)
    else:
        new = old.goes_on(day, now, home.timezone)
        _save(tx, old, new)
        if recurrences.happens(tx, old.id, day, None):
            need = _post(tx, home, actor, old, day, now=now)
            recurrences.posted(tx, old.id, day, need.id)
        if new.state is RecurrenceState.ENDED:
            telling.tell(tx, old.person_id, RecurrenceOver(old.id), now=now)


def _rest(tx: Transaction, old: Recurrence, *, now: datetime) -> None:
    """Whoever wished it cannot be reached any more: they may have left, so nobody is sent there unasked."""
    _save(tx, old, old.paused())
    history.write(tx, Event(now, None, f"recurrence:{old.id}", "rests"))
    telling.tell_coordinators(tx, old.area_id, RecurrenceRests(old.id), now=now)


def _post(tx: Transaction, home: Home, actor: Actor, old: Recurrence, day: date, *, now: datetime) -> Need:
    """This date's need. It is not counted among what somebody asks a day: they asked for it long ago."""
    window = old.window(day, home.timezone)
    draft = Draft(
        old.person_id, home.bot_id, 0, now, old.text, old.category, Urgency.TODAY, place_id=place_of(actor.person, old)
    )
    need = needs.write_down(tx, actor, home, replace(draft, window=window), guarded_by=old.guarded_by, now=now)
    enclosures.copy(tx, f"recurrence:{old.id}", f"need:{need.id}", now)
    helper, until = recurrences.last_helper(tx, old.id), alone_until(window, now)
    if helper is None or until <= now:
        needs.announce(tx, home, need, now=now)
    else:
        matching.begin_with(tx, home, need, helper, reason=AGAIN, until=until, now=now)
    return need


def place_of(person: Person, old: Recurrence) -> int:
    """Where it is needed now."""
    return (person.building_id or old.area_id) if old.at_home else old.area_id
