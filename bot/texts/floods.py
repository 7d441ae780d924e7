"""What is read when very many come at once: by whoever waits for their turn, and by whoever is in charge."""

from collections.abc import Callable, Mapping

from bot.domain.floods import FloodCard, FloodView, Flow, JoinView, JoinWaits
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs


class LookAtFlood(Button, code="fls"):
    """How does it stand now?"""

    area_id: int
    flow: str


class LetThrough(Button, code="fll"):
    """All who wait go on now."""

    area_id: int
    flow: str


class LiftLimit(Button, code="flo"):
    """1: everything goes on until midnight; 0: no more than is usual."""

    area_id: int
    flow: str
    on: int


def join_waits(notice: JoinWaits, view: JoinView, words: Words) -> Message:
    """Your place is kept, and when it goes on; what goes now all the same."""
    return Message(
        paragraphs(
            bold(words.say("⏳ Very many people are joining {place} just now.", place=view.place)),
            words.say(
                "Your place is kept. I go on by myself at about {when}; you need not do anything.",
                when=bold(words.when(view.at, view.now)),
            ),
            lines(
                words.say("Is something needed right now? Write it here: that does not wait."),
                words.say("🆘 In danger: /sos, or ring {numbers}.", numbers=words.home.emergency_numbers),
            ),
        )
    )


def flood(card: FloodCard, view: FloodView, words: Words) -> Message:
    """What is happening, what was done, and what can be done."""
    return Message(
        paragraphs(
            bold(_head(view, words)), lines(_waiting(view, words), _meanwhile(view, words)), _limit(view, words)
        ),
        _keys(card, view, words),
    )


def _head(view: FloodView, words: Words) -> Html:
    heads = {
        Flow.JOINS: words.say("🌊 Very many people are joining {place}", place=view.place),
        Flow.POSTS: words.say("🌊 Very many requests at {place}", place=view.place),
        Flow.NEWS: words.say("🌊 Very many applications and proposals at {place}", place=view.place),
    }
    return heads[view.flow]


def _waiting(view: FloodView, words: Words) -> Html:
    if view.waiting == 0 or view.last_at is None:
        return words.say("Nobody is waiting any more.")
    counts = {
        Flow.JOINS: words.count("{number} person waits to join.", "{number} people wait to join.", view.waiting),
        Flow.POSTS: words.count(
            "{number} request waits: neighbours are not asked for it yet.",
            "{number} requests wait: neighbours are not asked for them yet.",
            view.waiting,
        ),
        Flow.NEWS: words.count(
            "{number} waits and comes to you later.", "{number} wait and come to you later.", view.waiting
        ),
    }
    by_itself = words.say(
        "By themselves they go on one after the other, the last at about {when}.",
        when=words.when(view.last_at, view.now),
    )
    return lines(counts[view.flow], by_itself)


def _meanwhile(view: FloodView, words: Words) -> Html | None:
    if view.flow is Flow.NEWS:
        return None
    return words.say("Nothing is lost. Calls for help, and what is needed right now, never wait.")


def _limit(view: FloodView, words: Words) -> Html:
    if view.open_until is not None:
        return words.say("🔓 There is no limit until midnight.")
    return lines(
        words.count("At most {number} an hour goes on at once.", "At most {number} an hour go on at once.", view.most),
        words.say(
            "Is it a real emergency? Let them through. Does it look like a prank? Let it be, and look at the list."
        ),
    )


def _keys(card: FloodCard, view: FloodView, words: Words) -> Rows:
    rows: list[tuple[Key, ...]] = []
    place, flow = card.area_id, card.flow
    if view.waiting:
        # Without a number: more have come since this was drawn.
        rows.append((Key(words.say("✅ Let all who wait through now"), LetThrough(place, flow).code),))
    if view.open_until is None:
        rows.append((Key(words.say("🔓 No limit until midnight"), LiftLimit(place, flow, 1).code),))
    else:
        rows.append((Key(words.say("🔒 Limit it again"), LiftLimit(place, flow, 0).code),))
    rows.append((Key(words.say("🔄 As it is now"), LookAtFlood(place, flow).code),))
    return tuple(rows)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {JoinWaits: join_waits, FloodCard: flood}
