"""Farewells: said twice, taken back by one tap the same day; and what is written from a telephone that is silent."""

from typing import Any

from bot.domain.alerts import AlertOutcome
from bot.domain.errors import ButtonInvalid
from bot.domain.farewells import FarewellOutcomeAsked, FarewellQuiet
from bot.domain.notices import Notice
from bot.domain.remarks import Noun
from bot.handlers.turn import Capability, Plain, Reply, Turn, reply
from bot.services import farewells, plans, remarks
from bot.services.views import farewells as views
from bot.texts import farewells as texts


def ask(turn: Turn[texts.AskFarewell]) -> Reply:
    """This person has died: is it so?"""
    plan = plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    return reply(farewells.ask(turn.tx, turn.actor, plan.person_id))


def say(turn: Turn[texts.SayFarewell]) -> Reply:
    """Yes, it is so; whoever was there may add what they found."""
    known = farewells.stands(turn.tx, turn.input.person_id)
    made = farewells.say(turn.tx, turn.actor, turn.home, turn.input.person_id, now=turn.now)
    more: tuple[Notice, ...] = ()
    if made.alert_id is not None and not known:
        more = (remarks.invite(turn.tx, turn.actor, turn.home, Noun.ALERT, made.alert_id, now=turn.now),)
    return Reply(more, lambda words: words.say("Noted. Thank you for having been there."), closes=True)


def wrong_key(turn: Turn[texts.NotFarewell]) -> Reply:
    """No: nothing was changed."""
    return reply(toast=lambda words: words.say("Nothing was changed."), closes=True)


def undo(turn: Turn[texts.UndoFarewell]) -> Reply:
    """It was a mistake: what was it?"""
    made = farewells.undo(turn.tx, turn.actor, turn.home, turn.input.farewell_id, now=turn.now)
    return reply(FarewellOutcomeAsked(made.id), toast=lambda words: words.say("Taken back."))


def correct(turn: Turn[texts.Correct]) -> Reply:
    """This is what it was instead."""
    if turn.input.outcome not in set(AlertOutcome):
        raise ButtonInvalid
    outcome = AlertOutcome(turn.input.outcome)
    asked = farewells.correct(turn.tx, turn.actor, turn.input.alert_id, outcome, now=turn.now)
    notices = () if asked is None else (asked,)
    return Reply(notices, lambda words: words.say("Noted. Thank you!"), closes=True)


def heard(turn: Turn[Any]) -> Reply | None:
    """Something was written from a telephone that is silent: a human hears of it."""
    found = farewells.heard(turn.tx, turn.actor, now=turn.now)
    return None if found is None else reply(FarewellQuiet(found.id))


CAPABILITY = Capability(
    commands={},
    taps={
        texts.AskFarewell: ask,
        texts.SayFarewell: say,
        texts.NotFarewell: wrong_key,
        texts.UndoFarewell: undo,
        texts.Correct: correct,
    },
    plain={Plain.ANSWER: heard},
    media={Plain.ANSWER: heard},
    places={Plain.ANSWER: heard},
    views=views.VIEWS,
    cards=texts.CARDS,
)
