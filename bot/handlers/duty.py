"""Duty: who answers alerts now; coordinators plan it."""

from bot.domain.duty import DutyHelpers, DutyList
from bot.domain.errors import ButtonInvalid, NotAllowed
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import duty
from bot.services.views import duty as views
from bot.texts import duty as texts

MINUTES_OF_A_DAY = 24 * 60


def rota(turn: Turn[Command]) -> Reply:
    """/duty: the rota of each place where one helps or is in charge."""
    places = duty.places_of(turn.actor)
    if not places:
        raise NotAllowed("see the duty rota")
    return reply(*(DutyList(place) for place in places))


def choose(turn: Turn[texts.ChooseHelper]) -> Reply:
    """Who could be on duty?"""
    duty.require_plan(turn.tx, turn.actor, turn.input.area_id)
    return reply(DutyHelpers(turn.input.area_id))


def give(turn: Turn[texts.Give]) -> Reply:
    """On duty from now on."""
    tapped = turn.input
    if not (0 <= tapped.starts < MINUTES_OF_A_DAY and 0 <= tapped.ends < MINUTES_OF_A_DAY):
        raise ButtonInvalid
    duty.give(
        turn.tx, turn.actor, tapped.area_id, tapped.person_id, starts=tapped.starts, ends=tapped.ends, now=turn.now
    )
    return reply(DutyList(tapped.area_id), toast=lambda words: words.say("Noted. They are told."), closes=True)


def end(turn: Turn[texts.EndShift]) -> Reply:
    """This shift ends."""
    area_id = duty.end(turn.tx, turn.actor, turn.input.shift_id, now=turn.now)
    if area_id is None:
        raise ButtonInvalid
    return reply(DutyList(area_id), toast=lambda words: words.say("Ended."), closes=True)


CAPABILITY = Capability(
    commands={"duty": rota},
    taps={texts.ChooseHelper: choose, texts.Give: give, texts.EndShift: end},
    views=views.VIEWS,
    cards=texts.CARDS,
)
