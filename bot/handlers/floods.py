"""Floods: whoever is in charge looks at one, lets through who waits, or lifts the limit for today."""

from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services.floods import turns
from bot.services.views import floods as views
from bot.texts import floods as texts


def look(turn: Turn[texts.LookAtFlood]) -> Reply:
    """As it is now."""
    return reply(turns.open_(turn.tx, turn.actor, turn.input.area_id, turn.input.flow))


def let_through(turn: Turn[texts.LetThrough]) -> Reply:
    """All who wait go on."""
    tapped = turn.input
    number = turns.let_through(turn.tx, turn.actor, tapped.area_id, tapped.flow, now=turn.now)
    return reply(toast=lambda words: words.count("{number} goes on now.", "{number} go on now.", number))


def lift(turn: Turn[texts.LiftLimit]) -> Reply:
    """No limit until midnight, or as usual again."""
    tapped = turn.input
    on = tapped.on == 1
    turns.lift(turn.tx, turn.actor, turn.home, tapped.area_id, tapped.flow, on=on, now=turn.now)
    return reply(
        toast=lambda words: words.say("No limit until midnight.") if on else words.say("Limited again as usual.")
    )


CAPABILITY = Capability(
    commands={},
    taps={texts.LookAtFlood: look, texts.LetThrough: let_through, texts.LiftLimit: lift},
    views=views.VIEWS,
    cards=texts.CARDS,
)
