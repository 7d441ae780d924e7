"""Check-ins: a press of a big key, a word, a cry for help."""

from typing import Any

from bot.domain.alerts import Cause, HelpIsComing
from bot.domain.checkins import (
    CallPromised,
    CheckIn,
    CheckInAnswer,
    CheckInAsked,
    CheckInThanked,
    CheckInThankedLate,
    Today,
)
from bot.domain.drafts import Greeted
from bot.domain.errors import NotAllowed
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Sent, Turn, reply
from bot.services import alerts, checkins, drafts, plans, remarks, wellbeing
from bot.services.views import checkins as views
from bot.texts import checkins as texts
from bot.texts.wellbeing import NeedHelpWith


def sos(turn: Turn[Command]) -> Reply:
    """/sos: an alert at once."""
    return call_help(turn, turn.input.rest)


def cry(turn: Turn[Said]) -> Reply | None:
    """ "I need help", or a cry in one's own words: an alert at once, whoever it is, whenever it is."""
    pressed = texts.answer_of(turn.input.text, turn.home) is CheckInAnswer.HELP
    # A key of a telephone that served several names somebody: "🆘 Zhang needs help".
    cries = turn.input.text.startswith("🆘") or turn.home.care_words.cries_for_help(turn.input.text)
    if not pressed and not cries:
        return None
    return call_help(turn, "" if pressed else turn.input.text)


def call_help(turn: Turn[Command] | Turn[Said] | Turn[Sent], words: str) -> Reply:
    """Somebody is called at once, and gets these words; who has been told is said."""
    checkins.answer(turn.tx, turn.actor, turn.home, CheckInAnswer.HELP, at=turn.said_at, now=turn.now)
    return called(turn, words)


def called(turn: Turn[Command] | Turn[Said] | Turn[Sent], words: str) -> Reply:
    """Somebody is called: they get these words, and whoever's door is not known is asked where they are."""
    remarks.said(turn.tx, turn.actor.id, words, now=turn.now)
    remarks.ask_where(turn.tx, turn.actor, turn.home, now=turn.now)
    return reply(HelpIsComing(checkins.open_alert(turn.tx, turn.actor.id) or 0))


def answer(turn: Turn[Said]) -> Reply | None:
    """A big key, or words while a question is open; a worrying word of somebody cared for, at any time."""
    pressed = texts.answer_of(turn.input.text, turn.home)
    if pressed is not None:
        return press(turn, pressed)
    worried = turn.home.care_words.worries(turn.input.text)
    asked = checkins.is_asked(turn.tx, turn.actor.id, at=turn.said_at)
    if not asked and not alarming(turn, turn.input.text):
        return None
    if worried:
        alerts.raise_alert(turn.tx, turn.home, turn.actor.id, Cause.WORRY, now=turn.now, by=turn.actor.id)
    # Not asked: it answers nothing, and what is written may be a need as well, so its draft is kept.
    said = asked and checkins.answer(turn.tx, turn.actor, turn.home, CheckInAnswer.WORDS, at=turn.said_at, now=turn.now)
    drafts.write(turn.tx, turn.actor, turn.home, turn.input.text, now=turn.now)
    if worried:
        return called(turn, turn.input.text)
    return _thanked(turn, said) if said else reply(Greeted())


def alarming(turn: Turn[Any], text: str) -> bool:
    """Whether somebody who is cared for writes, without being asked, what somebody must look after."""
    words = turn.home.care_words
    # Most messages hold no word of worry: what they ask for need not be looked for here.
    alarms = words.worries(text) and words.alarms(text, is_need=turn.home.catalogue.asks(text))
    return alarms and checkins.cares_for(turn.tx, turn.actor.id)


def press(turn: Turn[Said], pressed: CheckInAnswer) -> Reply:
    """A big key, pressed by whom it is about."""
    late = checkins.is_late(turn.tx, turn.actor.id, at=turn.said_at)
    said = checkins.answer(turn.tx, turn.actor, turn.home, pressed, at=turn.said_at, now=turn.now)
    if said is None:
        return reply(Greeted())
    if pressed is CheckInAnswer.CALL_ME:
        return reply(CallPromised(said.id))
    return reply(CheckInThankedLate(said.id)) if late else _thanked(turn, said)


def _thanked(turn: Turn[Said], said: CheckIn) -> Reply:
    """Thank you; some mornings one small question more."""
    return reply(CheckInThanked(said.id), *wellbeing.ask_after(turn.tx, said, now=turn.now))


def undo(turn: Turn[texts.Undo]) -> Reply:
    """I pressed the wrong one: asked again."""
    if checkins.undo(turn.tx, turn.actor, turn.input.checkin_id, now=turn.now) is None:
        return reply(toast=lambda words: words.say("That is more than ten minutes ago. Press 🆘 if you need help."))
    return reply(CheckInAsked(turn.input.checkin_id), closes=True)


def need(turn: Turn[NeedHelpWith]) -> Reply:
    """What I wrote is something that I need: the draft of it is shown."""
    draft = drafts.open_draft(turn.tx, turn.actor, now=turn.now)
    return reply() if draft is None else reply(drafts.card(draft), afresh=True)


def today(turn: Turn[Command]) -> Reply:
    """/today: the day at a glance."""
    places = dict.fromkeys(plans.in_charge_of(turn.actor))
    if not places:
        raise NotAllowed("see the day")
    return reply(*(Today(place) for place in places), afresh=True)


CAPABILITY = Capability(
    commands={"sos": sos, "today": today},
    taps={texts.Undo: undo, NeedHelpWith: need},
    plain={Plain.SOS: cry, Plain.CHECK_IN: answer},
    views=views.VIEWS,
    cards=texts.CARDS,
)
