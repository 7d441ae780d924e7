"""The README tells the truth: its table of settings is the program's, and what it links to is there."""

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import PREFIX, Settings, known_names, read_settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
ROW = re.compile(rf"^\| `({PREFIX}\w+)` \| (.+?) \| .+ \|$", re.MULTILINE)
LINE = re.compile(rf"^(?:# )?({PREFIX}\w+)=(.*)$", re.MULTILINE)
# What has no default that could be written down.
SAID_IN_WORDS = {"LINLI_WEBHOOK_SECRET": "made from the token", "LINLI_COPY": "the machine's name"}
EXAMPLES = {"LINLI_WEBHOOK_URL"}


@pytest.fixture
def defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """Every setting as it is when nobody sets anything, as one would write it; "" for none."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    settings = read_settings(env_file=tmp_path / "none")
    return {name: written(settings, name) for name in known_names()}


def written(settings: Settings, name: str) -> str:
    value = getattr(settings, name.removeprefix(PREFIX).lower())
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if type(value) is tuple:
        return ",".join(str(one) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    return value.key if isinstance(value, ZoneInfo) else str(value)


def test_the_table_of_settings_is_the_programs(defaults: dict[str, str]) -> None:
    told = {name: cell.strip("`–") for name, cell in ROW.findall(README)}
    assert told == defaults | SAID_IN_WORDS


def test_the_example_names_every_setting_with_its_default(defaults: dict[str, str]) -> None:
    told = dict(LINE.findall(EXAMPLE))
    assert told.keys() == defaults.keys()
    plain = defaults.keys() - SAID_IN_WORDS.keys() - EXAMPLES
    assert {name: told[name] for name in plain} == {name: defaults[name] for name in plain}


@pytest.mark.parametrize(
    "document", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]), ids=lambda path: path.name
)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_verbs_of_the_readme_are_the_makefiles() -> None:
    verbs = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {one or other for one, other in re.findall(r"^ *make ([a-z]+)|`make ([a-z]+)", README, re.MULTILINE)}
    assert named - verbs == set()
    assert {"demo", "test", "run"} <= named
