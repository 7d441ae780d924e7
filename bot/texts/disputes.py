"""What is read of a dispute: by whoever helped, by the coordinator who decides, and by both of the coordinator's word."""

from collections.abc import Callable, Mapping

from bot.domain.disputes import (
    SideAsked,
    SideKept,
    SideWordsAsked,
    VerdictAsked,
    VerdictKept,
    VerdictOffered,
    VerdictSaid,
    VerdictView,
)
from bot.domain.needs import NeedView, State
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.needs import unless_withheld
from bot.texts.needs.parts import still, title
from bot.texts.words import Words, bold, lines


class TellSide(Button, code="cdt"):
    """I say how it was for me."""

    need_id: int


class NothingToAdd(Button, code="cdn"):
    """I have nothing to add."""

    need_id: int


class AddVerdict(Button, code="cdv"):
    """A word to both."""

    need_id: int


def side_asked(notice: SideAsked, view: NeedView, words: Words) -> Message:
    """The resident says that something is wrong; how was it for you?"""
    if view.need.state is not State.DISPUTED:
        return still(view, words)
    said = words.say("The resident says that something was not right. A coordinator looks into it and decides.")
    asked = words.say("How was it for you? You are heard too, if you like: within 24 hours.")
    keys = (
        (Key(words.say("✍️ Tell how it was"), TellSide(view.need.id).code),),
        (Key(words.say("I have nothing to add"), NothingToAdd(view.need.id).code),),
    )
    return Message(lines(title(view, words), said, bold(asked)), keys, protected=True)


def side_words_asked(notice: SideWordsAsked, view: NeedView, words: Words) -> Message:
    """Please write it."""
    return Message(words.say("Please write how it was, in your own words. Only the coordinator reads it."), asks=True)


def side_kept(notice: SideKept, view: NeedView, words: Words) -> Message:
    """The coordinator reads it."""
    return Message(words.say("Thank you. The coordinator reads it and decides; you will hear here."))


def verdict_offered(notice: VerdictOffered, view: NeedView, words: Words) -> Message:
    """A word to both?"""
    key = Key(words.say("✍️ A word to both"), AddVerdict(notice.need_id).code)
    return Message(words.say("Request #{number} is decided, and both are told.", number=notice.need_id), ((key,),))


def verdict_asked(notice: VerdictAsked, view: NeedView, words: Words) -> Message:
    """Please write it."""
    return Message(words.say("Please write it kindly: the resident and whoever helped both read it."), asks=True)


def verdict_kept(notice: VerdictKept, view: NeedView, words: Words) -> Message:
    """It goes to both."""
    return Message(words.say("Thank you. Your word about request #{number} goes to both.", number=notice.need_id))


def verdict_said(notice: VerdictSaid, view: VerdictView, words: Words) -> Message:
    """The coordinator's word."""
    head = words.say("Coordinator {name} about request #{number}:", name=view.coordinator, number=view.need_id)
    return Message(lines(head, words.say("“{words}”", words=view.words)), protected=True)


ABOUT_NEEDS: Mapping[type[Notice], Callable[..., Message]] = {
    SideAsked: side_asked,
    SideWordsAsked: side_words_asked,
    SideKept: side_kept,
    VerdictOffered: verdict_offered,
    VerdictAsked: verdict_asked,
    VerdictKept: verdict_kept,
}
CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    VerdictSaid: verdict_said,
    **{kind: unless_withheld(card) for kind, card in ABOUT_NEEDS.items()},
}
