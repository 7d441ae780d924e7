"""The desk: what waits for whoever is in charge, and when they hear of it."""

from bot.domain.desks import DeskHours
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import desks
from bot.services.views import desks as views
from bot.texts import desks as texts


def desk(turn: Turn[Command]) -> Reply:
    """/desk"""
    return reply(desks.open_(turn.tx, turn.actor), afresh=True)


def again(turn: Turn[texts.OpenDesk]) -> Reply:
    """As it is now."""
    return reply(desks.open_(turn.tx, turn.actor), afresh=turn.input.afresh == 1)


def hours(turn: Turn[texts.OpenHours]) -> Reply:
    """When does news come?"""
    return reply(desks.hours(turn.tx, turn.actor), afresh=True)


def gather(turn: Turn[texts.GatherNews]) -> Reply:
    """Gathered, or each piece by itself."""
    desks.gather(turn.tx, turn.actor, turn.home, on=turn.input.on == 1, now=turn.now)
    return reply(DeskHours(turn.actor.id))


def choose_hour(turn: Turn[texts.ChooseHour]) -> Reply:
    """At this time too, or not at this time."""
    desks.choose_hour(turn.tx, turn.actor, turn.home, turn.input.minutes, now=turn.now)
    return reply(DeskHours(turn.actor.id))


CAPABILITY = Capability(
    commands={"desk": desk},
    taps={
        texts.OpenDesk: again,
        texts.OpenHours: hours,
        texts.GatherNews: gather,
        texts.ChooseHour: choose_hour,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
