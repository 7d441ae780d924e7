"""A PostgreSQL server of one run's own, on a free port and a small disk: it can be killed without harm to anybody else's."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

DEBIANS = Path("/usr/lib/postgresql")
ROOT, SERVER_USER = 0, "postgres"
SERVER_MEGABYTES = 160
# The processes of a server that is killed end, the machine does not: what was handed to the system is there.
SETTINGS = """
listen_addresses = '127.0.0.1'
fsync = off
max_connections = 80
shared_buffers = 16MB
min_wal_size = 2MB
max_wal_size = 8MB
"""


class NoServer(Exception):
    """This machine has no PostgreSQL server to start, or does not let this user start it."""


def programs() -> Path | None:
    """Where PostgreSQL's own programs are; None: nowhere."""
    found = sorted(DEBIANS.glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Server:
    """One server in one folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self._port = folder, port
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        self.disk = folder

    def make(self) -> None:
        """Make its files and start it; NoServer when that cannot be."""
        self._run("initdb", "-D", str(self._folder / "data"), "-U", "postgres", "-A", "trust", "-N", "--wal-segsize=1")
        settings = f"{SETTINGS}port = {self._port}\nunix_socket_directories = '{self._folder}'\n"
        with (self._folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        self.start()

    def start(self) -> None:
        """It listens when this returns, also if it listened before."""
        with suppress(NoServer):
            self._control("status")
            return
        self._control("start", "-w", "-l", str(self._folder / "log"))

    def kill(self) -> None:
        """All its processes end at once, in the middle of whatever they do."""
        # It may have ended by itself, on a full disk.
        with suppress(NoServer):
            self._control("stop", "-w", "-m", "immediate")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), *words)

    def _run(self, program: str, *words: str) -> None:
        place = programs()
        if place is None:
            raise NoServer("there is no initdb")
        user = SERVER_USER if os.geteuid() == ROOT else None
        output = subprocess.DEVNULL  # a server that was started keeps what it was given
        done = subprocess.run(
            [str(place / program), *words], cwd="/", user=user, stdin=output, stdout=output, stderr=output, check=False
        )
        if done.returncode:
            raise NoServer(f"{program} ended with {done.returncode}")


@contextmanager
def own_server() -> Iterator[Server]:
    """A server while it lasts; NoServer where there is none to start."""
    if programs() is None:
        raise NoServer("there is no initdb")
    folder = Path(tempfile.mkdtemp(prefix="linli-crash-server-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if os.geteuid() == ROOT:
            stack.enter_context(small_disk(folder, SERVER_MEGABYTES))
            shutil.chown(folder, SERVER_USER, SERVER_USER)
        server = Server(folder, free_port())
        stack.callback(server.kill)
        server.make()
        yield server


def may_mount() -> bool:
    """Whether disks of a limited size can be made here."""
    return os.geteuid() == ROOT and shutil.which("mount") is not None


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """The folder is a disk of its own while it lasts, in memory."""
    size = f"size={megabytes}m,mode=0755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
