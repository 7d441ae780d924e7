"""A person's history: for the coordinator who is in charge of them, and what was shown is written down."""

from datetime import date, datetime, timedelta

from bot.domain.access import Action, require
from bot.domain.errors import ButtonInvalid, PlanGone
from bot.domain.figures import Month
from bot.domain.histories import PAGES_AT_MOST, Chapter, DayGlance, PersonHistory, Sign, sign_of
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import Plan
from bot.services import figures
from bot.storage import areas, histories, plans
from bot.storage.database import Transaction


def require_see(tx: Transaction, actor: Actor, plan_id: int) -> Plan:
    """The plan, running or ended, if this person may see the history behind it."""
    plan = plans.find(tx, plan_id)
    if plan is None:
        raise PlanGone
    require(Action.HISTORY_SEE, actor, areas.line(tx, plan.area_id))
    return plan


def opened(tx: Transaction, actor: Actor, plan_id: int, chapter: int, page: int) -> PersonHistory:
    """This page of it."""
    if chapter not in set(Chapter) or not 0 <= page <= PAGES_AT_MOST:
        raise ButtonInvalid
    require_see(tx, actor, plan_id)
    return PersonHistory(plan_id, chapter, page)


def month_back(home: Home, page: int, now: datetime) -> Month:
    """The month so many months back."""
    month = figures.this_month(home, now)
    for _ in range(page):
        month = month.before()
    return month


def glance(tx: Transaction, home: Home, person_id: int, month: Month, now: datetime) -> tuple[DayGlance, ...]:
    """The month's days so far, newest first, with a sign for each check-in, alert and absence; empty ones left out."""
    signs = _signs(tx, home, person_id, month)
    today = now.astimezone(home.timezone).date()
    days = (day for day in reversed(month.days()) if day <= today and signs.get(day))
    return tuple(DayGlance(day, tuple(signs[day])) for day in days)


def _signs(tx: Transaction, home: Home, person_id: int, month: Month) -> dict[date, list[Sign]]:
    found: dict[date, list[Sign]] = {day: [] for day in month.days()}
    asked = histories.checkins_of_days(tx, person_id, month.first(), month.after().first())
    unheard = histories.unheard(tx, [one.id for one in asked])
    for one in asked:
        found[one.day].append(sign_of(one, unheard=one.id in unheard))
    since, until = month.span(home.timezone)
    for at in histories.alert_days(tx, person_id, since, until):
        found[at.astimezone(home.timezone).date()].append(Sign.ALERT)
    for away in histories.absences_between(tx, person_id, since, until):
        first = max(away.from_at, since).astimezone(home.timezone).date()
        last = (min(away.ended_at or away.until_at, until) - timedelta(seconds=1)).astimezone(home.timezone).date()
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            found[date.fromordinal(ordinal)].append(Sign.AWAY)
    return found
