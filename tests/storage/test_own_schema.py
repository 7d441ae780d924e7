"""Nothing that the program does reaches past the schema in which it lives: what a distributed PostgreSQL needs of it.

Every statement of the program that any test runs is judged as it runs (`tests/conftest.py`); here stands that the judge can
say no, that no text of the program escapes it, and that the tables keep to themselves.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import psycopg
import pytest

from bot.storage.database import Database, Transaction
from bot.storage.migrate import upgrade
from tests.conftest import Judged, PostgresServer, within
from tests.storage.own_schema import ROOT, judge, leaving
from tests.storage.works import STATEMENT_ERRORS, on_postgres

OFFENDERS = {
    "SELECT * FROM public.persons": "names the schema public",
    "SELECT p.id FROM persons p JOIN west.areas a ON a.id = p.building_id": "names the schema west",
    "SELECT id FROM persons WHERE id IN (SELECT id FROM west.areas)": "names the schema west",
    "WITH old AS (SELECT id FROM west.persons) SELECT id FROM old": "names the schema west",
    "SELECT west.persons.name FROM persons": "names the schema west",
    'DELETE FROM "west".persons': "names the schema west",
    "UPDATE west.persons SET name = :name": "names the schema west",
    "INSERT INTO west.persons (id) SELECT id FROM persons": "names the schema west",
    "ALTER TABLE west.persons DROP CONSTRAINT persons_building_id_fkey": "names the schema west",
    "SELECT 'west.persons'::regclass": "schema of 'west.persons'",
    "SELECT nextval('west.areas_id_seq')": "schema of 'west.areas_id_seq'",
    "SELECT west.now()": "another place",
    "INSERT INTO contacts (plan_id, rank) VALUES (:id, (SELECT MAX(rank) FROM contacts))": "among the values",
    "SELECT 1 FROM pg_tables": "every schema",
    "SELECT 1 FROM information_schema.columns": "every schema",
    "SELECT id FROM neighbours_of_ours": "no table of the schema file",
    "CREATE TEMP TABLE found (id BIGINT)": "something else",
    "SELECT id INTO TEMP found FROM persons": "no table of the schema file",
    "DROP TABLE persons": "something else",
    "TRUNCATE persons": "something else",
    "LISTEN linli": "something else",
    "SET search_path TO west": "something else",
    "SELECT set_config('search_path', 'west', false)": "past a schema",
    "SELECT pg_try_advisory_xact_lock(7)": "past a schema",
    "SELEC id FROM persons": "nobody can read it",
}
FITTING = (
    "SELECT n.id FROM needs n JOIN persons p ON p.id = n.person_id WHERE n.act_at <= :now FOR NO KEY UPDATE OF n SKIP LOCKED",
    "WITH due AS (SELECT id FROM needs) UPDATE needs SET act_at = NULL WHERE id IN (SELECT id FROM due) RETURNING id",
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    "SELECT value FROM meta WHERE name = 'public.west'",
    "ALTER TABLE needs DROP CONSTRAINT needs_person_id_fkey",
    "SAVEPOINT part",
)


@pytest.mark.parametrize(("sql", "why"), OFFENDERS.items(), ids=list(OFFENDERS))
def test_a_statement_that_reaches_past_its_schema_is_found(sql: str, why: str) -> None:
    assert why in (judge(sql) or "")


@pytest.mark.parametrize("sql", FITTING)
def test_a_statement_that_stays_is_let_pass(sql: str) -> None:
    assert judge(sql) is None


async def test_the_programs_statements_are_judged_as_they_run(database: Database, judged: Judged) -> None:
    """A text of this very test is none of the program's; the same one said by a file of the program would be."""
    code = _asks_elsewhere.__code__.replace(co_filename=str(ROOT / "bot/storage/made_up.py"))
    with pytest.raises(STATEMENT_ERRORS, match=r"other\.persons"):
        await database.read(_asks_elsewhere)
    assert judged.offences == []
    with pytest.raises(STATEMENT_ERRORS, match=r"other\.persons"):
        await database.read(FunctionType(code, globals()))
    assert [why for _, why in judged.offences] == ["it names the schema other"]
    judged.offences.clear()


def _asks_elsewhere(tx: Transaction) -> object:
    return tx.all("SELECT 1 FROM other.persons")


# --- what no test may have run ---

