"""The keys on a need's card, and in one's own list, that lead to what comes again."""

from bot.domain.needs import NeedView
from bot.domain.recurrences import RecurrenceLine
from bot.texts.buttons import Button
from bot.texts.message import Key, Rows
from bot.texts.words import Words


class ComeAgain(Button, code="rpn"):
    """Have this come again; or show what makes it come again."""

    need_id: int


class RecurrenceShow(Button, code="rpv"):
    """Show me what comes again."""

    recurrence_id: int


def repeat_key(view: NeedView, words: Words) -> Rows:
    """Have it come again, or, where it does, see when."""
    name = words.say("🔁 It comes again") if view.repeats else words.say("🔁 Have this come again")
    return ((Key(name, ComeAgain(view.need.id).code),),)


def row(line: RecurrenceLine, words: Words) -> Key:
    """What comes again, in one's own list."""
    category = words.home.catalogue[line.category].name(words.language)
    if line.next_day is None:
        name = words.say("🔁 {category} · rests", category=category)
    else:
        day = f"{words.weekday(line.next_day)} {line.next_day.month}/{line.next_day.day}"
        name = words.say("🔁 {category} · {day}", category=category, day=day)
    return Key(name, RecurrenceShow(line.recurrence_id).code)
