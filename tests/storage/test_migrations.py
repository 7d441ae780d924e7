"""Migrations build exactly what the schema file says, once, whoever starts at the same time."""

from bot.storage.database import Database
from bot.storage.migrate import pending


async def test_a_migrated_database_has_nothing_pending(database: Database) -> None:
    assert not await pending(database)
