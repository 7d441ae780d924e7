"""What could not be delivered is a decision of its own: the chat is unreachable, and whoever waited for it does not wait on."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.alerts import AlertCard
from bot.domain.checkins import CheckInAsked, CheckInNotice, CheckInNudged
from bot.domain.drills import DrillCard
from bot.domain.duty import WatchCard
from bot.domain.followups import FollowUpCard
from bot.domain.handovers import HandoverCard
from bot.domain.home import Home
from bot.domain.knocks import KnockCard, KnockListCard
from bot.domain.media import MediaCard
from bot.domain.needs import HelpSoon, NeedDisputed, NeedNotice, NeedTrouble, NeedUnclaimed, OfferCard, StillOnIt
from bot.domain.notices import Defect, Notice
from bot.domain.people import Role
from bot.domain.relays import RelayCard
from bot.domain.topics import TopicWanted
from bot.domain.unease import UneaseCard
from bot.domain.visits import VisitLookDue, VisitNotice, VisitWellAsked
from bot.services import (
    alerts,
    chats,
    checkins,
    drills,
    followups,
    handovers,
    knocks,
    media,
    offers,
    relays,
    telling,
    topics,
    unease,
    visits,
    watches,
)
from bot.storage import areas, groups, persons, relatives
from bot.storage.database import Transaction
from bot.storage.outbox import Letter


def undeliverable(tx: Transaction, home: Home, letter: Letter, *, now: datetime) -> None:
    """Telegram refused a letter for good: mark the chat, and move on what waited for its answer."""
    if letter.person_id is None:
        groups.left(tx, letter.bot_id, letter.chat_id, now)
        return
    first = persons.set_reachable(tx, letter.bot_id, letter.chat_id, since=now)
    several = relatives.on_chat(tx, letter.bot_id, letter.chat_id)
    for person_id in several or ([letter.person_id] if first else []):
        if not chats.go_on(tx, person_id, letter.bot_id, letter.chat_id, now=now) and several:
            # One telephone for several: what any of them was asked there becomes a knock.
            checkins.blocked(tx, home, person_id, now=now)
    elsewhere = chats.say_elsewhere(tx, letter, letter.person_id, now=now)
    move_on = None if elsewhere else MOVE_ON.get(type(letter.notice))
    if move_on is not None:
        move_on(tx, home, letter.notice, letter.person_id, now)


def account_blocked(tx: Transaction, home: Home, user_id: int, *, blocked: bool, now: datetime) -> None:
    """A person blocked the bot, or let it speak again: noticed when it happens; what they were asked comes through another of
    our bots that they use, else it becomes a knock."""
    if not persons.set_reachable(tx, home.bot_id, user_id, since=now if blocked else None) or not blocked:
        return
    person = persons.by_account(tx, home.bot_id, user_id)
    if person is None:
        return
    for person_id in relatives.on_chat(tx, home.bot_id, user_id) or [person.id]:
        if not chats.go_on(tx, person_id, home.bot_id, user_id, now=now):
            checkins.blocked(tx, home, person_id, now=now)
    if persons.chat_of(tx, person.id) is None:
        knocks.unreachable(tx, home, person.id, now=now)
        offers.blocked(tx, home, person.id, now=now)
        handovers.gone(tx, person.id, now=now)
        watches.unreachable(tx, person.id, now=now)


def _offer(tx: Transaction, home: Home, notice: OfferCard, person_id: int, now: datetime) -> None:
    offers.unreachable(tx, home, notice.need_id, person_id, now=now)


def _alert(tx: Transaction, home: Home, notice: AlertCard, person_id: int, now: datetime) -> None:
    alerts.unreachable(tx, notice.alert_id, now=now)


def _question(tx: Transaction, home: Home, notice: CheckInNotice, person_id: int, now: datetime) -> None:
    checkins.undeliverable(tx, home, notice.checkin_id, now=now)


def _handshake(tx: Transaction, home: Home, notice: WatchCard, person_id: int, now: datetime) -> None:
    watches.undeliverable(tx, notice.watch_id, person_id, now=now)


def _still_on_it(tx: Transaction, home: Home, notice: StillOnIt | HelpSoon, person_id: int, now: datetime) -> None:
    offers.unheard(tx, notice.need_id, now=now)


def _handover(tx: Transaction, home: Home, notice: HandoverCard, person_id: int, now: datetime) -> None:
    handovers.gone(tx, person_id, now=now)


def _in_charge(tx: Transaction, home: Home, notice: NeedNotice, person_id: int, now: datetime) -> None:
    offers.coordinator_unreachable(tx, notice, person_id, now=now)


def _list(tx: Transaction, home: Home, notice: KnockListCard | KnockCard, person_id: int, now: datetime) -> None:
    knocks.unreachable(tx, home, person_id, now=now)


def _media(tx: Transaction, home: Home, notice: MediaCard, person_id: int, now: datetime) -> None:
    media.unreachable(tx, home, notice.media_id, person_id, now=now)


def _drill(tx: Transaction, home: Home, notice: DrillCard, person_id: int, now: datetime) -> None:
    drills.unreachable(tx, notice.drill_id, person_id, now=now)


def _look(tx: Transaction, home: Home, notice: FollowUpCard, person_id: int, now: datetime) -> None:
    followups.unreachable(tx, home, notice.follow_up_id, person_id, now=now)


def _unease(tx: Transaction, home: Home, notice: UneaseCard, person_id: int, now: datetime) -> None:
    unease.unreachable(tx, notice.unease_id, now=now)


def _relay(tx: Transaction, home: Home, notice: RelayCard, person_id: int, now: datetime) -> None:
    relays.undelivered(tx, notice.relay_id, now=now)


def _at_the_door(tx: Transaction, home: Home, notice: VisitNotice, person_id: int, now: datetime) -> None:
    visits.unheard(tx, notice.visit_id, now=now)


def _look_again(tx: Transaction, home: Home, notice: VisitNotice, person_id: int, now: datetime) -> None:
    visits.look_undelivered(tx, notice.visit_id, person_id, now=now)


MOVE_ON: Mapping[type[Notice], Callable[..., None]] = {
    OfferCard: _offer,
    StillOnIt: _still_on_it,
    HelpSoon: _still_on_it,
    HandoverCard: _handover,
    NeedUnclaimed: _in_charge,
    NeedDisputed: _in_charge,
    NeedTrouble: _in_charge,
    AlertCard: _alert,
    WatchCard: _handshake,
    CheckInAsked: _question,
    CheckInNudged: _question,
    KnockListCard: _list,
    KnockCard: _list,
    MediaCard: _media,
    DrillCard: _drill,
    FollowUpCard: _look,
    UneaseCard: _unease,
    RelayCard: _relay,
    VisitWellAsked: _at_the_door,
    VisitLookDue: _look_again,
}


def accepted(tx: Transaction, letter: Letter, *, now: datetime) -> None:
    """Telegram took what somebody waits for: an alert's ladder counts its minutes from here, a new topic has its number."""
    if letter.message_id is not None:
        return
    if isinstance(letter.notice, AlertCard):
        alerts.accepted(tx, letter.notice.alert_id, now=now)
    elif isinstance(letter.notice, DrillCard):
        drills.accepted(tx, letter.notice.drill_id, letter.person_id, now=now)
    elif isinstance(letter.notice, TopicWanted):
        topics.made(tx, letter, letter.notice)


def defect(tx: Transaction, letter: Letter, *, now: datetime) -> None:
    """A letter of life and death that our own mistake kept back: every administrator hears of it, to look by hand."""
    if isinstance(letter.notice, Defect):
        return
    first = areas.first(tx)
    people = [] if first is None else persons.holding(tx, Role.ADMINISTRATOR, first.id)
    for person_id in people or ([] if first is None else telling.coordinators_of(tx, first.id)):
        telling.tell(tx, person_id, Defect(letter.id), now=now)
