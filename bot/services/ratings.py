"""Stars and words both ways: given once, answered or not, and shown to the other side when their time has come."""

from dataclasses import replace
from datetime import datetime

from bot.domain.closings import Side
from bot.domain.errors import NeedNotSo, RatingGiven
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.ratings import LOW_STARS, NeedRated, Rating, RatingLow, give
from bot.services import closings, needs, telling
from bot.services.closings import Parties
from bot.storage import history, outbox, ratings
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event


def rate(tx: Transaction, actor: Actor, need_id: int, stars: int, *, now: datetime) -> Rating:
    """One side's stars, 1 to 5; the first ones stand. The other side reads them when both have given theirs, or in a week."""
    who = closings.parties(tx, actor, need_id)
    theirs = ratings.by(tx, need_id, who.other, who.claimed_at)
    fresh = Rating(0, need_id, who.me, who.other, who.side, stars, who.claimed_at, now)
    made = ratings.make(tx, give(fresh, theirs, now))
    if made is None:
        raise RatingGiven
    if who.side is Side.RESIDENT:
        needs.rate(tx, actor, need_id, stars, now=now)
    else:
        history.write(tx, Event(now, actor.id, f"rating:{made.id}", "rated"))
    if theirs is not None:
        _save(tx, theirs, theirs.answered(now))
    if stars <= LOW_STARS:
        needs.tell_judges(tx, who.need, RatingLow(made.id), now)
    outbox.touch(tx, f"need:{need_id}")
    return made


def mine(tx: Transaction, actor: Actor, need_id: int) -> Rating:
    """What this person has said of a visit; NeedNotSo when they have said nothing yet."""
    who = closings.parties(tx, actor, need_id)
    return _mine(tx, who)


def say(tx: Transaction, actor: Actor, need_id: int, words: str, *, now: datetime) -> Rating:
    """Words to the stars. TextEmpty, TextTooLong; RatingOver once the other side reads them."""
    old = mine(tx, actor, need_id)
    new = _save(tx, old, old.say(words))
    history.write(tx, Event(now, actor.id, f"rating:{old.id}", "words"))
    outbox.touch(tx, f"need:{need_id}")
    return new


def _mine(tx: Transaction, who: Parties) -> Rating:
    found = ratings.by(tx, who.need.id, who.me, who.claimed_at)
    if found is None:
        raise NeedNotSo(who.need.state.value)
    return found


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: each side reads what the other has said."""
    for rating_id in ids:
        old = ratings.see(tx, rating_id)
        if old is None or old.act_at is None or old.act_at > now:
            continue
        # Locked before it is written, as everywhere before its ratings.
        stored_needs.find(tx, old.need_id)
        _save(tx, old, old.shown(now))
        telling.tell(tx, old.other_id, NeedRated(old.need_id), now=now)
        outbox.touch(tx, f"need:{old.need_id}")


def _save(tx: Transaction, old: Rating, new: Rating) -> Rating:
    if old == new:
        return old
    if not ratings.save(tx, old, new):
        raise Unsettled(f"rating {old.id} moved")
    return replace(new, version=old.version + 1)
