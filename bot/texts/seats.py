"""What is read when several go to one need."""

from collections.abc import Callable, Mapping

from bot.domain.needs import NeedView, State
from bot.domain.notices import Notice
from bot.domain.seats import PAIR, SEATS_AT_MOST, SeatJoined, SeatLed, SeatLeft, SeatsAsked, SeatsMissing
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import unless_withheld
from bot.texts.needs.buttons import AskSeats, AskWhom, SetSeats, Show
from bot.texts.needs.desk import too_few
from bot.texts.needs.parts import body, owner_name, show_key, state_name, still, title
from bot.texts.needs.together import together
from bot.texts.words import Words, lines, paragraphs

__all__ = ["CARDS", "AskSeats", "SetSeats"]


def how_many(notice: SeatsAsked, view: NeedView, words: Words) -> Message:
    """How many are to go? Fewer than go already cannot be chosen."""
    if view.need.state not in (State.OPEN, State.CLAIMED):
        return still(view, words)
    fewest = max(PAIR if view.need.pair else 1, len(view.company.going))
    keys: Rows = tuple((_choice(view, count, words),) for count in range(fewest, SEATS_AT_MOST + 1))
    back = (Key(words.say("← Leave it as it is"), Show(view.need.id).code),)
    text = paragraphs(title(view, words), body(view, words), words.say("How many people are to go?"))
    return Message(text, (*keys, back), protected=True)


def _choice(view: NeedView, count: int, words: Words) -> Key:
    label = words.count("{number} person", "{number} people", count)
    return Key(f"✓ {label}" if count == view.company.seats else label, SetSeats(view.need.id, count).code)


def joined(notice: SeatJoined, view: NeedView, words: Words) -> Message:
    """Who goes now."""
    said = words.say("👥 Request #{number}: {state}.", number=view.need.id, state=state_name(view, words))
    return Message(lines(said, together(view, words)), show_key(view, words))


def led(notice: SeatLed, view: NeedView, words: Words) -> Message:
    """They lead now."""
    if not view.by_reader or view.need.state is not State.CLAIMED:
        return still(view, words)
    said = words.say(
        "🤝 Whoever led request #{number} cannot come. From now on you lead: please say when you come.",
        number=view.need.id,
    )
    return Message(lines(said, together(view, words)), show_key(view, words))


def left(notice: SeatLeft, view: NeedView, words: Words) -> Message:
    """Somebody does not come along after all."""
    if view.need.state is not State.CLAIMED:
        return still(view, words)
    said = words.say("Request #{number}: somebody cannot come along after all.", number=view.need.id)
    return Message(lines(said, together(view, words)), show_key(view, words))


def missing(notice: SeatsMissing, view: NeedView, words: Words) -> Message:
    """Nobody was found for the other seats."""
    if not view.wanting or not view.company.going:
        return still(view, words)
    if view.by_reader:
        sees = words.say("{owner} has been told and sees to it.", owner=owner_name(view, words))
        return Message(lines(too_few(view, words), together(view, words), sees), show_key(view, words))
    ask = (Key(words.say("👉 Ask somebody in person"), AskWhom(view.need.id, 0).code),)
    wait = words.say("They are asked not to go alone.") if view.company.alone else None
    return Message(lines(too_few(view, words), wait), (ask, *show_key(view, words)))


SHOWN: Mapping[type[Notice], Callable[..., Message]] = {
    SeatsAsked: how_many,
    SeatJoined: joined,
    SeatLed: led,
    SeatLeft: left,
    SeatsMissing: missing,
}
CARDS: Mapping[type[Notice], Callable[..., Message]] = {kind: unless_withheld(card) for kind, card in SHOWN.items()}
