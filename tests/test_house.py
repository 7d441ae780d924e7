"""The house keeps its shape: imports point one way, SQL stays in storage, one file reads the clock, one noun is one name."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "scheduler", "board", "sandbox")

DECIDING = frozenset({"bot.domain", "bot.storage", "bot.services"})
EDGES = frozenset(
    {
        "bot.branch",
        "bot.branches",
        "bot.calling",
        "bot.intake",
        "bot.measuring",
        "bot.dispatch",
        "bot.delivery",
        "bot.exporting",
        "bot.fetching",
        "bot.sending",
        "bot.settling",
        "bot.speech",
        "bot.transport",
    }
)
# What each room may import of our own; a room that is not named here may import nothing.
MAY_IMPORT = {
    "bot.clock": frozenset[str](),
    "bot.domain": frozenset[str](),
    "bot.settings": frozenset({"bot.domain"}),
    "bot.texts": frozenset({"bot.domain"}),
    "bot.papers": frozenset({"bot.domain"}),
    "bot.storage": frozenset({"bot.domain"}),
    "bot.services": frozenset({"bot.domain", "bot.storage"}),
    "bot.handlers": DECIDING | {"bot.texts"},
    "scheduler": DECIDING | {"bot.clock"},
    "board": DECIDING | {"bot.clock", "bot.texts", "bot.papers"},
    "bot.logs": frozenset[str](),
    "bot.reporting": frozenset({"bot.logs"}),
    "bot.metrics": frozenset({"bot.domain", "bot.storage"}),
    **{
        edge: DECIDING | EDGES | {"bot.clock", "bot.handlers", "bot.metrics", "bot.texts", "bot.papers"}
        for edge in EDGES
    },
    # A bot's parts are put together here, and by nobody else.
    **{
        edge: DECIDING | EDGES | {"bot.clock", "bot.handlers", "bot.metrics", "bot.settings", "bot.texts"}
        for edge in ("bot.branch", "bot.branches")
    },
    "bot.serving": frozenset({"bot.branch", "bot.branches", "bot.settings"}),
    "bot.app": DECIDING
    | EDGES
    | {"bot.clock", "bot.settings", "bot.handlers", "bot.logs", "bot.metrics", "bot.serving", "bot.texts", "bot.papers"}
    | {"scheduler", "board"},
    # The command line's verbs that are too long for main.py; they stand above everything else.
    "bot.demo": DECIDING | {"bot.app", "bot.clock", "bot.settings", "sandbox"},
    "bot.printing": DECIDING | {"bot.app", "bot.settings", "bot.texts", "bot.papers"},
    "bot.keys": frozenset({"bot.app", "bot.clock", "bot.settings", "bot.storage", "scheduler"}),
    "bot.moving": frozenset({"bot.settings", "bot.storage"}),
    "bot.doctor": DECIDING | {"bot.app", "bot.branch", "bot.clock", "bot.settings", "scheduler"},
    "bot.backups": frozenset({"bot.clock", "bot.domain", "bot.services", "bot.settings", "bot.storage"}),
    # A Telegram of our own knows nothing of the program that speaks to it.
    "sandbox": frozenset[str](),
}
# Where Telegram's words are known; handlers only name the kinds of updates that they wait for, in their route list.
SPEAK_TELEGRAM = EDGES - {"bot.calling", "bot.exporting", "bot.speech", "bot.settling"} | {
    "bot.app",
    "bot.doctor",
    "bot.texts",
    "bot.handlers",
}
DATABASES = {"sqlite3", "aiosqlite", "psycopg", "sqlalchemy", "alembic"}
CLOCKS = {"bot/clock.py", "sandbox/clock.py"}
READS_THE_TIME = re.compile(r"\b(time\.(time|time_ns|localtime|gmtime)|(datetime|date)\.(now|utcnow|today))\b")
SQL = re.compile(
    r"\s*(SELECT\b.*\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX)|WITH \w+ AS)\b", re.DOTALL
)
LOCKS = ("requirements.lock", "requirements-dev.lock")


@cache
def files() -> tuple[Path, ...]:
    """Every file of the program, without its tests."""
    return tuple(sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """A file as it is called in a complaint."""
    return path.relative_to(ROOT).as_posix()


def room(module: str) -> str:
    """The room that a module is in: "bot.storage.needs" is in "bot.storage"."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "bot" else parts[0]


