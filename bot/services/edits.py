"""An open need is put right by whoever asked for it; whoever sees its card sees it as it is now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.errors import ButtonInvalid, NeedNotSo
from bot.domain.home import Home
from bot.domain.needs import Need, State, Urgency, urgency_of
from bot.domain.people import Actor
from bot.domain.windows import Window, not_over
from bot.services import needs as need_cases
from bot.services.floods import gate
from bot.storage import areas, needs
from bot.storage.database import Transaction


def may_edit(tx: Transaction, actor: Actor, need_id: int) -> None:
    """Whether this person may change this need now: NeedGone, NotAllowed, NeedNotSo once somebody has taken it."""
    relations = need_cases.relations_of(tx, actor, need_id)
    need = needs.see(tx, need_id)
    require(Action.NEED_EDIT, actor, areas.line(tx, need.area_id) if need else (), relations)
    if need is None or need.state is not State.OPEN:
        raise NeedNotSo((need.state if need else State.CANCELLED).value)


def is_open(tx: Transaction, need_id: int) -> bool:
    """Whether nobody has taken it, and it has not ended."""
    need = needs.see(tx, need_id)
    return need is not None and need.state is State.OPEN


def set_text(tx: Transaction, actor: Actor, home: Home, need_id: int, text: str, *, now: datetime) -> Need:
    """In other words; TextEmpty, TextTooLong."""
    return _edit(tx, actor, home, need_id, lambda need: replace(need, text=text), now)


def set_urgency(tx: Transaction, actor: Actor, home: Home, need_id: int, urgency: Urgency, *, now: datetime) -> Need:
    """Wanted so soon."""
    return _edit(tx, actor, home, need_id, lambda need: replace(need, urgency=urgency, window=None), now)


def set_window(tx: Transaction, actor: Actor, home: Home, need_id: int, window: Window, *, now: datetime) -> Need:
    """Wanted on that day, in those hours; WindowPassed. Whoever has not been asked for it may be."""
    urgency = urgency_of(not_over(window, now), now)
    return _edit(tx, actor, home, need_id, lambda need: replace(need, urgency=urgency, window=window), now)


def set_category(tx: Transaction, actor: Actor, home: Home, need_id: int, code: str, *, now: datetime) -> Need:
    """Of this kind: others may see it, and others are asked. ButtonInvalid for a kind that there is not (any more)."""
    if not home.catalogue.knows(code):
        raise ButtonInvalid
    return _edit(tx, actor, home, need_id, lambda need: replace(need, category=code), now)


def stay(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """It is still needed: it stays open for two weeks more."""
    _, need = need_cases.change(tx, actor, need_id, Action.NEED_EDIT, Need.stay, "still needed", now)
    return need


def _edit(tx: Transaction, actor: Actor, home: Home, need_id: int, wish: Callable[[Need], Need], now: datetime) -> Need:
    def rule(need: Need, at: datetime) -> Need:
        wanted = wish(need)
        # A kind that is gone from the catalogue stays as it is stored, and so does who may see it.
        known = home.catalogue.knows(wanted.category)
        kind = home.catalogue[wanted.category].kind(wanted.urgency) if known else need.kind()
        return need.edit(at, text=wanted.text, urgency=wanted.urgency, kind=kind, window=wanted.window)

    old, new = need_cases.change(tx, actor, need_id, Action.NEED_EDIT, rule, "edited", now, save=needs.rewrite)
    if gate.turn_of(tx, need_id) is None:
        asked_anew = (new.category, new.window) != (old.category, old.window)
    else:
        # While very many are asking it keeps its turn, unless it is needed right now.
        asked_anew = new.urgency is Urgency.NOW and gate.waits_no_longer(tx, new, now=now)
    if asked_anew:
        need_cases.announce(tx, home, new, now=now)
    return new
