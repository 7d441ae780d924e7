"""The demo: the whole program against the sandbox, in one process, with a small lived-in community to begin with."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.app import Program, opened_program
from bot.clock import MovedClock
from bot.demo.links import offered
from bot.demo.story import move_in
from bot.settings import Settings
from sandbox.sandbox import Sandbox

Say = Callable[[str], object]

READY = "ready"
# Nobody watches while they move in, so nobody has to wait for Telegram's pace.
HURRY = 1000.0
PLAYFUL = 100
CALM = timedelta(hours=2)


class PortTaken(Exception):
    """Something listens at this port already."""


async def play(settings: Settings, *, reset: bool, port: int, stop: asyncio.Event, say: Say) -> None:
    """Serve the page and the program until `stop` is set; `reset` forgets what was there and makes the community anew.

    PortTaken when something else listens there already; nothing was forgotten then.
    """
    folder = settings.data / "demo"
    async with AsyncExitStack() as stack:
        await _free(port)
        new = await asyncio.to_thread(_prepare, folder, reset=reset)
        clock = MovedClock(kept_in=folder / "clock")
        sandbox = Sandbox(clock=clock, store=folder / "telegram")
        await sandbox.start(port)
        stack.push_async_callback(sandbox.stop)
        own = _settings(settings, sandbox, folder)
        if new:
            say("Moving in: a small community with three buildings and eight volunteers …")
            async with _running(_hurried(own), clock) as program:
                await move_in(sandbox, program, clock)
            (folder / READY).touch()
        program = await stack.enter_async_context(opened_program(own, clock=clock, say=_unsaid))
        sandbox.next_event = program.next_event
        sandbox.links = await offered(program)
        say(
            f"\n  邻里 · Linli is running. Open this page:  {sandbox.url}\n\n"
            "  Ctrl-C stops it; what you did is kept. `make demo RESET=1` starts anew."
        )
        await program.run(stop)


async def _free(port: int) -> None:
    """PortTaken when somebody listens there: perhaps this very demo, whose files must not be touched then."""
    try:
        server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", port)
    except OSError as error:
        raise PortTaken(port) from error
    server.close()
    await server.wait_closed()


def _prepare(folder: Path, *, reset: bool) -> bool:
    """Make the folder; True when the community has to move in, because it is new or never got ready."""
    new = reset or not (folder / READY).exists()
    if new and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return new


def _settings(settings: Settings, sandbox: Sandbox, folder: Path) -> Settings:
    """The demo's own: its database, its key, and the sandbox as Telegram; nothing of a real deployment is touched."""
    return replace(
        settings,
        bot_token=sandbox.token,
        bot_api_url=sandbox.url,
        data=folder,
        database_url=f"sqlite:///{folder}{os.sep}linli.sqlite3",
        secret_key_file=folder / "secret.key",
        erasures=folder / "erasures",
        webhook_url=None,
        heartbeat_url=None,
        emergency_chats=(),
        # Whoever plays all of them alone taps more in an hour than ten volunteers in a week, and wants to see the group; and
        # what waits next is a neighbour who has not answered, not the next wave.
        offers_a_day=PLAYFUL,
        claims_at_once=PLAYFUL,
        silent_after=PLAYFUL,
        waves_today=replace(settings.waves_today, groups_at=1, pause=CALM),
        waves_week=replace(settings.waves_week, groups_at=1, pause=CALM),
    )


def _hurried(settings: Settings) -> Settings:
    return replace(
        settings,
        messages_per_second=HURRY,
        messages_per_second_chat=HURRY,
        messages_per_minute_group=HURRY,
    )


@asynccontextmanager
async def _running(settings: Settings, clock: MovedClock) -> AsyncIterator[Program]:
    """The program runs meanwhile; what breaks it is raised when it is left."""
    stop = asyncio.Event()
    async with opened_program(settings, clock=clock, say=_unsaid) as program:
        serving = asyncio.create_task(program.run(stop))
        try:
            yield program
        finally:
            stop.set()
            await serving


def _unsaid(words: str) -> None:
    """A demo's key is made and forgotten with it: nobody has to be told to keep it."""
