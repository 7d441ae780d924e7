"""A closed need is opened again within a week: the resident says why, and who shall come; later it is asked for anew."""

from datetime import datetime

from bot.domain.access import Action
from bot.domain.errors import ButtonInvalid, NeedNotSo
from bot.domain.home import Home
from bot.domain.needs import Need, State, legible_text
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.reopenings import WORDS_LIMIT, ReopenAsked, Reopening, ReopenWhyAsked, Who, Why
from bot.services import closings, drafts, matching, needs
from bot.storage import reopenings
from bot.storage.database import Transaction


def ask(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> ReopenAsked:
    """Once more: who shall come? NeedNotSo for what is not closed; what was closed too long ago is answered with how else."""
    need = needs.permitted(tx, actor, need_id, Action.NEED_REOPEN)
    if need.state is not State.CLOSED:
        raise NeedNotSo(need.state.value)
    return ReopenAsked(need_id)


def ask_why(tx: Transaction, actor: Actor, need_id: int, who: Who, *, now: datetime) -> ReopenWhyAsked:
    """What is it this time? NeedPast, NeedNotSo."""
    needs.permitted(tx, actor, need_id, Action.NEED_REOPEN).open_again(now)
    return ReopenWhyAsked(need_id, who.value)


def waits(tx: Transaction, need_id: int, *, now: datetime) -> bool:
    """Whether words about why still open it: not once it is open again."""
    need = needs.look(tx, need_id)
    return need is not None and need.reopens(now)


def reopen(
    tx: Transaction,
    actor: Actor,
    home: Home,
    need_id: int,
    who: Who,
    why: Why,
    *,
    now: datetime,
    words: str | None = None,
) -> Need:
    """It is open again. The same helper is asked alone at first, where the resident wants that and it can be."""
    said = None if words is None else legible_text(words, WORDS_LIMIT)
    old, new = needs.change(
        tx, actor, need_id, Action.NEED_REOPEN, lambda need, at: need.open_again(at), "opened again", now, detail=said
    )
    reopenings.make(tx, Reopening(need_id, actor.id, why, now, said))
    if who is Who.SAME and old.claimed_by is not None:
        matching.begin_with(tx, home, new, old.claimed_by, now=now)
    else:
        needs.begin_without(tx, home, old, new, now=now)
    return new


def repeat(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> Notice:
    """The same words become a new draft, to be looked over and posted."""
    need = needs.permitted(tx, actor, need_id, Action.NEED_REOPEN)
    if not closings.has_words(need) or need.state not in (State.CLOSED, State.EXPIRED):
        raise ButtonInvalid
    return drafts.write(tx, actor, home, need.text, now=now)