def room_of(path: Path) -> str:
    """The room that a file is in."""
    return room(".".join(path.relative_to(ROOT).with_suffix("").parts))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (
                (f"{node.module}.{alias.name}" for alias in node.names) if node.module == "bot" else [node.module]
            )


def documentation(module: ast.Module) -> set[int]:
    """The nodes that are docstrings: they may speak of anything."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = (node.body for node in ast.walk(module) if isinstance(node, holders))
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def words(path: Path) -> Iterator[str]:
    """Every text in a file that is no docstring."""
    docstrings = documentation(tree(path))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_imports_point_one_way() -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in files()
        if room_of(path) != "bot.__init__"
        for module in imports(path)
        if module.split(".")[0] in (*ROOMS, "main", "tests")
        and room(module) not in MAY_IMPORT.get(room_of(path), frozenset()) | {room_of(path)}
    ]
    assert wrong == []


def test_telegram_is_known_at_the_edges_only() -> None:
    wrong = [
        name(path)
        for path in files()
        if any(module.split(".")[0] == "telegram" for module in imports(path))
        and (room_of(path) not in SPEAK_TELEGRAM or (room_of(path) == "bot.handlers" and path.name != "__init__.py"))
    ]
    assert wrong == []


def test_sql_and_its_libraries_stay_in_storage() -> None:
    assert any(SQL.match(text) for text in words(ROOT / "bot/storage/areas.py"))
    outside = [path for path in files() if room_of(path) != "bot.storage"]
    assert [name(path) for path in outside if any(SQL.match(text) for text in words(path))] == []
    assert [name(path) for path in outside if {module.split(".")[0] for module in imports(path)} & DATABASES] == []


def test_only_the_clock_reads_the_time() -> None:
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in files()
        if name(path) not in CLOCKS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and READS_THE_TIME.search(ast.unparse(node))
    ]
    assert wrong == []


@pytest.mark.parametrize("quiet", ["bot.domain", "bot.services", "bot.handlers", "bot.texts"])
def test_rules_use_cases_and_handlers_wait_for_nothing(quiet: str) -> None:
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in files()
        # PTB's matchers want a callback that can be awaited; the route list hands them one that is never called.
        if room_of(path) == quiet and name(path) != "bot/handlers/__init__.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncWith | ast.AsyncFor)
    ]
    assert wrong == []


def test_a_capability_has_one_name_in_every_room() -> None:
    """A file of the noun's name, or, where it has grown, a folder of that name."""
    nouns = {path.stem for path in (ROOT / "bot/handlers").glob("*.py")} - {"__init__", "turn"}
    missing = [
        f"bot/{place}/{noun}.py"
        for noun in sorted(nouns)
        for place in ("domain", "services", "texts")
        if not (ROOT / "bot" / place / f"{noun}.py").exists() and not (ROOT / "bot" / place / noun).is_dir()
    ]
    assert missing == []


def test_every_module_says_what_its_room_is_for() -> None:
    assert [name(path) for path in files() if not ast.get_docstring(tree(path))] == []


def test_nothing_is_put_off_or_silenced() -> None:
    marks = re.compile("#.*(" + "|".join(("no" + "qa", "type: " + "ignore", "TO" + "DO", "FIX" + "ME")) + ")")
    ours = [*files(), *(ROOT / "tests").rglob("*.py")]
    assert [name(path) for path in ours if marks.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_says_which_packages_and_never_where_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.findall(r"^\s*-(?!-hash=sha256:)\S*", text, re.MULTILINE) == []
    pinned = re.split(r"(?m)^(?=[a-z])", text)[1:]
    assert [
        entry for entry in pinned if not re.match(r"[a-z0-9-]+==\S+ ", entry) or "--hash=sha256:" not in entry
    ] == []


def test_the_tools_come_with_exactly_the_packages_that_the_program_runs_with() -> None:
    runtime, tools = (set(re.findall(r"^[a-z0-9-]+==[^ ]+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS)
    assert runtime - tools == set()


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile(r"py" + r"pi\.org|python" + r"hosted\.org|np" + r"mjs\.org|np" + r"mjs\.com", re.IGNORECASE)
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    texts = (ROOT / line for line in listed if line and (ROOT / line).is_file())
    assert [name(path) for path in texts if hosts.search(path.read_text(encoding="utf-8", errors="ignore"))] == []
