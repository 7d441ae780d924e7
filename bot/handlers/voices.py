"""A familiar voice: recorded in the chat, by whoever is in charge or by family."""

from bot.domain.voices import AskVoice, VoiceCard, VoiceKept
from bot.handlers.turn import Capability, Plain, Reply, Sent, Turn, reply
from bot.services import plans, voices
from bot.services.views import voices as views
from bot.texts import voices as texts


def show(turn: Turn[texts.ShowVoice]) -> Reply:
    """Whose voice asks this person?"""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    return reply(VoiceCard(turn.input.plan_id), afresh=True)


def ask(turn: Turn[texts.RecordVoice]) -> Reply:
    """I record it now."""
    voices.ask(turn.tx, turn.actor, turn.home, turn.input.plan_id, now=turn.now)
    return reply(AskVoice(turn.input.plan_id))


def recorded(turn: Turn[Sent]) -> Reply | None:
    """The voice note that was asked for."""
    question, _, number = (turn.question or "").partition(":")
    if question != voices.QUESTION:
        return None
    plan = voices.record(turn.tx, turn.actor, turn.home, int(number), turn.input, at=turn.said_at, now=turn.now)
    return reply(VoiceKept(plan.id))


def ask_family(turn: Turn[texts.AskFamily]) -> Reply:
    """Ask family for one."""
    voices.ask_family(turn.tx, turn.actor, turn.input.plan_id, now=turn.now)
    return reply(toast=lambda words: words.say("They are asked."))


def forget(turn: Turn[texts.ForgetVoice]) -> Reply:
    """Without a voice again."""
    voices.forget(turn.tx, turn.actor, turn.input.plan_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


CAPABILITY = Capability(
    commands={},
    taps={texts.ShowVoice: show, texts.RecordVoice: ask, texts.AskFamily: ask_family, texts.ForgetVoice: forget},
    views=views.VIEWS,
    cards=texts.CARDS,
    media={Plain.ANSWER: recorded},
)
