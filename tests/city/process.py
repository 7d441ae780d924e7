"""One copy of the program in a process of its own, with a clock that is shared: `python -m tests.city.process CLOCK`."""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from bot.app import opened_program
from bot.settings import read_settings
from tests.city.clock import SharedClock


async def live(clock: Path) -> None:
    """Until it is asked to stop."""
    settings = read_settings(env_file=Path(os.devnull), token_needed=True)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with opened_program(settings, clock=SharedClock(clock)) as program:
        await program.run(stop)


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1])))
