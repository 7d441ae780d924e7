"""What can be copied to run the program works: the unit, the image's steps, the compose file, the rules and the dashboard."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.notices import Priority
from bot.metrics import Metrics
from bot.settings import known_names
from bot.storage.vitals import Vitals

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
OPERATE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
FIGURE = re.compile(r"\blinli_[a-z_]+\b")


def figures() -> set[str]:
    """The name of every figure that the program shows, as Prometheus stores it."""
    metrics = Metrics()
    metrics.see_outbox([])
    metrics.see_vitals(Vitals({}, 0, 0, 0, 1))
    return {
        name
        for line in metrics.text().decode().splitlines()
        if line.startswith("# TYPE ")
        for name in _stored(*line.removeprefix("# TYPE ").split())
        if not name.endswith("_created")
    }


def _stored(name: str, kind: str) -> list[str]:
    return [f"{name}_{part}" for part in ("bucket", "sum", "count")] if kind == "histogram" else [name]


def test_the_figures_keep_to_the_conventions() -> None:
    for name in figures():
        assert re.fullmatch(r"linli_[a-z]+(_[a-z]+)*", name)
    counters = re.findall(r"# TYPE (\S+) counter", Metrics().text().decode())
    assert {name for name in counters if not name.endswith("_total")} == set()
    assert "linli_updates_total" in counters


@pytest.mark.parametrize("file", ["prometheus/alerts.yaml", "grafana/linli.json"])
def test_rules_and_dashboard_name_only_figures_that_there_are(file: str) -> None:
    named = set(FIGURE.findall((DEPLOY / file).read_text(encoding="utf-8")))
    assert len(named) > 5
    assert sorted(named - figures()) == []


def test_rules_and_dashboard_name_only_labels_that_there_are() -> None:
    text = "".join(
        (DEPLOY / file).read_text(encoding="utf-8") for file in ("prometheus/alerts.yaml", "grafana/linli.json")
    )
    priorities = {word for found in re.findall(r'priority=~?\\?"([\d|]+)\\?"', text) for word in found.split("|")}
    assert priorities
    assert priorities <= {str(int(one)) for one in Priority}
    results = set(re.findall(r'result=\\?"(\w+)\\?"', text))
    assert results == {"defect"}


def test_the_dashboard_is_whole() -> None:
    dashboard = json.loads((DEPLOY / "grafana/linli.json").read_text(encoding="utf-8"))
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels) > 10
    assert all(target["expr"] and target["refId"] for panel in panels for target in panel["targets"])


def test_every_alarm_is_explained_with_what_to_do() -> None:
    alarms = re.findall(r"- alert: (\w+)", (DEPLOY / "prometheus/alerts.yaml").read_text(encoding="utf-8"))
    assert len(alarms) > 8
    assert [alarm for alarm in alarms if f"`{alarm}`" not in OPERATE] == []


def test_everything_that_can_be_copied_is_explained() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in DEPLOY.rglob("*") if path.is_file()]
    named = [file for file in files if not file.endswith(".dockerignore") and "/secrets/" not in file]
    assert [file for file in named if f"`{file}`" not in OPERATE] == []


# --- systemd ---


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with the places of this machine in it."""
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("systemd-analyze is not on this machine: the unit was not verified")
    text = (DEPLOY / "linli.service").read_text(encoding="utf-8")
    assert "/srv/linli/.venv/bin/python" in text
    path = tmp_path / "linli.service"
    path.write_text(text.replace("/srv/linli/.venv/bin/python", sys.executable), encoding="utf-8")
    return path


