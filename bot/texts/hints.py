"""What a resident reads of the hints that helpers leave for the next one."""

from collections.abc import Callable, Mapping

from bot.domain.hints import HintAsked, HintCard, HintView
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.words import Html, Words, bold, lines, paragraphs, safe


class CorrectHint(Button, code="hic"):
    """It should read otherwise."""

    hint_id: int


class TakeHintAway(Button, code="hit"):
    """Nobody shall read it."""

    hint_id: int


def card(notice: HintCard, view: HintView, words: Words) -> Message:
    """What the next helper will read."""
    hint = view.hint
    if hint.text is None:
        return Message(words.say("🗑 This hint is taken away. Nobody reads it any more."), protected=True)
    head = (
        words.say("📝 Whoever helps you next reads this, as you put it:")
        if hint.corrected
        else words.say("📝 {name} leaves this for whoever helps you next:", name=bold(view.helper))
    )
    quoted = Html(f"<blockquote>{safe(hint.text)}</blockquote>")
    only = words.say("Only whoever comes to you reads it.")
    return Message(
        paragraphs(lines(head, quoted), only),
        (
            (Key(words.say("✏️ Correct it"), CorrectHint(hint.id).code),),
            (Key(words.say("🗑 Take it away"), TakeHintAway(hint.id).code),),
        ),
        protected=True,
    )


def asked(notice: HintAsked, view: HintView, words: Words) -> Message:
    """How should it read?"""
    return Message(words.say("How should it read? Please write it here."), asks=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {HintCard: card, HintAsked: asked}
