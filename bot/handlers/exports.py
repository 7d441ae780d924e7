"""Exports: what is known of whoever asks, as files."""

from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import exports
from bot.services.views import exports as views
from bot.texts import exports as texts


def export(turn: Turn[Command]) -> Reply:
    """/export"""
    return reply(*exports.ask(turn.tx, turn.actor, now=turn.now))


def export_by_tap(turn: Turn[texts.Export]) -> Reply:
    """The same, from what is known of you."""
    return reply(*exports.ask(turn.tx, turn.actor, now=turn.now))


CAPABILITY = Capability(
    commands={"export": export}, taps={texts.Export: export_by_tap}, views=views.VIEWS, cards=texts.CARDS
)
