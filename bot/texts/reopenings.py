"""What a resident reads who needs something once more: who shall come, and what it is this time."""

from collections.abc import Callable, Mapping

from bot.domain.needs import REOPEN_WITHIN, NeedView, State
from bot.domain.notices import Notice
from bot.domain.reopenings import ReopenAsked, ReopenWhyAsked, Who, Why
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.needs import Dispute, unless_withheld
from bot.texts.needs.after import again_keys, why_name
from bot.texts.needs.parts import still
from bot.texts.words import Words, bold, lines


class ReopenBy(Button, code="crb"):
    """This one shall come: the same helper, or somebody else."""

    need_id: int
    who: str


class Reopen(Button, code="crn"):
    """It is needed once more, for this reason."""

    need_id: int
    who: str
    why: str


def asked(notice: ReopenAsked, view: NeedView, words: Words) -> Message:
    """Who shall come? After a week: ask anew."""
    number = view.need.id
    if view.need.state is not State.CLOSED:
        return still(view, words)
    if not view.closing.reopens:
        past = words.say(
            "Request #{number} was closed more than {days} days ago. Please ask for it anew; your words are still there.",
            number=number,
            days=REOPEN_WITHIN.days,
        )
        return Message(past, again_keys(view, words))
    who = view.claimer or words.say("your helper")
    same = (Key(words.say("🙋 {who} once more, please", who=who), ReopenBy(number, Who.SAME.value).code),)
    other = (Key(words.say("👥 Somebody else, please"), ReopenBy(number, Who.OTHER.value).code),)
    wrong = (Key(words.say("🤔 Tell the coordinator what was wrong"), Dispute(number).code),)
    said = words.say("Request #{number} once more: who shall come?", number=number)
    return Message(bold(said), ((same, other, wrong) if view.claimer else (other, wrong)))


def why_asked(notice: ReopenWhyAsked, view: NeedView, words: Words) -> Message:
    """What is it this time?"""
    if not view.closing.reopens:
        return still(view, words)
    keys = tuple(
        (Key(why_name(why, words), Reopen(view.need.id, notice.who, why.value).code),)
        for why in (Why.NOT_DONE, Why.BROKE)
    )
    asked = words.say("What is it this time?")
    return Message(lines(bold(asked), words.say("A tap is enough. Or write it here in your own words.")), keys)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    ReopenAsked: unless_withheld(asked),
    ReopenWhyAsked: unless_withheld(why_asked),
}
