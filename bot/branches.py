"""The bots of one deployment: its own, and those that administrators added, which come and go while the program runs."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.branch import Bot, Branch, make_bot
from bot.calling import Calling
from bot.clock import Clock, Sign
from bot.domain.bots import BotEntry
from bot.domain.home import Home
from bot.intake.webhook import Webhook
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage import bots
from bot.storage.database import Database, Hook, Unsettled, nothing

LOG = logging.getLogger(__name__)

# How often it is looked whether there are other bots than before.
LOOK_SECONDS = 5.0


class Branches:
    """All bots of this copy. Each speaks and listens by itself; a further one that fails stops none of the others."""

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, metrics: Metrics, *, hook: Hook = nothing
    ) -> None:
        self._settings, self._database, self._clock, self._hook = settings, database, clock, hook
        self._metrics = metrics
        self._all: dict[int, Branch] = {}
        self._running: dict[int, tuple[BotEntry, asyncio.Task[None]]] = {}
        # Tokens that Telegram does not know: tried again only when they have been changed.
        self._refused: dict[int, str] = {}
        self._stopping = asyncio.Event()
        # One look at a time: two that both find a bot new would both begin it.
        self._looking = asyncio.Lock()
        self._idle = Sign(clock)
        self.calling = Calling(database, settings.copy, wake=self._wake_all, company=self._company)

    def __iter__(self) -> Iterator[Branch]:
        return iter(tuple(self._all.values()))

    # --- coming and going ---

    def begin(self, bot: Bot, home: Home) -> Branch:
        """A bot that is known to Telegram; whoever begins it runs it."""
        branch = Branch(
            self._settings,
            self._database,
            bot,
            home,
            self._clock,
            hook=self._hook,
            call=self.calling.call,
            metrics=self._metrics,
        )
        self._all[home.bot_id] = branch
        return branch

    async def tend(self, home: Home) -> None:
        """Look now and then which bots there are, until stopped; then end those that were added."""
        while not self._stopping.is_set():
            await self.look(home)
            try:
                await asyncio.wait_for(self._stopping.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue
        await asyncio.gather(*(self._end(bot_id) for bot_id in tuple(self._running)))

    async def look(self, home: Home) -> None:
        """Begin with the bots that are new, end those that are gone or changed. `home`: what all have in common."""
        async with self._looking:
            try:
                wanted = {entry.id: entry for entry in await self._database.read(bots.every)}
            except Unsettled:
                return
            await self._follow(wanted, home)

    async def _follow(self, wanted: dict[int, BotEntry], home: Home) -> None:
        for bot_id, (entry, task) in tuple(self._running.items()):
            if wanted.get(bot_id) != entry or task.done():
                await self._end(bot_id)
        for bot_id, entry in wanted.items():
            if bot_id not in self._all and self._refused.get(bot_id) != entry.token:
                await self._start(entry, home)

    async def _start(self, entry: BotEntry, home: Home) -> None:
        bot = make_bot(entry.token, self._settings.bot_api_url)
        if not await self._opened(bot, entry):
            await bot.shutdown()
            return
        own = replace(home, bot_id=bot.id, bot_username=bot.username, area_id=entry.area_id)
        branch = self.begin(bot, own)
        self._running[entry.id] = (entry, asyncio.create_task(branch.run()))
        LOG.info("bot %s is running", entry.id)

    async def _opened(self, bot: Bot, entry: BotEntry) -> bool:
        try:
            await bot.initialize()
        except InvalidToken:
            LOG.error("Telegram does not know the token of bot %s: add it again with its new one", entry.id)
            self._refused[entry.id] = entry.token
            return False
        except TelegramError as error:
            LOG.warning("bot %s cannot be started yet: %s", entry.id, type(error).__name__)
            return False
        return True

    async def _end(self, bot_id: int) -> None:
        branch = self._all.pop(bot_id)
        entry, task = self._running.pop(bot_id)
        branch.stop()
        (result,) = await asyncio.gather(task, return_exceptions=True)
        if isinstance(result, Exception):
            LOG.error("bot %s has ended: %s", bot_id, type(result).__name__)
            if isinstance(result, InvalidToken):
                self._refused[bot_id] = entry.token
        await branch.bot.shutdown()

    def stop(self) -> None:
        """Let all of them finish what is in hand."""
        self._stopping.set()
        for branch in self:
            branch.stop()

    # --- what they have in common ---

    def wake(self) -> None:
        """There may be something new to say, by any of them, here or at another copy."""
        self._wake_all()
        self.calling.call()

    def _wake_all(self) -> None:
        for branch in self:
            branch.delivery.wake()

    def _company(self) -> bool:
        return any(branch.delivery.copies > 1 for branch in self)

    async def fetch(self) -> None:
        """Files that somebody sent are fetched."""
        for branch in self:
            await branch.fetcher.tick()

    async def take(self, request: web.Request) -> web.Response:
        """Telegram posts what one of them hears."""
        found = next((one.intake for one in self if one.path == request.path), None)
        return await found.take(request) if isinstance(found, Webhook) else web.Response(status=404)

    # --- whether they hear ---

    @property
    def listen(self) -> bool:
        """Whether any of them takes in here what is said; else other copies do."""
        return any(branch.listens for branch in self)

    def took_over(self) -> bool:
        """Whether since the last time this copy has begun to take in what another copy took in before."""
        taken = [branch.takes_over() for branch in self]
        return any(taken)

    def _signs(self) -> list[Sign]:
        signs = [branch.intake.heard for branch in self if branch.listens]
        if signs:
            return signs
        # Where nobody listens here, nobody can be deaf here.
        self._idle.give()
        return [self._idle]

    def heard_last(self) -> datetime | None:
        """Tells one sign from the next, of the one that was heard longest ago; None: one of them has heard nothing yet."""
        numbers = [sign.number for sign in self._signs()]
        return None if None in numbers else min(number for number in numbers if number is not None)

    def heard_at(self) -> datetime | None:
        """When the one that was heard longest ago was heard, in the program's time."""
        instants = [sign.at() for sign in self._signs()]
        return None if None in instants else min(at for at in instants if at is not None)

    def caught_up(self) -> bool:
        """Whether nothing more waits at Telegram for any of them that listens here."""
        return all(branch.intake.caught_up for branch in self if branch.listens)
