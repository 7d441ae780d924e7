"""One question more each day in a place: turned on in one step, told once, asked of everybody, ended by one tap."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.access import Action, allowed, require
from bot.domain.checkins import CheckIn, opened
from bot.domain.errors import NotAllowed, SurgeNotSo, SurgeOn
from bot.domain.home import Home
from bot.domain.needs import legible_text
from bot.domain.notices import Priority
from bot.domain.people import Actor
from bot.domain.plans import Channel, Plan, PlanState
from bot.domain.surges import WORDS_LIMIT, Cursor, Stage, Surge, SurgeCard, SurgeKind, SurgeTold
from bot.services import checkins as rounds
from bot.services import plans as plan_cases
from bot.services import telling
from bot.storage import areas, askings, checkins, history, outbox, persons, plans, surges
from bot.storage.askings import Asking
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event
from bot.storage.outbox import Saying

# So many plans in one transaction: a whole city is asked in many short ones.
BATCH = 500
Rule = Callable[[Surge], Surge]
Reached = tuple[Asking, Surge, Plan]


def places_of(actor: Actor) -> list[int]:
    """Where this person could turn something on; NotAllowed for whoever is in charge nowhere."""
    places = plan_cases.in_charge_of(actor)
    if not places:
        raise NotAllowed(Action.SURGE_TURN.value)
    return places


def propose(tx: Transaction, actor: Actor, home: Home, area_id: int, kind: SurgeKind, *, now: datetime) -> SurgeCard:
    """What would be on, to be changed and then turned on; where it is on already, that is shown."""
    require(Action.SURGE_TURN, actor, areas.line(tx, area_id))
    running = surges.running_at(tx, area_id, kind)
    made = running or surges.make(tx, Surge(0, home.bot_id, area_id, kind, actor.id, now))
    return SurgeCard(made.id)


def change(tx: Transaction, actor: Actor, surge_id: int, rule: Rule, *, now: datetime) -> Surge:
    """Its days, its time or its words, as long as it is not on. ButtonInvalid, SurgeNotSo, TextEmpty, TextTooLong."""
    old = get(tx, actor, surge_id)
    return _save(tx, old, rule(old))


def words_of(text: str) -> Rule:
    """Everybody is told in these words."""
    words = legible_text(text, WORDS_LIMIT)
    return lambda surge: surge.saying(words)


def begin(tx: Transaction, actor: Actor, home: Home, surge_id: int, *, now: datetime) -> Surge:
    """It is on: everybody is told, and who is in charge hears who has turned it on. SurgeOn when another one is on already."""
    surges.lock_place(tx, get(tx, actor, surge_id).area_id)
    old = get(tx, actor, surge_id)
    other = surges.running_at(tx, old.area_id, old.kind)
    if other is not None:
        raise SurgeOn if other.id != old.id else SurgeNotSo
    new = _save(tx, old, old.begun(actor.id, now, home.timezone))
    history.write(tx, Event(now, actor.id, f"surge:{old.id}", "begun", after=old.kind.value))
    _tell_in_charge(tx, new, but=actor.id, now=now)
    return new


def drop(tx: Transaction, actor: Actor, surge_id: int, *, now: datetime) -> None:
    """It is not turned on after all; one that is on stays on."""
    old = get(tx, actor, surge_id)
    _save(tx, old, old.dropped(actor.id, now))


def end(tx: Transaction, actor: Actor, surge_id: int, *, now: datetime) -> Surge:
    """Nobody is asked more than usual from now on; what was asked stays asked, and who is in charge hears."""
    old = get(tx, actor, surge_id)
    new = _save(tx, old, old.ended(actor.id, now))
    history.write(tx, Event(now, actor.id, f"surge:{surge_id}", "ended", before=old.stage.value))
    _tell_in_charge(tx, new, but=actor.id, now=now)
    return new


def get(tx: Transaction, actor: Actor, surge_id: int) -> Surge:
    """One surge, if this person may turn it on and off; SurgeNotSo when there is none."""
    surge = surges.find(tx, surge_id)
    if surge is None:
        raise SurgeNotSo
    require(Action.SURGE_TURN, actor, areas.line(tx, surge.area_id))
    return surge


def may(tx: Transaction, actor: Actor, surge: Surge) -> bool:
    """Whether this person may turn it on and off."""
    return allowed(Action.SURGE_TURN, actor, areas.line(tx, surge.area_id))


def _tell_in_charge(tx: Transaction, surge: Surge, *, but: int, now: datetime) -> None:
    """Who is in charge there, above and below gets its card, and sees it on the day at a glance."""
    people = surges.in_charge(tx, surge.area_id)
    for person_id in dict.fromkeys(person for person, _ in people):
        if person_id != but:
            telling.tell_afresh(tx, person_id, SurgeCard(surge.id), now=now)
    outbox.touch_calmly(tx, *_days_shown(tx, surge))


def _days_shown(tx: Transaction, surge: Surge) -> list[str]:
    """The days at a glance on which it stands."""
    return sorted({f"today:{area_id}" for _, area_id in surges.in_charge(tx, surge.area_id)})


def _save(tx: Transaction, old: Surge, new: Surge) -> Surge:
    if not surges.save(tx, old, new):
        raise Unsettled(f"surge {old.id} moved")
    outbox.touch(tx, f"surge:{old.id}")
    return new


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: a batch of people is to be told or asked; after the last of a day the next day is waited for."""
    for surge_id in ids:
        surge = surges.find(tx, surge_id)
        if surge is None or surge.act_at is None or surge.act_at > now:
            continue
        if surge.stage is Stage.OVER:
            _save(tx, surge, surge.ended(None, now))
            outbox.touch_calmly(tx, *_days_shown(tx, surge))
            continue
        found = surges.plans_after(tx, surge, BATCH, visits_only=surge.stage is Stage.VISITS)
        askings.put(tx, surge.id, found, None if surge.stage is Stage.TELL else surge.day, now)
        last = Cursor(found[-1]["area_id"], found[-1]["plan_id"]) if len(found) == BATCH else None
        if not surges.save(tx, surge, surge.moved(last, now, home.timezone)):
            raise Unsettled(f"surge {surge.id} moved")


