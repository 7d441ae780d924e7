"""A dispute: the resident says what is wrong, whoever helped is asked too, a coordinator decides and may add a word to both."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.disputes import Dispute, SideAsked, VerdictSaid
from bot.domain.errors import DisputeNotSo
from bot.domain.home import Home
from bot.domain.needs import Need, State
from bot.domain.people import Actor
from bot.services import needs, secrecy, telling
from bot.storage import areas, disputes, history, outbox
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def open_(tx: Transaction, actor: Actor, need_id: int, remark: str, *, now: datetime) -> Need:
    """The resident says what is wrong; whoever helped is asked for their side, without reading the resident's words."""
    need = needs.dispute(tx, actor, need_id, remark, now=now)
    if need.claimed_by is not None:
        disputes.make(tx, Dispute(0, need_id, need.person_id, need.claimed_by, now))
        telling.tell(tx, need.claimed_by, SideAsked(need_id), now=now)
    return need


def side_of(tx: Transaction, actor: Actor, need_id: int) -> Dispute:
    """The dispute, if this person's side of it can still be heard. NotAllowed for others, DisputeNotSo once it is decided."""
    need = secrecy.find(tx, actor, need_id)
    found = disputes.undecided(tx, need_id)
    helped = {Relation.HELPED} if found is not None and found.helper_id == actor.id else set()
    if need.claimed_by == actor.id:
        helped.add(Relation.HELPED)
    require(Action.SIDE_TELL, actor, areas.line(tx, need.area_id), helped)
    if found is None or need.state is not State.DISPUTED:
        raise DisputeNotSo
    return found


def tell(tx: Transaction, actor: Actor, need_id: int, words: str | None, *, now: datetime) -> Dispute:
    """Whoever helped says how it was; None: they have nothing to add. TextEmpty, TextTooLong, DisputeNotSo."""
    old = side_of(tx, actor, need_id)
    history.write(tx, Event(now, actor.id, f"dispute:{old.id}", "heard" if words else "nothing to add"))
    return _save(tx, old, old.tell(words, now))


def decide(tx: Transaction, actor: Actor, home: Home, need_id: int, *, again: bool, now: datetime) -> Need:
    """A coordinator decides, whoever has been heard by then: done again by somebody, or closed."""
    need = needs.decide(tx, actor, home, need_id, again=again, now=now)
    found = disputes.undecided(tx, need_id)
    if found is not None:
        _save(tx, found, found.decide(actor.id, now))
    return need


def decided_by(tx: Transaction, actor: Actor, need_id: int) -> Dispute:
    """The decision to which this coordinator can still add a word; DisputeNotSo for any other."""
    secrecy.find(tx, actor, need_id)
    found = disputes.last(tx, need_id)
    if found is None or found.decided_by != actor.id or found.verdict is not None:
        raise DisputeNotSo
    return found


def say(tx: Transaction, actor: Actor, need_id: int, words: str, *, now: datetime) -> Dispute:
    """The coordinator's word to both."""
    old = decided_by(tx, actor, need_id)
    new = _save(tx, old, old.say(actor.id, words))
    history.write(tx, Event(now, actor.id, f"dispute:{old.id}", "word to both"))
    for person_id in (old.person_id, old.helper_id):
        telling.tell(tx, person_id, VerdictSaid(old.id), now=now)
    return new


def _save(tx: Transaction, old: Dispute, new: Dispute) -> Dispute:
    if not disputes.save(tx, old, new):
        raise Unsettled(f"dispute {old.id} moved")
    outbox.touch(tx, f"need:{old.need_id}")
    return replace(new, version=old.version + 1)
