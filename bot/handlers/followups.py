"""Looking again on a later day: which, and that it is done."""

from typing import Any

from bot.domain.followups import FollowUpCard, FollowUpDayAsked, FollowUpNoteAsked, day_after, day_in
from bot.domain.remarks import ADD_WITHIN
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import followups, people, telling
from bot.services.views import followups as views
from bot.texts import followups as texts
from bot.texts.alerts.buttons import AskFollowUp

DAY, NOTE = "followup-day", "followup-note"


def ask(turn: Turn[AskFollowUp]) -> Reply:
    """Somebody shall look again: when?"""
    return reply(followups.ask(turn.tx, turn.actor, turn.input.alert_id))


def choose(turn: Turn[texts.FollowUpIn]) -> Reply:
    """In so many days."""
    day = day_after(turn.now, turn.input.days, turn.home.timezone)
    made = followups.plan(turn.tx, turn.actor, turn.home, turn.input.alert_id, day, now=turn.now)
    return reply(made, toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def ask_day(turn: Turn[texts.FollowUpOtherDay]) -> Reply:
    """On another day: please write it."""
    number = followups.require_may(turn.tx, turn.actor, turn.input.alert_id).id
    people.ask(turn.tx, turn.actor, turn.home, f"{DAY}:{number}", now=turn.now)
    return reply(FollowUpDayAsked(number), closes=True)


def done(turn: Turn[texts.FollowUpDone]) -> Reply:
    """I have looked; what did you find?"""
    number = followups.done(turn.tx, turn.actor, turn.input.follow_up_id, now=turn.now).id
    until = int((turn.now + ADD_WITHIN).timestamp())
    people.ask(turn.tx, turn.actor, turn.home, f"{NOTE}:{number}:{until}", now=turn.now)
    return reply(FollowUpNoteAsked(number), toast=lambda words: words.say("Noted. Thank you!"))


def show_address(turn: Turn[texts.FollowUpAddress]) -> Reply:
    """The address appears on the very message that was tapped."""
    number = followups.require_waits(turn.tx, turn.actor, turn.input.follow_up_id).id
    draw_here(turn, number)
    return reply()


def draw_here(turn: Turn[Any], number: int) -> None:
    """The card appears on the tapped message, where its address can be blanked for certain."""
    if turn.message_id is not None:
        telling.draw_here(
            turn.tx,
            FollowUpCard(number),
            turn.message_id,
            bot_id=turn.home.bot_id,
            chat_id=turn.chat.id,
            person_id=turn.actor.id,
            now=turn.now,
        )


def written(turn: Turn[Said]) -> Reply | None:
    """A day, or what was found."""
    question, _, number = (turn.question or "").partition(":")
    if question == DAY:
        day = day_in(turn.input.text, turn.now, turn.home.timezone)
        made = followups.plan(turn.tx, turn.actor, turn.home, int(number), day, now=turn.now)
        people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
        return reply(made)
    number, _, until = number.partition(":")
    if question != NOTE or turn.said_at.timestamp() > int(until):
        return None
    followups.note(turn.tx, turn.actor, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(FollowUpCard(int(number)), afresh=True)


CAPABILITY = Capability(
    commands={},
    taps={
        AskFollowUp: ask,
        texts.FollowUpIn: choose,
        texts.FollowUpOtherDay: ask_day,
        texts.FollowUpDone: done,
        texts.FollowUpAddress: show_address,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
