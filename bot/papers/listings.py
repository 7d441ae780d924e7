"""A long table written row after row: however many there are, no more than a page of them is in memory. Slow: never on the
event loop.

What is written lies in a folder of its own until it has been read back; whoever opens one removes the folder with everything
in it.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from xlsxwriter import Workbook as Writer

from bot.domain.figures import Cell
from bot.domain.listings import Form
from bot.papers.figures import MARK, harmless

COLUMN_CHARACTERS = 18


class Table(Protocol):
    """A table that grows."""

    @property
    def size(self) -> int:
        """About how many bytes the file has so far."""

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Further rows."""

    def close(self) -> Path:
        """The finished file."""

    def drop(self) -> None:
        """It will not be finished."""


class CsvTable:
    """Comma-separated, UTF-8 with its mark, no cell that could be a formula: as Excel opens it."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self._path = path
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._file.write(MARK)
        self.add([header])

    @property
    def size(self) -> int:
        """How many bytes it has so far."""
        return self._file.tell()

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Further rows."""
        self._writer.writerows([harmless(cell) for cell in row] for row in rows)

    def close(self) -> Path:
        """The finished file."""
        self._file.close()
        return self._path

    def drop(self) -> None:
        """It will not be finished."""
        self._file.close()


class XlsxTable:
    """A workbook of one sheet, its first row always in sight."""

    # A workbook is packed: of so many characters one is left.
    PACKED = 4

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
        self._path, self._book = path, Writer(str(path), {**options, "strings_to_urls": False})
        self._page = self._book.add_worksheet()
        self._page.freeze_panes(1, 0)
        self._page.set_column(0, max(0, len(header) - 1), COLUMN_CHARACTERS)
        self._page.write_row(0, 0, header, self._book.add_format({"bold": True}))
        self._rows, self._characters = 1, 0

    @property
    def size(self) -> int:
        """About how many bytes it will have."""
        return self._characters // self.PACKED

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Further rows."""
        for row in rows:
            self._write(row)
            self._rows += 1

    def _write(self, row: Sequence[Cell]) -> None:
        # To say what a cell is costs half of what it costs to let it be found out.
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                self._page.write_string(self._rows, at, cell)
                self._characters += 3 * len(cell)
            elif cell is not None:
                self._page.write_number(self._rows, at, cell)

    def close(self) -> Path:
        """The finished file."""
        self._book.close()
        return self._path

    def drop(self) -> None:
        """It will not be finished: to close the book would write all of it once more."""
        self._page.row_data_fh.close()


def table(form: Form, path: Path, header: Sequence[str]) -> Table:
    """A new table at `path`."""
    return CsvTable(path, header) if form is Form.CSV else XlsxTable(path, header)
