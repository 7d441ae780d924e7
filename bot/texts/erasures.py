"""What is read by somebody who wants to be forgotten, and by whoever has to know that they are."""

from collections.abc import Callable, Mapping

from bot.domain.erasures import (
    CareLeft,
    ErasureView,
    ForgetAsked,
    ForgetAskedAgain,
    ForgetRefused,
    Forgotten,
    HelperLeft,
    Hold,
    Obstacle,
)
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs

# A list longer than a message helps nobody: what is first goes first.
SHOWN_AT_MOST = 10


class Forget(Button, code="yf"):
    """I want to be forgotten."""


class Sure(Button, code="ys"):
    """Yes, once."""


class ForGood(Button, code="yg"):
    """Yes, twice. `asked_at` is when the last question was asked."""

    asked_at: int


class Keep(Button, code="yk"):
    """Rather not."""


def forget_asked(notice: ForgetAsked, view: ErasureView, words: Words) -> Message:
    """What goes, what stays: do you want that?"""
    asked = words.say("Shall I forget you?")
    goes = words.say(
        "Your name, door, telephone and everything you wrote would be gone. Only counts without a name remain."
    )
    file = words.say("Would you like to keep it? First press /export.")
    keys: Rows = ((Key(words.say("🗑 Forget me"), Sure().code),), (Key(words.say("No, keep everything"), Keep().code),))
    return Message(paragraphs(bold(asked), goes, lines(_care(view, words), _running(view, words)), file), keys)


def _care(view: ErasureView, words: Words) -> Html | None:
    return words.say("Nobody would ask any more whether you are well.") if view.cared_for else None


def _running(view: ErasureView, words: Words) -> Html | None:
    if not view.running:
        return None
    return words.count(
        "{number} request of yours is still running: it ends.",
        "{number} requests of yours are still running: they end.",
        view.running,
    )


def forget_asked_again(notice: ForgetAskedAgain, view: ErasureView, words: Words) -> Message:
    """Really?"""
    asked = words.say("Really? Nobody can bring it back, not even the coordinator.")
    keys: Rows = (
        (Key(words.say("🗑 Yes, forget me for good"), ForGood(notice.asked_at).code),),
        (Key(words.say("No, keep everything"), Keep().code),),
    )
    return Message(lines(bold(asked), _care(view, words)), keys)


def forget_refused(notice: ForgetRefused, view: ErasureView, words: Words) -> Message:
    """What has to be handed over first."""
    if not view.obstacles:
        return Message(words.say("Nothing stands in the way any more. Please write /forget once more."))
    said = words.say("I will forget you. Somebody still counts on you, so first:")
    held = lines(*(words.say("· {what}", what=_obstacle(one, words)) for one in view.obstacles[:SHOWN_AT_MOST]))
    return Message(paragraphs(said, held, words.say("Then write /forget once more.")))


def _obstacle(one: Obstacle, words: Words) -> Html:
    match one.hold:
        case Hold.CLAIM:
            return words.say(
                "you have taken on request #{number}: finish it or give it back (/mine)", number=one.number
            )
        case Hold.ALERT:
            return words.say("you look after alert #{number}: record it, or say that you cannot go", number=one.number)
        case Hold.MISSED:
            return words.say("somebody is looking after you just now: say that you are well, or wait for them")
        case Hold.ROUND:
            return words.say("you have a list of visits: finish it or hand it over (/rounds)")
        case Hold.WATCH:
            return words.say("you are on duty: let somebody else take it (/duty)")
        case Hold.COORDINATOR:
            return words.say(
                "you are the only coordinator of {place}: an administrator invites another", place=one.place
            )
        case Hold.ADMINISTRATOR:
            return words.say(
                "you are the only administrator of {place}: whoever runs the program invites another", place=one.place
            )


def forgotten(notice: Forgotten, view: None, words: Words) -> Message:
    """The last words."""
    said = words.say("You are forgotten. Thank you for having been here.")
    back = words.say("Whatever you write from now on is the word of somebody new. /start begins anew.")
    clear = words.say("What stands in this chat stays on your telephone until you clear it there.")
    return Message(lines(bold(said), clear, back), big_rows=())


def care_left(notice: CareLeft, view: str, words: Words) -> Message:
    """To whoever is in charge: nobody asks them any more."""
    said = words.say("🍂 Somebody in {place} has asked to be forgotten and is asked no more.", place=view)
    nothing = words.say("Their name and notes are gone. /care shows who is still asked every day.")
    return Message(lines(said, nothing))


def helper_left(notice: HelperLeft, view: str, words: Words) -> Message:
    """To whoever is in charge: a plan has lost somebody."""
    said = words.say("🍂 A neighbour or contact of {name} has left and cannot be told any more.", name=bold(view))
    return Message(lines(said, words.say("Please choose somebody else: /care")))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    ForgetAsked: forget_asked,
    ForgetAskedAgain: forget_asked_again,
    ForgetRefused: forget_refused,
    Forgotten: forgotten,
    CareLeft: care_left,
    HelperLeft: helper_left,
}
