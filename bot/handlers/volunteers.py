"""Volunteers: applying step by step, agreeing, deciding with a reason, going on, stopping."""

from bot.domain.errors import ButtonInvalid
from bot.domain.volunteers import ApplicantCard, Step, VolunteerCard, VolunteersList
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import volunteers
from bot.services.views import volunteers as views
from bot.texts import volunteers as texts


def volunteer(turn: Turn[Command]) -> Reply:
    """/volunteer: I would like to help; or, how it stands."""
    return reply(*volunteers.mine(turn.tx, turn.actor), afresh=True)


def begin(turn: Turn[texts.HelpHere]) -> Reply:
    """I would like to help here."""
    return reply(volunteers.begin(turn.tx, turn.actor, turn.input.area_id, now=turn.now), closes=True)


def choose(turn: Turn[texts.Choose]) -> Reply:
    """One more answer, or one less."""
    step = _step(turn.input.step)
    volunteers.toggle(turn.tx, turn.actor, turn.home, turn.input.volunteer_id, step, turn.input.what, now=turn.now)
    return reply()


def go_on(turn: Turn[texts.Next]) -> Reply:
    """The next question."""
    step = _step(turn.input.step)
    volunteers.next_step(
        turn.tx, turn.actor, turn.home, turn.input.volunteer_id, step, now=turn.now, adult=turn.input.adult == 1
    )
    return reply()


def _step(words: str) -> Step:
    if words not in set(Step):
        raise ButtonInvalid
    return Step(words)


def written(turn: Turn[Said]) -> Reply | None:
    """Who vouches, whose parents agree; or why somebody is declined or suspended."""
    about = volunteers.waits_for(turn.question, volunteers.ANSWER)
    if about is not None:
        card = volunteers.write(turn.tx, turn.actor, turn.home, about[0], turn.input.text, now=turn.now)
        return reply(card, afresh=True)
    why = volunteers.waits_for(turn.question, volunteers.REASON)
    if why is None:
        return None
    decided = volunteers.decide(turn.tx, turn.actor, turn.home, why[0], why[1], turn.input.text, now=turn.now)
    return reply(decided, afresh=True)


def agree(turn: Turn[texts.Agree]) -> Reply:
    """I have read the rules and agree."""
    number, version = turn.input.volunteer_id, turn.input.version
    volunteers.agree(turn.tx, turn.actor, turn.home, number, version, now=turn.now)
    return reply(VolunteerCard(number), afresh=True, closes=True, toast=lambda words: words.say("Noted. Thank you!"))


def approve(turn: Turn[texts.Approve]) -> Reply:
    """They may help."""
    volunteers.approve(turn.tx, turn.actor, turn.input.volunteer_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def decline(turn: Turn[texts.Decline]) -> Reply:
    """Not now: why?"""
    number = turn.input.volunteer_id
    return reply(volunteers.ask_reason(turn.tx, turn.actor, turn.home, number, "decline", now=turn.now))


def suspend(turn: Turn[texts.Suspend]) -> Reply:
    """Nothing for now: why?"""
    number = turn.input.volunteer_id
    return reply(volunteers.ask_reason(turn.tx, turn.actor, turn.home, number, "suspend", now=turn.now))


def resume(turn: Turn[texts.Resume]) -> Reply:
    """They may help again."""
    volunteers.resume(turn.tx, turn.actor, turn.input.volunteer_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def retire(turn: Turn[texts.Retire]) -> Reply:
    """They stop."""
    volunteers.retire(turn.tx, turn.actor, turn.home, turn.input.volunteer_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def listed(turn: Turn[Command]) -> Reply:
    """/volunteers: who applies, who helps."""
    return reply(volunteers.listed(turn.actor))


def more(turn: Turn[texts.MoreVolunteers]) -> Reply:
    """The list's next page."""
    volunteers.listed(turn.actor)
    return reply(VolunteersList(max(0, turn.input.offset)))


def show(turn: Turn[texts.ShowVolunteer]) -> Reply:
    """One of them."""
    found = volunteers.require_see(turn.tx, turn.actor, turn.input.volunteer_id)
    return reply(ApplicantCard(found.id), afresh=True)


CAPABILITY = Capability(
    commands={"volunteer": volunteer, "volunteers": listed},
    taps={
        texts.HelpHere: begin,
        texts.Choose: choose,
        texts.Next: go_on,
        texts.Agree: agree,
        texts.Approve: approve,
        texts.Decline: decline,
        texts.Suspend: suspend,
        texts.Resume: resume,
        texts.Retire: retire,
        texts.MoreVolunteers: more,
        texts.ShowVolunteer: show,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
