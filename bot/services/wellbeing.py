"""One small question more, each morning; and what is missing at home becomes a need in one press."""

from datetime import datetime

from bot.domain.checkins import CheckIn
from bot.domain.drafts import begin
from bot.domain.errors import ButtonInvalid
from bot.domain.home import Home
from bot.domain.needs import Need, Urgency
from bot.domain.people import Actor
from bot.domain.wellbeing import CATEGORIES, Topic, Want, Wellbeing, WellbeingAsked, asks_after, topic_of
from bot.services import needs, plans
from bot.storage import checkins, history, outbox, relatives, wellbeing
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction
from bot.storage.history import Event


def switch(tx: Transaction, actor: Actor, plan_id: int, *, on: bool, now: datetime) -> None:
    """A coordinator has this person asked one more question each morning, or not any more."""
    plans.require_plan(tx, actor, plan_id)
    if wellbeing.switch(tx, plan_id, on=on, now=now):
        history.write(tx, Event(now, actor.id, f"plan:{plan_id}", "second question", after="on" if on else "off"))
        outbox.touch(tx, f"plan:{plan_id}")


def ask_after(tx: Transaction, checkin: CheckIn, *, now: datetime) -> tuple[WellbeingAsked, ...]:
    """What is asked after the morning's answer: at most one thing, and once a day."""
    if not asks_after(checkin) or not wellbeing.is_on(tx, checkin.plan_id):
        return ()
    if relatives.with_telephone(tx, checkin.person_id):
        # Its keys name nobody, and on a telephone for several nobody would know who answers.
        return ()
    new = Wellbeing(0, checkin.person_id, checkin.id, checkin.day, topic_of(checkin.day), now)
    asked = wellbeing.ask(tx, new)
    return () if asked is None else (WellbeingAsked(asked.id),)


def answer(tx: Transaction, actor: Actor, home: Home, topic: Topic, *, good: bool, at: datetime) -> Wellbeing | None:
    """The day's question is answered, or its answer changed; None when nothing of the kind was asked today."""
    asked = wellbeing.of_day(tx, actor.id, at.astimezone(home.timezone).date())
    if asked is None or asked.topic is not topic:
        return None
    wellbeing.answer(tx, asked.id, good=good, at=at)
    return wellbeing.see(tx, asked.id)


def answer_in_words(tx: Transaction, actor: Actor, home: Home, *, good: bool, at: datetime) -> Wellbeing | None:
    """The same in one's own words, soon after it was asked; None when nothing waits for words."""
    asked = wellbeing.of_day(tx, actor.id, at.astimezone(home.timezone).date())
    if asked is None or not asked.hears_words(at):
        return None
    wellbeing.answer(tx, asked.id, good=good, at=at)
    return wellbeing.see(tx, asked.id)


def require_own(tx: Transaction, actor: Actor, checkin_id: int) -> CheckIn:
    """The check-in, if it asked this person; ButtonInvalid otherwise."""
    found = checkins.see_many(tx, [checkin_id])
    if not found or not (found[0].person_id == actor.id or relatives.speaks_for(tx, actor.id, found[0].person_id)):
        raise ButtonInvalid
    return found[0]


def want(tx: Transaction, actor: Actor, home: Home, checkin_id: int, what: Want, text: str, *, now: datetime) -> Need:
    """This is missing at home: a need of today, posted at once. Two presses after one question are one need."""
    require_own(tx, actor, checkin_id)
    subject, event = f"checkin:{checkin_id}", f"wants {what.value}"
    before = next((one.after for one in history.of(tx, subject) if one.event == event), None)
    posted = stored_needs.find(tx, int(before)) if before else None
    if posted is not None:
        return posted
    draft = begin(actor.id, home.bot_id, 0, text, home.catalogue, now)
    draft = draft.of_category(CATEGORIES[what]).wanted(Urgency.TODAY)
    need = needs.post(tx, actor, home, draft, now=now)
    history.write(tx, Event(now, actor.id, subject, event, after=str(need.id)))
    return need
