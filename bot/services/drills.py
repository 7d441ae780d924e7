"""Drills: started by who is in charge, climbing a ladder of their own, ended by themselves or by one tap."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.access import Action, Relation, require
from bot.domain.drills import (
    ARRIVES_AT_MOST,
    ONE,
    Drill,
    DrillCard,
    DrillEnd,
    DrillReport,
    Part,
    check_runs,
    practice_ladder,
)
from bot.domain.errors import ButtonInvalid, DrillRuns
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.services import duty, ladders, telling
from bot.storage import areas, drills, history, outbox, persons
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def require_run(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed unless this person may start drills at a place."""
    require(Action.DRILL_RUN, actor, areas.line(tx, area_id))


# --- begun ---


def start(
    tx: Transaction, actor: Actor, home: Home, area_id: int, *, person_id: int | None, quick: bool, now: datetime
) -> Drill:
    """A practice alert begins, for one volunteer or for the whole chain. DrillRuns while another one runs here."""
    require_run(tx, actor, area_id)
    if person_id is not None and person_id not in duty.could_be(tx, area_id):
        raise ButtonInvalid
    ladder = practice_ladder(ladders.of_area(tx, area_id), quick=quick) if person_id is None else ONE
    made = drills.make(tx, Drill(0, home.bot_id, area_id, actor.id, person_id, quick, ladder, now, act_at=now))
    if made is None:
        raise DrillRuns
    history.write(tx, Event(now, actor.id, f"drill:{made.id}", "started", detail=None if person_id is None else "one"))
    return _climb(tx, home, made, now=now)


def _climb(tx: Transaction, home: Home, old: Drill, *, now: datetime) -> Drill:
    """Try the rungs that are due; whoever practises gets their card, marked as what it is."""
    drill = old
    while drill.act_at is not None and drill.act_at <= now and not drill.climbed:
        whom = drill.ladder[drill.rung].whom
        people = (
            [drill.person_id] if drill.person_id is not None else ladders.at(tx, home, drill.area_id, whom, now=now)
        )
        reached = [_tell(tx, Part(drill.id, one, whom, now), now=now) for one in people]
        history.write(tx, Event(now, None, f"drill:{drill.id}", "rung", whom.value, str(sum(reached))))
        drill = drill.tried(now, reached=any(reached))
    return _over(tx, _save(tx, old, drill), now=now)


def _tell(tx: Transaction, part: Part, *, now: datetime) -> bool:
    """Whether a card goes to somebody; who stands on two rungs is told once."""
    reachable = persons.chat_of(tx, part.person_id) is not None
    if drills.tell(tx, part if reachable else replace(part, failed_at=now)) and reachable:
        telling.tell(tx, part.person_id, DrillCard(part.drill_id), now=now)
    return reachable


# --- people practise ---

Rule = Callable[[Part], Part]


def take(tx: Transaction, actor: Actor, drill_id: int, *, now: datetime) -> Part:
    """ "I'll look"."""
    return _play(tx, actor, drill_id, lambda part: part.take(now), "taken", now=now)


def arrive(tx: Transaction, actor: Actor, drill_id: int, minutes: int, *, now: datetime) -> Part:
    """There in so many minutes."""
    if not 0 < minutes <= ARRIVES_AT_MOST:
        raise ButtonInvalid
    at = now + timedelta(minutes=minutes)
    return _play(tx, actor, drill_id, lambda part: part.arrive(at, now), "arrival", now=now)


def done(tx: Transaction, actor: Actor, drill_id: int, *, now: datetime) -> Part:
    """They have done their part; when everybody has, it ends."""
    return _play(tx, actor, drill_id, lambda part: part.done(now), "done", now=now)


