"""Lapses: nobody came, said with a tap; what is kept of somebody, shown to them, with their own word to it."""

from bot.domain.lapses import LapseWordAsked, MyLapses
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import lapses, people
from bot.services.views import lapses as views
from bot.texts import lapses as texts
from bot.texts import people as people_texts
from bot.texts.needs import after

WORDS = "lapse"


def not_come(turn: Turn[after.NotCome]) -> Reply:
    """They did not come."""
    lapses.say_not_come(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you for saying so. Others are asked."))


def mine(turn: Turn[people_texts.ShowLapses]) -> Reply:
    """What is kept of me?"""
    return reply(MyLapses())


def ask_word(turn: Turn[texts.AnswerLapse]) -> Reply:
    """Which word?"""
    found = lapses.mine(turn.tx, turn.actor, turn.input.lapse_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{WORDS}:{found.id}", now=turn.now)
    return reply(LapseWordAsked(found.id))


def answer(turn: Turn[Said]) -> Reply | None:
    """This word."""
    question, _, number = (turn.question or "").partition(":")
    if question != WORDS:
        return None
    lapses.say(turn.tx, turn.actor, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(MyLapses())


CAPABILITY = Capability(
    commands={},
    taps={after.NotCome: not_come, people_texts.ShowLapses: mine, texts.AnswerLapse: ask_word},
    plain={Plain.ANSWER: answer},
    views=views.VIEWS,
    cards=texts.CARDS,
)
