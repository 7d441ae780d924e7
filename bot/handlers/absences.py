"""Absences: where somebody is, for how long, and that they are back."""

from bot.domain.absences import AbsenceBegun, AbsenceDay, AbsenceDays, AbsenceOwners, AbsenceReason, AbsenceReasons
from bot.domain.days import coming_day
from bot.domain.errors import ButtonInvalid, DayUnclear, PlanGone
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import absences, checkins, people
from bot.services.views import absences as views
from bot.texts import absences as texts
from bot.texts import checkins as keys
from bot.texts.alerts.buttons import AskHospital

NEW, MOVED = "away-until", "away-moved"


def away(turn: Turn[Command]) -> Reply:
    """/away: I am away for some days."""
    return reply(AbsenceReasons(absences.plan_of(turn.tx, turn.actor).id))


def ask_reason(turn: Turn[texts.Away]) -> Reply:
    """Why?"""
    absences.require_may(turn.tx, turn.actor, turn.input.plan_id)
    return reply(AbsenceReasons(turn.input.plan_id))


def ask_days(turn: Turn[texts.AwayBecause]) -> Reply:
    """For how long? A tap, or a day in their own words."""
    plan_id, reason = turn.input.plan_id, _reason(turn.input.reason)
    absences.require_may(turn.tx, turn.actor, plan_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{NEW}:{plan_id}:{reason.value}", now=turn.now)
    return reply(AbsenceDays(plan_id, reason.value), closes=True)


def go(turn: Turn[texts.AwayFor]) -> Reply:
    """Nobody asks for so many days."""
    tapped = turn.input
    reason = _reason(tapped.reason)
    made = absences.go(turn.tx, turn.actor, turn.home, tapped.plan_id, reason, tapped.days, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(AbsenceBegun(made.id), toast=lambda words: words.say("Paused."), closes=True)


def written(turn: Turn[Said]) -> Reply | None:
    """ "15.3.", "10天后": the day on which they come back. What is no day and could be an answer to a check-in is left to it."""
    question, _, rest = (turn.question or "").partition(":")
    if question not in (NEW, MOVED) or _is_answer(turn):
        return None
    try:
        day = coming_day(turn.input.text, turn.now.astimezone(turn.home.timezone).date())
    except DayUnclear:
        if checkins.is_asked(turn.tx, turn.actor.id, at=turn.said_at):
            return None
        raise
    number, _, reason = rest.partition(":")
    if question == NEW:
        days = absences.days_until(day, turn.home, turn.now)
        made = absences.go(turn.tx, turn.actor, turn.home, int(number), _reason(reason), days, now=turn.now)
    else:
        made = absences.on_day(turn.tx, turn.actor, turn.home, int(number), day, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(AbsenceBegun(made.id))


def _is_answer(turn: Turn[Said]) -> bool:
    """A big key, or a worrying word: somebody must hear it, whatever was asked last."""
    text = turn.input.text
    return keys.answer_of(text, turn.home) is not None or bool(turn.home.care_words.worries(text))


def ask_day(turn: Turn[texts.OtherDay]) -> Reply:
    """On which day?"""
    absences.require_mine(turn.tx, turn.actor, turn.input.absence_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{MOVED}:{turn.input.absence_id}", now=turn.now)
    return reply(AbsenceDay(turn.input.absence_id))


def ask_owner(turn: Turn[texts.AskOwner]) -> Reply:
    """Who answers for it?"""
    absences.require_mine(turn.tx, turn.actor, turn.input.absence_id)
    return reply(AbsenceOwners(turn.input.absence_id))


def set_owner(turn: Turn[texts.SetOwner]) -> Reply:
    """This person does."""
    absence = absences.hand(turn.tx, turn.actor, turn.input.absence_id, turn.input.person_id, now=turn.now)
    return reply(AbsenceBegun(absence.id), toast=lambda words: words.say("Noted. They are told."), closes=True)


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
    return reply(AbsenceBegun(tapped.absence_id), toast=lambda words: words.say("Noted. Thank you!"), closes=True)


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
        texts.OtherDay: ask_day,
        texts.AskOwner: ask_owner,
        texts.SetOwner: set_owner,
        AskHospital: ask_found,
        texts.HospitalFor: go_found,
        texts.HospitalNot: leave,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
