"""A table on paper: Typst sets it, in a font that knows Chinese. Slow (a second or two): never on the event loop."""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from bot.domain.sheets import Paper
from bot.papers.fonts import fonts

TEMPLATE = Path(__file__).with_name("table.typ")


def render(paper: Paper) -> bytes:
    """The PDF of a table. Its words go in as data, so nothing that somebody wrote can be read as markup."""
    inputs = {"paper": json.dumps(asdict(paper), ensure_ascii=False)}
    made = typst.compile(TEMPLATE.read_bytes(), font_paths=fonts(), sys_inputs=inputs, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document was to be made")
    return made