def ask_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """People whom a surge reaches: told once what comes, and asked once more on each of its days."""
    waiting = askings.get_many(tx, ids)
    running = {one.id: one for one in (surges.see(tx, number) for number in {one.surge_id for one in waiting}) if one}
    whole = {plan.id: plan for plan in plans.get_many(tx, [one.plan_id for one in waiting])}
    pairs = [(one, running[one.surge_id], whole[one.plan_id]) for one in waiting]
    reached = [pair for pair in pairs if pair[1].runs and pair[2].state is PlanState.ACTIVE]
    _tell(tx, reached, now=now)
    fresh = _open(tx, home, reached, now=now)
    askings.settle(tx, [one.id for one in waiting])
    rounds.ask(tx, home, fresh, now=now)
    telling.day_moved(tx, (one.area_id for one in fresh))


def _tell(tx: Transaction, reached: list[Reached], *, now: datetime) -> None:
    """Each of them is told once, as far as a chat reaches them; who is asked just now hears it together with the question."""
    fresh = [(one, surge) for one, surge, _ in reached if one.told_at is None]
    askings.told(tx, [one.id for one, _ in fresh], now)
    chats = persons.chats_of(tx, [one.person_id for one, _ in fresh])
    sayings = [
        Saying(SurgeTold(surge.id), *chats[one.person_id], one.person_id, Priority.CHECK_IN if one.day else None)
        for one, surge in fresh
        if one.person_id in chats
    ]
    outbox.say_many(tx, sayings, now=now)


def _open(tx: Transaction, home: Home, reached: list[Reached], *, now: datetime) -> list[CheckIn]:
    """One check-in more for each day that waits: who is asked at this very time anyway, or has been, is not asked twice."""
    new: dict[tuple[int, date, int], CheckIn] = {}
    for one, surge, plan in reached:
        for day in one.days:
            slot, at = surge.slot_for(plan, day), surge.at(day, home.timezone)
            if slot is not None and (slot.channel is not Channel.CHAT or at <= now):
                new.setdefault((plan.person_id, day, slot.minutes), opened(plan, day, slot, at, now))
    present = checkins.present(tx, [person_id for person_id, _, _ in new], [day for _, day, _ in new])
    return checkins.open_many(tx, [one for key, one in new.items() if key not in present])
