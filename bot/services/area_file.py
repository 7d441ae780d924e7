"""Reads the file in which a coordinator lists places: CSV as spreadsheets save it, in Chinese or English."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping

from bot.domain.areas import CODE_LIMIT, NAME_LIMIT, Fault, PlannedArea, kind_of

HEADERS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "编号", "编码"),
    "parent": ("parent", "上级"),
    "kind": ("kind", "类型"),
    "name": ("name", "名称"),
}
SEPARATORS = (",", "\t", ";")

Record = Mapping[str, str]


def decode(content: bytes) -> str | None:
    """The file's text, whether it is UTF-8 (with or without a mark), UTF-16 or GB18030; None when it is none of these."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    text = _decoded(content, "utf-8-sig")
    return _decoded(content, "gb18030") if text is None else text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def read(text: str) -> Iterator[PlannedArea | Fault]:
    """Each line's place, or what is wrong with that line; a fault of the header line ends it."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_separator(text), strict=True)
    columns: dict[str, int] | None = None
    line = 1
    try:
        for cells in reader:
            if columns is None:
                columns = _columns(cells)
                missing = [f"{name} ({HEADERS[name][1]})" for name in HEADERS if name not in columns]
                if missing:
                    yield Fault(line, f"no column {', '.join(missing)}; the first line must name the columns")
                    return
            elif any(cell.strip() for cell in cells):
                yield from _place(line, {name: _cell(cells, index) for name, index in columns.items()})
            line = reader.line_num + 1
    except csv.Error as error:
        yield Fault(line, f"cannot be read as CSV ({error}); check the quotation marks, then import again")


def _separator(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(SEPARATORS, key=header.count)


def _columns(cells: list[str]) -> dict[str, int]:
    named = {cell.strip().lower(): index for index, cell in enumerate(cells)}
    return {name: named[word] for name, known in HEADERS.items() for word in known if word in named}


def _cell(cells: list[str], index: int) -> str:
    return unicodedata.normalize("NFC", cells[index]).strip() if index < len(cells) else ""


def _place(line: int, record: Record) -> Iterator[PlannedArea | Fault]:
    kind = kind_of(record["kind"])
    faults = [Fault(line, problem) for problem in _problems(record)]
    if kind is None:
        faults.append(Fault(line, _unknown_kind(record["kind"])))
    if kind is None or faults:
        yield from faults
    else:
        yield PlannedArea(line, record["code"], record["parent"] or None, kind, record["name"])


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
