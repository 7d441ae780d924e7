"""What is read about how visitors are announced."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.visitors import FaceAsked, FaceAwaited, FaceKept, FaceView, Wish, WishAsked, WishKept, WishView
from bot.texts.buttons import Button
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines


class AskWish(Button, code="kw"):
    """What am I told before somebody knocks?"""


class SetWish(Button, code="kf"):
    """… this."""

    wish: str


class ShowFace(Button, code="ki"):
    """Which photo of me is shown to those whom I visit?"""


class GiveFace(Button, code="kg"):
    """I send a photo of me now."""


class NoFace(Button, code="kx"):
    """No photo of me is shown."""


# --- whoever is visited ---


def asked(notice: WishAsked, view: WishView, words: Words) -> Message:
    """What shall I tell you beforehand?"""
    ask = words.say("What shall I tell you before somebody knocks?")
    then = words.say("You always get the code word of the day. You can change this at any time.")
    keys: Rows = (
        (Key(words.say("🖼 Their name and photo"), SetWish(Wish.FACE.value).code),),
        (Key(words.say("👤 Their name"), SetWish(Wish.NAME.value).code),),
        (Key(words.say("🔑 Only the code word"), SetWish(Wish.WORD.value).code),),
    )
    return Message(lines(bold(ask), then), keys)


def kept(notice: WishKept, view: WishView, words: Words) -> Message:
    """From now on."""
    return Message(_kept(view.wish, words), change(words))


def _kept(wish: Wish | None, words: Words) -> Html:
    if wish is Wish.FACE:
        return words.say("Thank you. You get name and code word, and a photo of those who have given one.")
    if wish is Wish.WORD:
        return words.say("Thank you. Before somebody knocks you get the code word and nothing else.")
    return words.say("Thank you. Before somebody knocks you get their name and the code word.")


def change(words: Words) -> Rows:
    """What they are told can be changed with one tap."""
    return ((Key(words.say("✏️ Change what I am told"), AskWish().code),),)


# --- whoever visits ---


def face_asked(notice: FaceAsked, view: FaceView, words: Words) -> Message:
    """May your photo be shown?"""
    ask = words.say("Those whom you visit open sooner when they know your face. May I show them your photo beforehand?")
    who = words.say("Only those whom you visit or help see it, if they wish. You can take it back at any time: /me")
    return Message(lines(bold(ask), who), (_give(words), (_no(words.say("🙏 No photo, please")))))


def awaited(notice: FaceAwaited, view: FaceView, words: Words) -> Message:
    """Please send it now."""
    ask = words.say(
        "Please send a photo of your face now. By sending it you agree that those whom you visit or help see it."
    )
    return Message(ask, asks=True)


def face_kept(notice: FaceKept, view: FaceView, words: Words) -> Message:
    """This one is shown; or none."""
    if view.file_id is None:
        none = words.say("No photo of you is shown. Those whom you visit hear your name and the code word.")
        return Message(none, (_give(words),))
    said = words.say("Thank you! This photo is shown to those whom you visit, if they wish to see it.")
    keys: Rows = (
        (Key(words.say("📷 Another photo"), GiveFace().code),),
        _no(words.say("🗑 Take my photo back")),
    )
    return Enclosure(said, keys, protected=True, kind="photo", file_id=view.file_id)


def _give(words: Words) -> tuple[Key, ...]:
    return (Key(words.say("📷 Send a photo of me"), GiveFace().code),)


def _no(label: Html) -> tuple[Key, ...]:
    return (Key(label, NoFace().code),)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    WishAsked: asked,
    WishKept: kept,
    FaceAsked: face_asked,
    FaceAwaited: awaited,
    FaceKept: face_kept,
}
