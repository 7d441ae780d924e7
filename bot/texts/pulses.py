"""What administrators read of the program's own copies."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.pulses import GONE, CopyTroubled, CopyWell
from bot.texts.message import Message
from bot.texts.words import Html, Words, bold, lines


def copy_troubled(notice: CopyTroubled, view: None, words: Words) -> Message:
    """Which copy, what is wrong with it, who does its work meanwhile, and what to do."""
    if notice.ails == GONE:
        said = words.say(
            "⚠️ The copy {copy} of the program has given no sign of life for a minute.", copy=bold(notice.copy)
        )
        todo = words.say("Please look at its machine. The other copies do its work meanwhile.")
        return Message(lines(said, todo))
    said = words.say("⚠️ Something is wrong with the copy {copy} of the program.", copy=bold(notice.copy))
    todo = words.say("Please look at its log, and start it again if it does not recover. The other copies go on.")
    return Message(lines(said, *(_ail(one, words) for one in notice.ails.split(",")), todo))


def _ail(ail: str, words: Words) -> Html:
    if ail == "intake":
        return words.say("• It has heard nothing from Telegram for two minutes.")
    if ail == "ticks":
        return words.say("• It has not moved anything on for two minutes.")
    return words.say("• It is held up for seconds at a time.")


def copy_well(notice: CopyWell, view: None, words: Words) -> Message:
    """All is well again."""
    return Message(words.say("✅ The copy {copy} of the program is well again.", copy=bold(notice.copy)))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {CopyTroubled: copy_troubled, CopyWell: copy_well}
