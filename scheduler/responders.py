"""Whether whoever has duty next can be reached: looked at while there is time to find somebody else."""

import logging
from collections.abc import Callable

from bot.clock import Clock
from bot.services import responders
from bot.storage import failures
from bot.storage.database import Database, Unsettled

LOG = logging.getLogger(__name__)


class LookAhead:
    """Looks at the watches of the next day. `wake`: there is something to say."""

    def __init__(self, database: Database, clock: Clock, *, wake: Callable[[], None]) -> None:
        self._database, self._clock, self._wake = database, clock, wake

    async def tick(self) -> None:
        """Look once; what cannot be looked at now is looked at the next time."""
        try:
            told = await self._database.transaction(lambda tx: responders.look_ahead(tx, now=self._clock.now()))
        except Unsettled:
            return
        except Exception as error:  # the tick edge
            LOG.error("nobody knows whether the next ones on duty can be reached: %s", failures.describe(error))
            return
        if told:
            self._wake()
