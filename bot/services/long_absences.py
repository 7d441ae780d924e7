"""The weekly list of absences that are long, or ended without a word."""

from datetime import datetime

from bot.domain.absences import LONG, MONDAY, WEEK, Absence, AbsenceList
from bot.domain.home import Home
from bot.services import telling
from bot.storage import absences
from bot.storage.database import Transaction


def weekly(tx: Transaction, home: Home, area_id: int, *, now: datetime) -> None:
    """On Mondays who is in charge reads which absences are long, and which ended without a word."""
    if now.astimezone(home.timezone).weekday() == MONDAY and listed(tx, area_id, now=now):
        telling.tell_coordinators(tx, area_id, AbsenceList(area_id), now=now)


def listed(tx: Transaction, area_id: int, *, now: datetime) -> list[Absence]:
    """Long ones (by their plan from their first day on), and those of the last week that nobody confirmed."""
    return absences.to_look_at(tx, area_id, begun_before=now - LONG, longer_than=LONG, ended_since=now - WEEK)
