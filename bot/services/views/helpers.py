"""What is seen of when a volunteer may be asked: by themselves only."""

from collections.abc import Callable, Mapping

from bot.domain.helpers import AskedLess, HelperCard, HelperView, RestNoted
from bot.domain.notices import Notice
from bot.services import helpers
from bot.services.views.look import Look
from bot.storage.database import Transaction


def helper(tx: Transaction, notice: HelperCard | AskedLess | RestNoted, look: Look) -> HelperView:
    """What they have said, and the community's rules where they have said nothing."""
    known, waves = helpers.seen(tx, notice.person_id), look.home.waves
    quiet = known.quiet or waves.quiet
    return HelperView(
        helper=known,
        quiet=quiet,
        offers_a_day=waves.offers_a_day if known.offers_a_day is None else known.offers_a_day,
        now=look.now,
        others=tuple(hours for hours in helpers.quiet_choices(look.home) if hours != quiet),
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {HelperCard: helper, AskedLess: helper, RestNoted: helper}
