"""What is read of somebody who has duty soon and whom nothing reaches."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.responders import ResponderUnreached, ResponderView
from bot.texts.message import Message
from bot.texts.words import Words, bold, lines


def unreached(notice: ResponderUnreached, view: ResponderView, words: Words) -> Message:
    """Who, when, who is there besides, and what to do."""
    said = words.say(
        "📵 Nothing that I say reaches {name}, who is on duty from {starts} to {ends}.",
        name=bold(view.person),
        starts=words.when(view.starts_at, view.now),
        ends=words.clock(view.ends_at),
    )
    where = words.say("📍 {place}", place=view.place)
    others = (
        words.count(
            "{number} other person is planned for that time and can be reached.",
            "{number} other people are planned for that time and can be reached.",
            view.others,
        )
        if view.others
        else words.say("Nobody else is planned for that time.")
    )
    ask = words.say("Please ring them (they may have blocked me), or put somebody else on duty: /duty")
    return Message(lines(said, where, others, ask))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {ResponderUnreached: unreached}
