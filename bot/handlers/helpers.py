"""Helpers: when a volunteer may be asked, and the few words with which they say "not now"."""

from bot.domain.helpers import RestNoted, word_of
from bot.domain.matching import Hours
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import helpers
from bot.services.views import helpers as views
from bot.texts import helpers as texts


def available(turn: Turn[Command]) -> Reply:
    """/available: when may I be asked?"""
    return reply(helpers.card(turn.actor), afresh=True)


def toggle(turn: Turn[texts.TogglePart]) -> Reply:
    """In this part of the week I have time, or have it no longer."""
    helpers.toggle(turn.tx, turn.actor, turn.input.part)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def leave(turn: Turn[texts.TakeLeave]) -> Reply:
    """Not for so many days."""
    helpers.leave(turn.tx, turn.actor, turn.input.days, now=turn.now)
    return reply(toast=lambda words: words.say("Enjoy it! Until then nobody asks you."))


def come_back(turn: Turn[texts.ComeBack]) -> Reply:
    """Ask me again."""
    helpers.come_back(turn.tx, turn.actor)
    return reply(toast=lambda words: words.say("Good to have you back! You are asked as before."), closes=True)


def night(turn: Turn[texts.NightNow]) -> Reply:
    """Whether I may be woken for what is needed right now."""
    helpers.night(turn.tx, turn.actor, wanted=turn.input.wanted == 1)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def quiet(turn: Turn[texts.QuietHours]) -> Reply:
    """Not in these hours."""
    helpers.quiet(turn.tx, turn.actor, turn.home, Hours(turn.input.start, turn.input.end))
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def at_most(turn: Turn[texts.AtMost]) -> Reply:
    """At most so often a day."""
    helpers.at_most(turn.tx, turn.actor, turn.input.offers)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def says(turn: Turn[Said]) -> Reply | None:
    """ "Not now", "in two hours", "no more today", typed in answer to an offer."""
    word = word_of(turn.input.text)
    if word is None or not helpers.says(turn.tx, turn.actor, turn.home, word, now=turn.now):
        return None
    return reply(RestNoted(turn.actor.id, word.value))


CAPABILITY = Capability(
    commands={"available": available},
    taps={
        texts.TogglePart: toggle,
        texts.TakeLeave: leave,
        texts.ComeBack: come_back,
        texts.NightNow: night,
        texts.QuietHours: quiet,
        texts.AtMost: at_most,
    },
    plain={Plain.CHECK_IN: says},
    views=views.VIEWS,
    cards=texts.CARDS,
)
