"""Words between the two sides of a need: passed on with who says them, and told to whoever wrote when they did not arrive."""

from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.home import Home
from bot.domain.media import Media, Sent, numbered, subject_of
from bot.domain.needs import GroupCard, Need, NeedCard, NeedNotice, State, legible_text
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.relays import (
    RELAY,
    WITHIN,
    Address,
    Relay,
    RelayAsked,
    RelayCard,
    RelayClosed,
    RelayEarly,
    RelayFailed,
    RelayNotice,
    RelayPassed,
    check_pace,
    is_open,
)
from bot.services import people, secrecy, sides, telling
from bot.storage import areas, media, needs, outbox, relays, unease
from bot.storage.database import Transaction

QUESTION = "relay"


def ask(tx: Transaction, actor: Actor, home: Home, need_id: int, person_id: int | None, *, now: datetime) -> Notice:
    """The next message of this person goes to the other side; or why there is nobody to write to."""
    need = secrecy.find(tx, actor, need_id)
    refused = _refused(tx, actor, need)
    if refused is not None:
        return refused
    _require(tx, actor, need)
    people.ask(tx, actor, home, f"{QUESTION}:{need_id}:{person_id or 0}", now=now)
    return RelayAsked(need_id)


def asked(question: str | None) -> Address | None:
    """To whom the next message goes after somebody said that they want to write; None: they did not."""
    noun, _, rest = (question or "").partition(":")
    need_id, _, person_id = rest.partition(":")
    return Address(int(need_id), int(person_id) or None) if noun == QUESTION else None


def answered(tx: Transaction, actor: Actor, home: Home, chat_id: int, message_id: int | None) -> Address | None:
    """To whom an answer to this message of ours goes; None: that message is about no need of theirs."""
    if message_id is None:
        return None
    notice = outbox.said_in(tx, bot_id=home.bot_id, chat_id=chat_id, message_id=message_id)
    if isinstance(notice, RelayCard | RelayNotice):
        relay = relays.find(tx, notice.relay_id)
        return None if relay is None or actor.id not in (relay.from_id, relay.to_id) else _back(relay, actor)
    if isinstance(notice, NeedCard | NeedNotice) and not isinstance(notice, GroupCard):
        need = needs.see(tx, notice.need_id)
        return Address(need.id) if need is not None and _concerned(tx, actor, need) else None
    return None


def _back(relay: Relay, actor: Actor) -> Address:
    return Address(relay.need_id, relay.to_id if relay.from_id == actor.id else relay.from_id)


def _concerned(tx: Transaction, actor: Actor, need: Need) -> bool:
    """Whether this person asked for it, has it, or has had it: whoever was only asked writes to nobody."""
    if sides.relations(tx, need, actor.id):
        return True
    offer = needs.offer_of(tx, need.id, actor.id)
    return relays.wrote(tx, need.id, actor.id) or (offer is not None and offer["answer"] == "released")


def say(
    tx: Transaction, actor: Actor, home: Home, to: Address, words: str, *, at: datetime, now: datetime
) -> tuple[Notice, ...]:
    """These words go to the other side. What whoever wrote is told; TextEmpty, TextTooLong, TooManyRelays, NeedGone."""
    return _pass_on(tx, actor, home, to, legible_text(words), None, at=at, now=now)


def send(
    tx: Transaction, actor: Actor, home: Home, to: Address, sent: Sent, *, at: datetime, now: datetime
) -> tuple[Notice, ...]:
    """The same with a voice note or a photo, and the words under it."""
    return _pass_on(tx, actor, home, to, sent.words or None, sent, at=at, now=now)


def is_for_need(tx: Transaction, actor: Actor, answer: Address) -> bool:
    """Whether a photo or voice note in answer belongs to the request itself: it is theirs, and nobody has taken it yet."""
    need = needs.see(tx, answer.need_id)
    return need is not None and need.person_id == actor.id and need.state is State.OPEN


def album_of(tx: Transaction, actor: Actor, sent: Sent) -> Address | None:
    """Where the picture before this one of the same album went; None: it is the first, or was not passed on."""
    first = None if sent.album is None else media.of_album(tx, actor.id, sent.album)
    number = None if first is None else numbered(first.subject, RELAY)
    relay = None if number is None else relays.find(tx, number)
    return None if relay is None else _back(relay, actor)


def _pass_on(
    tx: Transaction,
    actor: Actor,
    home: Home,
    to: Address,
    words: str | None,
    sent: Sent | None,
    *,
    at: datetime,
    now: datetime,
) -> tuple[Notice, ...]:
    need = secrecy.find(tx, actor, to.need_id)
    refused = _refused(tx, actor, need)
    if refused is not None:
        return (refused,)
    _require(tx, actor, need)
    check_pace(relays.count_since(tx, need.id, actor.id, now - WITHIN))
    others = _others(tx, need, actor.id)
    meant = [one for one in others if to.person_id in (None, one)] or others
    said: list[Notice] = []
    for person_id in meant:
        relay = relays.keep(tx, Relay(0, home.bot_id, need.id, actor.id, person_id, now, words))
        if sent is not None:
            subject = subject_of(RELAY, relay.id)
            media.keep(tx, Media(0, home.bot_id, actor.id, sent.kind, sent.file_id, subject, at, album=sent.album))
        reached = telling.tell(tx, person_id, RelayCard(relay.id), now=now)
        if not reached:
            relays.failed(tx, relay.id, now)
        said.append(RelayPassed(relay.id) if reached else RelayFailed(relay.id))
    return tuple(said)


def _refused(tx: Transaction, actor: Actor, need: Need) -> RelayEarly | RelayClosed | None:
    """Why nothing can be passed on now; None: it can."""
    if need.state is State.OPEN and need.person_id == actor.id:
        return RelayEarly(need.id)
    if _concerned(tx, actor, need) and not (is_open(need) and _others(tx, need, actor.id)):
        return RelayClosed(need.id)
    return None


def _others(tx: Transaction, need: Need, person_id: int) -> tuple[int, ...]:
    """To whom somebody may write: nothing passes between two of whom one did not feel safe with the other."""
    return tuple(one for one in sides.across(tx, need, person_id) if not unease.paused(tx, person_id, one))


def _require(tx: Transaction, actor: Actor, need: Need) -> None:
    require(Action.RELAY, actor, areas.line(tx, need.area_id), sides.relations(tx, need, actor.id))


def undelivered(tx: Transaction, relay_id: int, *, now: datetime) -> None:
    """Telegram refused it for good: whoever wrote hears that it did not arrive, once."""
    relay = relays.find(tx, relay_id)
    if relay is not None and relays.failed(tx, relay_id, now):
        telling.tell(tx, relay.from_id, RelayFailed(relay_id), now=now)


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Words of before `at` about needs that have ended are forgotten, in whatever chat they stand; how many were."""
    gone = relays.forget_before(tx, at, limit)
    outbox.touch(tx, *(subject_of(RELAY, one) for one in gone))
    return len(gone)
