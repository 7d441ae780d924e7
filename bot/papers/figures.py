"""A month to look at and to work on: a picture, a workbook, plain tables. Slow: never on the event loop."""

import csv
import json
from dataclasses import asdict
from io import BytesIO, StringIO
from pathlib import Path

import typst
from xlsxwriter import Workbook as Writer
from xlsxwriter.worksheet import Worksheet

from bot.domain.figures import Cell, Picture, Sheet, Workbook
from bot.papers.fonts import fonts

TEMPLATE = Path(__file__).with_name("month.typ")
# The page is as wide as a small telephone, 360 points; three pixels a point are sharp on it.
PIXELS_PER_INCH = 216.0
# Excel takes a cell for a formula that begins so, also after a tab or a line break.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Excel knows that a file is UTF-8 by this mark only.
MARK = "\ufeff"
WIDEST_CHARACTERS = 40


def picture(made: Picture) -> bytes:
    """The PNG of a month. Its words go in as data, so nothing that somebody wrote can be read as markup."""
    inputs = {"month": json.dumps(asdict(made), ensure_ascii=False)}
    template = TEMPLATE.read_bytes()
    drawn = typst.compile(template, font_paths=fonts(), sys_inputs=inputs, format="png", ppi=PIXELS_PER_INCH)
    if not isinstance(drawn, bytes):
        raise TypeError("one page was to be drawn")
    return drawn


def table(made: Sheet) -> bytes:
    """The CSV of one table, as Excel opens it: comma-separated, UTF-8 with its mark, no cell that could be a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(harmless(word) for word in made.header)
    writer.writerows([harmless(cell) for cell in row] for row in made.rows)
    return (MARK + file.getvalue()).encode()


def harmless(cell: Cell) -> Cell:
    """A cell that Excel takes for what it is: words, and no formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell


def workbook(made: Workbook) -> bytes:
    """The XLSX: a sheet for each table, its first row always in sight."""
    file = BytesIO()
    # Made in memory: nothing of it is left behind in a folder for passing files.
    with Writer(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in made.sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.write_row(0, 0, sheet.header, head)
            for at, row in enumerate(sheet.rows, start=1):
                page.write_row(at, 0, row)
            _widen(page, sheet)
    return file.getvalue()


def _widen(page: Worksheet, sheet: Sheet) -> None:
    """Each column as wide as its words; a Chinese character takes two places."""
    for at, word in enumerate(sheet.header):
        longest = max((_width(row[at]) for row in sheet.rows), default=0)
        page.set_column(at, at, min(WIDEST_CHARACTERS, max(longest, min(_width(word), 14)) + 2))


def _width(cell: Cell) -> int:
    return sum(1 if char.isascii() else 2 for char in str(cell or ""))
