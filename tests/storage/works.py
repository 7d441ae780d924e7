"""Small transactions over one table of names and values, for tests of the seam."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import pytest

from bot.storage.database import Transaction

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("kind", ["postgres"], indirect=True)
PATIENCE_SECONDS = 30
STATEMENT_ERRORS = (sqlite3.Error, psycopg.Error)


@dataclass(frozen=True)
class Refused(Exception):
    """A rule said no, as the rules of the domain do: a frozen value."""

    why: str


def put(tx: Transaction, name: str, value: str = "") -> None:
    """Keep a value by its name."""
    tx.run(
        "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )


def names(tx: Transaction) -> list[str]:
    """Every name that a value is kept by."""
    return [row["name"] for row in tx.all("SELECT name FROM meta ORDER BY name")]


def putting(*new: str) -> Callable[[Transaction], None]:
    """Work that keeps an empty value by each of these names."""

    def work(tx: Transaction) -> None:
        for name in new:
            put(tx, name)

    return work


def value_of(name: str) -> Callable[[Transaction], str | None]:
    """Work that reads one value."""

    def work(tx: Transaction) -> str | None:
        row = tx.one("SELECT value FROM meta WHERE name = :name", {"name": name})
        return None if row is None else str(row["value"])

    return work
