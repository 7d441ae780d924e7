"""What is read in groups, and by whoever binds a group to a place."""

from collections.abc import Callable, Mapping

from bot.domain.groups import GroupAnonymous, GroupBound, GroupHello, GroupPlaces, GroupPrivate
from bot.domain.notices import Notice
from bot.domain.people import PlaceChoice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Words, bold, lines


class OpenGroupPlace(Button, code="go"):
    """Show what lies in this place (0: the top) for that group."""

    chat_id: int
    area_id: int
    page: int


class BindGroup(Button, code="gb"):
    """The group belongs here."""

    chat_id: int
    area_id: int


def hello(notice: GroupHello, view: None, words: Words) -> Message:
    """Who I am, and that an administrator decides."""
    said = words.say(
        "Hello, neighbours! 🌱 Requests for help will appear here once an administrator of this help desk has said "
        "which place the group belongs to. They can do it in our private chat, or begin here with /bind."
    )
    return Message(said, private_key(words))


def places(notice: GroupPlaces, view: PlaceChoice, words: Words) -> Message:
    """Which place does the group belong to?"""
    if view.here_id is None and not view.choices:
        return Message(words.say("No place can be chosen yet. Please ask your community office to set one up."))
    rows: list[tuple[Key, ...]] = []
    for area_id, name, has_children in view.choices:
        button: Button = (
            OpenGroupPlace(notice.chat_id, area_id, 0) if has_children else BindGroup(notice.chat_id, area_id)
        )
        rows.append((Key(name, button.code),))
    if view.has_more:
        rows.append((Key(words.say("More ↓"), OpenGroupPlace(notice.chat_id, view.here_id or 0, view.page + 1).code),))
    if view.here_id is not None:
        whole = words.say("✅ The group of {place}", place=view.here or "")
        rows.insert(0, (Key(whole, BindGroup(notice.chat_id, view.here_id).code),))
    if view.back_to is not None:
        rows.append((Key(words.say("← Back"), OpenGroupPlace(notice.chat_id, view.back_to, 0).code),))
    asked = words.say("You added me to a group. Which place does it belong to? Requests from there will appear in it.")
    return Message(bold(asked), tuple(rows))


def bound(notice: GroupBound, view: str, words: Words) -> Message:
    """It belongs to this place now."""
    said = words.say("🏡 This is the group of {place} now. Requests for help from there appear here.", place=bold(view))
    own = words.say("If you need something yourself, write to me in private.")
    choice = words.say("Whoever is in charge writes /topic where only certain kinds of requests should appear.")
    return Message(lines(said, own, choice), private_key(words))


def private(notice: GroupPrivate, view: None, words: Words) -> Message:
    """Better in private."""
    return Message(
        words.say("Please go on with me in private: what you need stays between us there."), private_key(words)
    )


def anonymous(notice: GroupAnonymous, view: None, words: Words) -> Message:
    """Nobody can tell who you are."""
    said = words.say(
        "You write as an anonymous administrator, so I cannot tell who you are. Please write to me in private."
    )
    return Message(said, private_key(words))


def private_key(words: Words) -> Rows:
    """The way into the private chat."""
    return ((Key(words.say("💬 Write to me"), url=words.home.link("hello")),),)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    GroupHello: hello,
    GroupPlaces: places,
    GroupBound: bound,
    GroupPrivate: private,
    GroupAnonymous: anonymous,
}
