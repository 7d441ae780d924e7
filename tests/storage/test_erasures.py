"""Whatever is sealed about somebody, in whatever table, is gone when they are forgotten; a new column is met here first."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Text

from bot.clock import StillClock
from bot.domain.people import Language
from bot.services.areas import ensure_first_area
from bot.storage import erasures, persons, schema
from bot.storage.database import Database, Transaction

SECRET, USER = "您的秘密", 77_001
# A bot's token is a secret of the deployment and says nothing of anybody.
APART = {"bots", "areas", "area_tree", "meta", "persons", "accounts", "erasures", "failures"}


def is_sealed(column: Column[Any]) -> bool:
    """Whether a column holds encrypted words: its description begins with that."""
    return (column.doc or "").startswith("sealed")


def fill(tx: Transaction, now: datetime) -> int:
    """One row in every table, about one person, with their secret wherever words are sealed; their number."""
    area = ensure_first_area(tx)
    person = persons.make(tx, bot_id=1, user_id=USER, name=SECRET, language=Language.ENGLISH, now=now)
    links = {"persons": person.id, "areas": area.id}
    for table in schema.metadata.sorted_tables:
        if table.name not in APART:
            row = {column.name: value(tx, table, column, links) for column in table.columns}
            names = ", ".join(row)
            tx.run(f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(f':{name}' for name in row)})", row)
    body = tx.vault.seal("failures.body", json.dumps({"from": {"id": USER}, "text": SECRET}, ensure_ascii=False))
    tx.run("INSERT INTO failures (at, place, subject, body, error) VALUES (1, 'x', 'x', :body, 'x')", {"body": body})
    return person.id


def value(tx: Transaction, table: Table, column: Column[Any], links: dict[str, int]) -> object:
    """Something that this column can hold: the person, their secret, or next to nothing."""
    link = next(iter(column.foreign_keys), None)
    if link is not None:
        return links.get(link.column.table.name, 1)
    if is_sealed(column):
        return tx.vault.seal(f"{table.name}.{column.name}", SECRET)
    if column.nullable:
        return None
    return "x" if isinstance(column.type, Text) else 1


def secrets(tx: Transaction) -> list[str]:
    """Where the secret can still be read."""
    found = []
    for table in schema.metadata.sorted_tables:
        for row in tx.all(f"SELECT * FROM {table.name}"):
            for column in table.columns:
                words = row[column.name]
                if is_sealed(column) and words and SECRET in tx.vault.open(f"{table.name}.{column.name}", words):
                    found.append(f"{table.name}.{column.name}")
    return found


async def test_no_sealed_word_of_somebody_is_left_in_any_table(database: Database, clock: StillClock) -> None:
    person_id = await database.transaction(lambda tx: fill(tx, clock.now()))
    before = set(await database.read(secrets))
    sealed = {f"{t.name}.{c.name}" for t in schema.metadata.sorted_tables for c in t.columns if is_sealed(c)}
    assert before == sealed - {"persons.telephone", "persons.door", "bots.token"}
    await database.transaction(lambda tx: erasures.forget(tx, persons.get(tx, person_id)))
    assert await database.read(secrets) == []
    accounts = await database.read(lambda tx: tx.all("SELECT 1 AS one FROM accounts"))
    assert accounts == []


async def test_what_others_wrote_about_others_stays(database: Database, clock: StillClock) -> None:
    await database.transaction(lambda tx: fill(tx, clock.now()))
    before = await database.read(secrets)
    other = await database.transaction(
        lambda tx: persons.make(tx, bot_id=1, user_id=5, name="x", language=Language.CHINESE, now=clock.now())
    )
    await database.transaction(lambda tx: erasures.forget(tx, other))
    assert await database.read(secrets) == before
