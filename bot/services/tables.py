"""Reads tables as spreadsheets save them: CSV with commas, tabs or semicolons, in any encoding that is usual in China."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SEPARATORS = (",", "\t", ";")
# Each column's names, the one in our own files first.
Headers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Record:
    """One line of a table: its number in the file, and what stands in each column; "" where nothing does."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Missing:
    """The first line names no such column."""

    line: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Broken:
    """From this line on nothing can be read: `error` is the reader's own word for it."""

    line: int
    error: str


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


def read(text: str, headers: Headers, needed: tuple[str, ...]) -> Iterator[Record | Missing | Broken]:
    """Each line; without a column that is needed, or from a line on that is no CSV, nothing more."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_separator(text), strict=True)
    columns: dict[str, int] | None = None
    line = 1
    try:
        for cells in reader:
            if columns is None:
                columns = _columns(cells, headers)
                missing = tuple(name for name in needed if name not in columns)
                if missing:
                    yield Missing(line, missing)
                    return
            elif any(cell.strip() for cell in cells):
                yield Record(line, {name: _cell(cells, columns.get(name)) for name in headers})
            line = reader.line_num + 1
    except csv.Error as error:
        yield Broken(line, str(error))


def _separator(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(SEPARATORS, key=header.count)


def _columns(cells: list[str], headers: Headers) -> dict[str, int]:
    named = {cell.strip().lower(): index for index, cell in enumerate(cells)}
    return {name: named[word] for name, known in headers.items() for word in known if word in named}


def _cell(cells: list[str], index: int | None) -> str:
    return "" if index is None or index >= len(cells) else unicodedata.normalize("NFC", cells[index]).strip()
