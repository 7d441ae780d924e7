"""Ladders climb: who stands on a rung now, and what follows from trying it.

Many climb together when a round is missed: each place, plan and chat is looked up once, and what follows is written in batches.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.alerts import (
    DEFAULT_LADDER,
    Alert,
    AlertCard,
    AlertState,
    Cause,
    Ladder,
    PleaseRing,
    Rung,
    RungEmpty,
    Whom,
)
from bot.domain.areas import Kind
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Role
from bot.domain.plans import Plan
from bot.domain.relatives import ContactsSkipped
from bot.services import duty, telling
from bot.storage import alerts, areas, history, outbox, persons, plans, rungs
from bot.storage.database import Transaction
from bot.storage.history import Event
from bot.storage.outbox import Saying

# Why a rung is empty is said on the ladder's first turn, not every twenty minutes.
FIRST_TURN = timedelta(hours=1)
# A cry for help at an hour without duty goes to these at once.
WITHOUT_DUTY = (Whom.COORDINATORS, Whom.CONTACTS)


class Ladders:
    """A batch of ladders climbing in one transaction. After the last `climb`, `write` writes what follows from them.

    An alert need not have its number yet when it climbs: until `write` it is known by its person, who has one open at most.
    """

    def __init__(self, tx: Transaction, home: Home, *, now: datetime, known: Mapping[int, Plan] | None = None) -> None:
        self._tx, self._home, self._now = tx, home, now
        self._plans: dict[int, Plan | None] = dict(known or {})
        self._contacts = plans.contacts_of(tx, [plan.id for plan in known.values()]) if known else {}
        self._places: dict[tuple[Whom, int], list[int]] = {}
        self._chats: dict[int, tuple[int, int] | None] = {}
        self._told: list[tuple[Alert, int, Whom]] = []
        self._ringing: list[tuple[Alert, int]] = []
        self._climbs: list[tuple[int, str, str]] = []
        self._empty: dict[tuple[int, Whom], Alert] = {}
        self._skipped: dict[int, Alert] = {}

    def climb(self, alert: Alert) -> Alert:
        """Try the rung that is due; one on which nobody stands is skipped at once. The alert as it is then, not yet saved."""
        if alert.state is not AlertState.OPEN or alert.act_at is None or alert.act_at > self._now:
            return alert
        before, tried = len(self._told), []
        for place in range(alert.rung, len(alert.ladder)):
            rung = alert.ladder[place]
            tried.append(rung.name)
            if self._try(alert, rung):
                climbed = alert.tried(place, self._now)
                break
        else:
            climbed = alert.unheard(self._now)
        reached = str(len(self._told) - before)
        self._climbs.append((alert.person_id, ",".join(tried), reached))
        return climbed

    def _try(self, alert: Alert, rung: Rung) -> list[int]:
        people = self._tell(alert, rung)
        if not people and now_first_turn(alert, self._now):
            self._empty.setdefault((alert.area_id, rung.whom), alert)
        if not people and rung.whom is Whom.DUTY and alert.cause is Cause.HELP:
            return self._cry_out(alert)
        return people

    def _tell(self, alert: Alert, rung: Rung) -> list[int]:
        people = self._reached(alert.person_id, alert.area_id, rung)
        self._told += [(alert, one, rung.whom) for one in people]
        if rung.whom is not Whom.CONTACTS:
            return people
        self._note_skipped(alert, rung)
        return people + self._ring(alert, rung, people)

    def _note_skipped(self, alert: Alert, rung: Rung) -> None:
        """Contacts who have said no are not bothered; who is in charge hears it once."""
        plan = self._plan(alert.person_id)
        contacts = [] if plan is None else self._contacts_on(plan, rung)
        if not all(one.stands for one in contacts) and now_first_turn(alert, self._now):
            self._skipped[alert.person_id] = alert

    def reaches(self, plan: Plan) -> bool:
        """Whether an alert about this person would reach anybody now: somebody on its ladder, or who is in charge."""
        ladder = (*of_plan(self._tx, plan), Rung(0, Whom.COORDINATORS))
        return any(self._reached(plan.person_id, plan.area_id, rung) for rung in ladder)

    def _reached(self, person_id: int, area_id: int, rung: Rung) -> list[int]:
        """Who stands on this rung and has a chat; nobody is told about themselves."""
        people = self._chosen(person_id, rung) if rung.personal else self._placed(area_id, rung.whom)
        return [one for one in people if one != person_id] if person_id in people else people

    def _ring(self, alert: Alert, rung: Rung, reached: list[int]) -> list[int]:
        """Contacts with a telephone only cannot be told by us: who is in charge is asked to ring them."""
        plan = self._plan(alert.person_id)
        contacts = [] if plan is None else self._contacts_on(plan, rung)
        if not any(rings(one, reached=self._in_chat(one)) for one in contacts):
            return []
        ringing = self._reached(alert.person_id, alert.area_id, Rung(0, Whom.COORDINATORS))
        self._ringing += [(alert, one) for one in ringing if one not in reached]
        return ringing

    def _cry_out(self, alert: Alert) -> list[int]:
        """Nobody is on duty and somebody needs help: coordinators, contacts and the emergency chats hear at once."""
        for chat_id in self._home.emergency_chats:
            card = AlertCard(alert.id)
            bot_id = self._home.emergency_bot or self._home.bot_id
            telling.put(self._tx, card, bot_id=bot_id, chat_id=chat_id, person_id=None, now=self._now)
        return [one for whom in WITHOUT_DUTY for one in self._tell(alert, Rung(0, whom))]

    # --- who stands where ---

    def _placed(self, area_id: int, whom: Whom) -> list[int]:
        place = (whom, area_id)
        if place not in self._places:
            people = at(self._tx, self._home, area_id, whom, now=self._now)
            self._places[place] = [one for one in people if self._chat(one)]
        return self._places[place]

    def _chosen(self, person_id: int, rung: Rung) -> list[int]:
        plan = self._plan(person_id)
        if plan is None:
            return []
        if rung.whom is Whom.NEIGHBOUR:
            people = [] if plan.neighbour_id is None else [plan.neighbour_id]
        else:
            standing = (one for one in self._contacts_on(plan, rung) if one.stands)
            people = [one.person_id for one in standing if one.person_id is not None]
        return [one for one in people if self._chat(one)]

    def _contacts_on(self, plan: Plan, rung: Rung) -> list[plans.Contact]:
        """All emergency contacts, or the one that a rung names."""
        known = self._contacts_of(plan)
        return known[rung.nth - 1 : rung.nth] if rung.nth else known

    def _in_chat(self, contact: plans.Contact) -> bool:
        return contact.person_id is not None and self._chat(contact.person_id) is not None

    def _plan(self, person_id: int) -> Plan | None:
        if person_id not in self._plans:
            self._plans[person_id] = plans.of_person(self._tx, person_id)
        return self._plans[person_id]

    def _contacts_of(self, plan: Plan) -> list[plans.Contact]:
        if plan.id not in self._contacts:
            self._contacts[plan.id] = plans.contacts(self._tx, plan.id)
        return self._contacts[plan.id]

    def _chat(self, person_id: int) -> tuple[int, int] | None:
        if person_id not in self._chats:
            self._chats[person_id] = persons.chat_of(self._tx, person_id)
        return self._chats[person_id]

    # --- what follows ---

    def write(self, numbers: Mapping[int, int], *, fresh: bool) -> None:
        """Cards, whom they told, and the history. `numbers` are the alerts' by person: of whoever is missing nothing follows.

        `fresh`: they were raised in this very transaction.
        """
        subjects = ((f"alert:{numbers[one]}", tried, reached) for one, tried, reached in self._climbs if one in numbers)
        history.write(self._tx, *(Event(self._now, None, subject, "rung", *what) for subject, *what in subjects))
        told = [(numbers[one.person_id], to, whom) for one, to, whom in self._told if one.person_id in numbers]
        alerts.tell_many(self._tx, told, now=self._now)
        cards = sorted({(number, to) for number, to, _ in told})
        if fresh:
            outbox.show_first(self._tx, [self._saying(AlertCard(number), to) for number, to in cards], now=self._now)
        else:
            for number, to in cards:
                telling.tell(self._tx, to, AlertCard(number), now=self._now)
        for alert, one in self._ringing:
            if alert.person_id in numbers:
                telling.tell(self._tx, one, PleaseRing(numbers[alert.person_id]), now=self._now)
        for person_id, alert in self._skipped.items():
            if person_id in numbers:
                notice = ContactsSkipped(numbers[person_id])
                telling.tell_coordinators(self._tx, alert.area_id, notice, now=self._now)
        self._tell_empty(numbers)

    def _tell_empty(self, numbers: Mapping[int, int]) -> None:
        """Which rungs are empty is one message a place, however many people are missing there."""
        rungs: dict[int, list[tuple[Whom, int]]] = {}
        for (area_id, whom), alert in self._empty.items():
            if alert.person_id in numbers:
                rungs.setdefault(area_id, []).append((whom, numbers[alert.person_id]))
        for area_id, empty in rungs.items():
            notice = RungEmpty(empty[0][1], ",".join(whom.value for whom, _ in empty))
            for one in telling.coordinators_of(self._tx, area_id):
                telling.tell(self._tx, one, notice, now=self._now)

    def _saying(self, notice: Notice, person_id: int) -> Saying:
        bot_id, chat_id = self._chat(person_id) or (0, 0)
        return Saying(notice, bot_id, chat_id, person_id)


def at(tx: Transaction, home: Home, area_id: int, whom: Whom, *, now: datetime) -> list[int]:
    """Who stands on a rung at a place, whoever is to be looked after."""
    if whom is Whom.DUTY:
        return duty.on_duty(tx, home, area_id, now=now)
    if whom is Whom.COORDINATORS:
        return telling.coordinators_of(tx, area_id)
    if whom is Whom.LEADERS:
        return persons.holding(tx, Role.LEADER, area_id)
    line = (areas.get(tx, one) for one in areas.line(tx, area_id))
    street = next((area for area in line if area.kind is Kind.STREET), None)
    return [] if street is None else persons.holding(tx, Role.COORDINATOR, street.id)


def rings(contact: plans.Contact, *, reached: bool) -> bool:
    """Whether somebody has to ring this contact: they stand on the ladder, and the chat does not reach them."""
    return contact.stands and contact.telephone is not None and not reached


def now_first_turn(alert: Alert, now: datetime) -> bool:
    """Whether a ladder is on its first turn still."""
    return now - alert.opened_at < FIRST_TURN


# --- whose ladder holds ---


def of_plan(tx: Transaction, plan: Plan) -> Ladder:
    """The ladder that an alert about this person begins with."""
    return plan.ladder or of_area(tx, plan.area_id)


def of_plans(tx: Transaction, several: Iterable[Plan]) -> dict[int, Ladder]:
    """The same for many at once, by plan."""
    listed = list(several)
    placed = rungs.of_areas(tx, (plan.area_id for plan in listed if not plan.ladder))
    return {plan.id: plan.ladder or placed.get(plan.area_id, DEFAULT_LADDER) for plan in listed}


def of_area(tx: Transaction, area_id: int) -> Ladder:
    """The ladder of a place: its own, that of the nearest place above, or the one that everybody begins with."""
    return rungs.of_areas(tx, [area_id]).get(area_id, DEFAULT_LADDER)
