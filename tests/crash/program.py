"""The child process: the real program, which kills itself when it reaches a named point for the n-th time.

The point comes from the variable CRASH_AT ("commit:17"), which nobody but this file reads; the program only calls the hook
that it calls anyway.
CRASH_CLOCK names the file that says how far time has been moved on. A child waits for a line on its standard input before
it opens anything, so that it can be started ahead of time; when its standard input closes, it ends in order.
"""

import asyncio
import logging
import os
import signal
import threading
from pathlib import Path

from bot.app import opened_program
from bot.clock import MovedClock
from bot.settings import read_settings
from bot.storage.database import Hook, nothing

CRASH_AT, CRASH_CLOCK = "CRASH_AT", "CRASH_CLOCK"
STANDARD_INPUT = 0


class Trap:
    """A hook that ends this process, at once and without a word, at the n-th reach of a point (threads reach it too)."""

    def __init__(self, point: str, reach: int) -> None:
        self._point, self._left = point, reach
        self._lock = threading.Lock()

    def __call__(self, point: str) -> None:
        if point != self._point:
            return
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def hook_of(crash_at: str) -> Hook:
    """The trap that is named ("commit:17"); nothing happens at any point when none is."""
    point, _, reach = crash_at.partition(":")
    return Trap(point, int(reach)) if point else nothing


async def main(crash_at: str) -> None:
    """Run until killed, or until nobody holds the other end of the standard input."""
    settings = read_settings(env_file=Path(os.devnull), token_needed=True)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        loop.remove_reader(STANDARD_INPUT)
        stop.set()

    loop.add_reader(STANDARD_INPUT, end)
    clock = MovedClock(kept_in=Path(os.environ[CRASH_CLOCK]))
    async with opened_program(settings, clock=clock, hook=hook_of(crash_at)) as program:
        await program.run(stop)


if __name__ == "__main__":
    if os.read(STANDARD_INPUT, len(b"go\n")):
        asyncio.run(main(os.environ.get(CRASH_AT, "")))
