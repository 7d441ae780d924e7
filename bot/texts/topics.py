"""What is read about the topics of a group."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.topics import GENERAL, TopicBound, TopicChoice, TopicChoiceView, TopicClosed, TopicWanted
from bot.texts.buttons import Button
from bot.texts.groups import private_key
from bot.texts.message import Key, Message, NewTopic
from bot.texts.words import Html, Words, bold, lines, safe


class TopicKind(Button, code="tk"):
    """Needs of this kind stand in this topic (0: the group itself), or no longer."""

    chat_id: int
    topic: int
    category: str


class TopicDone(Button, code="td"):
    """That is all for this topic."""

    chat_id: int
    topic: int


def choice(card: TopicChoice, view: TopicChoiceView, words: Words) -> Message:
    """Which kinds stand here?"""
    asked = (
        words.say("What appears in this topic of the group of {place}?", place=view.place)
        if card.topic
        else words.say("What appears in the group of {place}?", place=view.place)
    )
    keys = [
        Key(_label(code, here, elsewhere, words), TopicKind(card.chat_id, card.topic, code).code)
        for code, here, elsewhere in view.kinds
    ]
    rows = tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))
    whole = (Key(words.say("👌 Done"), TopicDone(card.chat_id, card.topic).code),)
    return Message(lines(bold(asked), _meaning(card, view, words)), (*rows, whole))


def _label(code: str, here: bool, elsewhere: bool, words: Words) -> str:
    """The kind with its sign, in whose place stands where it is."""
    kind = words.home.catalogue[code]
    sign = "✅" if here else "#" if elsewhere else kind.icon
    return f"{sign} {kind.names[words.language]}"


def _meaning(card: TopicChoice, view: TopicChoiceView, words: Words) -> Html:
    if card.topic:
        return words.say("Tap the kinds. ✅ stands here, # in another topic; everything else stays in General.")
    if view.forum:
        return words.say(
            "Tap nothing, and everything without a topic of its own appears. ✅ alone appears, # has a topic."
        )
    return words.say("Tap nothing, and everything appears. Once you have chosen, only ✅ appears.")


def bound(notice: TopicBound, view: None, words: Words) -> Message:
    """What appears here now."""
    if notice.kinds:
        said = words.say("🗂 Requests of these kinds appear here: {kinds}", kinds=_names(notice.kinds, words))
    elif notice.thread:
        said = words.say("🗂 No requests appear in this topic any more; they appear in General.")
    else:
        said = words.say("🗂 Requests of every kind appear here, unless they have a topic of their own.")
    return Message(said, private_key(words))


def closed(notice: TopicClosed, view: str, words: Words) -> Message:
    """Closed or deleted: where the needs go, and what can be done."""
    if notice.topic == GENERAL:
        said = words.say("🗂 The group of {place} is closed for writing, so no request appears there.", place=bold(view))
        return Message(lines(said, words.say("When General is open again, new requests appear by themselves.")))
    said = words.say(
        "🗂 A topic in the group of {place} was closed or deleted. Requests of these kinds appear in General now: {kinds}",
        place=bold(view),
        kinds=_names(notice.kinds, words),
    )
    return Message(lines(said, words.say("You can open it again, or write /topic in another one.")))


def wanted(notice: TopicWanted, view: None, words: Words) -> NewTopic:
    """What the topic is called."""
    return NewTopic(safe(_name(notice.category, words)))


def _names(kinds: str, words: Words) -> Html:
    return words.listed(_name(code, words) for code in kinds.split())


def _name(code: str, words: Words) -> str:
    return words.home.catalogue[code].name(words.language)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    TopicWanted: wanted,
    TopicChoice: choice,
    TopicBound: bound,
    TopicClosed: closed,
}
