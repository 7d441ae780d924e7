"""Delivering updates to a webhook: again and again until it says 2xx, in order within a chat, chats side by side."""

import asyncio
import contextlib
from typing import Any

import aiohttp

from sandbox.accounts import BotAccount
from sandbox.updates import Update
from sandbox.world import World

PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_SECONDS = 60
LOOK_AHEAD = 1_000


class Deliveries:
    """One task a bot that has a webhook. `first_pause` and `longest_pause` are the back-off after a failure, in seconds."""

    def __init__(self, world: World) -> None:
        self.first_pause = 1.0
        self.longest_pause = 60.0
        self._world = world
        self._tasks: dict[int, asyncio.Task[None]] = {}
        world.listeners.append(self._hear)

    def start(self) -> None:
        """Take up the webhooks that were set before (they may come from a store)."""
        for bot in self._world.bots.values():
            self._begin(bot)

    async def stop(self) -> None:
        """Deliver nothing more; what is under way stays unacknowledged."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _hear(self, event: str, details: dict[str, Any]) -> None:
        if event == "webhook":
            self._begin(details["bot"])

    def _begin(self, bot: BotAccount) -> None:
        """A changed webhook starts anew; a bot without one needs no task."""
        if old := self._tasks.pop(bot.id, None):
            old.cancel()
        if bot.webhook.url:
            bot.queue.signal.ring()
            self._tasks[bot.id] = asyncio.create_task(_Delivery(self, self._world, bot).run())


class _Delivery:
    """The deliveries of one bot to one address; `busy` are the lanes in which something is under way or waits."""

    def __init__(self, settings: Deliveries, world: World, bot: BotAccount) -> None:
        self._settings = settings
        self._world = world
        self._bot = bot
        self._busy: dict[int, asyncio.Task[None]] = {}
        headers = {"Content-Type": "application/json"}
        if bot.webhook.secret:
            headers[PROOF_HEADER] = bot.webhook.secret
        self._headers = headers

    async def run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        connector = aiohttp.TCPConnector(limit=self._bot.webhook.max_connections)
        async with aiohttp.ClientSession(headers=self._headers, timeout=timeout, connector=connector) as session:
            try:
                while True:
                    self._start_lanes(session)
                    await self._bot.queue.signal.wait(3600)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _start_lanes(self, session: aiohttp.ClientSession) -> None:
        for update in self._bot.queue.first(LOOK_AHEAD, self._world.now()):
            if len(self._busy) >= self._bot.webhook.max_connections:
                return
            if update.lane not in self._busy:
                self._busy[update.lane] = asyncio.create_task(self._deliver(session, update))

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        """Bring one update until it is taken or too old, then make room for the next of its lane."""
        pause = self._settings.first_pause
        while update.expires_at > self._world.now() and not await self._taken(session, update):
            await asyncio.sleep(pause)
            pause = min(self._settings.longest_pause, pause * 2)
        if update.expires_at > self._world.now():
            self._bot.queue.done(update)
        del self._busy[update.lane]
        self._bot.queue.signal.ring()

    async def _taken(self, session: aiohttp.ClientSession, update: Update) -> bool:
        try:
            async with session.post(self._bot.webhook.url, data=update.text.encode()) as answer:
                with contextlib.suppress(aiohttp.ClientError):
                    await answer.read()
                if 200 <= answer.status < 300:
                    return True
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except (aiohttp.ClientError, TimeoutError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            self._note("Connection refused" if refused else "Connection closed or timed out")
        return False

    def _note(self, words: str) -> None:
        self._bot.webhook.last_error_at = int(self._world.now())
        self._bot.webhook.last_error = words
        self._world.happened("webhook_failed")
