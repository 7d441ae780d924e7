"""What is read after a time in which the program heard nobody."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.outages import OutageOver, OutageView
from bot.texts.message import Message
from bot.texts.words import Html, Words, bold, lines, paragraphs


def over(notice: OutageOver, view: OutageView, words: Words) -> Message:
    """From when to when, who was not asked, who has been asked since, and that the rest has been made up for."""
    said = words.say(
        "⏸ {place}: I could not hear anybody from {since} to {until}.",
        place=view.place,
        since=words.when(view.since, view.now),
        until=words.when(view.until, view.now),
    )
    after = words.say("What was written to me meanwhile is read, and alerts that were open have gone on.")
    return Message(paragraphs(bold(said), lines(*_people(view, words)), after), protected=True)


def _people(view: OutageView, words: Words) -> list[Html]:
    found = []
    if view.not_asked_count:
        found.append(
            words.count(
                "• {number} person was not asked in that time: {names}. Please ring them: /today",
                "• {number} people were not asked in that time: {names}. Please ring them: /today",
                view.not_asked_count,
                names=_named(view.not_asked, view.not_asked_count, words),
            )
        )
    if view.asked_count:
        found.append(
            words.count(
                "• {number} person has been asked since: {names}.",
                "• {number} people have been asked since: {names}.",
                view.asked_count,
                names=_named(view.asked, view.asked_count, words),
            )
        )
    return found or [words.say("• Nobody's question fell into that time.")]


def _named(names: tuple[str, ...], count: int, words: Words) -> Html:
    more = [words.say("others")] if count > len(names) else []
    return words.listed([*names, *more])


CARDS: Mapping[type[Notice], Callable[..., Message]] = {OutageOver: over}
