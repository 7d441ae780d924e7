"""How visitors are announced: asked once of both sides, changed by either at any time."""

from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.home import Home
from bot.domain.media import Media, Sent, subject_of
from bot.domain.notices import Priority
from bot.domain.people import Actor
from bot.domain.visitors import FACE, FaceAsked, Wish, WishAsked, check_photo
from bot.services import people, telling
from bot.storage import history, media, persons, visitors
from bot.storage.database import Transaction
from bot.storage.history import Event

QUESTION = "face"


# --- whoever is visited ---


def ask_wish(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """Whoever is visited for the first time is asked what they wish to know beforehand."""
    if persons.chat_of(tx, person_id) is not None and visitors.first_asked(tx, person_id, now):
        # After the announcement itself, which does not wait for an answer.
        telling.tell(tx, person_id, WishAsked(), now=now, priority=Priority.REST)


def wish(tx: Transaction, actor: Actor, chosen: Wish, *, now: datetime) -> None:
    """This is what they are told from now on."""
    require(Action.VISIT_WISH, actor, (), {Relation.SELF})
    visitors.wish(tx, actor.id, chosen, now)
    history.write(tx, Event(now, actor.id, f"person:{actor.id}", "visits announced", after=chosen.value))


# --- whoever visits ---


def ask_face(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """Whoever knocks for the first time is asked whether their photo may be shown beforehand."""
    if persons.chat_of(tx, person_id) is not None and visitors.first_face(tx, person_id, now):
        telling.tell(tx, person_id, FaceAsked(), now=now)


def await_face(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> None:
    """The next photo of this person is the one that is shown."""
    _require_helper(actor)
    people.ask(tx, actor, home, QUESTION, now=now)


def keep_face(tx: Transaction, actor: Actor, home: Home, sent: Sent, *, at: datetime, now: datetime) -> None:
    """This photo is shown to those whom they visit and who wish it; the one before is forgotten. PhotoNotSo."""
    _require_helper(actor)
    check_photo(sent)
    media.forget(tx, subject_of(FACE, actor.id))
    media.keep(tx, Media(0, home.bot_id, actor.id, sent.kind, sent.file_id, subject_of(FACE, actor.id), at))
    visitors.give_face(tx, actor.id, now, given=True)
    history.write(tx, Event(now, actor.id, f"person:{actor.id}", "photo given"))
    people.ask(tx, actor, home, None, now=now)


def take_back(tx: Transaction, actor: Actor, *, now: datetime) -> None:
    """Their photo is forgotten, and shown to nobody; doing it twice changes nothing."""
    require(Action.VISIT_WISH, actor, (), {Relation.SELF})
    if media.forget(tx, subject_of(FACE, actor.id)):
        history.write(tx, Event(now, actor.id, f"person:{actor.id}", "photo taken back"))
    visitors.give_face(tx, actor.id, now, given=False)


def face_of(tx: Transaction, person_id: int) -> Media | None:
    """The photo that may be shown of somebody; None: none is given."""
    return media.newest(tx, subject_of(FACE, person_id)) if visitors.face_given(tx, person_id) else None


def _require_helper(actor: Actor) -> None:
    require(Action.FACE_GIVE, actor, [grant.area_id for grant in actor.grants])
