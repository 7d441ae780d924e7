"""Every sealed value and every keyed hash is brought under the key that seals, wherever in the schema it stands.

Apart from what a running copy needs: the schema takes SQLAlchemy to read, which no start has to pay for.
"""

import re
from collections.abc import Iterator

from bot.storage import erasures, persons
from bot.storage.database import Row, Transaction
from bot.storage.tables import Table, tables
from bot.storage.vault import Vault, WrongKey

PAGE = 200
# An id, and what AES-GCM makes of nothing at least: twelve bytes of nonce and sixteen of tag.
SEALED = re.compile(r"([^.\s]+)\.([A-Za-z0-9+/]{38,}={0,2})")


# --- sealing anew ---


def texts() -> Iterator[Table]:
    """Every table of the schema that has text, in which a sealed value may stand."""
    return (table for table in tables() if table.texts)


def page(tx: Transaction, table: Table, last: tuple[object, ...]) -> list[Row]:
    """Rows after this key: key and texts."""
    after, values = table.after(last)
    columns = ", ".join(f'"{name}"' for name in dict.fromkeys((*table.keys, *table.texts)))
    return tx.all(
        f'SELECT {columns} FROM "{table.name}" WHERE {after} ORDER BY {table.key_listed} LIMIT :limit',
        {**values, "limit": PAGE},
    )


def stale(vault: Vault, row: Row, table: Table) -> list[str]:
    """The columns of a row whose value is sealed with another key than the one that seals now."""
    found = ((name, SEALED.fullmatch(row[name])) for name in table.texts if row[name])
    return [name for name, match in found if match and match[1] in vault.fingerprints and match[1] != vault.seals]


def reseal(tx: Transaction, table: Table, rows: list[Row]) -> int:
    """Bring these rows under the key that seals; how many values. A row that was written meanwhile stays as it was written."""
    sealed = 0
    where = " AND ".join(f'"{key}" = :k_{key}' for key in table.keys)
    for name in table.texts:
        old = [row for row in rows if name in stale(tx.vault, row, table)]
        fresh = [(row, _fresh(tx.vault, f"{table.name}.{name}", row[name])) for row in old]
        values = [
            {**{f"k_{key}": row[key] for key in table.keys}, "old": row[name], "new": new} for row, new in fresh if new
        ]
        if values:
            tx.many(f'UPDATE "{table.name}" SET "{name}" = :new WHERE {where} AND "{name}" = :old', values)
        sealed += len(values)
    return sealed


def _fresh(vault: Vault, column: str, value: str) -> str | None:
    """A value under the key that seals; None for what only looks like one, or opens with no key at all."""
    try:
        return vault.seal(column, vault.open(column, value))
    except WrongKey:
        return None


# --- hashing anew ---


def rehash(tx: Transaction, after: int) -> tuple[int, int]:
    """Hash a page of names and telephones anew, behind the person of this number: the last number (0: none), how many changed."""
    rows = tx.all(
        "SELECT id, name, name_hash, telephone, telephone_hash FROM persons WHERE id > :after ORDER BY id LIMIT :limit",
        {"after": after, "limit": PAGE},
    )
    changed = 0
    for column, hash_of in (("name", persons.name_hash), ("telephone", persons.telephone_hash)):
        # Whoever is forgotten has an empty hash, whoever was not hashed yet has none: both stay so.
        old = [row for row in rows if row[f"{column}_hash"]]
        fresh = [(row, hash_of(tx, tx.vault.open(f"persons.{column}", row[column]))) for row in old]
        values = [
            {"id": row["id"], "value": row[column], "hash": new} for row, new in fresh if new != row[f"{column}_hash"]
        ]
        if values:
            tx.many(f"UPDATE persons SET {column}_hash = :hash WHERE id = :id AND {column} = :value", values)
        changed += len(values)
    return (rows[-1]["id"] if rows else 0), changed


def remark(tx: Transaction, after: int) -> tuple[int, int]:
    """Mark a page of erasures anew, behind the one of this number: the last number (0: none), and how many changed."""
    found = erasures.noted_after(tx, after)
    values = [{"id": number, "mark": mark.hash} for number, mark in found]
    changed = sum(tx.run("UPDATE erasures SET mark = :mark WHERE id = :id AND mark <> :mark", one) for one in values)
    return (found[-1][0] if found else 0), changed
