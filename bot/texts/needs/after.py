"""What is read and tapped on a need's cards once it is over: stars both ways, opening it again, and what else can be said."""

from bot.domain.closings import Said
from bot.domain.needs import NeedView, State, public_text
from bot.domain.ratings import MOST_STARS
from bot.domain.reopenings import Why
from bot.domain.showcases import OFFERED_FROM_STARS
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.needs.buttons import Stars
from bot.texts.needs.parts import title
from bot.texts.partings import AskPart
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

WORDS_SHOWN = 300


class MoreAfter(Button, code="cm"):
    """What else can I do about it?"""

    need_id: int


class AskRatingWords(Button, code="crw"):
    """I want to add words to my stars."""

    need_id: int


class AskReopen(Button, code="cro"):
    """It is needed once more."""

    need_id: int


class Repeat(Button, code="crp"):
    """Make a draft with the same words."""

    need_id: int


class AskShowcase(Button, code="csk"):
    """I want to thank them in the group."""

    need_id: int


class NotCome(Button, code="cnc"):
    """Whoever had announced themselves did not come."""

    need_id: int


class AskUnease(Button, code="cun"):
    """I did not feel safe."""

    need_id: int


def resident(view: NeedView, words: Words) -> Message:
    """The closed need, to whoever asked for it: stars first, then what can be added."""
    closing, number = view.closing, view.need.id
    more = (Key(words.say("➕ More"), MoreAfter(number).code),)
    if closing.side is None or (closing.over and closing.mine is None):
        heard = theirs(view, words)
        closed = words.say("✅ This request is closed.")
        return Message(paragraphs(title(view, words), lines(closed, heard)), (more,))
    if closing.mine is None:
        asked = words.say("How was it with {who}? One tap is enough.", who=helper(view, words))
        stars: Rows = tuple((Key("⭐" * count, Stars(number, count).code),) for count in range(MOST_STARS, 0, -1))
        return Message(paragraphs(title(view, words), asked), (*stars, more))
    thanks = words.say("{stars} Thank you!", stars="⭐" * closing.mine.stars)
    text = paragraphs(title(view, words), lines(thanks, *_mine(closing.mine, words)), theirs(view, words))
    public = thanks_keys(view, words) if closing.mine.stars >= OFFERED_FROM_STARS else ()
    return Message(text, (*_words_key(view, words), *public, part_key(view, words), more))


def for_helper(view: NeedView, words: Words) -> tuple[Html | None, Rows]:
    """Under the card of whoever helped: how the visit was for them, in stars that nobody reads at once."""
    if not view.by_reader or view.need.state not in (State.DONE, State.DISPUTED, State.CLOSED):
        return None, ()
    closing = view.closing
    if closing.mine is not None:
        kept = words.say("{stars} from you.", stars="⭐" * closing.mine.stars)
        said = lines(kept, *_mine(closing.mine, words), theirs(view, words))
        return said, (*_words_key(view, words), *_apart(view, words))
    if closing.side is None or closing.over:
        return theirs(view, words), _apart(view, words)
    asked = words.say(
        "How was it for you? {name} reads it once both have said, or in a week.", name=bold(view.resident)
    )
    stars = tuple(Key(f"{count}⭐", Stars(view.need.id, count).code) for count in range(1, MOST_STARS + 1))
    return asked, (stars, *_apart(view, words))


def helper(view: NeedView, words: Words) -> Html:
    """Who helped, by name where it is known."""
    return bold(view.claimer) if view.claimer else words.say("your helper")


def theirs(view: NeedView, words: Words) -> Html | None:
    """What the other side said; None: nothing that may be read yet."""
    said = view.closing.theirs
    if said is None:
        return None
    name = view.resident if view.by_reader else view.claimer or words.say("your helper")
    stars = words.say("{name} says: {stars}", name=bold(name), stars="⭐" * said.stars)
    return lines(stars, _quoted(said.words, words))


def _apart(view: NeedView, words: Words) -> Rows:
    return (part_key(view, words), unease_key(view, words))


def _mine(said: Said, words: Words) -> tuple[Html | None, ...]:
    waits = words.say("The other side reads it once both have said, or in a week.")
    return _quoted(said.words, words), None if said.shown else waits


# What somebody wrote may hold a door, and is read by others than whoever may see the address.
def _quoted(said: str | None, words: Words) -> Html | None:
    return words.say("“{words}”", words=clip(public_text(said), WORDS_SHOWN)) if said else None


def _words_key(view: NeedView, words: Words) -> Rows:
    mine = view.closing.mine
    if mine is None or mine.shown:
        return ()
    label = words.say("✍️ Other words") if mine.words else words.say("✍️ Add a word")
    return ((Key(label, AskRatingWords(view.need.id).code),),)


def part_key(view: NeedView, words: Words) -> tuple[Key, ...]:
    """Rather somebody else the next time."""
    return (Key(words.say("🙈 Rather somebody else next time"), AskPart(view.need.id).code),)


def thanks_keys(view: NeedView, words: Words) -> Rows:
    """A word of thanks for everybody to read, where there is a group and nothing is confidential."""
    if not view.closing.thanks:
        return ()
    return ((Key(words.say("💐 Thank them in the group"), AskShowcase(view.need.id).code),),)


def unease_key(view: NeedView, words: Words) -> tuple[Key, ...]:
    """Straight to who is in charge, past the other side."""
    return (Key(words.say("😟 I did not feel safe"), AskUnease(view.need.id).code),)


def again_keys(view: NeedView, words: Words) -> Rows:
    """Once more, as it was; or anew, when that is too long ago."""
    if view.closing.reopens:
        return ((Key(words.say("🔁 It is needed once more"), AskReopen(view.need.id).code),),)
    if view.closing.repeats:
        return ((Key(words.say("📝 Ask for the same anew"), Repeat(view.need.id).code),),)
    return ()


def once_more(view: NeedView, words: Words) -> Html | None:
    """To whoever is asked: why it is open again."""
    if view.again is None:
        return None
    written = view.again.words and clip(public_text(view.again.words), WORDS_SHOWN)
    return words.say("🔁 Once more: {why}", why=written or why_name(view.again.why, words))


def why_name(why: Why, words: Words) -> Html:
    """Why it is needed once more."""
    names = {
        Why.NOT_DONE: words.say("It was not really done"),
        Why.BROKE: words.say("It broke again"),
        Why.WORDS: words.say("As the resident wrote"),
    }
    return names[why]
