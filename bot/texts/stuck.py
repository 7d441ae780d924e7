"""What is read when time cannot move something on by itself."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.stuck import Stuck, StuckView
from bot.texts.message import Message
from bot.texts.words import Words, bold, lines


def stuck(notice: Stuck, view: StuckView, words: Words) -> Message:
    """Please look by hand."""
    if view.place is None:
        return Message(words.say("This has been settled in the meantime. Thank you!"))
    if view.person:
        said = words.say(
            "⚠️ Something went wrong on our side with {name}: I cannot go on by myself.", name=bold(view.person)
        )
    elif notice.kind == "surges":
        said = words.say("⚠️ Something went wrong on our side: nobody is asked the further question of the day.")
    else:
        said = words.say("⚠️ Something went wrong on our side with a list of visits: I cannot go on by myself.")
    where = words.say("📍 {place}", place=view.place)
    ask = words.say("Please ring or look in now. I keep trying; the administrator should look at the log.")
    return Message(lines(said, where, ask), protected=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {Stuck: stuck}
