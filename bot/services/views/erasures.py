"""What somebody would lose, and what stands in the way."""

from collections.abc import Callable, Mapping

from bot.domain.erasures import CareLeft, ErasureView, ForgetAsked, ForgetAskedAgain, ForgetRefused, HelperLeft
from bot.domain.errors import PlanGone
from bot.domain.notices import Notice
from bot.services import erasures
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import persons, plans
from bot.storage.database import Transaction


def mine(tx: Transaction, notice: Notice, look: Look) -> ErasureView:
    """Of the reader themselves."""
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return erasures.view(tx, look.person_id, now=look.now)


def place(tx: Transaction, notice: CareLeft, look: Look) -> str:
    """Where somebody was cared for."""
    return place_name(tx, notice.area_id)


def cared_for(tx: Transaction, notice: HelperLeft, look: Look) -> str:
    """Whose plan has lost somebody."""
    plan = plans.see(tx, notice.plan_id)
    if plan is None:
        raise PlanGone
    return persons.get(tx, plan.person_id).name


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    ForgetAsked: mine,
    ForgetAskedAgain: mine,
    ForgetRefused: mine,
    CareLeft: place,
    HelperLeft: cared_for,
}
