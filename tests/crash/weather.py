"""Lets mishaps happen to whatever the program hangs on: its lines, its database, its disk, its clocks."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from tests.crash import mishaps as kinds
from tests.crash.clocks import TownClock
from tests.crash.databases import Place
from tests.crash.line import Line
from tests.crash.mishaps import Mishap

PIECE = bytes(65536)
TORN_TRIES_SECONDS = 3.0
# So far copies are off from each other and from Telegram all the time, and so far when a clock goes wrong.
OFF_SECONDS = 2.0
WRONG_MINUTES = (2.0, 9.0)
LINLIS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'linli'"


@dataclass
class Weather:
    """`forward` are the minutes that pass when time moves on, at least and at most, and all in all in one run."""

    place: Place
    telegram: Line
    database: Line | None
    clock: TownClock
    copies: int
    forward: tuple[float, float, float]
    passed: float = 0.0
    off: dict[int, float] = field(default_factory=dict)
    furthest: float = 0.0

    def begin(self, dice: random.Random) -> None:
        """Each copy's clock is a little off from the others'."""
        for copy in range(self.copies):
            self.off[copy] = dice.uniform(-OFF_SECONDS, OFF_SECONDS)
            self.clock.put_off(copy, self.off[copy])

    def clears(self) -> None:
        """Nothing is wrong any more, and it is later than anybody ever thought."""
        for copy in range(self.copies):
            self.clock.put_off(copy, 0.0)
        self.clock.advance(self.furthest)

    async def strike(self, mishap: Mishap) -> None:
        """Let it happen; it is over when this returns."""
        dice = random.Random(mishap.dice)
        deeds: Mapping[str, Callable[[Mishap, random.Random], Awaitable[None]]] = {
            kinds.TELEGRAM: self._telegram,
            kinds.CONNECTIONS: self._connections,
            kinds.RESTART: self._restart,
            kinds.LOCKED: self._locked,
            kinds.FULL: self._full,
            kinds.CLOCK: self._clock,
        }
        await deeds[mishap.kind](mishap, dice)

    # --- lines ---

    async def _telegram(self, mishap: Mishap, dice: random.Random) -> None:
        await _on_a_line(self.telegram, mishap)

    async def _connections(self, mishap: Mishap, dice: random.Random) -> None:
        if mishap.way in (kinds.ENDED, kinds.TORN):
            await asyncio.to_thread(self._end_connections, mishap, dice)
        elif self.database is not None:
            await _on_a_line(self.database, mishap)

    def _end_connections(self, mishap: Mishap, dice: random.Random) -> None:
        with psycopg.connect(self.place.url, autocommit=True, connect_timeout=5) as connection:
            until = time.monotonic() + TORN_TRIES_SECONDS
            torn = mishap.way == kinds.TORN
            while time.monotonic() < until:
                busy = " AND state <> 'idle' AND xact_start IS NOT NULL" if torn else ""
                found = [row[0] for row in connection.execute(f"{LINLIS}{busy}".encode()).fetchall()]
                if found:
                    for pid in found if torn else dice.sample(found, dice.randint(1, len(found))):
                        connection.execute("SELECT pg_terminate_backend(%s)", [pid])
                    return

    # --- the database ---

    async def _restart(self, mishap: Mishap, dice: random.Random) -> None:
        server = self.place.server
        if server is None:
            raise RuntimeError("only a server of our own may be killed")
        await asyncio.to_thread(server.kill)
        if mishap.way == kinds.AFTER_A_WHILE:
            await asyncio.sleep(mishap.seconds)
        await asyncio.to_thread(server.start)

    async def _locked(self, mishap: Mishap, dice: random.Random) -> None:
        hold = self._hold_file if self.place.path is not None else self._hold_table
        await asyncio.to_thread(hold, mishap)

    def _hold_file(self, mishap: Mishap) -> None:
        connection = sqlite3.connect(str(self.place.path), timeout=10, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
            time.sleep(mishap.seconds)
            connection.execute("ROLLBACK")
        finally:
            connection.close()

    def _hold_table(self, mishap: Mishap) -> None:
        # So long that its patience (ten seconds) is over now and then.
        seconds = mishap.seconds * 1.6
        with suppress(psycopg.errors.DeadlockDetected), psycopg.connect(self.place.url, connect_timeout=5) as holder:
            holder.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(Identifier(mishap.way)))
            time.sleep(seconds)

    async def _full(self, mishap: Mishap, dice: random.Random) -> None:
        if self.place.disk is None:
            raise RuntimeError("only a disk of our own may be filled")
        filler = self.place.disk / "filler"
        if self.place.path is not None:
            await asyncio.to_thread(_give_back, self.place.path)
        try:
            until = time.monotonic() + mishap.seconds
            while time.monotonic() < until:
                # What becomes free meanwhile is taken too.
                await asyncio.to_thread(_fill, filler)
                await asyncio.sleep(0.1)
        finally:
            filler.unlink(missing_ok=True)
        if self.place.server is not None:
            # A server that could not write its log has ended; whoever looks after it makes room and starts it.
            await asyncio.to_thread(self.place.server.start)

    # --- clocks ---

    async def _clock(self, mishap: Mishap, dice: random.Random) -> None:
        if mishap.way == kinds.FORWARD:
            least, most, all_in_all = self.forward
            minutes = min(dice.uniform(least, most), all_in_all - self.passed)
            self.passed += minutes
            self.clock.advance(minutes * 60)
            return
        wrong = [copy for copy in range(self.copies) if dice.random() < 0.6] or [0]
        minutes = dice.uniform(*WRONG_MINUTES) * (1 if mishap.way == kinds.AHEAD else -1)
        for copy in wrong:
            self.clock.put_off(copy, self.off[copy] + minutes * 60)
        self.furthest = max(self.furthest, minutes * 60 + 2 * OFF_SECONDS)
        await asyncio.sleep(mishap.seconds)
        for copy in wrong:
            self.clock.put_off(copy, self.off[copy])


async def _on_a_line(line: Line, mishap: Mishap) -> None:
    if mishap.way == kinds.CUT:
        line.cut()
        return
    if mishap.way == kinds.SHUT:
        line.shut()
    else:
        line.hold(answers_only=mishap.way == kinds.MUTE)
    try:
        await asyncio.sleep(mishap.seconds)
        if mishap.way == kinds.MUTE:
            line.cut()
    finally:
        line.release()


def _give_back(path: Path) -> None:
    """What the file's log has in reserve goes back to the disk, or there would be room in it for a while."""
    connection = sqlite3.connect(str(path), timeout=1, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def _fill(filler: Path) -> None:
    with filler.open("ab", buffering=0) as file:
        for piece in (PIECE, PIECE[:512], PIECE[:1]):
            # Until there is no room for such a piece any more.
            with suppress(OSError):
                while file.write(piece) == len(piece):
                    continue
