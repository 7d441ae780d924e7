"""How long somebody is waited for: one tap each, or written."""

from bot.domain.patience import AskPatience, PatienceCard, tapped_nudges
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import patience, people, plans
from bot.services.views import plans as views
from bot.texts import patience as texts

PATIENCE = "patience-of"


def show(turn: Turn[texts.ShowPatience]) -> Reply:
    """How long?"""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    return reply(PatienceCard(turn.input.plan_id), afresh=True)


def set_grace(turn: Turn[texts.SetGrace]) -> Reply:
    """So many minutes to answer."""
    patience.set_grace(turn.tx, turn.actor, turn.home, turn.input.plan_id, turn.input.minutes, now=turn.now)
    return _noted()


def set_nudges(turn: Turn[texts.SetNudges]) -> Reply:
    """These reminders."""
    nudges = tapped_nudges(turn.input.nudges)
    patience.set_nudges(turn.tx, turn.actor, turn.home, turn.input.plan_id, nudges, now=turn.now)
    return _noted()


def set_early(turn: Turn[texts.SetEarly]) -> Reply:
    """A sign of life so long before counts."""
    patience.set_early(turn.tx, turn.actor, turn.home, turn.input.plan_id, turn.input.minutes, now=turn.now)
    return _noted()


def ask(turn: Turn[texts.WritePatience]) -> Reply:
    """Other minutes: please write them."""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{PATIENCE}:{turn.input.plan_id}", now=turn.now)
    return reply(AskPatience(turn.input.plan_id))


def written(turn: Turn[Said]) -> Reply | None:
    """ "45 20 5"."""
    question, _, number = (turn.question or "").partition(":")
    if question != PATIENCE:
        return None
    patience.write(turn.tx, turn.actor, turn.home, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(PatienceCard(int(number)), afresh=True)


def _noted() -> Reply:
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


CAPABILITY = Capability(
    commands={},
    taps={
        texts.ShowPatience: show,
        texts.SetGrace: set_grace,
        texts.SetNudges: set_nudges,
        texts.SetEarly: set_early,
        texts.WritePatience: ask,
    },
    plain={Plain.ANSWER: written},
    views={PatienceCard: views.plan},
    cards=texts.CARDS,
)
