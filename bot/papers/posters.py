"""Posters on paper, a page each. Slow (a second for some hundred): never on the event loop, never in a transaction."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from bot.domain.posters import PosterBook, PosterPage
from bot.papers.fonts import fonts

TEMPLATE = Path(__file__).with_name("poster.typ")


def render(book: PosterBook) -> bytes:
    """The PDF. Its words go in as data, so nothing that somebody wrote can be read as markup."""
    made = typst.compile(TEMPLATE.read_bytes(), font_paths=fonts(), sys_inputs=inputs(book), format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document was to be made")
    return made


def inputs(book: PosterBook) -> dict[str, str]:
    """What the template is given."""
    pages = [{**asdict(page), "code": code(page)} for page in book.pages]
    whole: dict[str, Any] = {**asdict(book), "pages": pages}
    return {"book": json.dumps(whole, ensure_ascii=False)}


def code(page: PosterPage) -> str:
    """The page's link as a QR code in SVG. A quarter of it may be dirty or torn, as paper at a door is after a winter."""
    drawn = BytesIO()
    # The quiet border of four modules that scanners need is the white around it on the page.
    segno.make(page.link, error="q", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
