"""Telegram posts updates to us: each is answered 200 when it is committed; those that wait share the next transaction."""

import asyncio
import hmac
import json
import logging
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import web
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock, Sign
from bot.domain.sources import Network, comes_from
from bot.intake.handling import ALLOWED_UPDATES, AT_ONCE, BackOff, Dispatch, Handling, Incoming, Speaker
from bot.storage.database import Database, Hook, Unsettled, nothing

LOG = logging.getLogger(__name__)

BODY_BYTES = 1024 * 1024
PROBE_SECONDS = 30.0
FORWARDED = "X-Forwarded-For"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


Request = tuple[Incoming, asyncio.Future[None]]


class Webhook:
    """Takes updates that Telegram posts to us. `heard`: when one was last committed, or none waited."""

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        dispatch: Dispatch,
        speaker: Speaker,
        clock: Clock,
        *,
        url: str,
        secret: str,
        sources: Sequence[Network] = (),
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        hook: Hook = nothing,
    ) -> None:
        self._handling = Handling(database, bot, dispatch, speaker, clock)
        self._bot, self._hook = bot, hook
        self._url, self._secret, self._allowed_updates = url, secret, list(allowed_updates)
        self._sources = sources
        self._waiting: dict[int, list[Request]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()
        self.heard = Sign(clock)
        # False as long as more may wait at Telegram than was read.
        self.caught_up = False

    # --- one request ---

    async def take(self, request: web.Request) -> web.Response:
        """Telegram posts one update: 200 once it is committed, 503 if it must come again, 403, 401 or 400 if it is not ours."""
        forwarded = request.headers.get(FORWARDED, "")
        if not comes_from(self._sources, peer=request.remote or "", forwarded=forwarded):
            return web.Response(status=403)
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=401)
        if (request.content_length or 0) > BODY_BYTES:
            return web.Response(status=413)
        try:
            update = self._handling.read(json.loads(await request.read()))
        except (ValueError, RecursionError):
            return web.Response(status=400)
        try:
            await self._settled(update)
        except Unsettled:
            return web.Response(status=503)
        self._hook("acknowledging")
        return web.Response()

    async def _settled(self, update: Incoming) -> None:
        """Wait until the update is committed, together with whatever else waits in its lane."""
        lane, future = self._handling.lane(update), asyncio.get_running_loop().create_future()
        self._waiting.setdefault(lane, []).append((update, future))
        self._hook("received")
        if lane not in self._workers:
            self._workers[lane] = asyncio.create_task(self._work(lane))
        await future

    async def _work(self, lane: int) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                first = self._first(waiting)
                await self._commit(first or _taken(waiting, waiting[:AT_ONCE]), first=bool(first))
        finally:
            del self._workers[lane]
            # Whatever happened, nobody is left waiting: Telegram sends it again.
            _resolve([future for _, future in waiting], Unsettled("not handled"))
            waiting.clear()

    def _first(self, waiting: list[Request]) -> list[Request]:
        """Take those of whoever cries for help; empty: nobody does."""
        first = {update.update_id for update in self._handling.first([update for update, _ in waiting])}
        return _taken(waiting, [one for one in waiting if one[0].update_id in first])

    async def _commit(self, batch: list[Request], *, first: bool) -> None:
        futures = [future for _, future in batch]
        commit = self._handling.commit_first if first else self._handling.commit
        try:
            await commit([update for update, _ in batch])
            self.heard.give()
            self._hook("handled")
            _resolve(futures, None)
        except Unsettled as error:
            LOG.warning("updates wait at Telegram, the database cannot be used: %s", error)
            _resolve(futures, error)
        finally:
            _resolve(futures, Unsettled("not handled"))

    # --- beside the requests ---

    def stop(self) -> None:
        """Let `run` end; requests that are being handled are finished by the server that brought them."""
        self._stopping.set()

    async def run(self) -> None:
        """Tell Telegram where we are, then ask now and then whether something waits there, until stopped."""
        back_off = BackOff()
        seconds = 0.0
        told = False
        while not await self._stopped_within(seconds):
            try:
                told = told or await self._tell()
                await self._probe()
                back_off.passed()
                seconds = PROBE_SECONDS
            except InvalidToken as error:
                raise InvalidToken("Telegram does not know this bot: check LINLI_BOT_TOKEN") from error
            except TelegramError as error:
                LOG.warning("the webhook could not be looked after: %s", type(error).__name__)
                seconds = back_off.seconds()

    async def _tell(self) -> bool:
        return await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=self._allowed_updates)

    async def _probe(self) -> None:
        """Silence is no deafness while nothing waits at Telegram."""
        info = await self._bot.get_webhook_info()
        self.caught_up = info.pending_update_count == 0
        if self.caught_up:
            self.heard.give()

    async def _stopped_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()


def _taken(waiting: list[Request], batch: list[Request]) -> list[Request]:
    """These, which wait no longer."""
    gone = {id(future) for _, future in batch}
    waiting[:] = [one for one in waiting if id(one[1]) not in gone]
    return batch


def _resolve(futures: list[asyncio.Future[None]], error: Unsettled | None) -> None:
    for future in futures:
        if future.done():
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)