def test_systemd_finds_no_fault_with_the_unit(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_is_held_tightly(unit: Path) -> None:
    asked = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", "--no-pager", str(unit)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if "unrecognized option" in done.stderr or "Unknown" in done.stderr:
        pytest.skip("this systemd-analyze cannot judge a unit that is not installed")
    assert done.returncode == 0, done.stdout[-400:]


# --- the image ---


def steps() -> Iterator[tuple[str, str]]:
    """The image's steps in their order: (what, its words)."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


def test_the_images_steps_make_a_program_that_runs(tmp_path: Path) -> None:
    """In a clean folder, as the image's own. What only an image can do (Debian's packages) is left out. The packages of the lock
    file are installed where CI=true; elsewhere this environment stands in for them, for that takes minutes on a busy machine.
    """
    place, data = tmp_path / "linli", tmp_path / "data"
    place.mkdir()
    whole = os.environ.get("CI") == "true"
    ran = []
    for word, rest in steps():
        if word == "COPY":
            *sources, target = rest.split()
            _copy(place, sources, target)
        elif word == "RUN" and not rest.startswith("apt-get"):
            command = rest.replace("/var/lib/linli", str(data))
            command = command.replace("10001", str(os.getuid()), 1).replace("10001", str(os.getgid()), 1)
            command = re.sub(r"^python ", f"{sys.executable} ", command)
            if not whole and ("-m venv" in command or "pip install" in command):
                _stand_in(place)
                continue
            done = subprocess.run(["sh", "-c", command], cwd=place, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}"
            ran.append(command)
    assert any("main.py --help" in command for command in ran)
    assert data.is_dir()
    environment = {"PATH": os.environ["PATH"], "LINLI_DATA": str(data / "data")}
    asked = [".venv/bin/python", "main.py", "migrate"]
    done = subprocess.run(asked, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (data / "data/linli.sqlite3").exists()


def _copy(place: Path, sources: list[str], target: str) -> None:
    for source in sources:
        whence = ROOT / source
        if whence.is_dir():
            shutil.copytree(whence, place / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(whence, place / target)


def _stand_in(place: Path) -> None:
    if not (place / ".venv").exists():
        (place / ".venv").symlink_to(Path(sys.prefix), target_is_directory=True)


def test_whoever_builds_the_image_is_sent_what_it_is_made_of_and_nothing_else() -> None:
    allowed = re.findall(r"^!(.+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    copied = {source for word, rest in steps() if word == "COPY" for source in rest.split()[:-1]}
    assert set(allowed) == copied


# --- the compose file ---


def test_settings_in_what_can_be_copied_are_settings() -> None:
    own = {"LINLI_DOMAIN"}
    texts = (path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file())
    named = {name for text in texts for name in re.findall(r"\bLINLI_[A-Z_]+\b", text)}
    known = known_names() | {f"{name}_FILE" for name in known_names()}
    assert sorted(named - known - own) == []


def _compose() -> list[str] | None:
    """The command that reads compose files: today's, or the older one that Debian 12 has; None: there is none here."""
    asked = ["docker", "compose", "version"]
    if shutil.which("docker") and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
        return asked[:2]
    return ["docker-compose"] if shutil.which("docker-compose") else None


def test_compose_finds_no_fault_with_its_file(tmp_path: Path) -> None:
    command = _compose()
    if command is None:
        assert os.environ.get("CI") != "true", "CI promises a compose, and there is none"
        pytest.skip("docker compose is not on this machine: the compose file was not read")
    (tmp_path / "secrets").mkdir()
    for name in ("bot_token", "database_password"):
        (tmp_path / "secrets" / name).touch()
    shutil.copy(DEPLOY / "Caddyfile", tmp_path)
    written = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    # The older one knows everything in the file but the project's name.
    (tmp_path / "compose.yaml").write_text(written.replace("name: linli\n", "", 1), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LINLI_DOMAIN": "linli.example.org"}

    def ask(*words: str) -> str:
        asked = [*command, "--file", str(tmp_path / "compose.yaml"), *words]
        done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert set(ask("config", "--services").split()) == {"one", "two", "database", "proxy"}
    read = [line.strip() for line in ask("config").splitlines()]
    assert {f"LINLI_COPY: {name}" for name in ("one", "two")} <= set(read), "each copy has its own lasting name"
    assert read.count("LINLI_WEBHOOK_URL: https://linli.example.org") == 2
