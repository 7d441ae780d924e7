"""What follows when somebody who was asked says no, not now, or cannot be reached at all."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import HELPERS, Action, Relation, require
from bot.domain.assignments import IN_PERSON, AssignmentDeclined
from bot.domain.helpers import LATER, Rest, Word, day_end
from bot.domain.home import Home
from bot.domain.needs import Need, NeedNotice, NeedUnclaimed, OfferCard, State
from bot.domain.notices import Priority
from bot.domain.people import Actor, Role
from bot.services import matching, parties, seats, secrecy, telling
from bot.storage import areas, helpers, needs, outbox, persons
from bot.storage import matching as searches
from bot.storage.database import Transaction

# So many unanswered offers of somebody who blocks the bot go to others at once; time moves on any that are left.
ASKED_AT_MOST = 100


def decline(
    tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime, word: Word = Word.NOT_NOW
) -> Need:
    """A volunteer says "not this time", "in two hours" or "no more today": somebody else is asked instead, and the word is
    remembered. Saying it twice asks nobody further."""
    need = secrecy.find(tx, actor, need_id)
    require(Action.NEED_CLAIM, actor, areas.line(tx, need.area_id), asked_relations(tx, need_id, actor))
    _remember(tx, actor, home, word, now=now)
    again_at = now + LATER if word is Word.LATER else None
    offer = needs.offer_of(tx, need_id, actor.id)
    if needs.answer_offer(tx, need_id, actor.id, "later" if again_at else "declined", again_at=again_at):
        telling.tell(tx, actor.id, OfferCard(need_id), now=now, priority=Priority.ANSWER)
        if parties.wanting(tx, need):
            if offer is not None and offer["reason"] == IN_PERSON:
                telling.tell_coordinators(tx, need.area_id, AssignmentDeclined(need_id, actor.id), now=now)
            else:
                _ask_instead(tx, home, need, now=now)
            if again_at is not None:
                searches.look_by(tx, need_id, again_at)
    return need


def _remember(tx: Transaction, actor: Actor, home: Home, word: Word, *, now: datetime) -> None:
    helpers.spoke(tx, actor.id)
    if word is Word.LATER:
        helpers.save(tx, helpers.get(tx, actor.id).rests(Rest.LATER, now + LATER, now))
    elif word is Word.TODAY:
        helpers.save(tx, helpers.get(tx, actor.id).rests(Rest.TODAY, day_end(now, home.timezone), now))


def asked_relations(tx: Transaction, need_id: int, actor: Actor) -> set[Relation]:
    """Whoever was asked for a need may see and take it, also where their roles do not reach; not once they help no more."""
    asked = actor.is_a(*HELPERS) and needs.offer_of(tx, need_id, actor.id) is not None
    return {Relation.OFFERED} if asked else set()


def _ask_instead(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """One of those asked will not come: another is asked, or all of the first wave when it was they alone; and when nobody is
    left the coordinators hear at once."""
    if not matching.first_wave(tx, home, need, now=now):
        matching.one_more(tx, home, need, now=now)
    if needs.offers_waiting(tx, need) == 0:
        telling.tell_coordinators(tx, need.area_id, NeedUnclaimed(need.id), now=now, calm=need.calm)


def unreachable(tx: Transaction, home: Home, need_id: int, person_id: int, *, now: datetime) -> None:
    """A volunteer who was to be asked cannot be reached: somebody else is asked instead, and a claim of theirs goes quiet."""
    first = needs.answer_offer(tx, need_id, person_id, "unreachable")
    need = needs.find(tx, need_id)
    if need is None:
        return
    if first and parties.wanting(tx, need):
        _ask_instead(tx, home, need, now=now)
    if need.claimed_by == person_id:
        unheard(tx, need_id, now=now)
    elif parties.comes_along(tx, need, person_id):
        seats.leave(tx, home, need, person_id, by=person_id, now=now)


def coordinator_unreachable(tx: Transaction, notice: NeedNotice, person_id: int, *, now: datetime) -> None:
    """A coordinator cannot be told: when they were the last one, whoever is next in charge is told instead."""
    need = needs.see(tx, notice.need_id)
    if need is None:
        return
    outbox.touch(tx, f"need:{need.id}")
    coordinators = persons.holding(tx, Role.COORDINATOR, need.area_id)
    if person_id in coordinators and not set(coordinators).intersection(telling.coordinators_of(tx, need.area_id)):
        telling.tell_coordinators(tx, need.area_id, notice, now=now)


def blocked(tx: Transaction, home: Home, person_id: int, *, now: datetime) -> None:
    """A volunteer wants to hear nothing more: whatever they were asked and have not answered, or come along to, somebody else
    is asked."""
    along = [need for need in needs.claimed_by(tx, person_id) if need.claimed_by != person_id]
    for need in (*along, *needs.offered_to(tx, person_id, ASKED_AT_MOST)):
        unreachable(tx, home, need.id, person_id, now=now)


def unheard(tx: Transaction, need_id: int, *, now: datetime) -> None:
    """The claimer cannot be reached at all: the question "still on it?" counts as answered with no, at once; and so does a
    reminder of what they promised to come for."""
    need = needs.find(tx, need_id)
    if need is None or need.state is not State.CLAIMED:
        return
    if need.step > 0:
        needs.postpone(tx, need_id, now)
    elif need.is_reminder(now):
        needs.save(tx, need, replace(need, step=1, act_at=now))
