"""The figures of one run, as a table for people and as JSON for whatever compares runs."""

import json
from dataclasses import asdict, dataclass

from tests.crash.model.evidence import DOUBLED, LOST, WRONG, Finding


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a run came to. `repeated_messages`: messages that Telegram took once more than it had to, all in all.

    `kills_by_point` counts where the program died; `mishaps_by_kind` what else befell it, `ended_by_itself` how often it ended of
    that, by the code with which it did; `back_after_seconds`: until it took in and said something again, median and longest.
    `trouble_met`: what its log says of it. `unanswered_taps`: no toast came in three seconds; `expired_taps`: nobody
    took them within 150 seconds, and Telegram threw them away. `deadlocks` are PostgreSQL's own count: each costs a second.
    `ended`: how the check-ins stand; `looked_after`: what happened to alerts.
    `findings` are all things lost, doubled or wrong, in words.
    """

    database: str
    load: str
    intake: str
    trouble: bool
    copies: int
    pace: str
    seed: int
    kills: int
    kills_by_point: dict[str, int]
    mishaps: int
    mishaps_by_kind: dict[str, int]
    ended_by_itself: dict[int, int]
    back_after_seconds: list[float]
    trouble_met: dict[str, int]
    starts: int
    updates: int
    texts: int
    taps: int
    unanswered_taps: int
    pressed_again: int
    expired_taps: int
    forged_taps: int
    needs: int
    checkins: int
    ended: dict[str, int]
    alerts: int
    looked_after: dict[str, int]
    presses: int
    changes: int
    letters: int
    messages: int
    edits: int
    deadlocks: int
    refused_429: int
    lost: int
    doubled: int
    wrong: int
    repeated_messages: int
    repeated_edits: int
    repeated_messages_a_kill: float
    seconds: float
    findings: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or wrong."""
        return not self.findings

    def table(self) -> str:
        """The figures, a line each, the findings below."""
        values = asdict(self)
        findings = values.pop("findings")
        for name in ("kills_by_point", "mishaps_by_kind", "ended_by_itself", "trouble_met", "ended", "looked_after"):
            values[name] = ", ".join(f"{what} {number}" for what, number in values[name].items())
        lines = [f"{name.replace('_', ' '):<26}{value}" for name, value in values.items()]
        return "\n".join([*lines, *(f"  ! {finding}" for finding in findings)])

    def json(self) -> str:
        """The figures as one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def counted(findings: list[Finding]) -> dict[str, int]:
    """How many are lost, doubled and wrong."""
    return {kind: sum(finding.kind == kind for finding in findings) for kind in (LOST, DOUBLED, WRONG)}
