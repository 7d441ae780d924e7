"""Starts the program, sees it die, starts it again."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from tests.crash.points import INSTANT, Kill
from tests.crash.program import NO_TRAP

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 30.0
LAST_LINES = 40
SAY_EVERY = 10
Said = Callable[[str], None]


class Keeper:
    """Keeps one child running and kills it as planned. `kills` counts where; `strange` tells of any other end.

    `between` is called with each kill while nobody runs, before the child that it is meant for is born.
    """

    def __init__(
        self, environment: Mapping[str, str], clock: Path, log: Path, between: Callable[[Kill], None], say: Said
    ) -> None:
        self._environment, self._clock, self._log = dict(environment), clock, log
        self._between, self._say = between, say
        self._nursery: asyncio.subprocess.Process | None = None
        self.kills: Counter[str] = Counter()
        self.starts = 0
        self.strange: list[str] = []

    async def kill_through(self, kills: Iterator[Kill]) -> None:
        """Carry out every kill, one child after the other; one child is left running."""
        await self._open()
        for kill in kills:
            self._between(kill)
            await self._see_die(await self._start(kill.trap or NO_TRAP), kill)
            if self.starts % SAY_EVERY == 0:
                self._say(f"{self.starts} kills")
        await self._start(NO_TRAP)

    async def stop(self) -> None:
        """Let the last child end in order."""
        if self._nursery is None or self._nursery.stdin is None:
            return
        self._nursery.stdin.close()
        try:
            code = await asyncio.wait_for(self._hear("ended"), STOP_SECONDS)
        except TimeoutError:
            self.strange.append("asked to stop, the program did not")
            return
        if code != 0:
            self.strange.append(self._quoted(f"asked to stop, the program ended with {code}"))
        await self._nursery.wait()

    async def close(self) -> None:
        """End whatever is still there, after a run that was broken off."""
        if self._nursery is not None and self._nursery.returncode is None:
            if self._nursery.stdin is not None:
                self._nursery.stdin.close()
            try:
                await asyncio.wait_for(self._nursery.wait(), STOP_SECONDS)
            except TimeoutError:
                self._nursery.kill()
                await self._nursery.wait()

    async def _open(self) -> None:
        with self._log.open("ab") as log:
            self._nursery = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.crash.program", str(self._clock)),
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        await self._line()

    async def _start(self, trap: str) -> int:
        """A child lives; its process number."""
        self.starts += 1
        if self._nursery is None or self._nursery.stdin is None:
            raise RuntimeError("nobody is there to start anything")
        self._nursery.stdin.write(f"{trap}\n".encode())
        return await self._hear("started")

    async def _see_die(self, pid: int, kill: Kill) -> None:
        point, hearing = kill.point, asyncio.ensure_future(self._hear("ended"))
        done, _ = await asyncio.wait([hearing], timeout=kill.after_seconds)
        if not done:
            # The trap may be a little faster after all.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                point = INSTANT
        code = await hearing
        if code == -signal.SIGKILL:
            self.kills[point] += 1
        else:
            self.strange.append(self._quoted(f"before {kill.trap or INSTANT} the program ended by itself with {code}"))

    async def _hear(self, word: str) -> int:
        said, _, number = (await self._line()).partition(" ")
        if said != word:
            raise RuntimeError(self._quoted(f"the program's process said {said!r} and not {word!r}"))
        return int(number)

    async def _line(self) -> str:
        if self._nursery is None or self._nursery.stdout is None:
            raise RuntimeError("nobody is there to listen to")
        return (await self._nursery.stdout.readline()).decode().strip()

    def _quoted(self, words: str) -> str:
        told = self._log.read_text(encoding="utf-8").splitlines()[-LAST_LINES:]
        return "\n      ".join((words, *told))


def child_environment(values: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without settings of its own, and with these (names without their prefix)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    return kept | {f"LINLI_{name}": value for name, value in values.items()}
