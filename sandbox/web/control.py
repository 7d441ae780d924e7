"""The control strip: time, trouble, limits; and what was called, for another process to read."""

from dataclasses import asdict
from typing import Any

from sandbox.clock import MovableClock
from sandbox.faults import Fault
from sandbox.files import Upload
from sandbox.web import shapes
from sandbox.web.asked import Answer, Asked

CALLS_AT_ONCE = 10_000


async def state(asked: Asked) -> Answer:
    """Everything that the page shows."""
    return shapes.state_shape(asked.sandbox.world, asked.sandbox.bot, asked.sandbox.limits)


async def move_clock(asked: Asked) -> Answer:
    """Move the clock on: {seconds} or {to: "next"}, the instant that the program waits for."""
    world = asked.sandbox.world
    if not isinstance(world.clock, MovableClock):
        raise ValueError("this clock cannot be moved")
    seconds = await _seconds_to_next(asked) if asked.body.get("to") == "next" else float(asked.body["seconds"])
    world.clock.advance(seconds)
    world.happened("clock")
    return {"clock": shapes.clock_shape(world)}


async def _seconds_to_next(asked: Asked) -> float:
    sandbox = asked.sandbox
    instant = await sandbox.next_event() if sandbox.next_event else None
    if instant is None:
        raise ValueError("the program waits for nothing")
    return max(0.0, (instant - sandbox.clock.now()).total_seconds())


async def add_fault(asked: Asked) -> Answer:
    """Switch trouble on: {kind, method?, chat_id?, times?, retry_after?}."""
    body = asked.body
    fault = Fault(
        str(body["kind"]),
        body.get("method") or None,
        int(body["chat_id"]) if body.get("chat_id") else None,
        None if body.get("times", 1) is None else int(body.get("times", 1)),
        int(body.get("retry_after") or 3),
    )
    return {"id": asked.sandbox.faults.add(fault).id}


async def remove_fault(asked: Asked) -> Answer:
    """Switch one trouble off."""
    asked.sandbox.faults.remove(int(asked.path["id"]))
    return {}


async def set_limits(asked: Asked) -> Answer:
    """Telegram's limits: {on}."""
    asked.sandbox.limits = bool(asked.body["on"])
    return {}


async def add_bot(asked: Asked) -> Answer:
    """Another bot: {username, name?}; its token."""
    bot = asked.sandbox.add_bot(str(asked.body["username"]), str(asked.body.get("name", "")))
    return {"id": bot.id, "token": bot.token}


async def calls(asked: Asked) -> Answer:
    """The calls after number `since`, at most `limit` (10,000), of one `method` if given."""
    since, limit = int(asked.body.get("since", 0)), int(asked.body.get("limit", CALLS_AT_ONCE))
    method = asked.body.get("method")
    book = asked.sandbox.calls
    first = book[0].number if book else 0
    start = max(0, since + 1 - first)
    found: list[Answer] = []
    last = since
    for call in (book[place] for place in range(start, len(book))):
        if len(found) == limit:
            break
        last = call.number
        if method in (None, call.method):
            found.append(plain(asdict(call)))
    return {"calls": found, "next": last}


def plain(value: Any) -> Any:
    """A value that JSON can say: files are named, not shown."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return f"file {value.name}, {len(value.content)} bytes" if isinstance(value, Upload) else value


async def counters(asked: Asked) -> Answer:
    """Counts a method, refusals by their words, first calls (monotonic seconds), and the updates of each bot."""
    book, world = asked.sandbox.api.book, asked.sandbox.world
    updates = {
        str(bot.id): {**asdict(bot.queue.tally), "waiting": len(bot.queue.waiting)} for bot in world.bots.values()
    }
    return {
        "accepted": dict(book.accepted),
        "refused": dict(book.refused),
        "errors": dict(book.errors),
        "first": book.first,
        "last_call": book.last,
        "unknown_parameters": book.unknown,
        "updates": updates,
    }


async def acceptances(asked: Asked) -> Answer:
    """When the calls of one `method` were accepted: monotonic seconds, oldest first."""
    method = str(asked.body["method"])
    return {"times": [call.monotonic for call in asked.sandbox.calls if call.ok and call.method == method]}
