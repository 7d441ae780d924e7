"""A list as a table: the same rows in words, with neither doors nor telephones, except of whom one is to ring."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache

from bot.domain.figures import Cell
from bot.domain.listings import Book, NeedRow, PersonRow, Row, UnreachedRow
from bot.domain.needs import Outcome, State, Urgency, public_text
from bot.texts.listings import parts
from bot.texts.needs import outcome_name, state_mark, urgency_name
from bot.texts.words import Html, Words, plain


def header(book: Book, words: Words) -> tuple[str, ...]:
    """What each column is called."""
    return tuple(plain(word) for word in HEADERS[book](words))


def cells(row: Row, words: Words) -> tuple[Cell, ...]:
    """A row in words."""
    match row:
        case NeedRow():
            return _need(row, words)
        case PersonRow():
            return _person(row, words)
        case UnreachedRow():
            return _unreached(row, words)


def _need_header(words: Words) -> tuple[Html, ...]:
    return (
        words.say("Number"),
        words.say("Kind"),
        words.say("How soon"),
        words.say("State"),
        words.say("Place"),
        words.say("Resident"),
        words.say("Helper"),
        words.say("Asked"),
        words.say("Taken"),
        words.say("Arrival"),
        words.say("Outcome"),
        words.say("Stars"),
        words.say("Request"),
        words.say("What is wrong"),
    )


def _need(row: NeedRow, words: Words) -> tuple[Cell, ...]:
    need = row.need
    return (
        need.id,
        words.home.catalogue[need.category].name(words.language),
        _urgency(need.urgency, words),
        _state(need.state, row.held, words),
        row.place,
        row.resident,
        row.helper,
        _moment(need.posted_at, words),
        _moment(need.claimed_at, words),
        _moment(need.arrives_at, words),
        None if need.outcome is None else _outcome(need.outcome, words),
        need.stars,
        public_text(need.text),
        None if need.remark is None else public_text(need.remark),
    )


def _person_header(words: Words) -> tuple[Html, ...]:
    return (
        words.say("Number"),
        words.say("Name"),
        words.say("Place"),
        words.say("State"),
        words.say("Skills"),
        words.say("Agreed"),
        words.say("Until"),
    )


def _person(row: PersonRow, words: Words) -> tuple[Cell, ...]:
    return (
        row.volunteer.id,
        row.name,
        row.place,
        plain(parts.person_state(row, words)),
        plain(words.listed(parts.skill_name(one, words) for one in row.skills)) if row.skills else None,
        _moment(row.volunteer.agreed_at, words),
        _moment(row.volunteer.renew_at, words),
    )


def _unreached_header(words: Words) -> tuple[Html, ...]:
    return (
        words.say("Name"),
        words.say("Place"),
        words.say("Not reached since"),
        words.say("Telephone"),
        words.say("Asked every day"),
        words.say("Requests running"),
    )


def _unreached(row: UnreachedRow, words: Words) -> tuple[Cell, ...]:
    cared_for = plain(words.say("yes") if row.cared_for else words.say("no"))
    # Excel must not read a telephone as a number.
    return (row.name, row.place, _moment(row.since, words), row.telephone, cared_for, row.running)


HEADERS: Mapping[Book, Callable[[Words], tuple[Html, ...]]] = {
    Book.NEEDS: _need_header,
    Book.PEOPLE: _person_header,
    Book.UNREACHED: _unreached_header,
}


# Of a hundred thousand rows each word is looked up once.
@cache
def _urgency(urgency: Urgency, words: Words) -> str:
    """Without the sign in front: a table is sorted by its words."""
    return plain(urgency_name(urgency, words)).split(" ", 1)[-1]


@cache
def _state(state: State, held: bool, words: Words) -> str:
    return plain(words.say("on hold") if held else state_mark(state, words))


@cache
def _outcome(outcome: Outcome, words: Words) -> str:
    return plain(outcome_name(outcome, words))


def _moment(at: datetime | None, words: Words) -> str | None:
    """A moment here, as programs and people read it."""
    return None if at is None else at.astimezone(words.home.timezone).strftime("%Y-%m-%d %H:%M")
