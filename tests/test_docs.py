"""What the documents name exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("document", ["guarantees", "security"])
def test_every_test_that_a_promise_names_exists(document: str) -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / f"docs/{document}.md").read_text(encoding="utf-8")))
    written = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named) > 20
    assert sorted(named - written) == []
