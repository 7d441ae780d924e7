"""Lists: begun, handed over, shared, taken over; and what time does with them."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.errors import ButtonInvalid, KnockNotSo
from bot.domain.home import Home
from bot.domain.knocks import (
    KnockDeclined,
    KnockList,
    KnockOffered,
    KnockTaken,
    KnockTryAgain,
    KnockUnfinished,
    second_half,
    waits,
)
from bot.domain.people import Actor
from bot.services import duty, telling
from bot.services.knocks.rounds import lookers, pairs_of, reachable, show
from bot.storage import areas, checkins, history, knocks, outbox, persons
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def begin(tx: Transaction, actor: Actor, list_id: int, *, now: datetime) -> KnockList:
    """Its holder sets out: the addresses are shown on their cards."""
    listed = _get(tx, list_id)
    require(Action.KNOCK_WORK, actor, areas.line(tx, listed.area_id), _relations(listed, actor))
    begun = _save(tx, listed, listed.begin(now))
    if listed.begun_at is None:
        history.write(tx, Event(now, actor.id, f"knocks:{list_id}", "begun"))
        outbox.touch(tx, *(f"checkin:{checkin.id}" for _, checkin in pairs_of(tx, list_id)))
    return begun


def begin_by_card(tx: Transaction, actor: Actor, checkin_id: int, *, now: datetime) -> KnockList:
    """The same, tapped on the card of one person."""
    knock = knocks.of_checkin(tx, checkin_id)
    if knock is None:
        raise ButtonInvalid
    return begin(tx, actor, knock.list_id, now=now)


def may_give(tx: Transaction, actor: Actor, list_id: int) -> KnockList:
    """The list, if this person may hand it over or split it; KnockNotSo when it is over."""
    listed = _get(tx, list_id)
    require(Action.KNOCK_GIVE, actor, areas.line(tx, listed.area_id), _relations(listed, actor))
    if listed.act_at is None:
        raise KnockNotSo
    return listed


def could_take(tx: Transaction, listed: KnockList) -> list[int]:
    """Who could take a list over: helpers of the place who can be reached, without whoever has it."""
    people = duty.could_be(tx, listed.area_id)
    chats = persons.chats_of(tx, people)
    return [one for one in people if one in chats and one != listed.holder_id]


def offer(tx: Transaction, actor: Actor, list_id: int, person_id: int, *, half: bool, now: datetime) -> None:
    """Somebody is asked whether they take it, or half of it; until they say yes it stays where it is."""
    listed = may_give(tx, actor, list_id)
    if person_id not in could_take(tx, listed):
        raise ButtonInvalid
    _save(tx, listed, listed.offer(person_id, half=half))
    history.write(tx, Event(now, actor.id, f"knocks:{list_id}", "offered half" if half else "offered"))
    telling.tell(tx, person_id, KnockOffered(list_id), now=now)


def accept(tx: Transaction, actor: Actor, home: Home, list_id: int, *, now: datetime) -> KnockList:
    """Whoever was asked says yes: what is left, or half of it, is theirs; KnockNotSo when somebody else was asked since."""
    listed = _offered(tx, actor, list_id)
    numbers = _left(tx, list_id)
    mine = second_half(numbers) if listed.offered_half else numbers
    _save(tx, listed, listed.settled())
    return _hand(tx, listed, actor.id, mine, by=actor.id, event="handed over", now=now)


def decline(tx: Transaction, actor: Actor, list_id: int, *, now: datetime) -> None:
    """Whoever was asked cannot; whoever has the list hears."""
    listed = _offered(tx, actor, list_id)
    _save(tx, listed, listed.settled())
    history.write(tx, Event(now, actor.id, f"knocks:{list_id}", "declined"))
    telling.tell(tx, listed.holder_id, KnockDeclined(list_id), now=now)


def take_over(tx: Transaction, actor: Actor, home: Home, list_id: int, *, now: datetime) -> KnockList:
    """Whoever is on duty or in charge takes what is left of a list; taking one's own changes nothing."""
    listed = _get(tx, list_id)
    on_duty = {Relation.TOLD} if actor.id in lookers(tx, home, listed.area_id, now=now) else set()
    require(Action.KNOCK_TAKE, actor, areas.line(tx, listed.area_id), on_duty)
    if listed.act_at is None:
        raise KnockNotSo
    if listed.holder_id == actor.id:
        return listed
    return _hand(tx, listed, actor.id, _left(tx, list_id), by=actor.id, event="taken over", now=now)


