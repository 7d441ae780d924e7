"""A digest instead of a stream: chosen by a tap, given up by a tap, and nothing is lost in between."""

from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.digests import HOURS, Digest, Gathered, next_digest, parted, with_hour
from bot.domain.duty import DutyGaps
from bot.domain.errors import ButtonInvalid
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.services import figures, plans, telling
from bot.storage import areas, deputies, digests, history, persons
from bot.storage import figures as counted
from bot.storage.database import Transaction
from bot.storage.history import Event


def switch(tx: Transaction, actor: Actor, home: Home, area_id: int, *, on: bool, now: datetime) -> None:
    """What can wait comes gathered from now on; or by itself again, and what was gathered is said at once."""
    require(Action.TODAY_SEE, actor, areas.line(tx, area_id))
    if on:
        digests.begin(tx, actor.id, next_digest(now, home.timezone), now=now)
    else:
        # Ended first: whoever gathers just now is waited for, and what they gathered is found.
        digests.end(tx, actor.id)
        _say(tx, actor.id, digests.waiting(tx, actor.id), rounds=False, now=now)
    history.write(tx, Event(now, actor.id, f"person:{actor.id}", "digest" if on else "stream"))


def choose_hour(tx: Transaction, actor: Actor, home: Home, minutes: int, *, now: datetime) -> None:
    """One time of the day more at which it is said, or one less; ButtonInvalid for whoever gets none."""
    if minutes not in HOURS:
        raise ButtonInvalid
    hours = with_hour(digests.hours_of(tx, actor.id), minutes)
    if not digests.say_at(tx, actor.id, hours, next_digest(now, home.timezone, hours)):
        raise ButtonInvalid


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """A round is over: what was gathered is said, with how the day has gone so far; nothing when there is nothing."""
    for person_id in ids:
        digests.postpone(tx, person_id, next_digest(now, home.timezone, digests.hours_of(tx, person_id)))
        # Whoever is away reads it when they are back.
        if persons.chat_of(tx, person_id) is not None and deputies.of(tx, person_id) is None:
            rounds = _anybody_asked(tx, home, person_id, now)
            _say(tx, person_id, digests.waiting(tx, person_id), rounds=rounds, now=now)


def _say(tx: Transaction, person_id: int, news: list[Gathered], *, rounds: bool, now: datetime) -> None:
    messages = parted([(one.id, one.kind == DutyGaps.__name__) for one in news]) or ([[0]] if rounds else [])
    for at, numbers in enumerate(messages):
        notice = Digest(numbers[0], numbers[-1], int(rounds and at == 0))
        telling.tell(tx, person_id, notice, now=now)
    digests.said(tx, news, now=now)


def _anybody_asked(tx: Transaction, home: Home, person_id: int, now: datetime) -> bool:
    """Whether anybody was asked today where this person is in charge."""
    actor = persons.actor(tx, persons.get(tx, person_id))
    today = figures.today(home, now)
    return any(counted.tallies(tx, area_id, [today]) for area_id in plans.in_charge_of(actor))
