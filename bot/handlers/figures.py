"""Figures: what a month came to."""

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
    return reply(*(MonthFigures(place, number) for place in places))


def other(turn: Turn[texts.OtherMonth]) -> Reply:
    """Another month."""
    figures.require_see(turn.tx, turn.actor, turn.input.area_id)
    shown = figures.month_of(turn.input.month, turn.home, turn.now)
    return reply(MonthFigures(turn.input.area_id, shown.number), closes=True)


CAPABILITY = Capability(commands={"month": month}, taps={texts.OtherMonth: other}, views=views.VIEWS, cards=texts.CARDS)
