"""What a run of the laboratory is asked for."""

from dataclasses import dataclass

from tests.crash.mishaps import FULL, KINDS, RESTART

NEEDS, CARE = "needs", "care"
POLLING, WEBHOOK = "polling", "webhook"
FAST, TELEGRAM = "fast", "telegram"


@dataclass(frozen=True)
class Order:
    """What to run. `load`: whether people need things, or are cared for.

    `pace` fast: no limits to wait for; telegram: Telegram's own, which the sandbox enforces too.
    `trouble`: besides, updates come twice, and Telegram refuses, answers nonsense, or takes a message and hangs up.
    `copies`: how many programs run on the database together (PostgreSQL); each is killed as often as the others.
    `mishaps`: how often something else happens, of these `kinds`: half of them while programs are killed, half of them to
    programs that are left alone, which have to go on. `brief`: each is over soon.
    """

    database: str
    kills: int
    seed: int
    load: str = NEEDS
    intake: str = POLLING
    pace: str = FAST
    trouble: bool = False
    copies: int = 1
    mishaps: int = 0
    kinds: tuple[str, ...] = KINDS
    brief: bool = False

    @property
    def harms(self) -> bool:
        """Whether server and disk have to be the run's own."""
        return self.mishaps > 0 and not {RESTART, FULL}.isdisjoint(self.kinds)
