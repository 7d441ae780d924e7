"""Groups: the bot is added, an administrator says which place it is, the group moves or sends the bot away."""

from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.errors import ButtonInvalid, NotAllowed
from bot.domain.groups import GroupBound, GroupHello, GroupPlaces
from bot.domain.home import Home
from bot.domain.needs import State
from bot.domain.people import Actor, Role
from bot.services import telling, topics
from bot.storage import areas, groups, history, needs, outbox
from bot.storage import topics as stored_topics
from bot.storage.database import Transaction
from bot.storage.history import Event

# So many open needs are shown anew where a group moved to: more would bury each other.
SHOWN_ANEW = 20


def joined(tx: Transaction, home: Home, actor: Actor | None, chat_id: int, *, now: datetime) -> None:
    """The bot was added to a group: an administrator who did it is asked in private which place it is."""
    groups.seen(tx, home.bot_id, chat_id)
    row = groups.find(tx, home.bot_id, chat_id)
    bound_to = None if row is None else row["area_id"]
    hello = GroupHello() if bound_to is None else GroupBound(bound_to)
    telling.put(tx, hello, bot_id=home.bot_id, chat_id=chat_id, person_id=None, now=now)
    if bound_to is None and actor is not None and actor.is_a(Role.ADMINISTRATOR):
        telling.tell(tx, actor.id, GroupPlaces(chat_id), now=now)


def divided(tx: Transaction, home: Home, chat_id: int, *, forum: bool) -> None:
    """The group has topics, or has none any more."""
    groups.set_forum(tx, home.bot_id, chat_id, forum)


def ask_place(tx: Transaction, home: Home, actor: Actor, chat_id: int, *, now: datetime) -> None:
    """An administrator in the group wants to say which place it is: asked in private."""
    groups.seen(tx, home.bot_id, chat_id)
    telling.tell(tx, actor.id, GroupPlaces(chat_id), now=now)


def check_may_choose(tx: Transaction, actor: Actor, area_id: int | None) -> None:
    """Whether somebody may be shown the places that a group can belong to; ButtonInvalid for a place that there is not."""
    if not actor.is_a(Role.ADMINISTRATOR):
        raise NotAllowed(Action.GROUP_BIND.value)
    if area_id is not None and not areas.line(tx, area_id):
        raise ButtonInvalid


def left(tx: Transaction, home: Home, chat_id: int, *, now: datetime) -> None:
    """The bot was sent away: nothing is shown there any more."""
    groups.left(tx, home.bot_id, chat_id, now)


def bind(tx: Transaction, home: Home, actor: Actor, chat_id: int, area_id: int, *, now: datetime) -> None:
    """An administrator of that place says that the group belongs to it: it is greeted, and sees what is open already."""
    require(Action.GROUP_BIND, actor, areas.line(tx, area_id))
    # Whoever says so may be spoken to by another bot than the one that is in the group.
    bot_id = groups.bot_in(tx, home.bot_id, chat_id)
    row = groups.find(tx, bot_id, chat_id)
    if row is None:
        raise ButtonInvalid
    if row["area_id"] is not None:
        # A group of another place is not taken away from it.
        require(Action.GROUP_BIND, actor, areas.line(tx, row["area_id"]))
    groups.bind(tx, bot_id, chat_id, area_id=area_id, by=actor.id)
    history.write(tx, Event(now, actor.id, f"group:{chat_id}", "bound", detail=str(area_id)))
    telling.put(tx, GroupBound(area_id), bot_id=bot_id, chat_id=chat_id, person_id=None, now=now)
    layout = stored_topics.layout(tx, bot_id, chat_id)
    for need in needs.in_areas(tx, [area_id], (State.OPEN,), limit=SHOWN_ANEW):
        if layout is not None:
            topics.show_in(tx, bot_id, layout, need, now=now)


def migrated(tx: Transaction, home: Home, old_chat_id: int, new_chat_id: int) -> None:
    """The group became a supergroup: its place and what waits to be said there move with it; what is open is shown anew."""
    groups.migrate(tx, home.bot_id, old_chat_id, new_chat_id)
    stored_topics.migrate(tx, home.bot_id, old_chat_id, new_chat_id)
    outbox.move_chat(tx, bot_id=home.bot_id, old=old_chat_id, new=new_chat_id)
    row = groups.find(tx, home.bot_id, new_chat_id)
    if row is not None and row["area_id"] is not None:
        running = needs.in_areas(tx, [row["area_id"]], (State.OPEN, State.CLAIMED), limit=SHOWN_ANEW)
        outbox.touch(tx, *(f"need:{need.id}" for need in running))
