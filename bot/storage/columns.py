"""The storage's edge: instants become UTC seconds on the way in and aware datetimes on the way out."""

from datetime import UTC, datetime
from typing import overload


@overload
def seconds(at: datetime) -> int: ...
@overload
def seconds(at: None) -> None: ...
def seconds(at: datetime | None) -> int | None:
    """An aware datetime as whole UTC seconds since the epoch; None stays None."""
    return None if at is None else int(at.timestamp())


@overload
def instant(value: int) -> datetime: ...
@overload
def instant(value: None) -> None: ...
def instant(value: int | None) -> datetime | None:
    """UTC seconds since the epoch as an aware datetime; None stays None."""
    return None if value is None else datetime.fromtimestamp(value, UTC)


def among(name: str, values: list[int]) -> tuple[str, dict[str, int]]:
    """A list for `IN (…)`: its placeholders, and their values. An empty list matches nothing."""
    named = {f"{name}{index}": value for index, value in enumerate(values)}
    return ", ".join(f":{key}" for key in named) or "NULL", named
