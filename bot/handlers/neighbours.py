"""The chosen neighbour: chosen by whoever plans the care, asked, and free to step back."""

from bot.domain.doors import DoorCard
from bot.domain.neighbours import NeighbourChoice
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import neighbours, plans
from bot.services.views import neighbours as views
from bot.texts import neighbours as texts


def choose(turn: Turn[texts.ChooseNeighbour]) -> Reply:
    """Who lives near?"""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    return reply(NeighbourChoice(turn.input.plan_id, min(max(0, turn.input.offset), neighbours.NEAR_AT_MOST)))


def ask(turn: Turn[texts.AskNeighbour]) -> Reply:
    """This one is asked."""
    plan_id = turn.input.plan_id
    neighbours.ask(turn.tx, turn.actor, turn.home, plan_id, turn.input.person_id, now=turn.now)
    return reply(
        DoorCard(plan_id), toast=lambda words: words.say("They are asked whether they agree."), afresh=True, closes=True
    )


def answer(turn: Turn[texts.BeNeighbour]) -> Reply:
    """Yes, no, or not any more."""
    neighbours.answer(turn.tx, turn.actor, turn.input.plan_id, yes=turn.input.yes == 1, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you!"))


def release(turn: Turn[texts.NoNeighbour]) -> Reply:
    """Nobody is the neighbour any more."""
    neighbours.release(turn.tx, turn.actor, turn.home, turn.input.plan_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


CAPABILITY = Capability(
    commands={},
    taps={
        texts.ChooseNeighbour: choose,
        texts.AskNeighbour: ask,
        texts.BeNeighbour: answer,
        texts.NoNeighbour: release,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
