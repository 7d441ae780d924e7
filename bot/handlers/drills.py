"""Drills: started, practised and stopped, one tap each."""

from bot.domain.drills import DrillChoice, DrillPeople, DrillReport
from bot.domain.errors import NotAllowed
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import drills, plans
from bot.services.views import drills as views
from bot.texts import drills as texts


def choose(turn: Turn[Command]) -> Reply:
    """/drill: the whole chain, or one volunteer, of each place where one is in charge."""
    places = dict.fromkeys(plans.in_charge_of(turn.actor))
    if not places:
        raise NotAllowed("start a drill")
    return reply(*(DrillChoice(place) for place in places))


def chain(turn: Turn[texts.StartChain]) -> Reply:
    """The whole chain, with the real minutes or a minute a rung."""
    tapped = turn.input
    quick = bool(tapped.quick)
    drill = drills.start(turn.tx, turn.actor, turn.home, tapped.area_id, person_id=None, quick=quick, now=turn.now)
    return reply(DrillReport(drill.id), afresh=True, closes=True)


def who(turn: Turn[texts.ChoosePerson]) -> Reply:
    """Who practises?"""
    drills.require_run(turn.tx, turn.actor, turn.input.area_id)
    return reply(DrillPeople(turn.input.area_id, max(0, turn.input.offset)), closes=True)


def one(turn: Turn[texts.StartOne]) -> Reply:
    """This volunteer practises."""
    tapped = turn.input
    drill = drills.start(
        turn.tx, turn.actor, turn.home, tapped.area_id, person_id=tapped.person_id, quick=False, now=turn.now
    )
    return reply(DrillReport(drill.id), afresh=True, closes=True)


def stop(turn: Turn[texts.StopDrill]) -> Reply:
    """It ends now."""
    drills.stop(turn.tx, turn.actor, turn.input.drill_id, now=turn.now)
    return reply(toast=lambda words: words.say("The practice is over."))


def show(turn: Turn[texts.ShowReport]) -> Reply:
    """The report of the last one."""
    return reply(drills.report(turn.tx, turn.actor, turn.input.drill_id), afresh=True)


def take(turn: Turn[texts.Practise]) -> Reply:
    """I'll look, in practice."""
    drills.take(turn.tx, turn.actor, turn.input.drill_id, now=turn.now)
    return reply(toast=lambda words: words.say("Practice: noted. Thank you!"))


def arrive(turn: Turn[texts.PractiseArrival]) -> Reply:
    """There in so many minutes, in practice."""
    drills.arrive(turn.tx, turn.actor, turn.input.drill_id, turn.input.minutes, now=turn.now)
    return reply(toast=lambda words: words.say("Practice: noted. Thank you!"))


def done(turn: Turn[texts.PractiseDone]) -> Reply:
    """I have done my part."""
    drills.done(turn.tx, turn.actor, turn.input.drill_id, now=turn.now)
    return reply(toast=lambda words: words.say("Practice: noted. Thank you!"))


CAPABILITY = Capability(
    commands={"drill": choose},
    taps={
        texts.StartChain: chain,
        texts.ChoosePerson: who,
        texts.StartOne: one,
        texts.StopDrill: stop,
        texts.ShowReport: show,
        texts.Practise: take,
        texts.PractiseArrival: arrive,
        texts.PractiseDone: done,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
