"""What is no longer needed is forgotten, in small batches, so that the writer is never held for long; most of it at night."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.lapses import FADES_AFTER
from bot.domain.retention import Retention
from bot.services import hints, relays
from bot.storage import (
    digests,
    erasures,
    failures,
    floods,
    lapses,
    outages,
    outbox,
    parcels,
    pulses,
    retention,
    updates,
)
from bot.storage.database import Database, Transaction, Unsettled
from bot.storage.listings import exports as listing_exports
from bot.storage.listings import kept as listings

LOG = logging.getLogger(__name__)

BATCH = 500
# Local hours in which nobody waits for an answer.
NIGHT = range(1, 5)
# A copy that is switched off every night forgets by day what it would have forgotten then.
NIGHT_MISSED = timedelta(hours=26)


@dataclass(frozen=True)
class Rule:
    """One kind of row, and for how long it is kept. `nightly`: it is looked for once a night only."""

    name: str
    kept: timedelta
    forget_before: Callable[[Transaction, datetime, int], int]
    nightly: bool = False


def rules_of(kept: Retention) -> tuple[Rule, ...]:
    """What is forgotten when."""
    return (
        Rule("updates", kept.updates, updates.forget_before),
        Rule("letters", kept.letters, outbox.forget_before),
        Rule("news", timedelta(days=7), digests.forget_before),
        Rule("files", timedelta(days=1), listing_exports.forget_before),
        Rule("parcels", timedelta(days=1), parcels.forget_before),
        Rule("lists", kept.drafts, listings.forget_before, nightly=True),
        Rule("farewells", timedelta(0), erasures.forget_farewells),
        Rule("failures", kept.failures, failures.forget_before),
        Rule("floods", timedelta(days=1), floods.forget_before),
        Rule("pulses", timedelta(days=7), pulses.forget_before),
        Rule("outages", kept.failures, outages.forget_before, nightly=True),
        Rule("dead letters", kept.failures, retention.dead_letters_before, nightly=True),
        Rule("drafts", kept.drafts, retention.drafts_before, nightly=True),
        Rule("cards", kept.cards, retention.cards_before, nightly=True),
        Rule("media", kept.media, retention.media_before, nightly=True),
        Rule("relays", kept.media, relays.forget_before, nightly=True),
        Rule("hints", kept.words, hints.forget_before, nightly=True),
        Rule("needs", kept.words, retention.needs_before, nightly=True),
        Rule("enclosures", kept.words, retention.enclosures_before, nightly=True),
        Rule("beneficiaries", kept.words, retention.beneficiaries_before, nightly=True),
        Rule("ratings", kept.words, retention.ratings_before, nightly=True),
        Rule("disputes", kept.words, retention.disputes_before, nightly=True),
        Rule("showcases", kept.words, retention.showcases_before, nightly=True),
        Rule("lapses", FADES_AFTER, lapses.forget_before, nightly=True),
        Rule("unease", kept.words, retention.unease_before, nightly=True),
        Rule("reopenings", kept.words, retention.reopenings_before, nightly=True),
        Rule("recurrences", kept.words, retention.recurrences_before, nightly=True),
        Rule("alerts", kept.words, retention.alerts_before, nightly=True),
        Rule("details", kept.words, retention.details_before, nightly=True),
        Rule("plans", kept.words, retention.plans_before, nightly=True),
        Rule("volunteers", kept.words, retention.volunteers_before, nightly=True),
        Rule("wellbeing", kept.words, retention.wellbeing_before, nightly=True),
        Rule("showings", kept.showings, retention.showings_before, nightly=True),
    )


RULES = rules_of(Retention())
UTC = ZoneInfo("UTC")


class Housekeeper:
    """Forgets by rules; `rules` are the default ones unless others are given. `zone` says when it is night."""

    def __init__(
        self, database: Database, clock: Clock, *, rules: tuple[Rule, ...] = RULES, zone: tzinfo = UTC
    ) -> None:
        self._database, self._clock, self._rules, self._zone = database, clock, rules, zone
        self._night_at = clock.now()

    async def tick(self) -> int:
        """Forget everything that has been kept long enough; how many rows that was."""
        now = self._clock.now()
        night = now.astimezone(self._zone).hour in NIGHT or now - self._night_at > NIGHT_MISSED
        if night:
            self._night_at = now
        forgotten = 0
        for rule in self._rules:
            if rule.nightly and not night:
                continue
            try:
                forgotten += await self._follow(rule, now)
            except Unsettled:
                LOG.warning("housekeeping waits: the database cannot be used")
                return forgotten
            except Exception as error:  # the tick edge: a rule that fails must not keep the others from forgetting
                LOG.error("housekeeping failed at %s: %s", rule.name, failures.describe(error))
        if night:
            await self._tidy()
        return forgotten

    async def _tidy(self) -> None:
        try:
            await self._database.tidy()
        except Unsettled:
            LOG.warning("the database could not be tidied: the next night does it")

    async def _follow(self, rule: Rule, now: datetime) -> int:
        forgotten = 0
        while True:
            batch = await self._database.transaction(lambda tx: rule.forget_before(tx, now - rule.kept, BATCH))
            forgotten += batch
            if batch < BATCH:
                return forgotten
