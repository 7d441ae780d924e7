"""Telegram's limits: 30 messages a second a bot, one a second a chat with a short burst, 20 a minute a group.

Counted in real seconds: moving the program's clock does not make Telegram more patient.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

BOT_PER_SECOND = 30
CHAT_BURST = 3
GROUP_PER_MINUTE = 20


@dataclass(slots=True)
class _Bucket:
    """A chat's allowance: `tokens` at `at`, one more each second, never above the burst."""

    tokens: float = CHAT_BURST
    at: float = 0.0

    def filled(self, now: float) -> float:
        return min(CHAT_BURST, self.tokens + now - self.at)


def _windows() -> defaultdict[tuple[int, int], deque[float]]:
    return defaultdict(deque)


@dataclass(slots=True)
class Limits:
    """What each bot has used of its allowance."""

    windows: defaultdict[tuple[int, int], deque[float]] = field(default_factory=_windows)
    buckets: dict[tuple[int, int], _Bucket] = field(default_factory=dict)

    def wait(self, bot_id: int, chat_id: int, *, group: bool, now: float, messages: int = 1) -> int:
        """Take `messages` from the allowance: 0, or the seconds after which to come again (nothing is taken then)."""
        windows = [(self.windows[bot_id, 0], 1.0, BOT_PER_SECOND)]
        if group:
            windows.append((self.windows[bot_id, chat_id], 60.0, GROUP_PER_MINUTE))
        waits = [_wait_for_window(times, seconds, most - messages, now) for times, seconds, most in windows]
        bucket = self.buckets.setdefault((bot_id, chat_id), _Bucket())
        waits.append(min(messages, CHAT_BURST) - bucket.filled(now))
        if max(waits) > 0:
            return max(1, math.ceil(max(waits)))
        for times, _, _ in windows:
            times.extend([now] * messages)
        bucket.tokens, bucket.at = bucket.filled(now) - messages, now
        return 0


def _wait_for_window(times: deque[float], seconds: float, room: int, now: float) -> float:
    """Seconds until at most `room` of the `times` lie within the last `seconds`."""
    while times and times[0] <= now - seconds:
        times.popleft()
    if len(times) <= room:
        return 0.0
    return times[len(times) - room - 1] + seconds - now
