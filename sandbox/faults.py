"""Trouble on order: refusals, broken answers, silence, and updates that come twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

KINDS = ("429", "500", "502", "timeout", "drop_after", "duplicate_update")


@dataclass(slots=True)
class Fault:
    """One trouble: which `kind`, for which method and chat (None: any), how many `times` (None: until removed).

    429, 500 and 502 refuse the call. "timeout" accepts it and holds the answer, "drop_after" accepts it and closes the
    connection without an answer. "duplicate_update" delivers the next update twice, the second time after it has been
    acknowledged. `retry_after` is in seconds.
    """

    kind: str
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    retry_after: int = 3
    id: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {self.kind}; known are {', '.join(KINDS)}")

    def hits(self, method: str, chat_id: int | None, updates: bool) -> bool:
        """Whether it applies to this call (or, with `updates`, to an update of this chat)."""
        if (self.kind == "duplicate_update") is not updates:
            return False
        return (updates or self.method in (None, method)) and self.chat_id in (None, chat_id)


class FaultList:
    """The troubles that are switched on now, oldest first."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._faults: list[Fault] = []
        self._last = 0

    def __bool__(self) -> bool:
        return bool(self._faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def add(self, fault: Fault) -> Fault:
        """Switch a trouble on; it gets a number by which it can be removed."""
        self._last += 1
        fault.id = self._last
        self._faults.append(fault)
        self._tell("faults")
        return fault

    def remove(self, number: int) -> None:
        """Switch one off; nothing happens when it is over already."""
        self._faults = [fault for fault in self._faults if fault.id != number]
        self._tell("faults")

    def clear(self) -> None:
        """Switch all of them off."""
        self._faults = []
        self._tell("faults")

    def take(self, method: str, chat_id: int | None, *, updates: bool = False) -> Fault | None:
        """The trouble that this call meets, counted as used; None for a good day."""
        fault = next((fault for fault in self._faults if fault.hits(method, chat_id, updates)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
            self._tell("faults")
        return fault
