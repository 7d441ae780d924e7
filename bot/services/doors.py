"""What is known of somebody's home: told by themselves, or by whoever is in charge of their care."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.doors import DoorCard, DoorWanted
from bot.domain.home import Home
from bot.domain.people import Actor, Language
from bot.domain.plans import Plan
from bot.services import people, plans, telling
from bot.storage import areas, outbox, relatives
from bot.storage.database import Transaction


def keep(tx: Transaction, actor: Actor, plan_id: int, words: str, *, now: datetime) -> None:
    """Door and telephone of somebody cared for, as a coordinator writes them: "2单元301 13800138000"."""
    plan = plans.require_plan(tx, actor, plan_id)
    people.keep_contact_of(tx, plan.person_id, words, by=actor.id, now=now)
    outbox.touch(tx, DoorCard(plan_id).subject)


def speak(tx: Transaction, actor: Actor, plan_id: int, language: Language, *, now: datetime) -> None:
    """This person is asked in this language from now on, their menu too."""
    plan = plans.require_plan(tx, actor, plan_id)
    people.speak(tx, plan.person_id, language, by=actor.id, now=now)
    outbox.touch(tx, DoorCard(plan_id).subject)


def allow(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, may_enter: bool, now: datetime) -> Plan:
    """Whether somebody may come in when they do not answer, said by the person, or written down by whoever is in charge.

    Whoever has said so and has told no door yet is asked for it.
    """
    old = plans.get(tx, plan_id)
    speaks = old.person_id == actor.id or relatives.speaks_for(tx, actor.id, old.person_id)
    themselves = {Relation.SELF} if speaks else set()
    require(Action.HOME_OPEN, actor, areas.line(tx, old.area_id), themselves)
    event = "may enter" if may_enter else "may not enter"
    saved = plans.set_state(tx, actor, old, replace(old, may_enter=may_enter), event, now=now)
    if old.person_id == actor.id and old.may_enter is None and actor.person.door is None:
        telling.tell(tx, actor.id, DoorWanted(plan_id), now=now)
    return saved
