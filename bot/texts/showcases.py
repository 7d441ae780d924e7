"""What is read of a thank-you: by the resident who writes it, by whoever helped, and in the group."""

from collections.abc import Callable, Mapping

from bot.domain.needs import NeedView
from bot.domain.notices import Notice
from bot.domain.showcases import (
    ShowcaseAsked,
    ShowcaseCard,
    ShowcaseHelperCard,
    ShowcaseInGroup,
    ShowcaseState,
    ShowcaseView,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import unless_withheld
from bot.texts.needs.after import AskShowcase
from bot.texts.words import Html, Words, bold, lines, paragraphs


class ShowAs(Button, code="csa"):
    """Show it: 1 with my first name, 0 as a neighbour."""

    showcase_id: int
    named: int


class NameHelper(Button, code="csn"):
    """Whoever helped: 1 with my first name, 0 as a neighbour."""

    showcase_id: int
    named: int


class TakeShowcaseBack(Button, code="cst"):
    """I take it back."""

    showcase_id: int


def asked(notice: ShowcaseAsked, view: NeedView, words: Words) -> Message:
    """Please write a few words."""
    said = words.say("Please write a few words of thanks for the group. You see first how they will look.")
    private = words.say("No address and no telephone is shown, and each of you chooses whether to be named.")
    return Message(lines(bold(said), private), asks=True)


def own(notice: ShowcaseCard, view: ShowcaseView, words: Words) -> Message:
    """As the group will read it, and what the resident decides."""
    number = notice.showcase_id
    back = (Key(words.say("↩️ Take the thanks back"), TakeShowcaseBack(number).code),)
    if view.words is None:
        return Message(_blank(words))
    if view.state is ShowcaseState.DRAFT:
        head = words.say("So the group would read it. Shall I show it?")
        keys: Rows = (
            (Key(words.say("✅ With my first name"), ShowAs(number, 1).code),),
            (Key(words.say("✅ As “a neighbour”"), ShowAs(number, 0).code),),
            (Key(words.say("❌ Rather not"), TakeShowcaseBack(number).code),),
        )
        return Message(paragraphs(bold(head), _said(view, words)), keys, protected=True)
    if view.state is ShowcaseState.ASKED:
        waits = words.say("Whoever helped is asked whether they are named. In two days at the latest it is shown.")
        return Message(paragraphs(_said(view, words), waits), (back,), protected=True)
    return Message(paragraphs(_said(view, words), words.say("✅ It stands in the group.")), (back,), protected=True)


def helpers(notice: ShowcaseHelperCard, view: ShowcaseView, words: Words) -> Message:
    """Are they named?"""
    if view.words is None:
        return Message(_blank(words))
    number = notice.showcase_id
    head = words.say("💐 {name} would like to thank you in the group. Shall you be named?", name=bold(view.other))
    if view.state is ShowcaseState.SHOWN:
        head = words.say("💐 {name} thanks you in the group.", name=bold(view.other))
    yes = (Key(words.say("✅ With my first name"), NameHelper(number, 1).code),)
    no = (Key(words.say("✅ As “a neighbour”"), NameHelper(number, 0).code),)
    shown = view.state is ShowcaseState.SHOWN
    keys = ((no,) if view.helper else (yes,)) if shown else (yes, no)
    return Message(paragraphs(head, _said(view, words)), keys, protected=True)


def in_group(notice: ShowcaseInGroup, view: ShowcaseView, words: Words) -> Message:
    """The thank-you; taken back it has no words."""
    return Message(_blank(words) if view.words is None else _said(view, words))


def _said(view: ShowcaseView, words: Words) -> Html:
    who = view.resident or words.say("A neighbour")
    helper = view.helper or words.say("a kind neighbour")
    head = words.say("💐 {who} thanks {helper}:", who=bold(who), helper=bold(helper))
    return lines(head, words.say("“{words}”", words=view.words or ""))


def _blank(words: Words) -> Html:
    return words.say("🌱 This thank-you was taken back.")


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    ShowcaseAsked: unless_withheld(asked),
    ShowcaseCard: own,
    ShowcaseHelperCard: helpers,
    ShowcaseInGroup: in_group,
}
__all__ = ["CARDS", "AskShowcase", "NameHelper", "ShowAs", "TakeShowcaseBack"]
