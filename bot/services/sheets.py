"""The morning's sheet: to whoever is in charge of a community in which somebody is cared for, and to nobody else."""

from datetime import datetime

from bot.domain.home import Home
from bot.domain.plans import Plan, PlanState
from bot.domain.sheets import PEOPLE_AT_MOST, RoundsSheet, next_sheet
from bot.services import long_absences, telling
from bot.storage import areas, history, plans, sheets
from bot.storage.database import Transaction
from bot.storage.history import Event


def begin(tx: Transaction, home: Home, plan: Plan, *, now: datetime) -> None:
    """Somebody is cared for here: from the next morning on there is a sheet."""
    community = areas.community_of(tx, plan.area_id)
    sheets.ensure(tx, community.id if community else plan.area_id, next_sheet(now, home.timezone))


def people_of(tx: Transaction, area_id: int, page: int) -> list[Plan]:
    """Who is on this page of a place's sheet."""
    found = plans.in_areas(tx, [area_id], limit=PEOPLE_AT_MOST, offset=page * PEOPLE_AT_MOST)
    return [plan for plan in found if plan.state is PlanState.ACTIVE]


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """It is morning: the coordinators get their sheets; one that is hours late, after an outage, is as good as none lost."""
    for area_id in ids:
        sheets.postpone(tx, area_id, next_sheet(now, home.timezone))
        long_absences.weekly(tx, home, area_id, now=now)
        page = 0
        while plans.in_areas(tx, [area_id], limit=1, offset=page * PEOPLE_AT_MOST):
            if people_of(tx, area_id, page):
                told = telling.tell_coordinators(tx, area_id, RoundsSheet(area_id, page), now=now)
                history.write(tx, Event(now, None, f"sheet:{area_id}", "sent", after=str(told)))
            page += 1
