"""The coordinator's desk in the chat: what waits, and a key for each list of it."""

from collections.abc import Callable, Mapping

from bot.domain.desks import Desk, DeskHours, DeskView, HoursView
from bot.domain.digests import HOURS
from bot.domain.listings import Book, Crew, Stand
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.deputies import AskLeave, EndLeave
from bot.texts.floods import LookAtFlood
from bot.texts.listings import OpenList
from bot.texts.message import Key, Message, Rows
from bot.texts.showings import OpenShowings
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

NAME_UNITS, PLACE_UNITS, NAMES_AT_MOST = 40, 80, 5


class OpenDesk(Button, code="dko"):
    """My desk, as it stands now; `afresh` 1: at the end of the chat."""

    afresh: int


class OpenHours(Button, code="dkh"):
    """When does news come to me?"""


class GatherNews(Button, code="dkg"):
    """1: gathered, at my hours; 0: each piece by itself."""

    on: int


class ChooseHour(Button, code="dkt"):
    """One time of the day more at which it is said, or one less."""

    minutes: int


def desk(card: Desk, view: DeskView, words: Words) -> Message:
    """What waits, in one message."""
    head = lines(
        bold(words.say("🗂 Your desk, {when}", when=words.when(view.now, view.now))),
        words.say("📍 {place}", place=words.listed(clip(one, PLACE_UNITS) for one in view.places)),
    )
    return Message(
        paragraphs(head, _calm(view, words), _away(view, words), _news(view, words)), _keys(view, words), protected=True
    )


def _calm(view: DeskView, words: Words) -> Html | None:
    """That nothing has to be done; also where something is open, for others are being asked."""
    if view.waiting:
        return None
    nothing = words.say("Nothing waits for you.")
    asked = words.say("For what is open neighbours are being asked; you hear when it takes too long.")
    return lines(nothing, asked if view.open else None)


def _away(view: DeskView, words: Words) -> Html | None:
    """Who is away: the reader, and others who are in charge."""
    until = view.away_until
    own = None if until is None else words.say("🌴 You are away until {day}.", day=words.day(until))
    others = [
        words.say("🌴 {name} is away until {day}.", name=clip(name, NAME_UNITS), day=words.day(until))
        for name, until in view.away[:NAMES_AT_MOST]
    ]
    return lines(own, *others) or None


def _news(view: DeskView, words: Words) -> Html:
    if view.hours is None:
        return words.say("News comes by itself, each piece when it happens.")
    return words.say(
        "News that can wait comes at {hours}; what is urgent comes at once.",
        hours=words.listed(map(_clock, view.hours)),
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _keys(view: DeskView, words: Words) -> Rows:
    """What waits first; the rest two a row."""
    late = words.say("🙋 Not taken {number}, {late} of them late", number=view.open, late=view.late)
    taken = late if view.late else words.say("🙋 Not taken {number}", number=view.open)
    queues = tuple(
        (Key(words.say("🌊 Waiting {number}", number=number), LookAtFlood(place, flow).code),)
        for place, flow, number in view.floods
    )
    return (
        *queues,
        (_list(Book.NEEDS, Stand.LATE if view.late else Stand.OPEN, taken),),
        (
            _list(Book.NEEDS, Stand.OVERDUE, words.say("⏳ Overdue {number}", number=view.overdue)),
            _list(Book.NEEDS, Stand.DISPUTED, words.say("⚖️ Disputes {number}", number=view.disputed)),
        ),
        (
            _list(Book.NEEDS, Stand.HELD, words.say("⏸ On hold {number}", number=view.held)),
            _list(Book.UNREACHED, "", words.say("📵 To be rung {number}", number=view.unreached)),
        ),
        (
            _list(Book.PEOPLE, Crew.APPLIED, words.say("📨 Applications {number}", number=view.applied)),
            _list(Book.PEOPLE, Crew.RENEWAL, words.say("🔁 Renewals {number}", number=view.renewals)),
        ),
        (
            _list(Book.NEEDS, Stand.RUNNING, words.say("📋 All requests")),
            _list(Book.PEOPLE, "", words.say("🎗 All volunteers")),
        ),
        (Key(words.say("👁 Who was shown contact data"), OpenShowings(0, 0, 0).code),),
        (Key(words.say("📰 When news comes"), OpenHours().code), *_leave(view, words)),
        (Key(words.say("🔄 As it is now"), OpenDesk(0).code),),
    )


def _leave(view: DeskView, words: Words) -> tuple[Key, ...]:
    if view.away_until is not None:
        return (Key(words.say("▶️ I am back"), EndLeave().code),)
    return (Key(words.say("🌴 I am away"), AskLeave().code),) if view.coordinates else ()


def _list(book: Book, stand: str, label: Html) -> Key:
    return Key(label, OpenList(book.value, str(stand)).code)


def hours(card: DeskHours, view: HoursView, words: Words) -> Message:
    """By itself or gathered, and when."""
    head = bold(words.say("📰 When does news come to you?"))
    urgent = words.say("What is needed right now or today, disputes, and alerts come at once in any case.")
    by_itself = Key(words.say("📨 Each piece by itself"), GatherNews(0).code)
    gathered = Key(words.say("📰 Gathered, at my hours"), GatherNews(1).code)
    back = (Key(words.say("← My desk"), OpenDesk(1).code),)
    if view.hours is None:
        return Message(lines(head, words.say("Now: each piece when it happens."), urgent), ((gathered,), back))
    now = words.say("Now: gathered, at {hours}.", hours=words.listed(map(_clock, view.hours)))
    times = [Key(_ticked(minutes, view.hours), ChooseHour(minutes).code) for minutes in HOURS]
    rows = tuple(tuple(times[at : at + 3]) for at in range(0, len(times), 3))
    return Message(lines(head, now, urgent), (*rows, (by_itself,), back))


def _ticked(minutes: int, chosen: tuple[int, ...]) -> str:
    return f"{'✅ ' if minutes in chosen else ''}{_clock(minutes)}"


CARDS: Mapping[type[Notice], Callable[..., Message]] = {Desk: desk, DeskHours: hours}
