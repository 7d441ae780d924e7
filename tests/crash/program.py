"""The real program in a process of its own, which kills itself when it reaches a named point for the n-th time.

Started as `python -m tests.crash.program CLOCK COPY`, it is a nursery: it reads everything in once and then, for each line on
its standard input ("commit:17", "before alerts:2", or "-" for a life without a trap), forks a child that opens and runs the
program from the beginning; so a restart costs milliseconds instead of seconds. It says "started PID" and "ended CODE"
(negative: the signal; else the code with which the command line ends then). When its standard input closes it lets the last
child end in order. CLOCK is the file that says how far time was moved on, COPY whose clock is read in it. The program knows
nothing of all this: it only calls the hook that it calls anyway. "before alerts" is no such point: it lies before each
statement that writes the table of alerts, and only for it the program's transactions are tampered with.
"""

import asyncio
import logging
import os
import re
import select
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.app import opened_program
from bot.settings import read_settings
from bot.storage.database import Hook, Transaction, nothing
from bot.storage.postgres import PostgresTransaction
from bot.storage.sqlite import SqliteTransaction
from main import perform
from tests.crash.clocks import TownClock

NO_TRAP = "-"
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


def hook_of(trap: str) -> Hook:
    """The trap that is named ("commit:17")."""
    point, _, reach = trap.partition(":")
    return nothing if trap == NO_TRAP else Trap(point, int(reach))


WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")


def listen(hook: Hook) -> None:
    """From now on the hook also hears of each statement that is about to write a table."""
    for kind in (SqliteTransaction, PostgresTransaction):
        for name in ("_execute", "many"):
            setattr(kind, name, _heard(getattr(kind, name), hook))


def _heard(deed: Callable[..., Any], hook: Hook) -> Callable[..., Any]:
    def run(tx: Transaction, sql: str, *rest: Any) -> Any:
        if (table := WRITES.match(sql)) is not None:
            hook(f"before {table.group(1)}")
        return deed(tx, sql, *rest)

    return run


async def live(trap: str, clock: TownClock) -> None:
    """One life: until killed, or until it is asked to stop."""
    settings = read_settings(env_file=Path(os.devnull), token_needed=True)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    hook = hook_of(trap)
    if trap.startswith("before "):
        listen(hook)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with opened_program(settings, clock=clock, hook=hook) as program:
        await program.run(stop)


def bear(trap: str, clock: TownClock, bell: int) -> int:
    """Fork a child that lives with this trap; its process number. The child never comes back from here."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(bell)
            perform(live(trap, clock))
            code = 0
        except click.ClickException as fault:
            logging.warning("the program ended by itself: %s", fault.message)
            code = fault.exit_code
        except Exception:
            logging.exception("the program ended by itself")
        finally:
            os._exit(code)
    return pid


class Nursery:
    """Bears one child after the other, as it is told on its standard input."""

    def __init__(self, clock: TownClock) -> None:
        self._clock = clock
        self._pid = 0
        self._open = True
        # A child's end rings this bell, so that both can be waited for: the next word, and the death.
        self._bell, ringing = os.pipe()
        os.set_blocking(self._bell, False)
        os.set_blocking(ringing, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(ringing)

    def run(self) -> None:
        """Until nobody speaks any more and the last child is gone."""
        while self._open or self._pid:
            ears = [self._bell, *([STANDARD_INPUT] if self._open else [])]
            heard, _, _ = select.select(ears, [], [])
            if self._bell in heard:
                os.read(self._bell, 1024)
                self._bury()
            if STANDARD_INPUT in heard:
                self._obey(os.read(STANDARD_INPUT, 1024).decode().strip())

    def _obey(self, word: str) -> None:
        if word:
            self._pid = bear(word, self._clock, self._bell)
            say(f"started {self._pid}")
            return
        self._open = False
        if self._pid:
            os.kill(self._pid, signal.SIGTERM)

    def _bury(self) -> None:
        if not self._pid:
            return
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        if pid:
            self._pid = 0
            say(f"ended {os.waitstatus_to_exitcode(status)}")


def say(words: str) -> None:
    """A line for whoever keeps the nursery."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    say("ready")
    Nursery(TownClock(Path(sys.argv[1]), int(sys.argv[2]))).run()
