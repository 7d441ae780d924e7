"""Alerts: I'll look, when I am there, what I found — one tap each."""

from datetime import timedelta
from typing import Any

from bot.domain.alerts import FALSE_ALARMS, AlertCard, AlertOutcome, AlertReasonAsked, AlertState, Cause, Reason
from bot.domain.errors import ButtonInvalid
from bot.domain.notices import Notice
from bot.domain.remarks import Noun
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import absences, alerts, companions, farewells, media, remarks, telling
from bot.services.views import alerts as views
from bot.texts import alerts as texts

FOUND = set(AlertOutcome) - {AlertOutcome.ANSWERED_LATE}


def take(turn: Turn[texts.Take]) -> Reply:
    """I'll look: the others see who goes; the address appears on this very message."""
    taken = alerts.take(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    draw_here(turn, turn.input.alert_id)
    if taken.cause is Cause.CALL_ME:
        return reply(toast=lambda words: words.say("Thank you! The others know that you ring."))
    return reply(toast=lambda words: words.say("Thank you! The others know that you are going."))


def details(turn: Turn[texts.Details]) -> Reply:
    """The address appears on the very message that was tapped."""
    companions.require_on_it(turn.tx, turn.actor, turn.input.alert_id)
    draw_here(turn, turn.input.alert_id)
    return reply()


def arrive(turn: Turn[texts.Arrive]) -> Reply:
    """There in so many minutes."""
    if not 0 < turn.input.minutes <= 240:
        raise ButtonInvalid
    at = turn.now + timedelta(minutes=turn.input.minutes)
    alerts.arrive(turn.tx, turn.actor, turn.input.alert_id, at, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def there(turn: Turn[texts.There]) -> Reply:
    """I'm there; or: I am well, and still there."""
    alerts.there(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Please record here what you find."), closes=True)


def because(turn: Turn[texts.Because]) -> Reply:
    """This was behind a false alarm."""
    if turn.input.reason not in set(Reason):
        raise ButtonInvalid
    reason = Reason(turn.input.reason)
    alerts.because(turn.tx, turn.actor, turn.input.alert_id, reason, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def leave(turn: Turn[texts.Leave]) -> Reply:
    """I cannot go after all: raised again at once."""
    alerts.leave(turn.tx, turn.actor, turn.home, turn.input.alert_id, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you for saying so. Others are asked."))


def further(turn: Turn[texts.Further]) -> Reply:
    """Call further people now."""
    alerts.call_further(turn.tx, turn.actor, turn.home, turn.input.alert_id, now=turn.now)
    return reply(toast=lambda words: words.say("The next ones are asked."))


def ask_outcome(turn: Turn[texts.AskOutcome]) -> Reply:
    """What did you find?"""
    return reply(alerts.ask_outcome(turn.tx, turn.actor, turn.input.alert_id, now=turn.now))


def close(turn: Turn[texts.Close]) -> Reply:
    """This is what I found."""
    if turn.input.outcome not in FOUND:
        raise ButtonInvalid
    outcome = AlertOutcome(turn.input.outcome)
    alert = alerts.get(turn.tx, turn.input.alert_id)
    if outcome is AlertOutcome.DECEASED and not alert.drill and alert.state is not AlertState.CLOSED:
        # Said once it changes nothing: the wrong key would take back everything about somebody who lives.
        return reply(farewells.ask(turn.tx, turn.actor, alert.person_id), closes=True)
    alerts.close(turn.tx, turn.actor, turn.input.alert_id, outcome, None, now=turn.now)
    media.settle(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    more = remarks.invite(turn.tx, turn.actor, turn.home, Noun.ALERT, turn.input.alert_id, now=turn.now)
    return reply(*_asked_after(turn, outcome), more, toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def _asked_after(turn: Turn[texts.Close], outcome: AlertOutcome) -> tuple[Notice, ...]:
    """What was behind a false alarm; whether somebody in hospital is to be asked meanwhile."""
    if outcome in FALSE_ALARMS:
        return (AlertReasonAsked(turn.input.alert_id),)
    if outcome is not AlertOutcome.HOSPITAL:
        return ()
    asked = absences.asks_after(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    return () if asked is None else (asked,)


def draw_here(turn: Turn[Any], alert_id: int) -> None:
    """The card appears on the very message that was tapped, where its address can be blanked for certain."""
    if turn.chat.private and turn.message_id is not None:
        telling.draw_here(
            turn.tx,
            AlertCard(alert_id),
            turn.message_id,
            bot_id=turn.home.bot_id,
            chat_id=turn.chat.id,
            person_id=turn.actor.id,
            now=turn.now,
        )


CAPABILITY = Capability(
    commands={},
    taps={
        texts.Take: take,
        texts.Details: details,
        texts.Arrive: arrive,
        texts.There: there,
        texts.Because: because,
        texts.Leave: leave,
        texts.Further: further,
        texts.AskOutcome: ask_outcome,
        texts.Close: close,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
