"""Posters: a page a building, whose code enrols whoever scans it in the right place; what is printed, what is asked before."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.notices import Notice, Priority
from bot.domain.people import Language

# So many pages make one file: more would keep a machine busy, and a telephone waiting.
PAGES_A_FILE = 200
# The chat sends so many files at once; for a whole city there is the command line.
FILES_AT_MOST = 5


@dataclass(frozen=True)
class PosterPlace:
    """A place that gets a poster: its name, the names above it, the community behind it, and its link's payload. `bot`: which of
    our bots serves it, None: whichever prints it."""

    name: str
    above: tuple[str, ...]
    community: str
    payload: str
    bot: str | None = None


@dataclass(frozen=True)
class PosterWords:
    """What one page says in one language. `steps` are three."""

    language: str
    headline: str
    about: str
    steps: tuple[str, ...]
    without: str
    link: str
    danger: str
    private: str


@dataclass(frozen=True)
class PosterPage:
    """One page: where it hangs, the link behind its code, and its words, the first language in large letters."""

    place: str
    above: str
    link: str
    words: tuple[PosterWords, ...]


@dataclass(frozen=True)
class PosterBook:
    """Posters to be printed, in words already."""

    title: str
    language: str
    pages: tuple[PosterPage, ...]


def languages_in(words: str) -> tuple[Language, ...]:
    """ "zh+en" → Chinese in large letters, English below. ValueError for anything that is no languages, or twice the same."""
    found = tuple(Language(word) for word in words.split("+"))
    if len(set(found)) != len(found):
        raise ValueError(words)
    return found


def files_of(pages: int) -> int:
    """How many files so many pages make."""
    return -(-pages // PAGES_A_FILE)


def part_of(places: Sequence[PosterPlace], part: int) -> tuple[PosterPlace, ...]:
    """The places of one file, counted from 0."""
    return tuple(places[part * PAGES_A_FILE : (part + 1) * PAGES_A_FILE])


@dataclass(frozen=True)
class PosterChoice(Notice):
    """To whoever is in charge: posters for which place, in which languages? `area_id` 0: where the reader is in charge."""

    priority = Priority.ANSWER
    area_id: int = 0
    page: int = 0


@dataclass(frozen=True)
class PosterFile(Notice):
    """To whoever is in charge: the posters of a place as a document. `languages` as in "zh+en"; `part` is counted from 0."""

    priority = Priority.ANSWER
    area_id: int
    languages: str
    part: int = 0


@dataclass(frozen=True)
class PosterChoiceView:
    """A place and those below it: (number, name). `here_id` None: the reader chooses among several of their own first.

    `pages` are how many posters the place gets.
    """

    here_id: int | None
    here: str
    pages: int
    choices: tuple[tuple[int, str], ...]
    page: int
    has_more: bool
    back_to: int | None
