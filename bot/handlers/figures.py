"""Figures: what a month came to, to read, to look at, to work on."""

from bot.domain.errors import NotAllowed
from bot.domain.figures import MonthFigures
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import figures, plans
from bot.services.views import figures as views
from bot.texts import figures as texts


def month(turn: Turn[Command]) -> Reply:
    """/month: this month, of each place where one is in charge."""
    places = dict.fromkeys(plans.in_charge_of(turn.actor))
    if not places:
        raise NotAllowed("see the month")
    number = figures.this_month(turn.home, turn.now).number
    return reply(*(MonthFigures(place, number) for place in places), afresh=True)


def other(turn: Turn[texts.OtherMonth]) -> Reply:
    """Another month, in the same message."""
    return reply(_opened(turn))


def place(turn: Turn[texts.OtherPlace]) -> Reply:
    """The month of another place, where it is read: at the end of the chat."""
    return reply(_opened(turn), afresh=True)


def _opened(turn: Turn[texts.OtherMonth] | Turn[texts.OtherPlace]) -> MonthFigures:
    figures.require_see(turn.tx, turn.actor, turn.input.area_id)
    shown = figures.month_of(turn.input.month, turn.home, turn.now)
    return MonthFigures(turn.input.area_id, shown.number)


def picture(turn: Turn[texts.MonthAsPicture]) -> Reply:
    """The month as a picture."""
    place = (turn.input.area_id, turn.input.month)
    made = figures.picture(turn.tx, turn.actor, turn.home, *place, now=turn.now)
    return reply(*made, toast=lambda words: words.say("It comes in a moment."))


def workbook(turn: Turn[texts.MonthAsWorkbook]) -> Reply:
    """The month as a workbook."""
    place = (turn.input.area_id, turn.input.month)
    made = figures.workbook(turn.tx, turn.actor, turn.home, *place, now=turn.now)
    return reply(*made, toast=lambda words: words.say("It comes in a moment."))


def tables(turn: Turn[texts.MonthAsTables]) -> Reply:
    """The month as plain tables."""
    place = (turn.input.area_id, turn.input.month)
    made = figures.tables(turn.tx, turn.actor, turn.home, *place, now=turn.now)
    return reply(*made, toast=lambda words: words.say("They come in a moment."))


CAPABILITY = Capability(
    commands={"month": month},
    taps={
        texts.OtherMonth: other,
        texts.OtherPlace: place,
        texts.MonthAsPicture: picture,
        texts.MonthAsWorkbook: workbook,
        texts.MonthAsTables: tables,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
