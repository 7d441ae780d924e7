"""Who goes: check-ins come onto somebody's list, in walking order."""

from datetime import datetime

from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.home import Home
from bot.domain.knocks import (
    Knock,
    KnockAnnounced,
    KnockCard,
    KnockList,
    KnockListCard,
    walking_key,
)
from bot.domain.plans import Channel
from bot.services import duty, telling, visitors
from bot.storage import areas, checkins, history, knocks, persons
from bot.storage.database import Transaction
from bot.storage.history import Event

Pair = tuple[Knock, CheckIn]


def lookers(tx: Transaction, home: Home, area_id: int, *, now: datetime) -> list[int]:
    """Who is asked to knock or ring: whoever is on duty, in their order, else the coordinators."""
    return duty.on_duty(tx, home, area_id, now=now) or telling.coordinators_of(tx, area_id)


def reachable(tx: Transaction, people: list[int], *, but: set[int]) -> int | None:
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
        show(tx, listed[list_id], more, now=now)


def _list_for(tx: Transaction, home: Home, checkin: CheckIn, *, now: datetime, late: bool) -> KnockList | None:
    """The list that a check-in belongs on; None when nobody can be told (its own time then opens an alert)."""
    people = lookers(tx, home, checkin.area_id, now=now)
    holder = reachable(tx, people, but={checkin.person_id})
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


def show(tx: Transaction, listed: KnockList, more: list[CheckIn], *, now: datetime) -> None:
    """Its holder gets the list and a card for each person, and each person hears who comes."""
    telling.tell_afresh(tx, listed.holder_id, KnockListCard(listed.id), now=now)
    for one in in_walking_order(tx, more):
        telling.tell(tx, listed.holder_id, KnockCard(one.id), now=now)
        if one.state is CheckInState.ASKED:
            telling.tell(tx, one.person_id, KnockAnnounced(one.id), now=now)
            if one.channel is Channel.KNOCK:
                visitors.ask_wish(tx, one.person_id, now=now)
    if listed.channel is Channel.KNOCK:
        visitors.ask_face(tx, listed.holder_id, now=now)


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