def _play(tx: Transaction, actor: Actor, drill_id: int, rule: Rule, event: str, *, now: datetime) -> Part:
    drill = _get(tx, drill_id)
    old = _part(tx, drill_id, actor.id)
    told = set() if old is None else {Relation.TOLD}
    require(Action.DRILL_PRACTISE, actor, areas.line(tx, drill.area_id), told)
    if old is None:
        raise ButtonInvalid
    check_runs(drill)
    new = rule(old)
    if new != old:
        drills.save_part(tx, new)
        history.write(tx, Event(now, actor.id, f"drill:{drill_id}", event))
        outbox.touch(tx, DrillCard(drill_id).subject)
        _over(tx, drill, now=now)
    return new


def stop(tx: Transaction, actor: Actor, drill_id: int, *, now: datetime) -> Drill:
    """Whoever is in charge ends it with one tap; ending twice changes nothing."""
    drill = _get(tx, drill_id)
    require_run(tx, actor, drill.area_id)
    return _end(tx, drill, DrillEnd.STOPPED, by=actor.id, now=now)


def report(tx: Transaction, actor: Actor, drill_id: int) -> DrillReport:
    """The report, for who is in charge."""
    require_run(tx, actor, _get(tx, drill_id).area_id)
    return DrillReport(drill_id)


# --- what Telegram says of the cards ---


def accepted(tx: Transaction, drill_id: int, person_id: int | None, *, now: datetime) -> None:
    """Telegram took somebody's card: they are reached."""
    drill = drills.find(tx, drill_id)
    old = None if drill is None or person_id is None else _part(tx, drill_id, person_id)
    if old is not None and old.reached_at is None:
        drills.save_part(tx, replace(old, reached_at=now))
        outbox.touch(tx, DrillCard(drill_id).subject)


def unreachable(tx: Transaction, drill_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody's card was refused for good: the report says so."""
    drill = drills.find(tx, drill_id)
    old = None if drill is None else _part(tx, drill_id, person_id)
    if drill is not None and old is not None and old.reached_at is None:
        drills.save_part(tx, replace(old, failed_at=now))
        outbox.touch(tx, DrillCard(drill_id).subject)
        _over(tx, drill, now=now)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: the next rung is tried, or it ends by itself."""
    for drill_id in ids:
        drill = drills.find(tx, drill_id)
        if drill is None or drill.act_at is None or drill.act_at > now:
            continue
        if drill.climbed:
            _end(tx, drill, DrillEnd.TIME, by=None, now=now)
        else:
            _climb(tx, home, drill, now=now)


# --- parts ---


def _over(tx: Transaction, drill: Drill, *, now: datetime) -> Drill:
    """It ends when every rung was tried and nothing more is to come from anybody."""
    if drill.runs and drill.climbed and not any(part.waits for part in drills.parts(tx, drill.id)):
        return _end(tx, drill, DrillEnd.DONE, by=None, now=now)
    return drill


def _end(tx: Transaction, drill: Drill, ending: DrillEnd, *, by: int | None, now: datetime) -> Drill:
    """Everybody's card says that it is over, and whoever started it gets the report."""
    new = drill.end(ending, now)
    if new == drill:
        return drill
    history.write(tx, Event(now, by, f"drill:{drill.id}", "ended", after=ending.value))
    saved = _save(tx, drill, new)
    telling.tell_afresh(tx, drill.started_by, DrillReport(drill.id), now=now)
    return saved


def _get(tx: Transaction, drill_id: int) -> Drill:
    drill = drills.find(tx, drill_id)
    if drill is None:
        raise ButtonInvalid
    return drill


def _part(tx: Transaction, drill_id: int, person_id: int) -> Part | None:
    return next((part for part in drills.parts(tx, drill_id) if part.person_id == person_id), None)


def _save(tx: Transaction, old: Drill, new: Drill) -> Drill:
    if new == old:
        return old
    if not drills.save(tx, old, new):
        raise Unsettled(f"drill {old.id} moved")
    outbox.touch(tx, DrillCard(old.id).subject)
    return replace(new, version=old.version + 1)
