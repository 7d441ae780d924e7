"""Reads the file in which a coordinator lists places: CSV as spreadsheets save it, in Chinese or English."""

from collections.abc import Iterator

from bot.domain.areas import CODE_LIMIT, NAME_LIMIT, Fault, PlannedArea, kind_of
from bot.services import tables
from bot.services.tables import Broken, Headers, Missing, Record

HEADERS: Headers = {
    "code": ("code", "编号", "编码"),
    "parent": ("parent", "上级"),
    "kind": ("kind", "类型"),
    "name": ("name", "名称"),
}


def read(text: str) -> Iterator[PlannedArea | Fault]:
    """Each line's place, or what is wrong with that line; a fault of the header line ends it."""
    for found in tables.read(text, HEADERS, tuple(HEADERS)):
        if isinstance(found, Record):
            yield from _place(found)
        else:
            yield Fault(found.line, _unreadable(found))


def _unreadable(found: Missing | Broken) -> str:
    if isinstance(found, Broken):
        return f"cannot be read as CSV ({found.error}); check the quotation marks, then import again"
    missing = ", ".join(f"{name} ({HEADERS[name][1]})" for name in found.columns)
    return f"no column {missing}; the first line must name the columns"


def _place(record: Record) -> Iterator[PlannedArea | Fault]:
    kind = kind_of(record["kind"])
    faults = [Fault(record.line, problem) for problem in _problems(record)]
    if kind is None:
        faults.append(Fault(record.line, _unknown_kind(record["kind"])))
    if kind is None or faults:
        yield from faults
    else:
        yield PlannedArea(record.line, record["code"], record["parent"] or None, kind, record["name"])


def _problems(record: Record) -> Iterator[str]:
    for column, limit in (("code", CODE_LIMIT), ("name", NAME_LIMIT)):
        words = record[column]
        if not words:
            yield f"the {column} is empty; fill in the column {column} ({HEADERS[column][1]})"
        elif len(words) > limit:
            yield f"the {column} has {len(words)} characters; at most {limit} are possible"
        elif not words.isprintable():
            yield f"the {column} holds a line break or an invisible character; type it anew"


def _unknown_kind(word: str) -> str:
    known = "district 区县, street 街道, community 社区, grid 网格 or building 楼栋"
    return f"{word!r} is no kind of place; write {known}" if word else f"the kind is empty; write {known}"
