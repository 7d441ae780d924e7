"""Unease: one tap and a confirmation, words if one likes; and what who is in charge does about it."""

from bot.domain.unease import UneaseAsked, UneaseCard, UneaseKept, UneaseNoteAsked, UneaseWordsAsked
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import people, telling, unease
from bot.services.views import unease as views
from bot.texts import unease as texts
from bot.texts.needs import after

WORDS, NOTE = "unease", "unease-note"


def ask(turn: Turn[after.AskUnease]) -> Reply:
    """Shall the coordinator be told?"""
    unease.other_of(turn.tx, turn.actor, turn.input.need_id)
    return reply(UneaseAsked(turn.input.need_id))


def say(turn: Turn[texts.SayUnease]) -> Reply:
    """Yes."""
    said = unease.say(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now)
    return reply(UneaseKept(said.id), closes=True)


def leave(turn: Turn[texts.LeaveUnease]) -> Reply:
    """No."""
    return reply(toast=lambda words: words.say("All right, nobody is told."), closes=True)


def ask_words(turn: Turn[texts.WriteUnease]) -> Reply:
    """What happened?"""
    said = unease.mine(turn.tx, turn.actor, turn.input.unease_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{WORDS}:{said.id}", now=turn.now)
    return reply(UneaseWordsAsked(said.id))


def show_telephone(turn: Turn[texts.ShowTelephone]) -> Reply:
    """The telephone appears on the very message that was tapped."""
    found = unease.show_telephone(turn.tx, turn.actor, turn.input.unease_id, now=turn.now)
    if turn.message_id is not None:
        telling.draw_here(
            turn.tx,
            UneaseCard(found.id),
            turn.message_id,
            bot_id=turn.home.bot_id,
            chat_id=turn.chat.id,
            person_id=turn.actor.id,
            now=turn.now,
        )
    return reply()


def ask_note(turn: Turn[texts.HandleUnease]) -> Reply:
    """What was done?"""
    found = unease.require_keeper(turn.tx, turn.actor, turn.input.unease_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{NOTE}:{found.id}", now=turn.now)
    return reply(UneaseNoteAsked(found.id))


def lift(turn: Turn[texts.LiftPause]) -> Reply:
    """The two may be brought together again."""
    unease.lift(turn.tx, turn.actor, turn.input.unease_id, now=turn.now)
    return reply(toast=lambda words: words.say("The pause is lifted. Neither side is told."))


def answer(turn: Turn[Said]) -> Reply | None:
    """What happened, or what was done."""
    question, _, number = (turn.question or "").partition(":")
    if question not in (WORDS, NOTE):
        return None
    words = turn.input.text
    if question == WORDS:
        unease.write(turn.tx, turn.actor, int(number), words, now=turn.now)
    else:
        unease.handle(turn.tx, turn.actor, int(number), words, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(UneaseKept(int(number)) if question == WORDS else UneaseCard(int(number)), afresh=True)


CAPABILITY = Capability(
    commands={},
    taps={
        after.AskUnease: ask,
        texts.SayUnease: say,
        texts.LeaveUnease: leave,
        texts.WriteUnease: ask_words,
        texts.ShowTelephone: show_telephone,
        texts.HandleUnease: ask_note,
        texts.LiftPause: lift,
    },
    plain={Plain.ANSWER: answer},
    views=views.VIEWS,
    cards=texts.CARDS,
)
