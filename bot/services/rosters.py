"""Care plans in and out as a table: all of it or nothing, each bad line named."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.access import Action, require
from bot.domain.enrolments import Enrolment
from bot.domain.errors import DomainError, LadderEmpty, NotAllowed
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.plans import Channel, Plan, PlanState
from bot.domain.rosters import (
    BYTES_AT_MOST,
    HEADERS,
    LINES_AT_MOST,
    NEEDED,
    Listed,
    Problem,
    Roster,
    RosterComing,
    RosterFault,
    RosterKept,
    RosterLost,
    RosterRefused,
    cells_of,
    read_line,
)
from bot.services import doors, enrolments, people, plans, tables, telling
from bot.services.tables import Missing, Record
from bot.storage import areas, history, persons
from bot.storage import plans as stored
from bot.storage import rosters as imports
from bot.storage.database import Transaction
from bot.storage.history import Event
from bot.storage.plans import Contact
from bot.storage.rosters import Import

TRIES = 5
TRIED_AGAIN_AFTER = timedelta(seconds=20)
EVENT = "imported"


class Refused(Exception):
    """Something is wrong with the table: what was begun of it is taken back."""

    def __init__(self, faults: list[RosterFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


# --- coming in ---


def receive(
    tx: Transaction, actor: Actor, home: Home, area_id: int, *, file_id: str, size: int, now: datetime
) -> Notice:
    """A coordinator has sent a file: it is fetched and read as soon as it is written down that it is to be."""
    require(Action.CARE_PLAN, actor, areas.line(tx, area_id))
    if size > BYTES_AT_MOST:
        return RosterLost(True)
    imports.keep(tx, bot_id=home.bot_id, person_id=actor.id, area_id=area_id, file_id=file_id, now=now)
    return RosterComing()


def lost(tx: Transaction, import_id: int, *, now: datetime) -> None:
    """Telegram did not give the file: asked for again, and after five times its sender is told."""
    found = imports.find(tx, import_id)
    if found is None:
        return
    if found.tries + 1 < TRIES:
        imports.postpone(tx, import_id, now + TRIED_AGAIN_AFTER)
        return
    imports.done(tx, import_id)
    telling.tell(tx, found.person_id, RosterLost(False), now=now)


def came(tx: Transaction, home: Home, import_id: int, content: bytes, *, now: datetime) -> None:
    """The file is here: it is imported, once, if its sender still may; they read what came of it."""
    found = imports.find(tx, import_id)
    if found is None:
        return
    imports.done(tx, import_id)
    telling.tell(tx, found.person_id, _outcome(tx, home, found, content, now=now), now=now)


def _outcome(tx: Transaction, home: Home, found: Import, content: bytes, *, now: datetime) -> Notice:
    actor = persons.actor(tx, persons.get(tx, found.person_id))
    try:
        require(Action.CARE_PLAN, actor, areas.line(tx, found.area_id))
        with tx.savepoint():
            return Importing(tx, actor, home, found.area_id, now=now).all_of(read(content))
    except NotAllowed:
        return RosterRefused.of([RosterFault(1, "", Problem.ELSEWHERE)])
    except Refused as refused:
        return RosterRefused.of(refused.faults)


# --- reading ---


def read(content: bytes) -> list[Listed]:
    """Everybody of a table; Refused, with everything that is wrong with it."""
    text = tables.decode(content)
    if text is None:
        raise Refused([RosterFault(1, "", Problem.NO_TABLE)])
    found = [one for record in tables.read(text, HEADERS, NEEDED) for one in _line(record)]
    faults = [one for one in found if isinstance(one, RosterFault)]
    listed = [one for one in found if isinstance(one, Listed)]
    if len(found) > LINES_AT_MOST:
        faults = [RosterFault(LINES_AT_MOST + 1, "", Problem.TOO_MANY)]
    elif not found:
        faults = [RosterFault(1, "", Problem.NO_LINES)]
    if faults := [*faults, *_twice(listed)]:
        raise Refused(sorted(faults, key=lambda fault: fault.line))
    return listed


def _line(record: Record | tables.Missing | tables.Broken) -> Iterator[Listed | RosterFault]:
    if isinstance(record, Record):
        read_as = read_line(record.line, record.cells)
        yield from read_as if isinstance(read_as, list) else [read_as]
    elif isinstance(record, Missing):
        yield from (RosterFault(record.line, column, Problem.NO_COLUMN) for column in record.columns)
    else:
        yield RosterFault(record.line, "", Problem.NO_TABLE)


def _twice(listed: list[Listed]) -> Iterator[RosterFault]:
    seen: set[tuple[str, str, str | None]] = set()
    for one in listed:
        who = (one.name, one.building, one.telephone)
        if who in seen:
            yield RosterFault(one.line, "name", Problem.TWICE)
        seen.add(who)


# --- importing ---


class Importing:
    """One table on its way in, in one transaction."""

    def __init__(self, tx: Transaction, actor: Actor, home: Home, area_id: int, *, now: datetime) -> None:
        self._tx, self._actor, self._home, self._now = tx, actor, home, now
        self._area_id = area_id
        places = areas.subtree(tx, area_id)
        names = [place.name for place in places]
        self._places = {place.name: place.id for place in places if names.count(place.name) == 1}
        self._places |= {place.code: place.id for place in places}
        self._known = {self._who(plan): plan.id for plan in stored.everybody(tx, area_id)}

    def _who(self, plan: Plan) -> tuple[str, int]:
        return persons.get(self._tx, plan.person_id).name, plan.area_id

    def all_of(self, listed: list[Listed]) -> RosterKept:
        """Everybody new is enrolled, everybody known is changed; Refused with everything that cannot be done."""
        faults: list[RosterFault] = []
        added = 0
        for one in listed:
            try:
                added += self._one(one)
            except Refused as refused:
                faults += refused.faults
            except LadderEmpty:
                faults.append(RosterFault(one.line, "", Problem.LADDER))
            except DomainError:
                faults.append(RosterFault(one.line, "", Problem.UNREADABLE))
        if faults:
            raise Refused(faults)
        kept = RosterKept(added, len(listed) - added)
        what = f"{kept.added} added, {kept.changed} changed"
        history.write(self._tx, Event(self._now, self._actor.id, f"area:{self._area_id}", EVENT, after=what))
        return kept

    def _one(self, one: Listed) -> bool:
        place = self._places.get(one.building)
        if place is None:
            raise Refused([RosterFault(one.line, "building", Problem.PLACE)])
        known = self._known.get((one.name, place))
        plan_id = known or self._enrolled(one, place)
        self._lay_over(one, plan_id)
        return known is None

    def _enrolled(self, one: Listed, place: int) -> int:
        found = Enrolment(one.name, one.telephone, one.door)
        slots = one.slots or enrolments.usual_slots(found)
        return enrolments.begin(self._tx, self._actor, self._home, place, found, slots, now=self._now).id

    def _lay_over(self, one: Listed, plan_id: int) -> None:
        tx, actor, now = self._tx, self._actor, self._now
        plan = plans.change(tx, actor, self._home, plan_id, one.laid_over, EVENT, now=now)
        if any(slot.channel is Channel.CHAT for slot in plan.slots) and persons.chat_of(tx, plan.person_id) is None:
            raise Refused([RosterFault(one.line, "times", Problem.NO_CHAT)])
        people.set_contact(tx, plan.person_id, one.door, one.telephone, by=actor.id, now=now)
        if one.language is not None:
            doors.speak(tx, actor, plan_id, one.language, now=now)
        there = {known.telephone for known in stored.contacts(tx, plan_id)}
        for listed in one.contacts:
            if listed.telephone not in there:
                stored.add_contact(tx, plan_id, Contact(listed.name, listed.relation, listed.telephone, None))
        if one.agreed and plan.state is PlanState.PROPOSED:
            plans.witness(tx, actor, self._home, plan_id, now=now, heard_by=one.agreed)


# --- going out ---


def order(tx: Transaction, actor: Actor, area_id: int, *, now: datetime) -> Roster:
    """Whoever is in charge gets the whole table, and that they did is written down."""
    require(Action.ROSTER_EXPORT, actor, areas.line(tx, area_id))
    history.write(tx, Event(now, actor.id, f"area:{area_id}", "exported"))
    return Roster(area_id)


def rows_of(tx: Transaction, area_id: int) -> Iterator[tuple[Plan, tuple[str, ...]]]:
    """Everybody's plan with its row, in words that an import reads again."""
    agreed = stored.agreed(tx, area_id)
    codes = {place.id: place.code for place in areas.subtree(tx, area_id)}
    known = stored.everybody(tx, area_id)
    contacts = stored.contacts_of(tx, [plan.id for plan in known])
    for plan in known:
        person = persons.get(tx, plan.person_id)
        listed = "; ".join(f"{one.name} {one.relation} {one.telephone}" for one in contacts[plan.id] if one.telephone)
        witness = (agreed[plan.id] or person.name) if plan.id in agreed else ""
        yield plan, cells_of(plan, person, codes[plan.area_id], listed, witness)
