"""Partings: rather somebody else next time, said by either side with a tap."""

from bot.domain.partings import PartingAsked, PartingKept
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import partings
from bot.services.views import partings as views
from bot.texts import partings as texts


def ask(turn: Turn[texts.AskPart]) -> Reply:
    """Really?"""
    partings.other_of(turn.tx, turn.actor, turn.input.need_id)
    return reply(PartingAsked(turn.input.need_id))


def part(turn: Turn[texts.Part]) -> Reply:
    """Yes."""
    partings.part(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(PartingKept(turn.input.need_id), closes=True)


def rejoin(turn: Turn[texts.Rejoin]) -> Reply:
    """Not any more."""
    partings.rejoin(turn.tx, turn.actor, turn.input.need_id)
    return reply(PartingKept(turn.input.need_id), closes=True)


CAPABILITY = Capability(
    commands={},
    taps={texts.AskPart: ask, texts.Part: part, texts.Rejoin: rejoin},
    views=views.VIEWS,
    cards=texts.CARDS,
)
