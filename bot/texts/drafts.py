"""What is read while a need is being written: what was understood, and one tap to post it."""

from collections.abc import Callable, Mapping

from bot.domain.drafts import Draft, DraftCard, DraftView, Greeted, Stage
from bot.domain.needs import Urgency
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import urgency_name
from bot.texts.words import Html, Words, bold, lines, paragraphs, safe


class Post(Button, code="dp"):
    """Post it."""

    number: int


class PostWithoutDoor(Button, code="dw"):
    """Post it; I would rather not give a door."""

    number: int


class Ask(Button, code="da"):
    """Change this field."""

    number: int
    stage: str


class SetCategory(Button, code="dc"):
    """It is of this category."""

    number: int
    category: str


class SetUrgency(Button, code="du"):
    """It is wanted so soon."""

    number: int
    urgency: str


class Discard(Button, code="dx"):
    """Throw it away."""

    number: int


def draft_card(card: DraftCard, view: DraftView, words: Words) -> Message:
    """What was understood, and one tap to post it; or the question that is being asked."""
    if view.draft is None:
        return gone(view, words)
    return STAGES[view.draft.stage](view.draft, view, words)


def gone(view: DraftView, words: Words) -> Message:
    """It is posted, or thrown away."""
    if view.posted_as is not None:
        return Message(words.say("✅ Posted: request #{number}, see below.", number=view.posted_as))
    return Message(words.say("This draft is closed. Write here whenever you need something."))


def _ready(draft: Draft, view: DraftView, words: Words) -> Message:
    category = words.home.catalogue[draft.category].name(words.language)
    where = words.say("📍 {place}", place=view.place) if view.place else words.say("📍 place not known yet")
    facts = lines(safe(category), urgency_name(draft.urgency, words), where)
    hint = words.say("Is this right? Tap the first button and your neighbours will be asked.")
    keys: Rows = (
        (Key(words.say("✅ Post it"), Post(draft.number).code),),
        (
            Key(words.say("✏️ Kind"), Ask(draft.number, Stage.CATEGORY.value).code),
            Key(words.say("✏️ When"), Ask(draft.number, Stage.URGENCY.value).code),
            Key(words.say("✏️ Where"), Ask(draft.number, Stage.PLACE.value).code),
        ),
        (Key(words.say("❌ Throw it away"), Discard(draft.number).code),),
    )
    return Message(paragraphs(_heading(draft, words), facts, hint), keys)


def _text(draft: Draft, view: DraftView, words: Words) -> Message:
    asked = words.say("What do you need? Please write it here in one message.")
    example = words.say("For example: the lamp in my kitchen is broken.")
    return Message(lines(bold(asked), example), _discard(draft, words))


def _category(draft: Draft, view: DraftView, words: Words) -> Message:
    keys = [
        Key(category.name(words.language), SetCategory(draft.number, category.code).code)
        for category in words.home.catalogue.categories
    ]
    pairs = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    return Message(
        paragraphs(_heading(draft, words), words.say("What kind of help is it?")), (*pairs, *_discard(draft, words))
    )


def _urgency(draft: Draft, view: DraftView, words: Words) -> Message:
    keys = tuple(
        (Key(urgency_name(urgency, words), SetUrgency(draft.number, urgency.value).code),) for urgency in Urgency
    )
    asked = paragraphs(_heading(draft, words), words.say("How soon is it needed?"))
    return Message(asked, (*keys, *_discard(draft, words)))


def _place(draft: Draft, view: DraftView, words: Words) -> Message:
    return Message(
        paragraphs(_heading(draft, words), words.say("📍 Please choose the place below.")), _discard(draft, words)
    )


def _heading(draft: Draft, words: Words) -> Html:
    return Html(f"{bold(words.say('Your request'))}\n<blockquote>{safe(draft.text)}</blockquote>")


def _discard(draft: Draft, words: Words) -> Rows:
    return ((Key(words.say("❌ Throw it away"), Discard(draft.number).code),),)


STAGES: Mapping[Stage, Callable[[Draft, DraftView, Words], Message]] = {
    Stage.READY: _ready,
    Stage.TEXT: _text,
    Stage.CATEGORY: _category,
    Stage.URGENCY: _urgency,
    Stage.PLACE: _place,
}


def greeted(notice: Greeted, view: None, words: Words) -> Message:
    """A greeting back, and what this is for."""
    hello = words.say("Hello! 🌱 Write here what you need, in your own words, and neighbours will be asked.")
    return Message(lines(hello, words.say("For example: the lamp in my kitchen is broken.")))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {DraftCard: draft_card, Greeted: greeted}
