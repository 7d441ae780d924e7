"""Digests: what can wait comes twice a day, for whoever wants it so."""

from bot.domain.checkins import Today
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import digests
from bot.services.views import digests as views
from bot.texts import digests as texts
from bot.texts.checkins import SwitchDigest


def switch(turn: Turn[SwitchDigest]) -> Reply:
    """A digest from now on, or each piece of news by itself again."""
    on = turn.input.on == 1
    digests.switch(turn.tx, turn.actor, turn.home, turn.input.area_id, on=on, now=turn.now)
    if on:
        return reply(
            Today(turn.input.area_id),
            toast=lambda words: words.say("News comes at 09:30 and 19:30. Alerts come at once, as before."),
        )
    return reply(Today(turn.input.area_id), toast=lambda words: words.say("Each piece of news comes by itself again."))


CAPABILITY = Capability(commands={}, taps={SwitchDigest: switch}, views=views.VIEWS, cards=texts.CARDS)
