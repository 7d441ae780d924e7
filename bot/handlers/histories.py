"""Histories: how somebody who is cared for has been, for the coordinator in charge."""

from bot.domain.errors import NotAllowed
from bot.domain.histories import HistoryList
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import histories, plans
from bot.services.views import histories as views
from bot.texts import histories as texts


def history(turn: Turn[Command]) -> Reply:
    """/history: whose?"""
    if not plans.in_charge_of(turn.actor):
        raise NotAllowed("see a person's history")
    return reply(HistoryList())


def more(turn: Turn[texts.MoreHistories]) -> Reply:
    """The list's next page."""
    return reply(HistoryList(max(0, turn.input.offset)))


def open_(turn: Turn[texts.OpenHistory]) -> Reply:
    """Somebody's history, where it is read: at the end of the chat."""
    return reply(histories.opened(turn.tx, turn.actor, turn.input.plan_id, 0, 0), afresh=True)


def show(turn: Turn[texts.ShowHistory]) -> Reply:
    """Another page of it, in the same message."""
    tapped = turn.input
    return reply(histories.opened(turn.tx, turn.actor, tapped.plan_id, tapped.chapter, tapped.page))


CAPABILITY = Capability(
    commands={"history": history},
    taps={texts.OpenHistory: open_, texts.ShowHistory: show, texts.MoreHistories: more},
    views=views.VIEWS,
    cards=texts.CARDS,
)
