"""A table on paper: Typst sets it, in a font that knows Chinese. Slow (a second or two): never on the event loop."""

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from bot.domain.sheets import Paper

TEMPLATE = Path(__file__).with_name("table.typ")


@cache
def _fonts() -> typst.Fonts:
    # Found once: looking through a font of 33 MB for each sheet takes longer than setting it.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files("manimgx_fonts_cjk"))])


def render(paper: Paper) -> bytes:
    """The PDF of a table. Its words go in as data, so nothing that somebody wrote can be read as markup."""
    inputs = {"paper": json.dumps(asdict(paper), ensure_ascii=False)}
    made = typst.compile(TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs=inputs, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document was to be made")
    return made
