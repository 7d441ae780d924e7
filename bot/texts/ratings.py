"""What is read of stars and words: by whoever gives them, by the other side, and by who is in charge."""

from collections.abc import Callable, Mapping

from bot.domain.closings import Side
from bot.domain.needs import NeedView, public_text
from bot.domain.notices import Notice
from bot.domain.ratings import NeedRated, RatingKept, RatingLow, RatingView, RatingWordsAsked
from bot.texts.message import Key, Message
from bot.texts.needs import Show, unless_withheld
from bot.texts.needs.after import WORDS_SHOWN
from bot.texts.needs.parts import show_key
from bot.texts.words import Html, Words, bold, clip, lines


def rated(notice: NeedRated, view: RatingView, words: Words) -> Message:
    """What the other side says."""
    stars = "⭐" * view.rating.stars
    said = (
        words.say(
            "{stars} from {name} for request #{number}.", stars=stars, name=bold(view.author), number=view.need_id
        )
        if view.side is Side.RESIDENT
        else words.say(
            "{stars} from {name}, who helped with request #{number}.",
            stars=stars,
            name=bold(view.author),
            number=view.need_id,
        )
    )
    return Message(lines(said, _quoted(view, words)))


def low(notice: RatingLow, view: RatingView, words: Words) -> Message:
    """A visit did not go well."""
    said = words.say(
        "{stars} from {author} for {about}, request #{number}. Perhaps a word with both helps.",
        stars="⭐" * view.rating.stars,
        author=view.author,
        about=view.about,
        number=view.need_id,
    )
    show = Key(words.say("🔍 Request #{number}", number=view.need_id), Show(view.need_id).code)
    return Message(lines(said, _quoted(view, words)), ((show,),), protected=True)


def _quoted(view: RatingView, words: Words) -> Html | None:
    said = view.rating.words
    return words.say("“{words}”", words=clip(public_text(said), WORDS_SHOWN)) if said else None


def words_asked(notice: RatingWordsAsked, view: NeedView, words: Words) -> Message:
    """Please write."""
    asked = words.say("Your words to the stars, please. A line is enough.")
    then = words.say("The other side reads them once both have said, or in a week.")
    return Message(lines(bold(asked), then), asks=True)


def kept(notice: RatingKept, view: NeedView, words: Words) -> Message:
    """They are kept."""
    return Message(words.say("Kept, thank you. Until it is shown you can change your words."), show_key(view, words))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    NeedRated: rated,
    RatingLow: low,
    RatingWordsAsked: unless_withheld(words_asked),
    RatingKept: unless_withheld(kept),
}
