"""Starts the program, sees it die, starts it again."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tests.crash.points import AFTERWARDS, INSTANT, Kill
from tests.crash.program import NO_TRAP

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 30.0
LAST_LINES = 40
SAY_EVERY = 10
# As the command line ends when the database (3) or Telegram (4) cannot be used.
EXCUSABLE = (3, 4)
# How long whoever starts it again waits.
REST_SECONDS = 0.5
T = TypeVar("T")
Said = Callable[[str], None]


class Keeper:
    """Keeps one child running and kills it as planned. `kills` counts where; `strange` tells of any other end.

    `between` is called with each kill while nobody runs, before the child that it is meant for is born. While `excused` says
    so the program may also end by itself, saying that the database or Telegram cannot be used: it is started again, as whatever
    looks after it would (`ended` counts the codes).
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        clock: tuple[Path, int],
        log: Path,
        between: Callable[[Kill], None],
        say: Said,
        excused: Callable[[], bool] = lambda: False,
    ) -> None:
        self._environment, self._clock, self._log = dict(environment), clock, log
        self._between, self._say, self._excused = between, say, excused
        self._nursery: asyncio.subprocess.Process | None = None
        # The child that lives, and the word of its end; None: nobody lives.
        self._pid = 0
        self._end: asyncio.Future[int] | None = None
        self.kills: Counter[str] = Counter()
        self.ended: Counter[int] = Counter()
        self.starts = 0
        self.strange: list[str] = []

    async def kill_through(self, kills: Iterable[Kill]) -> None:
        """Carry out every kill, one child after the other; one child is left running."""
        if self._nursery is None:
            await self._open()
        elif self._end is not None:
            await self._die(AFTERWARDS)
        for kill in kills:
            self._between(kill)
            done = False
            while not done:
                await self._start(kill.trap or NO_TRAP)
                done = await self._see_die(kill)
            if self.starts % SAY_EVERY == 0:
                self._say(f"{self.starts} starts")
        await self._start(NO_TRAP)

    async def live_through(self, deed: Awaitable[T]) -> T:
        """The child lives on while this is done; if it ends by itself it is started again."""
        doing: asyncio.Future[T] = asyncio.ensure_future(deed)
        try:
            while not doing.done():
                end = self._expected_end()
                either: set[asyncio.Future[T] | asyncio.Future[int]] = {doing, end}
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
                if end.done():
                    await self._ended(end.result(), "left alone")
                    await self._start(NO_TRAP)
        finally:
            doing.cancel()
        return doing.result()

    async def stop(self) -> None:
        """Let the last child end in order."""
        if self._nursery is None or self._nursery.stdin is None:
            return
        self._nursery.stdin.close()
        try:
            code = await asyncio.wait_for(self._expected_end(), STOP_SECONDS)
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
        path, copy = self._clock
        with self._log.open("ab") as log:
            self._nursery = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.crash.program", str(path), str(copy)),
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        await self._line()

    async def _start(self, trap: str) -> None:
        """A child lives."""
        self.starts += 1
        if self._nursery is None or self._nursery.stdin is None:
            raise RuntimeError("nobody is there to start anything")
        self._nursery.stdin.write(f"{trap}\n".encode())
        self._pid = await self._hear("started")
        self._end = asyncio.ensure_future(self._hear("ended"))

    async def _see_die(self, kill: Kill) -> bool:
        """Wait for this death; False when the child ended by itself first, which was excused."""
        end = self._expected_end()
        done, _ = await asyncio.wait([end], timeout=kill.after_seconds)
        if not done:
            await self._die(INSTANT)
        elif end.result() == -signal.SIGKILL:
            self.kills[kill.point] += 1
            self._end = None
        else:
            return not await self._ended(end.result(), f"before {kill.trap or INSTANT}")
        return True

    async def _die(self, point: str) -> None:
        """Kill the child now. The trap may be a little faster after all, and so may be its own end."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        code = await self._expected_end()
        if code == -signal.SIGKILL:
            self.kills[point] += 1
            self._end = None
        else:
            await self._ended(code, f"before {point}")

    async def _ended(self, code: int, when: str) -> bool:
        """The child ended by itself; whether that was excused. It rests a little before it is started again."""
        self._end = None
        excused = code in EXCUSABLE and self._excused()
        if excused:
            self.ended[code] += 1
            await asyncio.sleep(REST_SECONDS)
        else:
            self.strange.append(self._quoted(f"{when} the program ended by itself with {code}"))
        return excused

    def _expected_end(self) -> asyncio.Future[int]:
        if self._end is None:
            raise RuntimeError("nobody lives")
        return self._end

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
