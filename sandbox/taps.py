"""A tap on an inline button: asked once, answered once, and worth nothing after 150 seconds."""

from dataclasses import dataclass, field

from sandbox.signals import Signal


@dataclass(frozen=True, slots=True)
class Toast:
    """What a person sees after a tap: a line, a window to close (`alert`), or an address that opens."""

    text: str | None = None
    alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class Tap:
    """One tap; `toast` is None until the bot has answered."""

    id: str
    person_id: int
    asked_at: float
    toast: Toast | None = None
    signal: Signal = field(default_factory=Signal)

    async def answered(self, seconds: float) -> Toast | None:
        """Wait for the bot's answer; None when none came within `seconds`."""
        if self.toast is None:
            await self.signal.wait(seconds)
        return self.toast
