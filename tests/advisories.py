"""python -m tests.advisories: whether anything that we depend on has a known hole, where somebody who knows can be asked.

One question with the names and versions of the lock files goes to OSV, which gathers the Python Packaging Advisory Database
and others; ADVISORIES names another server of the same kind. Where none can be reached it says so and fails nothing: a machine
without a network must be able to check everything else.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
OSV = "https://api.osv.dev/v1/querybatch"
PATIENCE_SECONDS = 10.0
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)

Pin = tuple[str, str]


def pinned(texts: Iterable[str]) -> list[Pin]:
    """Every package of these lock files with its version, each once."""
    return sorted({(name.lower(), version) for text in texts for name, version in PINNED.findall(text)})


def known_holes(pins: list[Pin], url: str) -> Mapping[Pin, tuple[str, ...]]:
    """The advisories about each package that has any; OSError where nobody answers, ValueError where the answer is none."""
    packages = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in pins]
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError("not an address that may be asked")
    body, kind = json.dumps({"queries": packages}).encode(), {"Content-Type": "application/json"}
    with urlopen(Request(url, body, kind), timeout=PATIENCE_SECONDS) as answer:
        results = json.load(answer)["results"]
    found = {pin: tuple(hole["id"] for hole in one.get("vulns", ())) for pin, one in zip(pins, results, strict=True)}
    return {pin: holes for pin, holes in found.items() if holes}


def main(url: str) -> int:
    """Say what is known; 1 when something has a hole."""
    pins = pinned((ROOT / lock).read_text(encoding="utf-8") for lock in LOCKS)
    try:
        found = known_holes(pins, url)
    except (URLError, OSError, ValueError, KeyError, TypeError) as error:
        print(
            f"Advisories: NOT CHECKED, nobody to ask at {url} ({type(error).__name__}). {len(pins)} packages are locked."
        )
        return 0
    for (name, version), holes in found.items():
        print(f"Advisories: {name} {version}: {', '.join(holes)}; `make lock UPGRADE=1` takes newer versions")
    print(f"Advisories: {len(pins)} packages asked about, {len(found)} with a known hole.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("ADVISORIES", OSV)))
