"""Whether a statement, or the tables of a district, stay within the one schema in which they live.

A district's schema lies on one node of a distributed PostgreSQL (docs/scale.md): what names another schema, makes tables of its
own or takes a lock of the whole database would answer for somebody else, or go to every node.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from bot.storage.schema import metadata

ROOT = Path(__file__).parents[2]
PROGRAM = tuple(str(ROOT / room) for room in ("bot", "scheduler"))
HANDS_OVER = {"_look", "_write", "_transact"}
CATALOGUES = {"information_schema", "pg_catalog"}
# What begins and ends a transaction, and a file's own settings, speak of no table.
NO_TABLE = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b")
# A server's own words that reach past a schema: locks and calls have their own way (`Database.hold`, `.call`, `.listen`).
FAR_REACHING = re.compile(r"(pg_(try_)?advisory|pg_notify|pg_export|dblink|lo_|set_config|query_to_xml|pg_terminate)")
# Rows are read and written; a move takes foreign keys off and makes them again. Only migrations make and drop tables.
WORK = (exp.Select, exp.SetOperation, exp.Insert, exp.Update, exp.Delete, exp.Alter)
# Functions whose text is the name of something in a schema.
NAMING = re.compile(r"(nextval|setval|currval|to_reg\w+|pg_get_serial_sequence)$")
TABLES = {*metadata.tables, "alembic_version", "sqlite_master"}


def judge(sql: str) -> str | None:
    """What is wrong with a statement; None: it stays where it belongs."""
    return _judge(re.sub(r":([a-z_]+)\d[\d_]*\b", r":\1", sql))


@cache
def _judge(sql: str) -> str | None:
    if NO_TABLE.match(sql):
        return None
    try:
        parsed = sqlglot.parse(sql, dialect="postgres")
    except SqlglotError as error:
        return f"nobody can read it: {str(error).splitlines()[0]}"
    return next((complaint for one in parsed if one is not None for complaint in _complaints(one)), None)


def _complaints(parsed: exp.Expr) -> Iterator[str]:
    if not isinstance(parsed, WORK):
        yield "it does something else than read and write rows"
    if (
        isinstance(parsed, exp.Insert)
        and isinstance(parsed.expression, exp.Values)
        and parsed.expression.find(exp.Select)
    ):
        # Citus's own documentation says of these, whatever the tables, that it does not take them.
        yield "it asks something among the values that it inserts"
    own = any(isinstance(part, exp.CurrentSchema) for part in parsed.walk())
    # What WITH makes, and what tables are called in this statement: FOR UPDATE OF says those.
    made = {part.alias for part in parsed.find_all(exp.CTE, exp.Table) if part.alias}
    for part in parsed.walk():
        yield from _of_table(part, made, own) if isinstance(part, exp.Table) else _of_part(part)


def _of_part(part: exp.Expr) -> Iterator[str]:
    if isinstance(part, exp.Column) and part.args.get("db") is not None:
        yield f"it names the schema {part.args['db']}"
    if isinstance(part, exp.Dot):
        yield f"it names something in another place: {part.sql('postgres')}"
    if isinstance(part, exp.Anonymous) and FAR_REACHING.match(part.name.lower()):
        yield f"{part.name} reaches past a schema"
    if isinstance(part, exp.Literal) and part.is_string and "." in part.name and _is_a_name(part.parent):
        yield f"it names the schema of {part.sql()}"


def _is_a_name(used_by: exp.Expr | None) -> bool:
    if isinstance(used_by, exp.Cast):
        return "reg" in used_by.to.sql().lower()
    return isinstance(used_by, exp.Anonymous) and NAMING.match(used_by.name.lower()) is not None


def _of_table(table: exp.Table, made: set[str], own: bool) -> Iterator[str]:
    # A function that gives rows is no table, and a constraint that is dropped is none either.
    if not isinstance(table.this, exp.Identifier) or isinstance(table.parent, exp.Drop):
        return
    catalogue = table.db in CATALOGUES or (not table.db and table.name.startswith("pg_"))
    if catalogue and not own:
        yield f"it asks {table.name} of every schema, not of current_schema()"
    elif table.catalog or (table.db and not catalogue):
        yield f"it names the schema {table.db}"
    elif not catalogue and table.name not in TABLES | made:
        yield f"it speaks of {table.name}, which is no table of the schema file"


def asked_by_the_program() -> bool:
    """Whether the statement that is being run just now is one of the program's own, and not of a test."""
    frame = sys._getframe(3)
    while frame.f_back is not None and frame.f_code.co_filename.endswith("storage/database.py"):
        frame = frame.f_back
    # Where the seam itself calls, somebody handed it a callable without a frame, and that has nothing to do with its text.
    return frame.f_code.co_name not in HANDS_OVER and frame.f_code.co_filename.startswith(PROGRAM)


# --- tables, as the database itself tells them ---

LEAVING = (
    "WITH home AS (SELECT oid FROM pg_namespace WHERE nspname = %(schema)s),"
    " mine AS (SELECT oid FROM pg_class WHERE relnamespace = (SELECT oid FROM home)),"
    " parts AS (SELECT 'pg_class'::regclass::oid AS class, oid, oid AS relation FROM mine"
    " UNION ALL SELECT 'pg_attrdef'::regclass, oid, adrelid FROM pg_attrdef"
    " UNION ALL SELECT 'pg_constraint'::regclass, oid, conrelid FROM pg_constraint"
    " UNION ALL SELECT 'pg_trigger'::regclass, oid, tgrelid FROM pg_trigger"
    " UNION ALL SELECT 'pg_rewrite'::regclass, oid, ev_class FROM pg_rewrite"
    " UNION ALL SELECT 'pg_policy'::regclass, oid, polrelid FROM pg_policy),"
    " used AS (SELECT relation, refclassid, refobjid FROM pg_depend JOIN parts ON class = classid AND oid = objid"
    " WHERE relation IN (SELECT oid FROM mine)),"
    " places AS (SELECT 'pg_class'::regclass::oid AS class, oid, relnamespace AS place FROM pg_class"
    " UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc"
    " UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type"
    " UNION ALL SELECT 'pg_namespace'::regclass, oid, oid FROM pg_namespace"
    " UNION ALL SELECT 'pg_extension'::regclass, oid, 0 FROM pg_extension)"
    " SELECT relation::regclass || ' needs ' || pg_describe_object(refclassid, refobjid, 0) FROM used"
    " JOIN places ON class = refclassid AND places.oid = refobjid AND place <> (SELECT oid FROM home)"
    # What a function does, and so a trigger, nobody can tell from outside.
    " UNION SELECT pg_describe_object('pg_proc'::regclass, oid, 0) || ' is there' FROM pg_proc"
    " WHERE pronamespace = (SELECT oid FROM home)"
    " UNION SELECT tgrelid::regclass || ' has the trigger ' || tgname FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM mine)"
    " UNION SELECT 'the extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'"
    " UNION SELECT 'the event trigger ' || evtname FROM pg_event_trigger ORDER BY 1"
)


def leaving(connection: psycopg.Connection[tuple[Any, ...]], schema: str) -> Sequence[str]:
    """Everything by which the tables of a schema depend on what lies outside of it, PostgreSQL's own functions aside."""
    return [str(row[0]) for row in connection.execute(LEAVING.encode(), {"schema": schema}).fetchall()]
