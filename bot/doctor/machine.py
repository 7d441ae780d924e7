"""The machine and the settings: room on its disks, files that must be writable, what is set and does nothing."""

import importlib.util
import os
import shutil
from pathlib import Path

from bot.app import catalogue_of
from bot.doctor.findings import Finding, judged
from bot.domain.categories import CatalogueBroken
from bot.settings import Settings

MB = 1024**2
ENOUGH_DISK_BYTES = 500 * MB


def look_at_machine(settings: Settings) -> list[Finding]:
    """Everything that neither the database nor Telegram has to be asked for."""
    places = [("disk", settings.data)]
    if settings.backups is not None:
        places.append(("disk of the backups", settings.backups))
    return [
        *(_settings(settings)),
        *(_disk(name, place) for name, place in places),
        _erasures(settings),
        *_categories(settings),
        *_reporting(settings),
    ]


def _settings(settings: Settings) -> list[Finding]:
    """What cannot be used at all is told before anything is looked at."""
    wrong = [Finding("settings", False, warning, "take it away or mend its name") for warning in settings.warnings]
    if not settings.emergency_chats:
        lacking = "nobody is told directly when nothing can be written any more"
        wrong.append(Finding("settings", False, lacking, "set LINLI_EMERGENCY_CHATS"))
    if settings.heartbeat_url is None:
        lacking = "nobody outside notices when this machine is gone"
        wrong.append(Finding("settings", False, lacking, "set LINLI_HEARTBEAT_URL"))
    return wrong or [Finding("settings", True, "all of them are known")]


def _disk(name: str, place: Path) -> Finding:
    folder = next(folder for folder in (place.absolute(), *place.absolute().parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    return judged(name, free > ENOUGH_DISK_BYTES, f"{free // MB} MB free", "make room")


def _erasures(settings: Settings) -> Finding:
    """Who was forgotten must be written down outside the database, or a restored backup brings them back."""
    path = settings.erasures
    place = path if path.exists() else path.absolute().parent
    if os.access(place, os.W_OK):
        return Finding("log of erasures", True, f"{path}", "keep it out of backups, and take it along when you move")
    return Finding("log of erasures", False, f"{path} cannot be written", "see LINLI_ERASURES")


def _categories(settings: Settings) -> list[Finding]:
    try:
        found = catalogue_of(settings)
    except CatalogueBroken as error:
        return [Finding("categories", False, fault) for fault in error.faults]
    return [Finding("categories", True, f"{len(found.categories)}")]


def _reporting(settings: Settings) -> list[Finding]:
    if settings.sentry_dsn is None:
        return []
    there = importlib.util.find_spec("sentry_sdk") is not None
    todo = ".venv/bin/python -m pip install 'sentry-sdk>=2.20,<3'"
    return [judged("error reports", there, "are sent" if there else "sentry-sdk is not installed", todo)]
