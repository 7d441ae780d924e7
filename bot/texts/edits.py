"""What is read while an open need is being changed."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.domain.edits import EditAsked, Field, HoursAsked
from bot.domain.needs import NeedView, State, Urgency
from bot.domain.notices import Notice
from bot.texts import windows
from bot.texts.enclosures import AddEnclosure
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import AskSeats, Edit, SetCategory, SetUrgency, Show, Stay, unless_withheld, urgency_name
from bot.texts.needs.parts import body, still, title
from bot.texts.words import Html, Words, bold, lines, paragraphs

__all__ = ["CARDS", "Edit", "SetCategory", "SetUrgency", "Stay"]


def edit_asked(notice: EditAsked, view: NeedView, words: Words) -> Message:
    """Which field, and then: to what? Once somebody has taken it: how it stands."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    asked, keys = FIELDS[Field(notice.field)](view, words)
    back = (Key(words.say("← Leave it as it is"), Show(view.need.id).code),)
    text = paragraphs(title(view, words), body(view, words), asked)
    return Message(text, (*keys, back), asks=notice.field == Field.TEXT)


def _which(view: NeedView, words: Words) -> tuple[Html, Rows]:
    names = {
        Field.TEXT: words.say("✏️ The words"),
        Field.URGENCY: words.say("✏️ When"),
        Field.CATEGORY: words.say("✏️ Kind"),
    }
    more = (Key(words.say("🖼 Add photos or a voice note"), AddEnclosure(view.need.id).code),)
    seats = (Key(words.say("👥 How many people"), AskSeats(view.need.id).code),)
    keys = (*((Key(name, Edit(view.need.id, field.value).code),) for field, name in names.items()), seats, more)
    return words.say("What should be different? Whoever was asked will see it at once."), keys


def _text(view: NeedView, words: Words) -> tuple[Html, Rows]:
    return words.say("Please write it anew in one message; it takes the place of the words above."), ()


def _urgency(view: NeedView, words: Words) -> tuple[Html, Rows]:
    keys = tuple((Key(urgency_name(one, words), SetUrgency(view.need.id, one.value).code),) for one in Urgency)
    day = (Key(words.say("📆 On a day…"), Edit(view.need.id, Field.DAY.value).code),)
    return words.say("How soon is it needed?"), (*keys, day)


def _day(view: NeedView, words: Words) -> tuple[Html, Rows]:
    keys = windows.day_keys(view.now, lambda day: windows.NeedDay(view.need.id, day).code, words)
    return words.say("📆 On which day?"), keys


def hours_asked(notice: HoursAsked, view: NeedView, words: Words) -> Message:
    """In which hours of that day?"""
    if view.need.state is not State.OPEN:
        return still(view, words)
    day = date.fromordinal(notice.day)
    keys = windows.part_keys(day, view.now, lambda part: windows.NeedPart(view.need.id, notice.day, part).code, words)
    back = (Key(words.say("← Leave it as it is"), Show(view.need.id).code),)
    asked = words.say("📆 {day}: at what time?", day=bold(words.date(day)))
    text = paragraphs(title(view, words), body(view, words), lines(asked, windows.part_hint(words)))
    return Message(text, (*keys, back), asks=True)


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
    Field.DAY: _day,
}
CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    EditAsked: unless_withheld(edit_asked),
    HoursAsked: unless_withheld(hours_asked),
}
