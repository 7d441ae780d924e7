"""Groups: the bot is added, an administrator says which place it is, the group moves or sends the bot away."""

from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.errors import ButtonInvalid
from bot.domain.groups import GroupBound, GroupHello, GroupPlaces
from bot.domain.home import Home
from bot.domain.people import Actor, Role
from bot.services import telling
from bot.storage import areas, groups, history, outbox
from bot.storage.database import Transaction
from bot.storage.history import Event


def joined(tx: Transaction, home: Home, actor: Actor | None, chat_id: int, *, now: datetime) -> None:
    """The bot was added to a group: an administrator who did it is asked in private which place it is."""
    groups.seen(tx, home.bot_id, chat_id)
    row = groups.find(tx, home.bot_id, chat_id)
    bound_to = None if row is None else row["area_id"]
    hello = GroupHello() if bound_to is None else GroupBound(bound_to)
    telling.put(tx, hello, bot_id=home.bot_id, chat_id=chat_id, person_id=None, now=now)
    if bound_to is None and actor is not None and actor.is_a(Role.ADMINISTRATOR):
        telling.tell(tx, actor.id, GroupPlaces(chat_id), now=now)


def ask_place(tx: Transaction, home: Home, actor: Actor, chat_id: int, *, now: datetime) -> None:
    """An administrator in the group wants to say which place it is: asked in private."""
    groups.seen(tx, home.bot_id, chat_id)
    telling.tell(tx, actor.id, GroupPlaces(chat_id), now=now)


def left(tx: Transaction, home: Home, chat_id: int, *, now: datetime) -> None:
    """The bot was sent away: nothing is shown there any more."""
    groups.left(tx, home.bot_id, chat_id, now)


def bind(tx: Transaction, home: Home, actor: Actor, chat_id: int, area_id: int, *, now: datetime) -> None:
    """An administrator of that place says that the group belongs to it."""
    require(Action.GROUP_BIND, actor, areas.line(tx, area_id))
    if groups.find(tx, home.bot_id, chat_id) is None:
        raise ButtonInvalid
    groups.bind(tx, home.bot_id, chat_id, area_id=area_id, by=actor.id)
    history.write(tx, Event(now, actor.id, f"group:{chat_id}", "bound", detail=str(area_id)))
    telling.put(tx, GroupBound(area_id), bot_id=home.bot_id, chat_id=chat_id, person_id=None, now=now)


def migrated(tx: Transaction, home: Home, old_chat_id: int, new_chat_id: int) -> None:
    """The group became a supergroup: its place and what waits to be said there move with it."""
    groups.migrate(tx, home.bot_id, old_chat_id, new_chat_id)
    outbox.move_chat(tx, bot_id=home.bot_id, old=old_chat_id, new=new_chat_id)
