"""Notices get their words: what a letter speaks of is read as it stands now, and worded in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.errors import DomainError
from bot.domain.home import Home
from bot.domain.notices import CardMoved, Notice, QuestionClosed
from bot.domain.people import Language
from bot.sending import Blank
from bot.services import groups, telephones, topics, undelivered
from bot.services.parcels import NotHereYet
from bot.services.views.look import Look
from bot.services.views.topics import thread_of
from bot.settling import Awaited
from bot.storage import persons
from bot.storage.database import Transaction
from bot.storage.outbox import Letter
from bot.texts import common
from bot.texts.message import Menu, Message
from bot.texts.telephones import named
from bot.texts.words import Words

View = Callable[..., object]
CardText = Callable[..., Message | Menu]


@dataclass(frozen=True)
class Sight:
    """What a text needs. `view` is whatever the notice's view function read."""

    notice: Notice
    view: object
    language: Language
    # For whom it is, where one chat reaches several; None: there is no doubt.
    addressed: str | None = None
    # In which topic of a group; 0: General, or none at all.
    thread: int = 0


class Speech:
    """The voice of one bot: `views` read, `cards` word."""

    def __init__(
        self, home: Home, clock: Clock, views: Mapping[type[Notice], View], cards: Mapping[type[Notice], CardText]
    ) -> None:
        self._home, self._clock = home, clock
        self._views = {kind: _of(views, kind) for kind in Notice.known.values()}
        self._cards = {**cards, **common.CARDS}
        self._words = {language: Words(language, home) for language in Language}

    def look(self, tx: Transaction, letter: Letter) -> Sight | Awaited | None:
        """Read what the letter speaks of, as it stands now; None when that is gone, `Awaited` while a file is on its way."""
        if letter.person_id is not None and not persons.hears(
            tx, letter.person_id, letter.bot_id, letter.chat_id, letter.id
        ):
            return None
        look = Look(self._home, letter.person_id, letter.message_id, self._clock.now())
        read = self._views.get(type(letter.notice))
        try:
            view = None if read is None else read(tx, letter.notice, look)
            language = self._home.language if letter.person_id is None else persons.language_of(tx, letter.person_id)
        except NotHereYet:
            return Awaited()
        except (LookupError, DomainError):
            return None
        addressed = telephones.addressed(tx, letter.bot_id, letter.chat_id, letter.person_id)
        return Sight(letter.notice, view, language, addressed, thread_of(tx, letter))

    def words(self, sight: object) -> Message | Menu | Blank | None:
        """The words, in the reader's language; None: there is nothing to say any more."""
        if not isinstance(sight, Sight):
            return None
        words = self._words[sight.language]
        if isinstance(sight.notice, CardMoved):
            return Blank(sight.notice.message_id, common.moved(words))
        if isinstance(sight.notice, QuestionClosed):
            return Blank(sight.notice.message_id, common.closed(words))
        message = self._cards[type(sight.notice)](sight.notice, sight.view, words)
        if not isinstance(message, Message):
            return message
        if sight.thread:
            message = replace(message, thread=sight.thread)
        return message if sight.addressed is None else named(message, sight.addressed, words)

    def accepted(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """Telegram has taken something that concerns life."""
        undelivered.accepted(tx, letter, now=now)

    def undeliverable(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """Telegram refused it for good."""
        undelivered.undeliverable(tx, self._home, letter, now=now)

    def defect(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """Our own mistake kept back something urgent."""
        undelivered.defect(tx, letter, now=now)

    def closed(self, tx: Transaction, letter: Letter, thread: int, now: datetime) -> None:
        """A topic of a group takes nothing any more, or may not be made."""
        topics.refused(tx, self._home, letter, thread, now=now)

    def migrated(self, tx: Transaction, old: int, new: int) -> None:
        """A group became a supergroup."""
        groups.migrated(tx, self._home, old, new)


def _of(views: Mapping[type[Notice], View], kind: type[Notice]) -> View | None:
    return next((views[base] for base in kind.__mro__ if base in views), None)
