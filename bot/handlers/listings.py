"""Lists of whoever is in charge: opened, turned over, looked through, made into files."""

from bot.domain.errors import ButtonInvalid
from bot.domain.listings import Book
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services.listings import files, lists
from bot.services.views import listings as views
from bot.texts import listings as texts


def open_(turn: Turn[texts.OpenList]) -> Reply:
    """A list, at the end of the chat."""
    if turn.input.book not in set(Book):
        raise ButtonInvalid
    return reply(
        lists.open_(turn.tx, turn.actor, Book(turn.input.book), turn.input.stand, now=turn.now),
        afresh=True,
    )


def turn_over(turn: Turn[texts.TurnList]) -> Reply:
    """Another page or screen of it, in the same message."""
    tapped = turn.input
    return reply(lists.turn(turn.tx, turn.actor, tapped.listing_id, tapped.screen, tapped.page, now=turn.now))


def choose(turn: Turn[texts.FilterList]) -> Reply:
    """Only what is so."""
    tapped = turn.input
    number, field, value = tapped.listing_id, tapped.field, tapped.value
    return reply(lists.choose(turn.tx, turn.actor, turn.home, number, field, value, now=turn.now))


def clear(turn: Turn[texts.ClearList]) -> Reply:
    """Everything again."""
    return reply(lists.clear(turn.tx, turn.actor, turn.input.listing_id, now=turn.now))


def ask_search(turn: Turn[texts.SearchList]) -> Reply:
    """What is looked for?"""
    return reply(lists.ask_search(turn.tx, turn.actor, turn.home, turn.input.listing_id, now=turn.now))


def search(turn: Turn[Said]) -> Reply | None:
    """What was written is looked for."""
    listing_id = lists.is_waiting(turn.question)
    if listing_id is None:
        return None
    return reply(lists.search(turn.tx, turn.actor, turn.home, listing_id, turn.input.text, now=turn.now), afresh=True)


def uncover(turn: Turn[texts.UncoverList]) -> Reply:
    """The telephones of this page."""
    return reply(
        lists.uncover(turn.tx, turn.actor, turn.input.listing_id, now=turn.now),
        toast=lambda words: words.say("For ten minutes; it is written down that you saw them."),
    )


def export(turn: Turn[texts.ExportList]) -> Reply:
    """The list as a file."""
    tapped = turn.input
    card = files.ask(turn.tx, turn.actor, tapped.listing_id, tapped.form, now=turn.now)
    return reply(card, toast=lambda words: words.say("It comes in a moment."))


def stop(turn: Turn[texts.StopExport]) -> Reply:
    """No file after all."""
    return reply(files.stop(turn.tx, turn.actor, turn.input.export_id, now=turn.now))


CAPABILITY = Capability(
    commands={},
    taps={
        texts.OpenList: open_,
        texts.TurnList: turn_over,
        texts.FilterList: choose,
        texts.ClearList: clear,
        texts.SearchList: ask_search,
        texts.UncoverList: uncover,
        texts.ExportList: export,
        texts.StopExport: stop,
    },
    plain={Plain.ANSWER: search},
    views=views.VIEWS,
    cards=texts.CARDS,
)
