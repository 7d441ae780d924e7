"""Groups: which place a group belongs to; private things are led into the private chat."""

from bot.domain.groups import GroupPlaces, GroupPrivate
from bot.domain.people import Role
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import groups
from bot.services.views import groups as views
from bot.texts import groups as texts


def bind_here(turn: Turn[Command]) -> Reply:
    """/bind in a group: an administrator is asked in private which place it is."""
    if turn.actor.is_a(Role.ADMINISTRATOR):
        groups.ask_place(turn.tx, turn.home, turn.actor, turn.chat.id, now=turn.now)
    return reply(GroupPrivate(thread=turn.chat.thread))


def private(turn: Turn[Command]) -> Reply:
    """A command that is better said in private."""
    return reply(GroupPrivate(thread=turn.chat.thread))


def open_place(turn: Turn[texts.OpenGroupPlace]) -> Reply:
    """What lies in a place, to choose from."""
    groups.check_may_choose(turn.tx, turn.actor, turn.input.area_id or None)
    return reply(GroupPlaces(turn.input.chat_id, turn.input.area_id or None, max(0, turn.input.page)), closes=True)


def bind(turn: Turn[texts.BindGroup]) -> Reply:
    """The group belongs here."""
    groups.bind(turn.tx, turn.home, turn.actor, turn.input.chat_id, turn.input.area_id, now=turn.now)
    return reply(toast=lambda words: words.say("Done. The group is told."), closes=True)


CAPABILITY = Capability(
    commands={},
    group_commands={
        "bind": bind_here,
        "start": private,
        "need": private,
        "needs": private,
        "mine": private,
        "me": private,
        "help": private,
        "language": private,
        "invite": private,
        "care": private,
        "away": private,
        "history": private,
        "month": private,
        "today": private,
        "duty": private,
        "sos": private,
    },
    taps={texts.OpenGroupPlace: open_place, texts.BindGroup: bind},
    views=views.VIEWS,
    cards=texts.CARDS,
)
