"""Whether a district's year of check-ins wants to be partitioned by month: the same rows in one table and in twelve."""

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import psycopg

from bot.storage.migrate import upgrade
from tests.bench.figures import Figure
from tests.bench.rig import database, folder

PEOPLE, COMMUNITIES, DAYS, SLOTS = 10_000, 100, 365, (480, 1080)
# Midnight of 1 January 2025 in UTC, and a day of seconds.
FIRST, DAY = 1_735_689_600, 86_400
MONTH = 31 * DAY
ROUND = (
    "INSERT INTO {table} (id, plan_id, person_id, area_id, day, slot, channel, state, asked_at, due_at, nudges, step, answer,"
    " answered_at, act_at, version)"
    " SELECT %(first)s + n, n, n, n %% %(communities)s, %(day)s, %(slot)s, 'chat', %(state)s, %(at)s, %(at)s + 3600, '30,50',"
    " 0, 'well', %(at)s + 300, %(act_at)s, 2 FROM generate_series(1, %(people)s) AS n"
)
LOOKS = {
    "one by its number": "SELECT * FROM {table} WHERE id = %(id)s",
    "somebody's last fourteen": "SELECT * FROM {table} WHERE person_id = %(person)s ORDER BY day DESC, slot DESC LIMIT 14",
    "a community's round": "SELECT * FROM {table} WHERE area_id = %(area)s AND day = %(day)s AND slot = 480",
    "what is due": "SELECT id FROM {table} WHERE act_at <= %(now)s ORDER BY act_at LIMIT 500",
}
Connection = psycopg.Connection[tuple[Any, ...]]


def measure() -> Iterator[Figure]:
    """Both tables, filled with a year of a district: their size, the next round, what is looked up, and letting go of a month."""
    with folder() as at, database("postgres", at) as url:
        upgrade(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET synchronous_commit = off")
            for table, made in (("kept", _whole), ("parted", _parted)):
                made(connection)
                for number in range(DAYS):
                    _day(connection, table, number, "answered", None)
                connection.execute(f"VACUUM ANALYZE {table}".encode())
                yield from _looked_at(connection, table)
                connection.execute(f"DROP TABLE {table}".encode())


def _whole(connection: Connection) -> None:
    connection.execute("CREATE TABLE kept (LIKE checkins INCLUDING ALL)")


def _parted(connection: Connection) -> None:
    """What is unique has to hold the month: PostgreSQL looks into one part only."""
    connection.execute("CREATE TABLE parted (LIKE checkins INCLUDING DEFAULTS) PARTITION BY RANGE (asked_at)")
    for number in range(DAYS * DAY // MONTH + 2):
        start = FIRST + number * MONTH
        connection.execute(
            f"CREATE TABLE parted_{number} PARTITION OF parted FOR VALUES FROM ({start}) TO ({start + MONTH})".encode()
        )
    for statement in (
        "ALTER TABLE parted ADD PRIMARY KEY (id, asked_at)",
        "CREATE UNIQUE INDEX ON parted (person_id, day, slot, asked_at)",
        "CREATE INDEX ON parted (act_at) WHERE act_at IS NOT NULL",
        "CREATE INDEX ON parted (area_id, day, slot)",
    ):
        connection.execute(statement.encode())


def _day(connection: Connection, table: str, number: int, state: str, act_at: int | None) -> None:
    day = time.strftime("%Y-%m-%d", time.gmtime(FIRST + number * DAY))
    for place, slot in enumerate(SLOTS):
        values = {
            "first": (number * len(SLOTS) + place) * PEOPLE,
            "communities": COMMUNITIES,
            "people": PEOPLE,
            "day": day,
            "slot": slot,
            "state": state,
            "at": FIRST + number * DAY + slot * 60,
            "act_at": act_at,
        }
        connection.execute(ROUND.format(table=table).encode(), values)


def _looked_at(connection: Connection, table: str) -> Iterator[Figure]:
    size = _one(
        connection,
        f"SELECT SUM(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname ~ '^{table}'",
    )
    rows = PEOPLE * len(SLOTS) * DAYS
    yield Figure(f"{table}: {rows:,} check-ins with their indexes", size / 2**20, "MB")
    yield Figure(f"{table}: a check-in with its indexes", size / rows, "bytes")
    now = FIRST + DAYS * DAY
    seconds = _timed(lambda: _day(connection, table, DAYS, "asked", now + 3600))
    yield Figure(f"{table}: opening the next two rounds, the table's part", seconds, "s")
    # As autovacuum does within a minute: a part in which nothing had been is planned for as if nothing were.
    connection.execute(f"ANALYZE {table}".encode())
    for what, sql in LOOKS.items():
        yield Figure(f"{table}: {what}", median(_looks(connection, table, sql, now)) * 1000, "ms")
    if table == "parted":
        gone = _timed(lambda: connection.execute("DROP TABLE parted_0"))
    else:
        gone = _timed(lambda: connection.execute(f"DELETE FROM kept WHERE asked_at < {FIRST + MONTH}".encode()))
    yield Figure(f"{table}: letting go of the first month", gone, "s")


def _looks(connection: Connection, table: str, sql: str, now: int) -> list[float]:
    day = time.strftime("%Y-%m-%d", time.gmtime(FIRST + (DAYS - 30) * DAY))
    found = []
    for number in range(40):
        values = {
            "id": (number * 7919 * PEOPLE) % (PEOPLE * len(SLOTS) * DAYS) + number,
            "person": number * 211 + 1,
            "area": number % COMMUNITIES,
            "day": day,
            "now": now + 7200,
        }
        found.append(
            _timed(lambda values=values: connection.execute(sql.format(table=table).encode(), values).fetchall())
        )
    return found


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _one(connection: Connection, sql: str) -> float:
    row = connection.execute(sql.encode()).fetchone()
    return float(row[0]) if row else 0.0
