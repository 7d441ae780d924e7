"""What is read around a familiar voice."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.voices import AskFamilyVoice, AskVoice, VoiceCard, VoiceKept, VoiceView
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Words, bold, lines, paragraphs


class ShowVoice(Button, code="vs"):
    """Whose voice asks this person?"""

    plan_id: int


class RecordVoice(Button, code="vr"):
    """I record a voice note now."""

    plan_id: int


class AskFamily(Button, code="vf"):
    """Ask family to record one."""

    plan_id: int


class ForgetVoice(Button, code="vx"):
    """Without a voice again."""

    plan_id: int


def card(notice: VoiceCard, view: VoiceView, words: Words) -> Message:
    """Whose voice asks, and how to change it."""
    name = bold(view.person)
    if view.by is None or view.recorded_at is None:
        head = words.say("🎙 {name} is asked in writing only.", name=name)
    else:
        day = words.day(view.recorded_at)
        head = words.say("🎙 {name} hears {who} with each question, recorded {day}.", name=name, who=view.by, day=day)
    why = words.say("A familiar voice is answered sooner. A few words are enough, half a minute at most.")
    return Message(paragraphs(head, why), _keys(view, words), protected=True)


def _keys(view: VoiceView, words: Words) -> Rows:
    rows: Rows = ((Key(words.say("🎙 Record a voice note now"), RecordVoice(view.plan_id).code),),)
    if view.family:
        rows = (*rows, (Key(words.say("👪 Ask family for one"), AskFamily(view.plan_id).code),))
    if view.by is not None:
        rows = (*rows, (Key(words.say("🔇 Without a voice again"), ForgetVoice(view.plan_id).code),))
    return rows


def ask(notice: AskVoice, view: VoiceView, words: Words) -> Message:
    """Please speak now."""
    asked = words.say(
        "Please hold the microphone and speak to {name}: who you are, and whether they are well.", name=view.person
    )
    return Message(
        lines(bold(asked), words.say("Half a minute at most. Until then everything stays as it is.")), asks=True
    )


def ask_family(notice: AskFamilyVoice, view: VoiceView, words: Words) -> Message:
    """Would you record a few words?"""
    asked = words.say(
        "{name} is asked every day whether they are well. Would you speak the question?", name=bold(view.person)
    )
    then = words.say("Your voice is then sent with each question. A few words are enough.")
    rows: Rows = ((Key(words.say("🎙 Record a voice note now"), RecordVoice(view.plan_id).code),),)
    return Message(lines(asked, then), rows)


def kept(notice: VoiceKept, view: VoiceView, words: Words) -> Message:
    """From now on it is sent with each question."""
    return Message(
        words.say("Thank you! {name} hears your voice with each question from now on.", name=bold(view.person))
    )


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    VoiceCard: card,
    AskVoice: ask,
    AskFamilyVoice: ask_family,
    VoiceKept: kept,
}
