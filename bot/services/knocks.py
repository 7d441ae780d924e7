"""Rounds: who has the list, what they find at the door or on the telephone, and whoever takes over."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.alerts import AlertCard, Cause, Whom
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.errors import ButtonInvalid, KnockNotSo
from bot.domain.home import Home
from bot.domain.knocks import (
    AWAY,
    UNDO_FOR,
    Knock,
    KnockAnnounced,
    KnockCard,
    KnockDeclined,
    KnockList,
    KnockListCard,
    KnockOffered,
    KnockTaken,
    KnockTryAgain,
    KnockUnfinished,
    second_half,
    waits,
    walking_key,
)
from bot.domain.people import Actor
from bot.domain.plans import Channel
from bot.services import alerts, duty, telling
from bot.storage import alerts as stored_alerts
from bot.storage import areas, checkins, farewells, history, knocks, outbox, persons
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

Pair = tuple[Knock, CheckIn]


# --- who goes ---


def lookers(tx: Transaction, home: Home, area_id: int, *, now: datetime) -> list[int]:
    """Who is asked to knock or ring: whoever is on duty, in their order, else the coordinators."""
    return duty.on_duty(tx, home, area_id, now=now) or telling.coordinators_of(tx, area_id)


def _reachable(tx: Transaction, people: list[int], *, but: set[int]) -> int | None:
    chats = persons.chats_of(tx, people)
    return next((one for one in people if one in chats and one not in but), None)


def join(tx: Transaction, home: Home, fresh: list[CheckIn], *, now: datetime, late: bool = False) -> None:
    """These check-ins come onto somebody's list, at once: cards in walking order, and each person hears who comes.

    `late`: the round runs already (a question could not be delivered), so whoever has its list goes there too.
    """
    listed: dict[int, KnockList] = {}
    joined: dict[int, list[CheckIn]] = {}
    for one in fresh:
        found = _list_for(tx, home, one, now=now, late=late)
        if found is not None and knocks.put(tx, one.id, found.id):
            listed[found.id] = found
            joined.setdefault(found.id, []).append(one)
    for list_id, more in joined.items():
        subject = f"knocks:{list_id}"
        history.write(tx, Event(now, None, subject, "joined late" if late else "joined", after=str(len(more))))
        _show(tx, listed[list_id], more, now=now)


def _list_for(tx: Transaction, home: Home, checkin: CheckIn, *, now: datetime, late: bool) -> KnockList | None:
    """The list that a check-in belongs on; None when nobody can be told (its own time then opens an alert)."""
    people = lookers(tx, home, checkin.area_id, now=now)
    holder = _reachable(tx, people, but={checkin.person_id})
    community = areas.community_of(tx, checkin.area_id)
    area_id = community.id if community else checkin.area_id
    if late:
        running = knocks.present(tx, area_id, checkin.day, checkin.slot, checkin.channel)
        holders = [one.holder_id for one in running if one.holder_id != checkin.person_id]
        holder = next((one for one in holders if one in people), holders[0] if holders else holder)
    if holder is None:
        return None
    new = KnockList(
        id=0,
        bot_id=home.bot_id,
        area_id=area_id,
        holder_id=holder,
        day=checkin.day,
        slot=checkin.slot,
        channel=checkin.channel,
        due_at=checkin.due_at,
        act_at=checkin.due_at,
    )
    return knocks.make_list(tx, new)


def _show(tx: Transaction, listed: KnockList, more: list[CheckIn], *, now: datetime) -> None:
    """Its holder gets the list and a card for each person, and each person hears who comes."""
    telling.tell_afresh(tx, listed.holder_id, KnockListCard(listed.id), now=now)
    for one in in_walking_order(tx, more):
        telling.tell(tx, listed.holder_id, KnockCard(one.id), now=now)
        if one.state is CheckInState.ASKED:
            telling.tell(tx, one.person_id, KnockAnnounced(one.id), now=now)


def in_walking_order(tx: Transaction, rows: list[CheckIn]) -> list[CheckIn]:
    """Check-ins as one walks from door to door."""
    doors = {one.person_id: persons.get(tx, one.person_id).door for one in rows}
    places = {area_id: areas.path_names(tx, area_id) for area_id in {one.area_id for one in rows}}
    return sorted(rows, key=lambda one: walking_key(places[one.area_id], doors[one.person_id]))


def pairs_of(tx: Transaction, list_id: int) -> list[Pair]:
    """Everyone on a list, in walking order."""
    found = {knock.checkin_id: knock for knock in knocks.of_list(tx, list_id)}
    rows = in_walking_order(tx, checkins.see_many(tx, list(found)))
    return [(found[one.id], one) for one in rows]


# --- what was found ---


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


# --- the list changes hands ---


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
        holder = _reachable(tx, people, but={person_id})
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
    _show(tx, theirs, checkins.see_many(tx, numbers), now=now)
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
