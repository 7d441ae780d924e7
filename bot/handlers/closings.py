"""Closings: what else can be done about a closed need, behind one key."""

from bot.domain.access import Action
from bot.domain.closings import ClosingMore
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import needs
from bot.services.views import closings as views
from bot.texts import closings as texts
from bot.texts.needs import after


def more(turn: Turn[after.MoreAfter]) -> Reply:
    """What else?"""
    needs.permitted(turn.tx, turn.actor, turn.input.need_id, Action.NEED_REOPEN)
    return reply(ClosingMore(turn.input.need_id))


CAPABILITY = Capability(commands={}, taps={after.MoreAfter: more}, views=views.VIEWS, cards=texts.CARDS)
