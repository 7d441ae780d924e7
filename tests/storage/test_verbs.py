"""The verbs of the command line that keep a community's data, as somebody types them."""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PostgresServer

ROOT = Path(__file__).parents[2]


class Shell:
    """A terminal in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def types(self, *words: str, **settings: str) -> tuple[int | None, str]:
        """`main.py` with these words: how it ends, and everything that it says."""
        environment = {**os.environ, "LINLI_DATA": str(self._folder / "data"), **settings}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(ROOT / "main.py"), *words),
            cwd=self._folder,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert b"Traceback" not in said, said.decode()
        return process.returncode, said.decode()


@pytest.fixture
def target(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = postgres_server.make()
    yield postgres_server.url(name)
    postgres_server.drop(name)


async def test_a_community_is_kept_from_the_command_line(tmp_path: Path, target: str) -> None:
    shell = Shell(tmp_path)
    key = {"LINLI_BACKUP_KEY": "a passphrase for tests"}
    assert (await shell.types("migrate"))[0] == 0
    assert (await shell.types("backup")) == (5, "Error: where to? Give a folder with --to, or set LINLI_BACKUPS\n")
    ended, said = await shell.types("backup", "--to", "copies", **key)
    assert (ended, said.split("\t")[1].endswith("sealed\n")) == (0, True)
    file = said.split("\t")[0]
    ended, said = await shell.types("restore", file, "--yes")
    assert (ended, "it is sealed: LINLI_BACKUP_KEY must be" in said) == (5, True)
    ended, said = await shell.types("restore", file, "--yes", **key)
    assert (ended, "What was there before is kept" in said) == (0, True)

    ended, said = await shell.types("rotate-key")
    assert (ended, "Everything hangs on k2" in said) == (0, True)
    ended, said = await shell.types("rotate-key", "--drop-old")
    assert (ended, "hang on the old key" in said) == (5, True)

    ended, said = await shell.types("move", "--to", target)
    assert (ended, "row by row" in said) == (0, True)
    ended, said = await shell.types("areas", "list")
    assert (ended, "was moved to postgresql://" in said, "password" in said) == (3, True, False)
    assert (await shell.types("areas", "list", LINLI_DATABASE_URL=target))[0] == 0
    ended, said = await shell.types("move", "--to", target)
    assert (ended, "not empty" in said) == (5, True)
    assert (await shell.types("move", "--back")) == (0, "The community lives here again.\n")
    assert (await shell.types("areas", "list"))[0] == 0