def may_take(tx: Transaction, actor: Actor, home: Home, listed: KnockList, *, now: datetime) -> bool:
    """Whether this person may take a list over."""
    if listed.holder_id == actor.id or listed.act_at is None:
        return False
    on_duty = {Relation.TOLD} if actor.id in lookers(tx, home, listed.area_id, now=now) else set()
    return allowed(Action.KNOCK_TAKE, actor, areas.line(tx, listed.area_id), on_duty)


def unreachable(tx: Transaction, home: Home, person_id: int, *, now: datetime) -> None:
    """Whoever has a list cannot be told any more: the next in order has it, at once."""
    for listed in knocks.held_by(tx, person_id):
        people = lookers(tx, home, listed.area_id, now=now) + telling.coordinators_of(tx, listed.area_id)
        holder = reachable(tx, people, but={person_id})
        left = _left(tx, listed.id)
        if holder is not None and left:
            _hand(tx, listed, holder, left, by=None, event="passed on", now=now)


def _hand(
    tx: Transaction, listed: KnockList, holder: int, numbers: list[int], *, by: int | None, event: str, now: datetime
) -> KnockList:
    """These check-ins are somebody else's now; both sides see it, and each person hears who comes instead."""
    if not numbers:
        raise KnockNotSo
    new = replace(listed.settled(), holder_id=holder, begun_at=None)
    theirs = knocks.make_list(tx, new)
    knocks.move(tx, numbers, theirs.id)
    history.write(
        tx,
        Event(now, by, f"knocks:{listed.id}", event, str(listed.holder_id), str(holder)),
        Event(now, by, f"knocks:{theirs.id}", "joined", after=str(len(numbers))),
    )
    outbox.touch(tx, f"knocks:{listed.id}", *(f"checkin:{number}" for number in numbers))
    telling.tell(tx, listed.holder_id, KnockTaken(theirs.id, len(numbers)), now=now)
    show(tx, theirs, checkins.see_many(tx, numbers), now=now)
    return theirs


def _left(tx: Transaction, list_id: int) -> list[int]:
    return [checkin.id for knock, checkin in pairs_of(tx, list_id) if waits(knock, checkin)]


def _offered(tx: Transaction, actor: Actor, list_id: int) -> KnockList:
    listed = _get(tx, list_id)
    asked = {Relation.TOLD} if listed.offered_to == actor.id else set()
    if not asked or listed.act_at is None:
        raise KnockNotSo
    require(Action.KNOCK_ACCEPT, actor, areas.line(tx, listed.area_id), asked)
    return listed


def _get(tx: Transaction, list_id: int) -> KnockList:
    listed = knocks.find_list(tx, list_id)
    if listed is None:
        raise ButtonInvalid
    return listed


def _relations(listed: KnockList, actor: Actor) -> set[Relation]:
    return {Relation.HOLDER} if listed.holder_id == actor.id else set()


def _save(tx: Transaction, old: KnockList, new: KnockList) -> KnockList:
    if new == old:
        return old
    if not knocks.save_list(tx, old, new):
        raise Unsettled(f"list {old.id} moved")
    outbox.touch(tx, f"knocks:{old.id}")
    return replace(new, version=old.version + 1)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: a call is to be tried again; at the end, coordinators hear whose list was not finished."""
    for list_id in ids:
        listed = knocks.find_list(tx, list_id)
        if listed is None or listed.act_at is None or listed.act_at > now:
            continue
        pairs = [(knock, checkin) for knock, checkin in pairs_of(tx, list_id) if waits(knock, checkin)]
        for knock, _ in pairs:
            if knock.try_at is not None and knock.try_at <= now:
                telling.tell(tx, listed.holder_id, KnockTryAgain(knock.checkin_id), now=now)
                knocks.save(tx, replace(knock, try_at=None))
        coming = listed.next_act([knock.try_at for knock, _ in pairs if knock.try_at is not None], now)
        _save(tx, listed, replace(listed, act_at=coming if pairs else None))
        if pairs and now >= listed.due_at:
            history.write(tx, Event(now, None, f"knocks:{list_id}", "unfinished", after=str(len(pairs))))
            telling.tell_coordinators(tx, listed.area_id, KnockUnfinished(list_id), now=now)


# --- what one sees ---


def lists_for(tx: Transaction, actor: Actor, limit: int) -> list[KnockList]:
    """The lists that somebody has, and those of the places where they are in charge; NotAllowed for whoever helps nowhere."""
    places = [grant.area_id for grant in actor.grants]
    require(Action.KNOCKS_LIST, actor, places)
    charge = [place for place in places if allowed(Action.KNOCK_TAKE, actor, areas.line(tx, place))]
    found = {one.id: one for one in (*knocks.held_by(tx, actor.id), *knocks.running(tx, charge, limit))}
    return list(found.values())[:limit]
