"""Care plans as a table: a coordinator sends one to the bot, and gets one from it."""

from bot.domain.rosters import AskRoster
from bot.handlers.turn import Capability, Filed, Plain, Reply, Said, Turn, reply
from bot.services import enrolments, people, rosters
from bot.services.views import rosters as views
from bot.texts import rosters as texts

ROSTER = "roster-of"


def ask(turn: Turn[texts.SendRoster]) -> Reply:
    """Please send the table."""
    enrolments.require_place(turn.tx, turn.actor, turn.input.area_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{ROSTER}:{turn.input.area_id}", now=turn.now)
    return reply(AskRoster(turn.input.area_id))


def export(turn: Turn[texts.ExportRoster]) -> Reply:
    """The table as it stands."""
    return reply(rosters.order(turn.tx, turn.actor, turn.input.area_id, now=turn.now))


def sent(turn: Turn[Filed]) -> Reply | None:
    """Here it is."""
    question, _, number = (turn.question or "").partition(":")
    if question != ROSTER:
        return None
    file = turn.input
    outcome = rosters.receive(
        turn.tx, turn.actor, turn.home, int(number), file_id=file.file_id, size=file.size, now=turn.now
    )
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(outcome)


def written(turn: Turn[Said]) -> Reply | None:
    """Words instead of a table: it is asked for once more."""
    question, _, number = (turn.question or "").partition(":")
    return reply(AskRoster(int(number))) if question == ROSTER else None


CAPABILITY = Capability(
    commands={},
    taps={texts.SendRoster: ask, texts.ExportRoster: export},
    plain={Plain.ANSWER: written},
    files={Plain.ANSWER: sent},
    views=views.VIEWS,
    cards=texts.CARDS,
)
