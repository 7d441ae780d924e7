"""What else a resident can do about a need that is closed."""

from collections.abc import Callable, Mapping

from bot.domain.closings import ClosingMore
from bot.domain.needs import NeedView, State
from bot.domain.notices import Notice
from bot.texts.message import Message, Rows
from bot.texts.needs import after, unless_withheld
from bot.texts.needs.parts import show_key, title
from bot.texts.repeats import repeat_key
from bot.texts.words import Words, bold, lines


def more(notice: ClosingMore, view: NeedView, words: Words) -> Message:
    """Once more, again and again, somebody else next time, or what only the coordinator should know."""
    if view.need.state is not State.CLOSED:
        return Message(title(view, words), show_key(view, words))
    apart: Rows = () if view.claimer is None else (after.part_key(view, words), after.unease_key(view, words))
    keys = (*after.again_keys(view, words), *repeat_key(view, words), *after.thanks_keys(view, words), *apart)
    return Message(lines(title(view, words), bold(words.say("What would you like?"))), keys)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {ClosingMore: unless_withheld(more)}
