"""Asking Telegram for updates: the next question, which acknowledges the last batch, comes after its commit."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock, Sign
from bot.intake.handling import ALLOWED_UPDATES, BATCH, BackOff, Dispatch, Handling, Incoming, Speaker
from bot.storage.database import Database, Hold, Hook, Unsettled, nothing
from bot.transport import TooFast, call

LOG = logging.getLogger(__name__)

POLL_SECONDS = 30
# How much longer than the poll itself its answer may take.
ANSWER_SECONDS = 10.0
CONFLICT_SECONDS = 5.0
# How often a copy that does not poll looks whether the one that does is gone.
STAND_BY_SECONDS = 2.0


Commit = Callable[[Sequence[Incoming]], Awaitable[None]]


class Polling:
    """Asks Telegram for updates, again and again. `heard`: when it last answered.

    Of several copies one polls, as long as it holds the bot's poll; the others stand by (`polls` False).
    """

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        dispatch: Dispatch,
        speaker: Speaker,
        clock: Clock,
        *,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        poll_seconds: int = POLL_SECONDS,
        hook: Hook = nothing,
    ) -> None:
        self._handling = Handling(database, bot, dispatch, speaker, clock)
        self._database, self._bot, self._hook = database, bot, hook
        self._hold: Hold | None = None
        self._stood_by = self._took_over = False
        self._allowed_updates, self._poll_seconds = json.dumps(list(allowed_updates)), poll_seconds
        self._offset: int | None = None
        self._back_off = BackOff()
        self._stopping = asyncio.Event()
        self._asking: asyncio.Task[list[Any]] | None = None
        self.heard = Sign(clock)
        # False as long as more may wait at Telegram than was read.
        self.caught_up = False

    def stop(self) -> None:
        """Let `run` finish the batch in hand and end."""
        self._stopping.set()
        if self._asking is not None:
            self._asking.cancel()

    @property
    def polls(self) -> bool:
        """Whether this copy is the one that polls."""
        return self._hold is not None

    def takes_over(self) -> bool:
        """Whether this copy has begun to poll, since the last time this was asked, after another copy did."""
        took_over, self._took_over = self._took_over, False
        return took_over

    async def run(self) -> None:
        """Take updates until stopped; InvalidToken when Telegram does not know the bot."""
        try:
            while not self._stopping.is_set():
                if not await self._is_ours():
                    await self._pause(STAND_BY_SECONDS)
                    continue
                batch = await self._ask()
                if batch is not None and await self._commit(batch):
                    self.heard.give()
                    self.caught_up = len(batch) < BATCH
        finally:
            if self._hold is not None:
                await self._hold.let_go()

    # --- one copy of several ---

    async def _is_ours(self) -> bool:
        """Whether this copy may poll. It asks before each question, so that two poll together for one question at most."""
        if self._hold is not None and await self._hold.kept():
            return True
        self._hold, self.caught_up = None, False
        try:
            self._hold = await self._database.hold(f"polling {self._bot.token.split(':')[0]}")
        except Unsettled as error:
            LOG.warning("nobody can say who polls, the database cannot be used: %s", error)
        if self._hold is not None:
            # Whoever polled before may have committed more than it acknowledged: Telegram says from where to go on.
            self._offset, self._took_over = None, self._stood_by
        self._stood_by = self._hold is None
        return self.polls

    # --- asking ---

    async def _ask(self) -> list[Incoming] | None:
        """The next updates; None when there was no answer (then it has waited a little)."""
        self._asking = asyncio.create_task(self._get_updates())
        try:
            raw = await self._asking
        except asyncio.CancelledError:
            if self._stopping.is_set():
                return None
            raise
        except TelegramError as error:
            self.caught_up = False
            await self._pause(await self._reason_to_wait(error))
            return None
        finally:
            self._asking = None
        self._back_off.passed()
        batch = [update for one in raw if (update := self._read(one)) is not None]
        if raw and not batch:
            # They cannot be acknowledged and come again at once.
            await self._pause(CONFLICT_SECONDS)
        return batch

    def _read(self, raw: Any) -> Incoming | None:
        """One of a batch; what is no update at all is passed over, so that it keeps none of the others waiting."""
        try:
            return self._handling.read(raw)
        except ValueError:
            LOG.error("among the updates came something that is none")
            return None

    async def _get_updates(self) -> list[Any]:
        # Not `Bot.get_updates`: that fails as a whole for one update that it cannot read, and writes its words into the log.
        parameters = {
            "offset": self._offset,
            "limit": BATCH,
            # The first answer, and the first after trouble, comes at once: it says whether we hear.
            "timeout": self._poll_seconds if self.caught_up else 0,
            "allowed_updates": self._allowed_updates,
        }
        result = await call(self._bot, "getUpdates", parameters, read_seconds=self._poll_seconds + ANSWER_SECONDS)
        return result if isinstance(result, list) else []

    async def _reason_to_wait(self, error: TelegramError) -> float:
        """How many seconds to wait after this error."""
        if isinstance(error, InvalidToken):
            raise InvalidToken(
                "Telegram does not know this bot: check LINLI_BOT_TOKEN and LINLI_BOT_API_URL"
            ) from error
        LOG.warning("no updates: %s", type(error).__name__)
        if isinstance(error, TooFast):
            return error.seconds
        if isinstance(error, Conflict):
            await self._resolve(error)
            return CONFLICT_SECONDS
        return self._back_off.seconds()

    async def _resolve(self, conflict: Conflict) -> None:
        """A webhook left over from another way of running is taken away; another copy that polls is only named."""
        if "webhook" not in conflict.message.lower():
            LOG.error("another program takes this bot's updates: only one may poll")
            return
        with suppress(TelegramError):
            await self._bot.delete_webhook()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    # --- committing ---

    async def _commit(self, batch: list[Incoming]) -> bool:
        """Handle all of it, however often the database has to be asked; False if the program is stopped before that."""
        if batch:
            self._hook("received")
        first = self._handling.first(batch)
        if first and not await self._settle([first], self._handling.commit_first):
            return False
        done = {update.update_id for update in first}
        rest = [update for update in batch if update.update_id not in done]
        if not await self._settle(list(self._handling.lanes(rest).values()), self._handling.commit):
            return False
        if batch:
            self._hook("handled")
            self._offset = max(update.update_id for update in batch) + 1
            self._hook("acknowledging")
        return True

    async def _settle(self, lanes: list[list[Incoming]], commit: Commit) -> bool:
        """Handle these, each lane in its order; False if the program is stopped before all of it is committed."""
        while lanes:
            results = await asyncio.gather(*(commit(lane) for lane in lanes), return_exceptions=True)
            lanes = [lane for lane, result in zip(lanes, results, strict=True) if _unsettled(result)]
            if lanes and self._stopping.is_set():
                return False
            if lanes:
                why = next(result for result in results if result is not None)
                LOG.warning("updates wait, the database cannot be used: %s", why)
                await self._pause(self._back_off.seconds())
        self._back_off.passed()
        return True


def _unsettled(result: BaseException | None) -> bool:
    if result is None:
        return False
    if isinstance(result, Unsettled):
        return True
    raise result
