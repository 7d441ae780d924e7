"""Check-ins: a press of a big key, a word, a cry for help."""

from bot.domain.alerts import Cause, HelpIsComing
from bot.domain.checkins import CallPromised, CheckInAnswer, CheckInAsked, CheckInThanked, CheckInThankedLate, Today
from bot.domain.drafts import Greeted
from bot.domain.errors import NotAllowed
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Sent, Turn, reply
from bot.services import alerts, checkins, drafts, plans
from bot.services.views import checkins as views
from bot.texts import checkins as texts


def sos(turn: Turn[Command]) -> Reply:
    """/sos: an alert at once."""
    return call_help(turn)


def cry(turn: Turn[Said]) -> Reply | None:
    """ "I need help", or a cry in one's own words: an alert at once, whoever it is, whenever it is."""
    pressed = texts.answer_of(turn.input.text, turn.home) is CheckInAnswer.HELP
    return call_help(turn) if pressed or turn.home.care_words.cries_for_help(turn.input.text) else None


def call_help(turn: Turn[Command] | Turn[Said] | Turn[Sent]) -> Reply:
    """Somebody is called at once; who has been told is said."""
    checkins.answer(turn.tx, turn.actor, turn.home, CheckInAnswer.HELP, at=turn.said_at, now=turn.now)
    alert_id = checkins.open_alert(turn.tx, turn.actor.id)
    return reply(HelpIsComing(alert_id or 0))


def answer(turn: Turn[Said]) -> Reply | None:
    """A big key, or words while a question is open."""
    pressed = texts.answer_of(turn.input.text, turn.home)
    if pressed is not None:
        return _pressed(turn, pressed)
    if not checkins.is_asked(turn.tx, turn.actor.id, at=turn.said_at):
        return None
    worried = turn.home.care_words.worries(turn.input.text)
    if worried:
        alerts.raise_alert(turn.tx, turn.home, turn.actor.id, Cause.WORRY, now=turn.now, by=turn.actor.id)
    said = checkins.answer(turn.tx, turn.actor, turn.home, CheckInAnswer.WORDS, at=turn.said_at, now=turn.now)
    drafts.write(turn.tx, turn.actor, turn.home, turn.input.text, now=turn.now)
    if worried:
        return reply(HelpIsComing(checkins.open_alert(turn.tx, turn.actor.id) or 0))
    return reply(CheckInThanked(said.id)) if said else reply(Greeted())


def _pressed(turn: Turn[Said], pressed: CheckInAnswer) -> Reply:
    late = checkins.open_alert(turn.tx, turn.actor.id) is not None
    said = checkins.answer(turn.tx, turn.actor, turn.home, pressed, at=turn.said_at, now=turn.now)
    if said is None:
        return reply(Greeted())
    if pressed is CheckInAnswer.CALL_ME:
        return reply(CallPromised(said.id))
    return reply(CheckInThankedLate(said.id) if late else CheckInThanked(said.id))


def undo(turn: Turn[texts.Undo]) -> Reply:
    """I pressed the wrong one: asked again."""
    if checkins.undo(turn.tx, turn.actor, turn.input.checkin_id, now=turn.now) is None:
        return reply(toast=lambda words: words.say("That is more than ten minutes ago. Press 🆘 if you need help."))
    return reply(CheckInAsked(turn.input.checkin_id), closes=True)


def need(turn: Turn[texts.NeedHelpWith]) -> Reply:
    """What I wrote is something that I need: the draft of it is shown."""
    draft = drafts.open_draft(turn.tx, turn.actor, now=turn.now)
    return reply() if draft is None else reply(drafts.card(draft), afresh=True)


def today(turn: Turn[Command]) -> Reply:
    """/today: the day at a glance."""
    if not plans.in_charge_of(turn.actor):
        raise NotAllowed("see the day")
    return reply(Today())


CAPABILITY = Capability(
    commands={"sos": sos, "today": today},
    taps={texts.Undo: undo, texts.NeedHelpWith: need},
    plain={Plain.SOS: cry, Plain.CHECK_IN: answer},
    views=views.VIEWS,
    cards=texts.CARDS,
)
