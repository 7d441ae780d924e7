"""The letters of all our papers: a font that knows Chinese, the same on every machine."""

from functools import cache
from importlib.resources import files

import typst


@cache
def fonts() -> typst.Fonts:
    """Found once: looking through a font of 33 MB for each paper takes longer than setting it."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files("manimgx_fonts_cjk"))])
