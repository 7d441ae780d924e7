"""What a month came to, counted for whoever is in charge."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.errors import ButtonInvalid
from bot.domain.figures import ILL_OR_INJURED, MONTHS_BACK, Figures, Month, spread
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.storage import areas, drills, figures, watches
from bot.storage.database import Transaction


def require_see(tx: Transaction, actor: Actor, area_id: int) -> None:
    """NotAllowed unless this person is in charge of the place."""
    require(Action.TODAY_SEE, actor, areas.line(tx, area_id))


def this_month(home: Home, now: datetime) -> Month:
    """The month here and now."""
    local = now.astimezone(home.timezone)
    return Month(local.year, local.month)


def month_of(number: int, home: Home, now: datetime) -> Month:
    """The month behind 202611; ButtonInvalid for one that is to come, or longer ago than two years."""
    year, month = divmod(number, 100)
    reached = this_month(home, now)
    if not 1 <= month <= 12 or not 0 <= (reached.year - year) * 12 + reached.month - month <= MONTHS_BACK:
        raise ButtonInvalid
    return Month(year, month)


def count(tx: Transaction, home: Home, area_id: int, month: Month, *, now: datetime) -> Figures:
    """The month's figures of a place and all below it."""
    since, until = month.span(home.timezone)
    first, last = month.first().isoformat(), month.after().first().isoformat()
    asked = figures.checkins(tx, area_id, first, last)
    raised = figures.alerts(tx, area_id, since, until)
    visits = figures.visits(tx, area_id, first, last)
    told = [one for one in raised if one["told"]]
    return Figures(
        on_time=asked.get("on_time", 0),
        late=asked.get("late", 0),
        missed=asked.get("missed", 0),
        not_asked=asked.get("not_asked", 0),
        alerts=len(raised),
        activations=len(told),
        ill_or_injured=sum(one["outcome"] in ILL_OR_INJURED for one in told),
        to_human=spread(_spans(raised, "taken_at")),
        to_outcome=spread(_spans(raised, "ended_at")),
        outcomes=_most(raised, "outcome"),
        reasons=_most(raised, "reason"),
        knocked=visits.get("knock", 0),
        rung=visits.get("call", 0),
        duty_hours=round(sum(spent for _, spent in watches.duty_hours(tx, area_id, since, min(until, now))) / 3600),
        drills=drills.count(tx, area_id, since, until),
    )


def _spans(raised: Iterable[dict[str, object]], until: str) -> list[int]:
    """Seconds from an alert's opening to this instant, where it came."""
    found = ((one["opened_at"], one[until]) for one in raised)
    return [end - begin for begin, end in found if isinstance(begin, int) and isinstance(end, int)]


def _most(raised: Iterable[dict[str, object]], field: str) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(str(one[field]) for one in raised if one[field] is not None).most_common())
