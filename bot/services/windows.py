"""On a day, in certain hours: when the helper comes, and what somebody does whose day has passed in vain."""

from datetime import datetime, timedelta

from bot.domain.access import Action, require
from bot.domain.drafts import DraftCard, Stage
from bot.domain.errors import ButtonInvalid, WindowUnclear
from bot.domain.home import Home
from bot.domain.needs import Need
from bot.domain.people import Actor
from bot.domain.windows import Window, hours_in
from bot.services import drafts, needs
from bot.storage.database import Transaction


def come(tx: Transaction, actor: Actor, need_id: int, minutes: int, *, now: datetime) -> Need:
    """The claimer comes so many minutes after the window begins, 0: right then. ButtonInvalid outside of it, TimePassed."""
    window = needs.permitted(tx, actor, need_id, Action.NEED_WORK_ON).window
    if window is None or not 0 <= minutes < (window.until_at - window.from_at) // timedelta(minutes=1):
        raise ButtonInvalid
    return needs.arrive(tx, actor, need_id, window.from_at + timedelta(minutes=minutes), now=now)


def again(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> DraftCard:
    """Whoever asked for it in vain asks for another day: the same words, and the card asks which day."""
    need = needs.permitted(tx, actor, need_id, Action.NEED_SEE)
    require(Action.NEED_CONFIRM, actor, (), needs.relations_of(tx, actor, need_id))
    return drafts.begin_like(tx, actor, home, need, Stage.DAY, now=now)


def read(words: str, day: int, home: Home, *, now: datetime) -> Window:
    """The hours of that day (counted as the calendar does) that somebody wrote; WindowUnclear."""
    window = hours_in(words, datetime.fromordinal(day).date(), now, home.timezone)
    if window is None:
        raise WindowUnclear
    return window
