"""Retention: for how long something is kept that may be forgotten once nobody needs it any more."""

from dataclasses import dataclass
from datetime import timedelta

MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Days and months (of thirty days) after which something is forgotten; what is still running is kept however old it is."""

    updates_hours: int = 48
    letters_days: int = 7
    failures_days: int = 30
    drafts_days: int = 7
    cards_days: int = 30
    media_days: int = 90
    words_months: int = 12
    showings_months: int = 24

    @property
    def updates(self) -> timedelta:
        """Numbers of handled updates: Telegram repeats nothing older than a day."""
        return timedelta(hours=self.updates_hours)

    @property
    def letters(self) -> timedelta:
        """What has been said once."""
        return timedelta(days=self.letters_days)

    @property
    def failures(self) -> timedelta:
        """Updates that could not be handled, as they came."""
        return timedelta(days=self.failures_days)

    @property
    def drafts(self) -> timedelta:
        """What somebody began to write and never sent."""
        return timedelta(days=self.drafts_days)

    @property
    def cards(self) -> timedelta:
        """Cards of what has ended."""
        return timedelta(days=self.cards_days)

    @property
    def media(self) -> timedelta:
        """Voice notes and photos."""
        return timedelta(days=self.media_days)

    @property
    def words(self) -> timedelta:
        """Free text of what has ended: needs, alerts, visits, care plans, applications."""
        return self.words_months * MONTH

    @property
    def showings(self) -> timedelta:
        """Who was shown whose contact data."""
        return self.showings_months * MONTH