# What lives in which schema is their business; nobody else's.
KNOW_SCHEMAS = {
    "bot/storage/namespace.py",
    "bot/storage/backups/postgres.py",
    "bot/storage/backups/restoring.py",
}
SAYS_SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|ALTER TABLE|CREATE|DROP)\b")
ELSEWHERE = re.compile(
    r"\b(?<!DISTINCT )(FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES)\s+\"?(?!pg_catalog|information_schema)[a-z_]+\"?\.\"?[a-z_]"
)
CATALOGUE = re.compile(r"\b(pg_(tables|class|constraint|sequences|indexes|proc|namespace)|information_schema\.\w+)\b")


def texts(path: Path) -> Iterator[str]:
    """Every text in a file, with "?" for what is put into it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "?" for part in node.values)


def faults(sql: str) -> list[str]:
    """What a text that may never have been run says wrong, as far as its words tell."""
    if not SAYS_SQL.search(sql):
        return []
    found = ["another schema"] if ELSEWHERE.search(sql) or "'public'" in sql or "public." in sql else []
    if CATALOGUE.search(sql) and "current_schema()" not in sql:
        found.append("every schema")
    return found + (["a table for a while"] if re.search(r"\bTEMP(ORARY)?\b", sql) else [])


def test_no_text_of_the_program_names_another_schema() -> None:
    said = {
        (path.relative_to(ROOT).as_posix(), fault): sql
        for room in ("bot", "scheduler")
        for path in sorted((ROOT / room).rglob("*.py"))
        for sql in texts(path)
        for fault in faults(sql)
    }
    assert {place for place, _ in said} <= KNOW_SCHEMAS, said
    assert {place for place, _ in said}, "those that know schemas are found by the same words"


@pytest.mark.parametrize(
    "sql",
    ["SELECT id FROM west.persons WHERE id = :id", "SELECT 1 FROM pg_class", "CREATE TEMP TABLE found (id BIGINT)"],
)
def test_a_text_that_names_another_schema_is_found_by_its_words(sql: str) -> None:
    assert faults(sql)
    assert not faults("SELECT p.id FROM persons p JOIN areas a ON a.id = p.building_id WHERE a.name IS NULL")


# --- tables ---


@pytest.fixture
def neighbours(postgres_server: PostgresServer) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A database with two districts in it."""
    name = postgres_server.make()
    for schema in ("east", "west"):
        upgrade(within(postgres_server.url(name), schema))
    with psycopg.connect(postgres_server.url(name), autocommit=True) as connection:
        yield connection
    postgres_server.drop(name)


def test_the_tables_of_a_district_need_nothing_outside_of_its_schema(
    neighbours: psycopg.Connection[tuple[object, ...]],
) -> None:
    assert leaving(neighbours, "east") == []
    for statement, complaint in (
        ("ALTER TABLE east.needs ADD FOREIGN KEY (id) REFERENCES west.needs", "east.needs needs table west.needs"),
        (
            "ALTER TABLE east.needs ALTER COLUMN id SET DEFAULT nextval('west.needs_id_seq')",
            "east.needs needs sequence west.needs_id_seq",
        ),
        ("CREATE VIEW east.all_needs AS SELECT id FROM west.needs", "east.all_needs needs table west.needs"),
        (
            "CREATE FUNCTION west.one() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';"
            " ALTER TABLE east.areas ADD CHECK (west.one() = 1)",
            "east.areas needs function west.one()",
        ),
        (
            "CREATE FUNCTION east.look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
            " CREATE TRIGGER looks BEFORE INSERT ON east.areas FOR EACH ROW EXECUTE FUNCTION east.look()",
            "east.areas has the trigger looks",
        ),
    ):
        neighbours.execute(statement.encode())
        assert complaint in leaving(neighbours, "east"), leaving(neighbours, "east")
    assert leaving(neighbours, "west") == ["function west.one() is there"], "east leans on west, and not the reverse"


@on_postgres
def test_each_district_numbers_its_own_rows(database_url: str) -> None:
    """What a sequence of a distributed PostgreSQL may be: 64 bits wide, and of the table itself."""
    with psycopg.connect(database_url) as connection:
        narrow = connection.execute(
            "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() AND data_type <> 'bigint'::regtype"
        ).fetchall()
        loose = connection.execute(
            "SELECT relname FROM pg_class AS one WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = one.oid AND deptype IN ('a', 'i'))"
        ).fetchall()
    assert narrow == loose == []
