"""Absences: where somebody is, for how long, and that they are back."""

from bot.domain.absences import AbsenceDays, AbsenceReason, AbsenceReasons
from bot.domain.errors import ButtonInvalid, PlanGone
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import absences
from bot.services.views import absences as views
from bot.texts import absences as texts
from bot.texts.alerts.buttons import AskHospital


def away(turn: Turn[Command]) -> Reply:
    """/away: I am away for some days."""
    return reply(AbsenceReasons(absences.plan_of(turn.tx, turn.actor).id))


def ask_reason(turn: Turn[texts.Away]) -> Reply:
    """Why?"""
    absences.require_may(turn.tx, turn.actor, turn.input.plan_id)
    return reply(AbsenceReasons(turn.input.plan_id))


def ask_days(turn: Turn[texts.AwayBecause]) -> Reply:
    """For how long?"""
    absences.require_may(turn.tx, turn.actor, turn.input.plan_id)
    return reply(AbsenceDays(turn.input.plan_id, _reason(turn.input.reason).value), closes=True)


def go(turn: Turn[texts.AwayFor]) -> Reply:
    """Nobody asks for so many days."""
    tapped = turn.input
    reason = _reason(tapped.reason)
    absences.go(turn.tx, turn.actor, turn.home, tapped.plan_id, reason, tapped.days, now=turn.now)
    return reply(toast=lambda words: words.say("Paused."), closes=True)


def ask_found(turn: Turn[AskHospital]) -> Reply:
    """They are in hospital: shall their questions pause?"""
    asked = absences.asks_after(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    if asked is None:
        raise PlanGone
    return reply(asked)


def go_found(turn: Turn[texts.HospitalFor]) -> Reply:
    """They pause for so many days."""
    absences.go_found(turn.tx, turn.actor, turn.home, turn.input.alert_id, turn.input.days, now=turn.now)
    return reply(toast=lambda words: words.say("Paused."), closes=True)


def leave(turn: Turn[texts.HospitalNot]) -> Reply:
    """They do not pause."""
    return reply(toast=lambda words: words.say("Nothing was changed."), closes=True)


def back(turn: Turn[texts.Back]) -> Reply:
    """They are back."""
    absences.back(turn.tx, turn.actor, turn.home, turn.input.plan_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def stands(turn: Turn[texts.Stands]) -> Reply:
    """The day stands."""
    absences.confirm(turn.tx, turn.actor, turn.input.absence_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def later(turn: Turn[texts.Later]) -> Reply:
    """So many days later."""
    tapped = turn.input
    absences.later(turn.tx, turn.actor, turn.home, tapped.absence_id, tapped.days, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def _reason(word: str) -> AbsenceReason:
    if word not in set(AbsenceReason):
        raise ButtonInvalid
    return AbsenceReason(word)


CAPABILITY = Capability(
    commands={"away": away},
    taps={
        texts.Away: ask_reason,
        texts.AwayBecause: ask_days,
        texts.AwayFor: go,
        texts.Back: back,
        texts.Stands: stands,
        texts.Later: later,
        AskHospital: ask_found,
        texts.HospitalFor: go_found,
        texts.HospitalNot: leave,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
