"""Starts the program, sees it die, starts it again: always one child at work and one warmed up behind it."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.crash.points import INSTANT, Kill
from tests.crash.program import CRASH_AT

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 30.0
LAST_LINES = 40
Said = Callable[[str], None]


class Keeper:
    """Keeps one child running and kills it as planned. `kills` counts where; `strange` tells of any other end.

    `between` is called with each kill while nobody runs, before the child that it is meant for is let go.
    """

    def __init__(self, environment: Mapping[str, str], log: Path, between: Callable[[Kill], None]) -> None:
        self._environment, self._log, self._between = dict(environment), log, between
        self.kills: Counter[str] = Counter()
        self.starts = 0
        self._children: list[asyncio.subprocess.Process] = []
        self.strange: list[str] = []

    async def kill_through(self, kills: Iterator[Kill], *, say: Said) -> asyncio.subprocess.Process:
        """Carry out every kill, one child after the other; the child that is left running."""
        kill = next(kills, None)
        child = await self._spawn(kill)
        while kill is not None:
            self._between(kill)
            self._let_go(child)
            following = next(kills, None)
            spare = await self._spawn(following)
            await self._see_die(child, kill)
            child, kill = spare, following
            if self.starts % 10 == 0:
                say(f"{self.starts} kills")
        self._let_go(child)
        return child

    async def stop(self, child: asyncio.subprocess.Process) -> None:
        """Let it end in order."""
        if child.stdin is not None:
            child.stdin.close()
        try:
            code = await asyncio.wait_for(child.wait(), STOP_SECONDS)
        except TimeoutError:
            child.kill()
            code = await child.wait()
        if code != 0:
            self.strange.append(f"asked to stop, the program ended with {code}")

    async def close(self) -> None:
        """End whatever is still there, after a run that was broken off."""
        for child in self._children:
            if child.returncode is None:
                child.kill()
                await child.wait()

    async def _spawn(self, kill: Kill | None) -> asyncio.subprocess.Process:
        """A child that has read its code and waits to be let go."""
        environment = {**self._environment, CRASH_AT: kill.code if kill else ""}
        with self._log.open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.crash.program"),
                cwd=ROOT,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
                stderr=log,
                stdout=log,
            )
        self._children.append(child)
        return child

    def _let_go(self, child: asyncio.subprocess.Process) -> None:
        self.starts += 1
        if child.stdin is not None:
            child.stdin.write(b"go\n")

    async def _see_die(self, child: asyncio.subprocess.Process, kill: Kill) -> None:
        point = kill.point
        try:
            await asyncio.wait_for(child.wait(), kill.after_seconds)
        except TimeoutError:
            point = INSTANT
            child.kill()
            await child.wait()
        if child.returncode == -signal.SIGKILL:
            self.kills[point] += 1
        else:
            told = self._log.read_text(encoding="utf-8").splitlines()[-LAST_LINES:]
            words = f"before {kill.code or INSTANT} the program ended by itself with {child.returncode}"
            self.strange.append("\n      ".join((words, *told)))


def child_environment(values: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without settings of its own, and with these (names without their prefix)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    return kept | {f"LINLI_{name}": value for name, value in values.items()}
