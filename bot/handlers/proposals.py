"""Proposals: for my mother — where she lives, who she is; and who is in charge looks at it."""

from bot.domain.proposals import AskProposal, ProposalPlace
from bot.handlers.plans import contact_in
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import proposals
from bot.services.views import proposals as views
from bot.texts import proposals as texts
from bot.texts import relatives as buttons


def begin(turn: Turn[buttons.ProposeCare]) -> Reply:
    """Where do they live?"""
    proposals.require_may(turn.tx, turn.actor)
    return reply(ProposalPlace())


def places(turn: Turn[texts.ProposalPlaces]) -> Reply:
    """What lies in a place, to choose from."""
    return reply(ProposalPlace(turn.input.area_id or None, max(0, turn.input.page)), closes=True)


def here(turn: Turn[texts.ProposalHere]) -> Reply:
    """They live here; who is it?"""
    proposals.ask(turn.tx, turn.actor, turn.home, turn.input.area_id, now=turn.now)
    return reply(AskProposal(), closes=True)


def written(turn: Turn[Said]) -> Reply | None:
    """Name, relation, telephone."""
    question, _, number = (turn.question or "").partition(":")
    if question != proposals.QUESTION:
        return None
    who = contact_in(turn.input.text)
    return reply(*proposals.propose(turn.tx, turn.actor, turn.home, int(number), who, now=turn.now))


def seen(turn: Turn[texts.Seen]) -> Reply:
    """I have looked at it."""
    proposals.seen(turn.tx, turn.actor, turn.home, turn.input.relative_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


CAPABILITY = Capability(
    commands={},
    taps={
        buttons.ProposeCare: begin,
        texts.ProposalPlaces: places,
        texts.ProposalHere: here,
        texts.Seen: seen,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
