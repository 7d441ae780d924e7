"""What every measurement needs: a Telegram of its own process, the program as a process, and a database that goes again."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
ROOT = Path(__file__).parents[2]
PATIENCE = 180.0


@dataclass
class Box:
    """The sandbox in its own process."""

    url: str
    token: str
    process: subprocess.Popen[str] = field(repr=False)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request to its API: a GET, or with a body a POST."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def accepted(self, method: str = "sendMessage") -> int:
        """How many calls of a method it has accepted."""
        return int(self.ask("counters")["accepted"].get(method, 0))

    def times(self, method: str = "sendMessage") -> list[float]:
        """When they were accepted (monotonic seconds), oldest first."""
        times: list[float] = self.ask(f"acceptances?method={method}")["times"]
        return times

    def wait(self, method: str, count: int) -> None:
        """Until so many calls of a method were accepted; TimeoutError after three minutes."""
        end = time.monotonic() + PATIENCE
        while self.accepted(method) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.accepted(method)} of {count} {method}")
            time.sleep(0.05)


@contextmanager
def box(*, limits: bool = False) -> Iterator[Box]:
    """A sandbox that is there for one measurement."""
    arguments = [sys.executable, "-m", "sandbox", "--limits" if limits else "--no-limits"]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Box(process.stdout.readline().strip(), process.stdout.readline().strip(), process)
    finally:
        end(process)


def end(process: subprocess.Popen[Any]) -> None:
    """End a process that we started, by its own number."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that goes again."""
    made = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def database(kind: str, at: Path) -> Iterator[str]:
    """The address of a new database of a kind, "sqlite" or "postgres"."""
    if kind == "sqlite":
        yield f"sqlite:///{at}/bench.sqlite3"
        return
    name = f"linli_bench_{secrets.token_hex(5)}"
    with psycopg.connect(SERVER, autocommit=True) as admin:
        admin.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        host = admin.info
        login = host.user if not host.password else f"{host.user}:{host.password}"
        try:
            yield f"postgresql://{login}@{host.host}:{host.port}/{name}"
        finally:
            admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def environment(box: Box, url: str, at: Path, **more: str) -> dict[str, str]:
    """The program's settings; without limits of its own unless `more` says otherwise."""
    own = {
        "BOT_TOKEN": box.token,
        "BOT_API_URL": box.url,
        "DATABASE_URL": url,
        "DATA": str(at),
        "LOG_LEVEL": "ERROR",
        "MESSAGES_PER_SECOND": "1000000",
        "MESSAGES_PER_SECOND_CHAT": "1000000",
        "MESSAGES_PER_MINUTE_GROUP": "1000000",
        **more,
    }
    return {**os.environ, **{f"LINLI_{name}": value for name, value in own.items()}}


@contextmanager
def program(box: Box, url: str, at: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """The whole program, as its own process: `main.py run`."""
    with (at / "program.log").open("wb") as log:
        arguments = [sys.executable, str(ROOT / "main.py"), "run"]
        process = subprocess.Popen(arguments, cwd=at, env=environment(box, url, at, **more), stdout=log, stderr=log)
        try:
            yield process
        finally:
            end(process)


@contextmanager
def stock(box: Box) -> Iterator[subprocess.Popen[bytes]]:
    """The bare echo bot."""
    arguments = [sys.executable, str(ROOT / "tests/bench/stock.py"), box.url, box.token]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        end(process)
