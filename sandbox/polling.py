"""Long polling: one poll at a time for a bot; what stands before the offset is acknowledged."""

import asyncio
from typing import Any

from sandbox.accounts import BotAccount
from sandbox.errors import Refusal
from sandbox.updates import Update
from sandbox.world import World

MAX_TIMEOUT_SECONDS = 50
_OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"


class Poll:
    """The polls of all bots; a newer poll ends an older one that still waits."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._newest: dict[int, object] = {}
        self._closing = False

    def close(self) -> None:
        """Answer whoever waits: nothing came."""
        self._closing = True
        for bot in self._world.bots.values():
            bot.queue.signal.ring()

    async def updates(self, bot: BotAccount, given: dict[str, Any]) -> list[Update]:
        """The first updates that wait, or none after `timeout` seconds; 409 when someone else polls or a webhook is set."""
        if bot.webhook.url:
            raise Refusal(409, _WEBHOOK)
        queue, mine = bot.queue, object()
        self._newest[bot.id] = mine
        queue.signal.ring()
        if "allowed_updates" in given:
            queue.allowed = given["allowed_updates"]
        if given.get("offset"):
            queue.acknowledge(given["offset"])
        limit = given.get("limit", 100)
        seconds = min(given.get("timeout", 0), MAX_TIMEOUT_SECONDS)
        found = queue.first(limit, self._world.now()) or await self._wait(bot, mine, limit, seconds)
        queue.tally.delivered += len(found)
        return found

    async def _wait(self, bot: BotAccount, mine: object, limit: int, seconds: float) -> list[Update]:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (left := until - loop.time()) > 0 and not self._closing:
            await bot.queue.signal.wait(left)
            if bot.webhook.url:
                raise Refusal(409, _WEBHOOK_SET)
            if self._newest[bot.id] is not mine:
                raise Refusal(409, _OTHER_POLL)
            if found := bot.queue.first(limit, self._world.now()):
                return found
        return []
