"""What is read while an open need is being changed."""

from collections.abc import Callable, Mapping

from bot.domain.edits import EditAsked, Field
from bot.domain.needs import NeedView, State, Urgency
from bot.domain.notices import Notice
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import Edit, SetCategory, SetUrgency, Show, Stay, unless_withheld, urgency_name
from bot.texts.needs.parts import body, still, title
from bot.texts.words import Html, Words, paragraphs

__all__ = ["CARDS", "Edit", "SetCategory", "SetUrgency", "Stay"]


def edit_asked(notice: EditAsked, view: NeedView, words: Words) -> Message:
    """Which field, and then: to what? Once somebody has taken it: how it stands."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    asked, keys = FIELDS[Field(notice.field)](view, words)
    back = (Key(words.say("← Leave it as it is"), Show(view.need.id).code),)
    text = paragraphs(title(view, words), body(view), asked)
    return Message(text, (*keys, back), asks=notice.field == Field.TEXT)


def _which(view: NeedView, words: Words) -> tuple[Html, Rows]:
    names = {
        Field.TEXT: words.say("✏️ The words"),
        Field.URGENCY: words.say("✏️ When"),
        Field.CATEGORY: words.say("✏️ Kind"),
    }
    keys = tuple((Key(name, Edit(view.need.id, field.value).code),) for field, name in names.items())
    return words.say("What should be different? Whoever was asked will see it at once."), keys


def _text(view: NeedView, words: Words) -> tuple[Html, Rows]:
    return words.say("Please write it anew in one message; it takes the place of the words above."), ()


def _urgency(view: NeedView, words: Words) -> tuple[Html, Rows]:
    keys = tuple((Key(urgency_name(one, words), SetUrgency(view.need.id, one.value).code),) for one in Urgency)
    return words.say("How soon is it needed?"), keys


def _category(view: NeedView, words: Words) -> tuple[Html, Rows]:
    keys = [
        Key(category.name(words.language), SetCategory(view.need.id, category.code).code)
        for category in words.home.catalogue.categories
    ]
    return words.say("What kind of help is it?"), tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))


FIELDS: Mapping[Field, Callable[[NeedView, Words], tuple[Html, Rows]]] = {
    Field.WHICH: _which,
    Field.TEXT: _text,
    Field.URGENCY: _urgency,
    Field.CATEGORY: _category,
}
CARDS: Mapping[type[Notice], Callable[..., Message]] = {EditAsked: unless_withheld(edit_asked)}
