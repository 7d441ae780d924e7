"""What is read by whoever does not want to be brought together with somebody again."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.partings import PartingAsked, PartingKept, PartingView
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.words import Words, bold, lines


class AskPart(Button, code="qpa"):
    """Rather somebody else next time: really?"""

    need_id: int


class Part(Button, code="qpp"):
    """Yes, somebody else."""

    need_id: int


class Rejoin(Button, code="qpr"):
    """I take it back."""

    need_id: int


def asked(notice: PartingAsked, view: PartingView, words: Words) -> Message:
    """Really?"""
    said = words.say("Next time somebody else than {name}?", name=bold(view.other))
    secret = words.say("🔒 Only I know it. {name} does not learn of it.", name=view.other)
    return Message(lines(said, secret), ((Key(words.say("Yes, somebody else"), Part(notice.need_id).code),),))


def kept(notice: PartingKept, view: PartingView, words: Words) -> Message:
    """It is kept."""
    if not view.kept:
        return Message(words.say("All right, it may be {name} again.", name=bold(view.other)))
    said = words.say("Noted: you and {name} are not brought together again.", name=bold(view.other))
    secret = words.say("🔒 Only I know it. {name} does not learn of it.", name=view.other)
    return Message(lines(said, secret), ((Key(words.say("↩️ Take it back"), Rejoin(notice.need_id).code),),))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {PartingAsked: asked, PartingKept: kept}
