"""Posters in words: the page that hangs at the door, and what is asked before it is printed."""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.posters import (
    FILES_AT_MOST,
    PosterBook,
    PosterChoice,
    PosterChoiceView,
    PosterFile,
    PosterPage,
    PosterPlace,
    PosterWords,
    files_of,
    languages_in,
)
from bot.texts.buttons import Button
from bot.texts.message import Document, Key, Message, Rows
from bot.texts.words import NAMES, Words, bold, lines, plain

APP = "Telegram"


class Posters(Button, code="zo"):
    """Posters for this place (0: where I am in charge), its parts from this page on. `on` 1: from one question to the next."""

    area_id: int
    page: int
    on: int


class PrintPosters(Button, code="zp"):
    """Print them, in these languages ("zh+en")."""

    area_id: int
    languages: str


def choice(notice: PosterChoice, view: PosterChoiceView, words: Words) -> Message:
    """How many pages, in which languages; or only a part of the place."""
    parts: Rows = tuple((Key(name, Posters(number, 0, 1).code),) for number, name in view.choices)
    more: Rows = (
        ((Key(words.say("More ↓"), Posters(view.here_id or 0, view.page + 1, 1).code),),) if view.has_more else ()
    )
    if view.here_id is None:
        return Message(bold(words.say("Posters for which place?")), (*parts, *more))
    back: Rows = () if view.back_to is None else ((Key(words.say("← Back"), Posters(view.back_to, 0, 1).code),),)
    too_many = files_of(view.pages) > FILES_AT_MOST
    prints = () if too_many else _languages(view.here_id, words)
    asked = lines(
        bold(words.say("🖨 Posters for {place}", place=view.here)),
        words.count(
            "{number} page. Whoever scans its code is enrolled there.",
            "{number} pages, one for each building. Whoever scans a code is enrolled in that building.",
            view.pages,
        ),
        words.say("That is too much for one chat: please choose a smaller place.") if too_many else None,
    )
    return Message(asked, (*prints, *parts, *more, *back))


def _languages(area_id: int, words: Words) -> Rows:
    """The language of the place in large letters with the other one below, or one alone."""
    first = words.home.language
    both = (first, *(one for one in Language if one is not first))
    named = " + ".join(NAMES[one] for one in both)
    whole = Key(words.say("🖨 {languages}", languages=named), PrintPosters(area_id, "+".join(both)).code)
    single = tuple(Key(NAMES[one], PrintPosters(area_id, one.value).code) for one in both)
    return (whole,), single


def printed(notice: PosterFile, view: tuple[PosterPlace, ...], words: Words) -> Document:
    """The file, with what to do with it."""
    caption = words.count(
        "🖨 {number} poster. Please print it and put it up at the door.",
        "🖨 {number} posters. Please print them and put each up at its own door.",
        len(view),
    )
    book_ = book(view, languages_in(notice.languages), words.home)
    return Document(caption, name=f"posters-{notice.area_id}-{notice.part + 1}.pdf", paper=book_)


def book(places: Iterable[PosterPlace], languages: tuple[Language, ...], home: Home) -> PosterBook:
    """A page for each place, in these languages, the first in large letters."""
    spoken = [Words(language, home) for language in languages]
    pages = tuple(_page(place, spoken) for place in places)
    return PosterBook(plain(spoken[0].say("Posters")), languages[0].value, pages)


def _page(place: PosterPlace, spoken: list[Words]) -> PosterPage:
    link = spoken[0].home.link(place.payload, place.bot)
    said = tuple(_words(place, words) for words in spoken)
    return PosterPage(place.name, " ".join(place.above), link, said)


def _words(place: PosterPlace, words: Words) -> PosterWords:
    """What a neighbour reads who passes by."""
    steps = (
        words.say("Scan the code with your telephone, open it in {app} and press Start.", app=APP),
        words.say("Write in one message what you need."),
        words.say("A neighbour takes it on, and you hear who comes."),
    )
    # Two numbers that belong together stay in one line.
    numbers = words.home.emergency_numbers.replace(" ", "\u00a0")
    return PosterWords(
        language=words.language.value,
        headline=plain(words.say("Need a hand? Just say so.")),
        about=plain(
            words.say(
                "Neighbours help neighbours: with errands, medicine, repairs, company. Run by {community} and its "
                "volunteers.",
                community=place.community,
            )
        ),
        steps=tuple(plain(step) for step in steps),
        without=plain(words.say("No {app}? A neighbour or the community office can write for you.", app=APP)),
        link=plain(words.say("Or open this link:")),
        danger=plain(words.say("This is not an emergency service. In danger ring {numbers}.", numbers=numbers)),
        private=plain(
            words.say(
                "Your door and telephone are kept encrypted. Only the neighbour who comes sees them, and only until it is "
                "done. You can have everything that is known of you erased."
            )
        ),
    )


CARDS: Mapping[type[Notice], Callable[..., Message]] = {PosterChoice: choice, PosterFile: printed}
