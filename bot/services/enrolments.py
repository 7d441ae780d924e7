"""Somebody without a chat is enrolled: rung or visited, never asked by message."""

import unicodedata
from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.enrolments import Enrolment, enrolment_in
from bot.domain.errors import ButtonInvalid, PlanExists
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import DEFAULT_SLOTS, Channel, ConsentCard, Plan, PlanCard, PlanState, Slot
from bot.services import plans, telling
from bot.storage import areas, history, persons
from bot.storage import plans as stored
from bot.storage.database import Transaction
from bot.storage.history import Event


def require_place(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed for whoever may not enrol there; ButtonInvalid for a place that there is not."""
    line = areas.line(tx, area_id)
    if not line:
        raise ButtonInvalid
    require(Action.CARE_PLAN, actor, line)


def enrol(tx: Transaction, actor: Actor, home: Home, area_id: int, words: str, *, now: datetime) -> PlanCard:
    """Somebody who lives here, as a coordinator writes it; the card on which they say that they heard them agree.

    Whoever is known by this name and telephone already is asked in their chat, if they have one. EnrolmentUnclear,
    PlanExists, LadderEmpty.
    """
    require_place(tx, actor, area_id)
    found = enrolment_in(unicodedata.normalize("NFKC", words))
    plan = begin(tx, actor, home, area_id, found, usual_slots(found), now=now)
    return PlanCard(plan.id)


def usual_slots(found: Enrolment) -> tuple[Slot, ...]:
    """Rung at the usual times where there is a telephone, else knocked at."""
    channel = Channel.CALL if found.telephone else Channel.KNOCK
    return tuple(replace(slot, channel=channel) for slot in DEFAULT_SLOTS)


def begin(
    tx: Transaction, actor: Actor, home: Home, area_id: int, found: Enrolment, slots: tuple[Slot, ...], *, now: datetime
) -> Plan:
    """The person, and a plan that waits for their yes. PlanExists, LadderEmpty."""
    person_id = _known(tx, found) or _new(tx, home, area_id, found, now=now)
    new = Plan(0, home.bot_id, person_id, area_id, PlanState.PROPOSED, slots)
    plans.check_ladder(tx, home, new, now=now)
    plan = stored.make(tx, new, proposed_by=actor.id)
    if plan is None:
        raise PlanExists
    history.write(tx, Event(now, actor.id, f"plan:{plan.id}", "proposed", after=plan.state.value))
    telling.tell(tx, person_id, ConsentCard(plan.id), now=now)
    return plan


def _new(tx: Transaction, home: Home, area_id: int, found: Enrolment, *, now: datetime) -> int:
    return persons.make_without_chat(
        tx,
        name=found.name,
        language=home.language,
        telephone=found.telephone,
        building_id=area_id,
        now=now,
        door=found.door,
    ).id


def _known(tx: Transaction, found: Enrolment) -> int | None:
    """Two may share a telephone: only whoever is called the same too is the same person."""
    sharing = persons.with_telephone(tx, found.telephone) if found.telephone else []
    return next((one.id for one in sharing if one.name == found.name), None)
