"""The stream of events: what happens in the world, told to every open page at once."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web

from sandbox.accounts import BotAccount, Person
from sandbox.api import BotApi
from sandbox.methods.commands import shown_commands
from sandbox.web import shapes

Event = dict[str, Any]

BEHIND = 5_000
QUIET_SECONDS = 15.0


class EventStream:
    """Server-Sent Events for the pages; costs nothing while nobody looks."""

    def __init__(self, api: BotApi, bot: BotAccount) -> None:
        self._api = api
        self._world = api.world
        self._bot = bot
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._makers: dict[str, Callable[[Event], Iterator[Event]]] = {
            "message": self._message,
            "edited": self._message,
            "deleted": self._deleted,
            "keyboard": self._keyboard,
            "toast": self._toast,
            "people": self._people,
            "chats": self._chats,
            "clock": self._clock,
            "faults": self._faults,
            "links": self._links,
            "commands": self._commands,
        }
        self._world.listeners.append(self._hear)

    def close(self) -> None:
        """End every stream."""
        for page in self._pages:
            page.put_nowait(None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One page listens until it goes away; first it gets the whole state."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        state = shapes.state_shape(self._world, self._bot, self._api.limits_on)
        page.put_nowait(_line({"type": "state", **state}))
        try:
            while (line := await _next_line(page)) is not None:
                await response.write(line.encode())
        except ConnectionError:
            return response
        finally:
            self._pages.discard(page)
        return response

    def _hear(self, event: str, details: Event) -> None:
        maker = self._makers.get(event)
        if not self._pages or maker is None:
            return
        for content in maker(details):
            self._tell(_line({"type": event, **content}))

    def _tell(self, line: str) -> None:
        for page in list(self._pages):
            if page.qsize() > BEHIND:
                page.put_nowait(None)
                self._pages.discard(page)
            else:
                page.put_nowait(line)

    def _ours(self, details: Event) -> bool:
        chat = details["chat"]
        return not chat.private or chat.bot_id == self._bot.id

    def _message(self, details: Event) -> Iterator[Event]:
        if self._ours(details):
            yield {"message": shapes.message_shape(self._world, details["message"])}

    def _deleted(self, details: Event) -> Iterator[Event]:
        if self._ours(details):
            yield {"chat_id": details["chat"].id, "id": details["message"].id}

    def _keyboard(self, details: Event) -> Iterator[Event]:
        chat, person_id = details["chat"], details["person_id"]
        if self._ours(details):
            rows = shapes.rows_shape(chat.keyboards.get(person_id))
            yield {"chat_id": chat.id, "person_id": person_id, "rows": rows}

    def _toast(self, details: Event) -> Iterator[Event]:
        yield {"person_id": details["person_id"], **(shapes.toast_shape(details["toast"]) or {})}

    def _people(self, details: Event) -> Iterator[Event]:
        yield {"people": shapes.people_shape(self._world, self._bot)}

    def _chats(self, details: Event) -> Iterator[Event]:
        yield {"chats": shapes.chats_shape(self._world, self._bot)}

    def _clock(self, details: Event) -> Iterator[Event]:
        yield {"clock": shapes.clock_shape(self._world)}

    def _faults(self, details: Event) -> Iterator[Event]:
        faults = [shapes.fault_shape(fault) for fault in self._world.faults]
        yield {"faults": faults, "limits": self._api.limits_on}

    def _links(self, details: Event) -> Iterator[Event]:
        yield {"links": self._world.links}

    def _commands(self, details: Event) -> Iterator[Event]:
        if details["bot"] is self._bot:
            for person in self._world.people.values():
                yield {"person_id": person.id, "commands": self._menu(person)}

    def _menu(self, person: Person) -> list[dict[str, str]]:
        return shown_commands(self._bot, self._world.private_chat(self._bot, person.id), person)


async def _next_line(page: asyncio.Queue[str | None]) -> str | None:
    """The next event, or a comment that keeps the line open when nothing happens."""
    try:
        async with asyncio.timeout(QUIET_SECONDS):
            return await page.get()
    except TimeoutError:
        return ": quiet\n\n"


def _line(event: Event) -> str:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
