"""What is read when somebody did not feel safe: by themselves, by who sees to it, and nothing of it by the other side."""

from collections.abc import Callable, Mapping

from bot.domain.needs import NeedView
from bot.domain.notices import Notice
from bot.domain.unease import (
    UneaseAsked,
    UneaseCard,
    UneaseHandled,
    UneaseKept,
    UneaseNoteAsked,
    UneaseView,
    UneaseWordsAsked,
    VisitMoved,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import Show, unless_withheld
from bot.texts.volunteers import ShowVolunteer
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

WORDS_SHOWN = 1000


class SayUnease(Button, code="cuy"):
    """Yes, tell the coordinator."""

    need_id: int


class LeaveUnease(Button, code="cux"):
    """No, it is nothing."""


class WriteUnease(Button, code="cuw"):
    """I want to write what happened."""

    unease_id: int


class ShowTelephone(Button, code="cut"):
    """Show me their telephone on this message."""

    unease_id: int


class HandleUnease(Button, code="cuh"):
    """I write what was done."""

    unease_id: int


class LiftPause(Button, code="cul"):
    """The two may be brought together again."""

    unease_id: int


def asked(notice: UneaseAsked, view: NeedView, words: Words) -> Message:
    """Shall the coordinator be told?"""
    said = words.say("Thank you for trusting me with this. Shall I tell the coordinator, and nobody else?")
    secret = words.say("🔒 The other side never learns of it. You two are not brought together again for now.")
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    keys: Rows = (
        (Key(words.say("Yes, tell the coordinator"), SayUnease(notice.need_id).code),),
        (Key(words.say("No, leave it"), LeaveUnease().code),),
    )
    return Message(lines(bold(said), secret, danger), keys, protected=True)


def kept(notice: UneaseKept, view: UneaseView, words: Words) -> Message:
    """Who reads it, and what follows."""
    who = (
        words.say("Coordinator {name} reads it now and will speak with you.", name=bold(view.owner))
        if view.owner
        else words.say("Nobody else is in charge here just now: please ring your community office.")
    )
    apart = words.say("You and {name} are not brought together until then.", name=view.other)
    write = (Key(words.say("✍️ Write what happened"), WriteUnease(view.unease.id).code),)
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    return Message(lines(who, apart, danger), () if view.unease.handled_at else (write,), protected=True)


def words_asked(notice: UneaseWordsAsked, view: UneaseView, words: Words) -> Message:
    """Please write."""
    said = words.say("Please write what happened, in your own words. Only the coordinator reads it.")
    return Message(said, asks=True)


def note_asked(notice: UneaseNoteAsked, view: UneaseView, words: Words) -> Message:
    """What was done?"""
    said = words.say("What was done? A line is enough; only who is in charge reads it.")
    told = words.say("{name} hears that it was seen to.", name=view.author)
    return Message(lines(bold(said), told), asks=True)


def handled(notice: UneaseHandled, view: UneaseView, words: Words) -> Message:
    """It was seen to."""
    said = words.say("{name} has seen to what you told me about your visit. Thank you.", name=bold(view.handler or "—"))
    more = words.say("Is there more? Please ring them, or your community office, at any time.")
    return Message(lines(said, more), protected=True)


def moved(notice: VisitMoved, view: NeedView, words: Words) -> Message:
    """Somebody else goes there."""
    return Message(
        words.say("Somebody else goes for request #{number}, so you need not. Thank you!", number=notice.need_id)
    )


def card(notice: UneaseCard, view: UneaseView, words: Words) -> Message:
    """What was said, and what can be done."""
    one = view.unease
    head = words.say("😟 {author} did not feel safe with {other}.", author=bold(view.author), other=bold(view.other))
    where = words.say("📍 {place}, {when}", place=view.place, when=words.when(one.said_at, view.now))
    said = one.words and words.say("“{words}”", words=clip(one.words, WORDS_SHOWN))
    before = words.count(
        "Said of {name} by others before: {number} time.",
        "Said of {name} by others before: {number} times.",
        view.before,
        name=view.other,
    )
    told = lines(head, where, said, before if view.before else None, _telephone(view, words))
    return Message(paragraphs(told, _standing(view, words)), _keys(view, words), protected=True)


def _telephone(view: UneaseView, words: Words) -> Html | None:
    if not view.shown:
        return None
    return (
        words.say("📞 {telephone}", telephone=view.telephone) if view.telephone else words.say("📞 no telephone given")
    )


def _standing(view: UneaseView, words: Words) -> Html:
    """Whether the two are apart, and what was done or comes next."""
    one = view.unease
    apart = (
        words.say("⏸ Nothing brings the two together until you lift it.")
        if one.lifted_at is None
        else words.say("▶️ The two may be brought together again.")
    )
    if one.handled_at is None:
        return lines(apart, words.say("Next: please speak with {name} first.", name=view.author), _quietly(view, words))
    done = words.say("✅ Seen to by {name}.", name=view.handler or "—")
    return lines(apart, done, one.note and words.say("“{words}”", words=clip(one.note, WORDS_SHOWN)))


def _quietly(view: UneaseView, words: Words) -> Html:
    return words.say("🔒 {name} knows nothing of this; I never tell them.", name=view.other)


def _keys(view: UneaseView, words: Words) -> Rows:
    one = view.unease
    ring = (Key(words.say("📞 Show the telephone"), ShowTelephone(one.id).code),)
    helper = view.other if one.helper_id == one.other_id else view.author
    card = view.volunteer_id and Key(
        words.say("🎗 {name}'s card: suspend", name=clip(helper, 16)), ShowVolunteer(view.volunteer_id).code
    )
    show = view.need_id and Key(words.say("🔍 Request #{number}", number=view.need_id), Show(view.need_id).code)
    note = (Key(words.say("✅ Write what was done"), HandleUnease(one.id).code),)
    lift = (Key(words.say("▶️ Lift the pause"), LiftPause(one.id).code),)
    return (
        *((ring,) if view.hidden else ()),
        *((note,) if one.handled_at is None else ()),
        *(((card,),) if card else ()),
        *((lift,) if one.lifted_at is None else ()),
        *(((show,),) if show else ()),
    )


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    UneaseAsked: unless_withheld(asked),
    UneaseKept: kept,
    UneaseWordsAsked: words_asked,
    UneaseNoteAsked: note_asked,
    UneaseHandled: handled,
    UneaseCard: card,
    VisitMoved: unless_withheld(moved),
}
