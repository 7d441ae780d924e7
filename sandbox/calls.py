"""The book of calls: what the program asked, what it was answered, and when."""

import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

KEPT = 100_000


@dataclass(slots=True)
class Call:
    """One call. `at` is the world's clock (epoch seconds), `monotonic` this machine's steady one.

    `error` is None where `ok`; `message_id` is None where no message was made or touched.
    """

    number: int
    bot_id: int
    method: str
    parameters: dict[str, Any]
    chat_id: int | str | None
    at: float
    monotonic: float
    ok: bool = True
    error: str | None = None
    code: int = 200
    message_id: int | None = None


@dataclass(slots=True)
class CallBook:
    """The last calls in order, the counts of all, and what the program sent that Telegram would ignore."""

    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    first: dict[str, float] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    last: int = 0

    def open(self, bot_id: int, method: str, parameters: dict[str, Any], at: float) -> Call:
        """Write a call down as it arrives."""
        self.last += 1
        now = time.monotonic()
        call = Call(self.last, bot_id, method, parameters, parameters.get("chat_id"), at, now)
        self.calls.append(call)
        self.first.setdefault(method, now)
        return call

    def accept(self, call: Call, result: Any) -> None:
        """It was done."""
        self.accepted[call.method] += 1
        if isinstance(result, dict):
            call.message_id = result.get("message_id")

    def refuse(self, call: Call, code: int, error: str) -> None:
        """It was refused, with these words."""
        call.ok, call.code, call.error = False, code, error
        self.refused[call.method] += 1
        self.errors[error] += 1

    def note(self, words: str) -> None:
        """Something that Telegram would silently ignore."""
        if len(self.unknown) < 1_000:
            self.unknown.append(words)
