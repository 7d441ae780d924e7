"""A familiar voice: recorded by whoever is in charge or by family, sent with each question, taken away again."""

from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.errors import ButtonInvalid
from bot.domain.home import Home
from bot.domain.media import Media, Sent, subject_of
from bot.domain.people import Actor
from bot.domain.plans import Plan
from bot.domain.voices import AskFamilyVoice, VoiceCard, check_voice
from bot.services import media, people, plans, telling
from bot.storage import areas, history, outbox
from bot.storage import media as stored
from bot.storage import plans as stored_plans
from bot.storage.database import Transaction
from bot.storage.history import Event

QUESTION = "voice-of"


def of_plan(tx: Transaction, plan_id: int) -> Media | None:
    """The voice that asks this person now; None: none is recorded."""
    return stored.newest(tx, subject_of("voice", plan_id))


def family_of(tx: Transaction, plan_id: int) -> list[int]:
    """Relatives and friends of this person whom the chat reaches."""
    return [one.person_id for one in stored_plans.contacts(tx, plan_id) if one.person_id is not None]


def may_record(tx: Transaction, actor: Actor, plan_id: int) -> Plan:
    """The plan, if this person may record a voice for it: whoever is in charge, and family."""
    plan = plans.get(tx, plan_id)
    family = {Relation.TOLD} if actor.id in family_of(tx, plan_id) else set()
    require(Action.VOICE_RECORD, actor, areas.line(tx, plan.area_id), family)
    return plan


def ask(tx: Transaction, actor: Actor, home: Home, plan_id: int, *, now: datetime) -> None:
    """The next voice note of this person is the one that asks."""
    may_record(tx, actor, plan_id)
    people.ask(tx, actor, home, f"{QUESTION}:{plan_id}", now=now)


def record(tx: Transaction, actor: Actor, home: Home, plan_id: int, sent: Sent, *, at: datetime, now: datetime) -> Plan:
    """From now on this voice is sent with each question; the one before is forgotten. VoiceNotSo, VoiceTooLong."""
    plan = may_record(tx, actor, plan_id)
    check_voice(sent)
    stored.forget(tx, subject_of("voice", plan_id))
    media.keep(tx, actor, home, sent, subject_of("voice", plan_id), at=at)
    history.write(tx, Event(now, actor.id, f"plan:{plan_id}", "voice recorded"))
    people.ask(tx, actor, home, None, now=now)
    return plan


def forget(tx: Transaction, actor: Actor, plan_id: int, *, now: datetime) -> None:
    """The question comes without a voice again."""
    plans.require_plan(tx, actor, plan_id)
    if stored.forget(tx, subject_of("voice", plan_id)):
        history.write(tx, Event(now, actor.id, f"plan:{plan_id}", "voice taken away"))
        outbox.touch(tx, VoiceCard(plan_id).subject)


def ask_family(tx: Transaction, actor: Actor, plan_id: int, *, now: datetime) -> int:
    """Every relative whom the chat reaches is asked for a voice; how many are. ButtonInvalid when there is nobody."""
    plans.require_plan(tx, actor, plan_id)
    told = sum(telling.tell(tx, one, AskFamilyVoice(plan_id), now=now) for one in family_of(tx, plan_id))
    if not told:
        raise ButtonInvalid
    history.write(tx, Event(now, actor.id, f"plan:{plan_id}", "family asked for a voice", after=str(told)))
    return told
