"""What `main.py doctor` looks at: each finding says whether it is in order, and if not, what to do."""

from bot.clock import Clock, SystemClock
from bot.doctor.database import look_at_database
from bot.doctor.findings import Finding
from bot.doctor.machine import look_at_machine
from bot.doctor.telegram import look_at_bots
from bot.domain.bots import BotEntry
from bot.settings import Settings
from bot.storage.database import DatabaseUnavailable

__all__ = ["Finding", "examine"]


async def examine(settings: Settings, *, clock: Clock | None = None) -> list[Finding]:
    """Look at everything; whatever cannot be looked at is a finding too. `clock`: the program's time; None: the machine's."""
    now = (clock or SystemClock()).now()
    findings = look_at_machine(settings)
    further: list[BotEntry] = []
    try:
        found, further = await look_at_database(settings, now)
        findings += found
    except DatabaseUnavailable as error:
        findings.append(Finding("database", False, f"cannot be used ({error})", "see LINLI_DATABASE_URL"))
    return findings + await look_at_bots(settings, further)
