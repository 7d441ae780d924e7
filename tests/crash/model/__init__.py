"""The model: what must be true after any number of crashes, written without a look at the program's rules.

It reads the database by plain SQL, Telegram's record of calls and updates, and the people's diary. What it finds is lost
(something that happened had no effect), doubled (it had its effect twice) or wrong (anything else that must not be).
"""

from tests.crash.model import alerts, cards, care, letters, needs, updates
from tests.crash.model.evidence import Evidence, Finding

__all__ = ["Evidence", "Finding", "examine"]

CHECKS = {
    "needs": (*updates.CHECKS, *needs.CHECKS, *letters.CHECKS, *cards.CHECKS),
    "care": (updates.updates, updates.failures, *letters.CHECKS, cards.homes, *care.CHECKS, *alerts.CHECKS),
}


def examine(evidence: Evidence, load: str = "needs") -> list[Finding]:
    """Everything that must not be, after a run with this load."""
    return [finding for check in CHECKS[load] for finding in check(evidence)]
