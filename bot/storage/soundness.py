"""Which database this is, whether it is new enough, and whether it is whole."""

import re
from dataclasses import dataclass

from bot.storage.database import Transaction

NEEDS_SERVER, NEEDS_FILE = (14,), (3, 35)


@dataclass(frozen=True)
class Soundness:
    """`version` and what the program `needs`, for people. `fault` None: nothing was found damaged."""

    version: str
    needs: str
    supported: bool
    fault: str | None


def look(tx: Transaction, *, server: bool) -> Soundness:
    """Look at it. A server looks after its own pages; a file is read through once, which takes a second a gigabyte or so."""
    told = _told(tx, "current_setting('server_version')" if server else "sqlite_version()")
    name, needed = ("PostgreSQL", NEEDS_SERVER) if server else ("SQLite", NEEDS_FILE)
    numbers = tuple(int(part) for part in re.findall(r"\d+", told)[: len(needed)])
    needs = f"{name} {'.'.join(str(part) for part in needed)}"
    place = f", schema {_told(tx, 'current_schema()')}" if server else ""
    return Soundness(f"{name} {told}{place}", needs, numbers >= needed, None if server else _damage(tx))


def _told(tx: Transaction, asked: str) -> str:
    row = tx.one(f"SELECT {asked} AS told")
    return str(row["told"]) if row else "?"


def _damage(tx: Transaction) -> str | None:
    rows = tx.all("PRAGMA quick_check(1)")
    said = str(next(iter(dict(rows[0]).values()))) if rows else "ok"
    return None if said == "ok" else said
