"""Everything that waits for time, in one list: each noun's rows, and the use case that moves them on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.home import Home
from bot.services import (
    absences,
    alerts,
    checkins,
    deputies,
    digests,
    drills,
    duty,
    farewells,
    followups,
    handovers,
    knocks,
    matching,
    media,
    needs,
    outages,
    ratings,
    receipts,
    recurrences,
    seats,
    sheets,
    showcases,
    stuck,
    surges,
    unease,
    visits,
    volunteers,
    watches,
)
from bot.services.floods import turns
from bot.services.listings import lists
from bot.storage import absences as stored_absences
from bot.storage import alerts as stored_alerts
from bot.storage import askings as stored_askings
from bot.storage import checkins as stored_checkins
from bot.storage import deputies as stored_deputies
from bot.storage import digests as stored_digests
from bot.storage import drills as stored_drills
from bot.storage import duty as stored_duty
from bot.storage import farewells as stored_farewells
from bot.storage import floods as stored_floods
from bot.storage import followups as stored_followups
from bot.storage import handovers as stored_handovers
from bot.storage import knocks as stored_knocks
from bot.storage import matching as stored_matching
from bot.storage import media as stored_media
from bot.storage import needs as stored_needs
from bot.storage import outages as stored_outages
from bot.storage import plans as stored_plans
from bot.storage import ratings as stored_ratings
from bot.storage import receipts as stored_receipts
from bot.storage import recurrences as stored_recurrences
from bot.storage import seats as stored_seats
from bot.storage import sheets as stored_sheets
from bot.storage import showcases as stored_showcases
from bot.storage import surges as stored_surges
from bot.storage import unease as stored_unease
from bot.storage import visits as stored_visits
from bot.storage import volunteers as stored_volunteers
from bot.storage import watches as stored_watches
from bot.storage.database import Transaction
from bot.storage.listings import kept as stored_listings
from scheduler.sweeps import Sweep

Step = Callable[[Transaction, Home, list[int], datetime], None]


class Rows(Protocol):
    """A storage module of rows that wait for time."""

    def due(self, tx: Transaction, now: datetime, limit: int) -> list[int]: ...

    def postpone(self, tx: Transaction, row: int, until: datetime) -> None: ...

    def late(self, tx: Transaction, before: datetime) -> int: ...

    def next_act(self, tx: Transaction) -> datetime | None: ...


@dataclass(frozen=True)
class Waiting:
    """One kind of rows. `gated`: silence is judged there, and only while it may be taken for silence; the rest as in `Sweep`."""

    name: str
    rows: Rows
    step: Step
    vital: bool = False
    gated: bool = False
    fans_out: bool = False

    def sweep(self, home: Home, ready: Callable[[], bool]) -> Sweep:
        """How it is moved on in this deployment."""
        name, step = self.name, self.step
        return Sweep(
            name=name,
            due=self.rows.due,
            step=lambda tx, ids, now: step(tx, home, ids, now),
            postpone=self.rows.postpone,
            late=self.rows.late,
            vital=self.vital,
            ready=ready if self.gated else None,
            fans_out=self.fans_out,
            poisoned=(lambda tx, row, now: stuck.tell(tx, name, row, now=now)) if name in stuck.TOLD else None,
        )


# Alerts before anything else, then rounds and check-ins, then needs. To add a noun that waits, add its line here.
EVERYTHING: tuple[Waiting, ...] = (
    Waiting("alerts", stored_alerts, alerts.step_due, vital=True),
    Waiting("plans", stored_plans, checkins.open_due, vital=True),
    # After the plans: a pause that ends at this very time has ended.
    Waiting("surges", stored_surges, surges.step_due, vital=True, fans_out=True),
    Waiting("askings", stored_askings, surges.ask_due, vital=True),
    Waiting("checkins", stored_checkins, checkins.step_due, vital=True, gated=True),
    Waiting("knocks", stored_knocks, knocks.step_due, vital=True, gated=True),
    Waiting("media", stored_media, media.step_due, vital=True, gated=True),
    Waiting("rotas", stored_duty, duty.step_due),
    Waiting("watches", stored_watches, watches.step_due, vital=True),
    Waiting("absences", stored_absences, absences.step_due, vital=True),
    Waiting("drills", stored_drills, drills.step_due),
    Waiting("followups", stored_followups, followups.step_due, vital=True),
    Waiting("farewells", stored_farewells, farewells.step_due),
    Waiting("sheets", stored_sheets, sheets.step_due),
    Waiting("digests", stored_digests, digests.step_due),
    Waiting("needs", stored_needs, needs.step_due),
    Waiting("unease", stored_unease, unease.step_due),
    Waiting("showcases", stored_showcases, showcases.step_due),
    Waiting("ratings", stored_ratings, ratings.step_due),
    Waiting("handovers", stored_handovers, handovers.step_due),
    Waiting("seats", stored_seats, seats.step_due),
    Waiting("receipts", stored_receipts, receipts.step_due),
    Waiting("visits", stored_visits, visits.step_due, vital=True),
    Waiting("volunteers", stored_volunteers, volunteers.step_due),
    Waiting("recurrences", stored_recurrences, recurrences.step_due),
    # Late: what fell into an outage has been settled before it is told.
    Waiting("outages", stored_outages, outages.step_due, fans_out=True),
    Waiting("floods", stored_floods, turns.step_due, fans_out=True),
    Waiting("searches", stored_matching, matching.step_due),
    Waiting("listings", stored_listings, lists.step_due),
    Waiting("deputies", stored_deputies, deputies.step_due),
)


def sweeps_of(home: Home, *, ready: Callable[[], bool]) -> list[Sweep]:
    """Everything that waits for time. `ready` says whether silence may be taken for silence."""
    return [one.sweep(home, ready) for one in EVERYTHING]


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next by itself; None: nothing waits."""
    return min((at for at in (one.rows.next_act(tx) for one in EVERYTHING) if at is not None), default=None)
