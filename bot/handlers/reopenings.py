"""Reopenings: once more, by two taps or two taps' worth of words; or anew, by one."""

from bot.domain.errors import ButtonInvalid
from bot.domain.needs import ResidentCard
from bot.domain.reopenings import Who, Why
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import people, reopenings
from bot.services.views import reopenings as views
from bot.texts import reopenings as texts
from bot.texts.needs import after

WORDS = "reopen"


def ask(turn: Turn[after.AskReopen]) -> Reply:
    """Who shall come?"""
    return reply(reopenings.ask(turn.tx, turn.actor, turn.input.need_id, now=turn.now))


def ask_why(turn: Turn[texts.ReopenBy]) -> Reply:
    """What is it this time?"""
    who = _who(turn.input.who)
    asked = reopenings.ask_why(turn.tx, turn.actor, turn.input.need_id, who, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, f"{WORDS}:{turn.input.need_id}:{who.value}", now=turn.now)
    return reply(asked, closes=True)


def reopen(turn: Turn[texts.Reopen]) -> Reply:
    """For this reason."""
    if turn.input.why not in (Why.NOT_DONE.value, Why.BROKE.value):
        raise ButtonInvalid
    who, why = _who(turn.input.who), Why(turn.input.why)
    reopenings.reopen(turn.tx, turn.actor, turn.home, turn.input.need_id, who, why, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(ResidentCard(turn.input.need_id), afresh=True, closes=True)


def write(turn: Turn[Said]) -> Reply | None:
    """For a reason in their own words."""
    question, _, rest = (turn.question or "").partition(":")
    number, _, who = rest.partition(":")
    if question != WORDS or not reopenings.waits(turn.tx, int(number), now=turn.now):
        return None
    words = turn.input.text
    reopenings.reopen(turn.tx, turn.actor, turn.home, int(number), _who(who), Why.WORDS, now=turn.now, words=words)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(ResidentCard(int(number)), afresh=True)


def repeat(turn: Turn[after.Repeat]) -> Reply:
    """Anew, with the same words."""
    return reply(
        reopenings.repeat(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now), afresh=True, closes=True
    )


def _who(word: str) -> Who:
    if word not in set(Who):
        raise ButtonInvalid
    return Who(word)


CAPABILITY = Capability(
    commands={},
    taps={after.AskReopen: ask, texts.ReopenBy: ask_why, texts.Reopen: reopen, after.Repeat: repeat},
    plain={Plain.ANSWER: write},
    views=views.VIEWS,
    cards=texts.CARDS,
)
