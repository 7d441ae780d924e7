"""What is read of words between the two sides of a need."""

from collections.abc import Callable, Mapping

from bot.domain.needs import NeedView, Reader, State
from bot.domain.notices import Notice
from bot.domain.relays import (
    RelayAsked,
    RelayCard,
    RelayClosed,
    RelayEarly,
    RelayFailed,
    RelayPassed,
    RelayView,
)
from bot.texts.buttons import Button
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs, safe

# Under a voice note or a photo Telegram shows 1,024 units.
NAME_UNITS, CAPTION_UNITS = 60, 600


class WriteTo(Button, code="rw"):
    """I want to write to the other side of this need; 0: to whoever is there."""

    need_id: int
    person_id: int


def write_key(need_id: int, name: str | None, words: Words, person_id: int = 0) -> Key:
    """The key for those who do not know how to answer a message."""
    label = words.say("💬 Write to {name}", name=name) if name else words.say("💬 Write")
    return Key(label, WriteTo(need_id, person_id).code)


def card(notice: RelayCard, view: RelayView, words: Words) -> Message:
    """Who says what about which need, and how to answer."""
    relay = view.relay
    head = words.say(
        "💬 {name}, about request #{number}:", name=bold(clip(view.sender, NAME_UNITS)), number=relay.need_id
    )
    how = words.say("To answer, reply to this message or tap below.") if view.open else None
    rows: Rows = ((write_key(relay.need_id, view.sender, words, relay.from_id),),) if view.open else ()
    if view.kind is not None and view.file_id is not None:
        quoted = _quoted(clip(relay.text, CAPTION_UNITS)) if relay.text else None
        text = paragraphs(lines(head, quoted), how)
        return Enclosure(text, rows, protected=True, kind=view.kind, file_id=view.file_id)
    if relay.text is None:
        return Message(lines(head, words.say("These words are not kept any more.")), protected=True)
    return Message(paragraphs(lines(head, _quoted(relay.text)), how), rows, protected=True)


def _quoted(text: str) -> Html:
    return Html(f"<blockquote>{safe(text)}</blockquote>")


def passed(notice: RelayPassed, view: RelayView, words: Words) -> Message:
    """It is on its way."""
    return Message(words.say("✓ Passed on to {name}.", name=bold(view.receiver)))


def failed(notice: RelayFailed, view: RelayView, words: Words) -> Message:
    """It did not reach them."""
    said = words.say(
        "⚠️ Your message about request #{number} did not reach {name}: they cannot be reached here just now.",
        number=view.relay.need_id,
        name=bold(view.receiver),
    )
    then = (
        words.say("Coordinator {name} can help you further.", name=bold(view.owner))
        if view.owner
        else words.say("Your community office can help you further.")
    )
    return Message(lines(said, then))


def asked(notice: RelayAsked, view: NeedView, words: Words) -> Message:
    """Please write."""
    said = words.say(
        "Please write to {name} here: in words, as a voice note or a photo. Your number stays hidden.",
        name=bold(_other(view, words)),
    )
    return Message(said, asks=True)


def _other(view: NeedView, words: Words) -> str:
    if view.reader is Reader.RESIDENT:
        return view.claimer or words.say("your helper")
    return view.resident or words.say("the resident")


def closed(notice: RelayClosed, view: NeedView, words: Words) -> Message:
    """Nothing is passed on any more."""
    going_on = view.need.state in (State.OPEN, State.CLAIMED)
    said = (
        words.say("Somebody else sees to request #{number} now, so I did not pass this on.", number=view.need.id)
        if going_on
        else words.say("Request #{number} is closed, so I did not pass this on.", number=view.need.id)
    )
    again = (
        words.say("Do you need something else? Please write it here as a message of its own.")
        if view.reader is Reader.RESIDENT
        else None
    )
    left = (
        words.say("Is something still to be settled? Coordinator {name} can help you further.", name=bold(view.owner))
        if view.owner
        else words.say("Is something still to be settled? Your community office can help you further.")
    )
    return Message(lines(said, again, left))


def early(notice: RelayEarly, view: NeedView, words: Words) -> Message:
    """Nobody has taken it yet."""
    said = words.say(
        "Nobody has taken request #{number} yet, so there is nobody to pass this on to.", number=view.need.id
    )
    then = words.say("Should it be part of your request? Then tap “Change it” on its card: /mine")
    return Message(lines(said, then))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    RelayCard: card,
    RelayPassed: passed,
    RelayFailed: failed,
    RelayAsked: asked,
    RelayClosed: closed,
    RelayEarly: early,
}
