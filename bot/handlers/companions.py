"""Two on one alert: coming along, handing over — one tap each."""

from bot.handlers.alerts import draw_here
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import companions
from bot.texts import companions as texts


def join(turn: Turn[texts.Join]) -> Reply:
    """I'll come along: the address appears on this very message."""
    companions.join(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    draw_here(turn, turn.input.alert_id)
    return reply(toast=lambda words: words.say("Thank you! You go together."))


def leave(turn: Turn[texts.NotAlong]) -> Reply:
    """I do not come along after all."""
    companions.leave(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you for saying so."))


def ask_helpers(turn: Turn[texts.HandOver]) -> Reply:
    """Who could take it over?"""
    return reply(companions.ask_helpers(turn.tx, turn.actor, turn.input.alert_id))


def offer(turn: Turn[texts.OfferTo]) -> Reply:
    """This person is asked."""
    tapped = turn.input
    companions.offer(turn.tx, turn.actor, turn.home, tapped.alert_id, tapped.person_id, now=turn.now)
    return reply(toast=lambda words: words.say("They are asked. Until they say yes you have it."), closes=True)


def accept(turn: Turn[texts.Accept]) -> Reply:
    """I take it over."""
    companions.accept(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you! The others know that you are going."), closes=True)


def decline(turn: Turn[texts.CannotTake]) -> Reply:
    """I cannot take it over."""
    companions.decline(turn.tx, turn.actor, turn.input.alert_id, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you for saying so."), closes=True)


CAPABILITY = Capability(
    commands={},
    taps={
        texts.Join: join,
        texts.NotAlong: leave,
        texts.HandOver: ask_helpers,
        texts.OfferTo: offer,
        texts.Accept: accept,
        texts.CannotTake: decline,
    },
    views={},
    cards=texts.CARDS,
)
