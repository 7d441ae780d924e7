"""The desk of whoever is in charge: opened, and when its news comes."""

from datetime import datetime

from bot.domain.desks import Desk, DeskHours
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.services import digests
from bot.services.listings.looking import places_of
from bot.storage import outbox
from bot.storage.database import Transaction


def open_(tx: Transaction, actor: Actor) -> Desk:
    """Everything that waits for this person; NotAllowed for whoever is in charge nowhere."""
    places_of(tx, actor)
    card = Desk(actor.id)
    outbox.touch(tx, card.subject)
    return card


def hours(tx: Transaction, actor: Actor) -> DeskHours:
    """When news comes."""
    places_of(tx, actor)
    return DeskHours(actor.id)


def gather(tx: Transaction, actor: Actor, home: Home, *, on: bool, now: datetime) -> None:
    """News gathered from now on, or each piece by itself again."""
    digests.switch(tx, actor, home, places_of(tx, actor)[0], on=on, now=now)
    _hours_moved(tx, actor)


def choose_hour(tx: Transaction, actor: Actor, home: Home, minutes: int, *, now: datetime) -> None:
    """One time of the day more, or one less."""
    places_of(tx, actor)
    digests.choose_hour(tx, actor, home, minutes, now=now)
    _hours_moved(tx, actor)


def _hours_moved(tx: Transaction, actor: Actor) -> None:
    outbox.touch(tx, Desk(actor.id).subject, DeskHours(actor.id).subject)
