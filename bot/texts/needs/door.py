"""What the two sides of a claim read of each other: the words at the door, since when somebody is there, earlier hints."""

from bot.domain.needs import public_text
from bot.domain.visits import AtDoor
from bot.texts.words import Html, Words, bold, lines


def known_by(door: AtDoor | None, words: Words) -> Html | None:
    """To the resident: what is said at the door, and since when somebody is there."""
    if door is None:
        return None
    word = words.say("🔑 At the door they say: {word}", word=bold(door.word))
    return lines(word, _meaning(door, words))


def says_at_door(door: AtDoor | None, words: Words, *, address: bool) -> Html | None:
    """To whoever goes there: what they say at the door, and what earlier helpers left; doors and telephones in it only where
    the address may stand."""
    if door is None:
        return None
    hints = [words.say("📝 An earlier helper: {text}", text=one if address else public_text(one)) for one in door.hints]
    word = words.say("🔑 Please say at the door: {word}", word=bold(door.word))
    return lines(word, _meaning(door, words), *hints)


def _meaning(door: AtDoor, words: Words) -> Html | None:
    return words.say("(that means: {meaning})", meaning=door.meaning) if door.meaning else None


def there_since(door: AtDoor | None, name: str, words: Words) -> Html | None:
    """Since when somebody is there; None: they are not."""
    if door is None or door.begun_at is None:
        return None
    return words.say("👋 {name} is there since {time}.", name=bold(name), time=words.clock(door.begun_at))
