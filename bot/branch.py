"""One bot of the deployment: what it hears and what it says. Everything else (database, time, rules) all bots share."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable

from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery import Delivery
from bot.dispatch import Dispatch
from bot.domain.home import Home
from bot.domain.pace import Limits
from bot.fetching import Fetcher
from bot.handlers import CAPABILITIES
from bot.intake.polling import Polling
from bot.intake.webhook import Webhook
from bot.measuring import MeasuredDispatch, MeasuredSending
from bot.metrics import Metrics
from bot.settings import Settings
from bot.speech import Speech
from bot.storage.database import Database, Hook, nothing
from bot.texts.message import Toast
from bot.transport import AiohttpRequest

WEBHOOK_PATH = "/telegram"
Bot = ExtBot[None]


def make_bot(token: str, api_url: str) -> Bot:
    """python-telegram-bot's bot on our transport: one for speaking, with a connection of its own for listening."""
    api = api_url.rstrip("/")
    return ExtBot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )


class Speaker:
    """Says what was put into the outbox; the other copies hear of it too."""

    def __init__(self, delivery: Delivery, call: Callable[[], None]) -> None:
        self._delivery, self._call = delivery, call

    def wake(self) -> None:
        """There may be something new to say."""
        self._delivery.wake()
        self._call()

    async def urgent_said(self, seconds: float) -> None:
        """Until what concerns life has been said, for so long at most."""
        await self._delivery.urgent_said(seconds)

    async def toast(self, callback_query_id: str, toast: Toast) -> None:
        """Answer a tap."""
        await self._delivery.toast(callback_query_id, toast)


class Branch:
    """Intake, delivery and fetcher of one bot. `call` tells the other copies that there is something to say;
    `metrics` counts what it does (None: for nobody)."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        bot: Bot,
        home: Home,
        clock: Clock,
        *,
        hook: Hook = nothing,
        call: Callable[[], None] = lambda: None,
        metrics: Metrics | None = None,
    ) -> None:
        metrics = metrics or Metrics()
        self.bot, self.home = bot, home
        self._settings, self._database, self._clock = settings, database, clock
        views = {kind: view for capability in CAPABILITIES for kind, view in capability.views.items()}
        cards = {kind: card for capability in CAPABILITIES for kind, card in capability.cards.items()}
        self.delivery = Delivery(
            database,
            bot,
            Speech(home, clock, views, cards),
            clock,
            holder=settings.copy,
            limits=_limits(settings),
            concurrency=settings.deliveries_in_flight,
            hook=hook,
            tried=MeasuredSending(metrics, clock),
        )
        self.speaker = Speaker(self.delivery, call)
        self.dispatch = MeasuredDispatch(Dispatch(home), metrics)
        self.intake = self._intake(hook)
        self.fetcher = Fetcher(database, bot, home, clock, wake=self.speaker.wake)

    def _intake(self, hook: Hook) -> Polling | Webhook:
        parts = (self._database, self.bot, self.dispatch, self.speaker, self._clock)
        if self._settings.webhook_url is None:
            return Polling(*parts, hook=hook)
        url = self._settings.webhook_url.rstrip("/") + self.path
        sources = self._settings.webhook_from
        return Webhook(*parts, url=url, secret=self._secret(), sources=sources, hook=hook)

    @property
    def path(self) -> str:
        """Where Telegram posts what this bot hears: the deployment's own bot at one place, each further one below it."""
        return WEBHOOK_PATH if self.home.bot_id == self._settings.bot_id else f"{WEBHOOK_PATH}/{self.home.bot_id}"

    def _secret(self) -> str:
        """What Telegram shows with each post. Each bot has its own, so that one that is known opens one door."""
        known = self._settings.webhook_secret
        if self.path == WEBHOOK_PATH:
            return known
        return hmac.new(known.encode(), str(self.home.bot_id).encode(), hashlib.sha256).hexdigest()

    @property
    def listens(self) -> bool:
        """Whether this copy takes in what this bot hears."""
        return self.intake.polls if isinstance(self.intake, Polling) else True

    def takes_over(self) -> bool:
        """Whether this copy has begun since the last time to take in what another took in before."""
        return isinstance(self.intake, Polling) and self.intake.takes_over()

    async def run(self) -> None:
        """Hear and speak until stopped; whatever ends one of the two ends both."""
        tasks = [asyncio.create_task(self.intake.run()), asyncio.create_task(self.delivery.run())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            self.stop()
            await asyncio.wait(tasks)
        finally:
            for task in tasks:
                task.cancel()
        for task in tasks:
            task.result()

    def stop(self) -> None:
        """Finish what is in hand, give back the rest, and end."""
        self.intake.stop()
        self.delivery.stop()


def _limits(settings: Settings) -> Limits:
    return Limits(
        bot_per_second=int(settings.messages_per_second),
        chat_per_second=settings.messages_per_second_chat,
        group_per_minute=int(settings.messages_per_minute_group),
    )
