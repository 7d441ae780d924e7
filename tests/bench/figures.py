"""Percentiles and the table."""

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Figure:
    """One measured figure. `aim` is what it should be, in words; empty: none."""

    name: str
    value: float
    unit: str
    aim: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def machine() -> dict[str, str]:
    """What it was measured on."""
    return {
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "system": platform.system(),
        "python-telegram-bot": version("python-telegram-bot"),
        "aiohttp": version("aiohttp"),
    }


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = [f"| {one.name} | {one.value:,.4g} {one.unit} | {one.aim} |" for one in figures]
    return "\n".join(["| figure | measured | aim |", "|---|---:|---|", *rows])


def as_json(figures: Sequence[Figure]) -> str:
    """The same for programs."""
    return json.dumps({"machine": machine(), "figures": [asdict(one) for one in figures]}, ensure_ascii=False)
