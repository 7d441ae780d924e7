"""A volunteer says when they may be asked: the week's times, leave, quiet hours, how often; and comes back with one tap."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.access import HELPERS
from bot.domain.errors import ButtonInvalid, NotAllowed
from bot.domain.helpers import LEAVE_AT_MOST, OFFERS_CHOICES, QUIET_CHOICES, Helper, HelperCard, Rest, Word
from bot.domain.home import Home
from bot.domain.matching import Hours
from bot.domain.people import Actor
from bot.services import offers
from bot.storage import helpers, outbox
from bot.storage.database import Transaction


def card(actor: Actor) -> HelperCard:
    """When this person is asked; NotAllowed for whoever is asked for nothing."""
    if not actor.is_a(*HELPERS):
        raise NotAllowed("say when one may be asked")
    return HelperCard(actor.id)


def toggle(tx: Transaction, actor: Actor, part: int) -> None:
    """They have time in this part of the week, or have it no longer."""
    _save(tx, actor, helpers.get(tx, actor.id).toggled(part))


def leave(tx: Transaction, actor: Actor, days: int, *, now: datetime) -> None:
    """They are not asked for so many days."""
    if not 0 < days <= LEAVE_AT_MOST:
        raise ButtonInvalid
    _save(tx, actor, helpers.get(tx, actor.id).rests(Rest.LEAVE, now + timedelta(days=days), now))


def come_back(tx: Transaction, actor: Actor) -> None:
    """They may be asked again at once, as often as anybody."""
    helpers.spoke(tx, actor.id)
    _save(tx, actor, helpers.get(tx, actor.id).back())


def night(tx: Transaction, actor: Actor, *, wanted: bool) -> None:
    """For what is needed right now they may be woken, or not."""
    known = helpers.get(tx, actor.id)
    _save(tx, actor, replace(known, night_now=wanted))


def quiet(tx: Transaction, actor: Actor, home: Home, hours: Hours) -> None:
    """They are not asked in these hours. The community's own are nobody's choice: whoever takes them follows when they change."""
    if hours not in quiet_choices(home):
        raise ButtonInvalid
    known = helpers.get(tx, actor.id)
    _save(tx, actor, replace(known, quiet=None if hours == home.waves.quiet else hours))


def quiet_choices(home: Home) -> tuple[Hours, ...]:
    """The quiet hours that somebody may choose, the community's first."""
    return tuple(dict.fromkeys((Hours(*home.waves.quiet), *QUIET_CHOICES)))


def at_most(tx: Transaction, actor: Actor, offers_a_day: int) -> None:
    """They are asked at most so often a day."""
    if offers_a_day not in OFFERS_CHOICES:
        raise ButtonInvalid
    known = helpers.get(tx, actor.id)
    _save(tx, actor, replace(known, offers_a_day=offers_a_day))


def says(tx: Transaction, actor: Actor, home: Home, word: Word, *, now: datetime) -> bool:
    """A few typed words in answer to the newest offer; False when none waits for an answer."""
    need_id = helpers.waiting_offer(tx, actor.id)
    if need_id is None:
        return False
    offers.decline(tx, actor, home, need_id, now=now, word=word)
    return True


def seen(tx: Transaction, person_id: int) -> Helper:
    """What somebody has said of themselves."""
    return helpers.get(tx, person_id)


def _save(tx: Transaction, actor: Actor, helper: Helper) -> None:
    card(actor)
    helpers.save(tx, helper)
    outbox.touch(tx, card(actor).subject)
