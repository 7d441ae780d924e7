"""A Telegram of our own: the one object that tests, the demo and the benchmarks start."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from aiohttp import web

from sandbox import moves
from sandbox.accounts import BotAccount
from sandbox.api import BotApi
from sandbox.calls import Call
from sandbox.clock import Clock, WallClock
from sandbox.faults import FaultList
from sandbox.files import MAX_UPLOAD_BYTES
from sandbox.groups import Group
from sandbox.phones import Phone
from sandbox.server import Server
from sandbox.store import Store
from sandbox.web.events import EventStream
from sandbox.web.routes import add_routes
from sandbox.webhook import Deliveries
from sandbox.world import World

NextEvent = Callable[[], Awaitable[datetime | None]]


class Sandbox:
    """A Bot API server on 127.0.0.1 with the people who use it.

    `clock` is the time that messages carry and that makes them old (the wall clock when none is given). `next_event`
    says what the program waits for next, for the page's "to the next event". `store` is the folder in which the world
    is kept between starts; None keeps it in memory. `limits` switches Telegram's limits.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        next_event: NextEvent | None = None,
        store: Path | None = None,
        limits: bool = False,
        username: str = "linli_bot",
        name: str = "邻里",
    ) -> None:
        self.clock = clock or WallClock()
        self.next_event = next_event
        self.world = World(self.clock)
        self.api = BotApi(self.world, limits_on=limits)
        self.bot = self.world.add_bot(username, name)
        self.url = ""
        self.deliveries = Deliveries(self.world)
        self._store = Store(store, self.world) if store else None
        self.resumed = self._store.load() if self._store else False
        self._stream = EventStream(self.api, self.bot)
        self._server = Server(self.api)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one. `url` is where, afterwards."""
        application = web.Application(client_max_size=MAX_UPLOAD_BYTES)
        self._server.add_routes(application.router)
        add_routes(application.router, self, self._stream)
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.deliveries.start()
        if self._store is not None:
            self.world.listeners.append(lambda event, details: self.touch())

    def touch(self) -> None:
        """Something changed: keep the world soon, if there is a store."""
        if self._store is not None:
            self._store.touch()

    async def stop(self) -> None:
        """Close every connection and the door, and keep the world; a second time does no harm."""
        self._server.stop()
        self.api.polls.close()
        self._stream.close()
        await self.deliveries.stop()
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None
        if self._store is not None:
            self._store.save()

    @property
    def token(self) -> str:
        """The default bot's token."""
        return self.bot.token

    @property
    def limits(self) -> bool:
        """Whether Telegram's limits are on."""
        return self.api.limits_on

    @limits.setter
    def limits(self, on: bool) -> None:
        self.api.limits_on = on
        self.world.happened("faults")

    @property
    def faults(self) -> FaultList:
        """The troubles that are switched on."""
        return self.world.faults

    @property
    def calls(self) -> deque[Call]:
        """The last calls of the program, in order."""
        return self.api.book.calls

    @property
    def unknown_parameters(self) -> list[str]:
        """What the program sent and Telegram would silently ignore, as "method: parameter"."""
        return self.api.book.unknown

    @property
    def links(self) -> list[dict[str, str]]:
        """The links that the page offers: `label` and `url` each; `label_en` where the English page says it otherwise."""
        return self.world.links

    @links.setter
    def links(self, links: list[dict[str, str]]) -> None:
        self.world.links = links
        self.world.happened("links")

    def calls_of(self, method: str, chat_id: int | None = None) -> list[Call]:
        """The calls of one method, to one chat if one is given."""
        return [call for call in self.calls if call.method == method and chat_id in (None, call.chat_id)]

    def add_bot(self, username: str, name: str = "") -> BotAccount:
        """Another bot on the same Telegram; it has its own `token`."""
        return self.world.add_bot(username, name)

    def phone(self, name: str, language: str = "zh-hans", username: str | None = None, note: str = "") -> Phone:
        """A new person and their telephone. `note` is a short word on it, such as "居民"."""
        person = self.world.add_person(name, language, username)
        person.note = note
        return Phone(self.world, person, self.bot)

    def phones(self) -> list[Phone]:
        """The telephones of all people."""
        return [Phone(self.world, person, self.bot) for person in self.world.people.values()]

    def phone_of(self, person_id: int) -> Phone:
        """The telephone of somebody who exists; KeyError for nobody."""
        return Phone(self.world, self.world.people[person_id], self.bot)

    def group(
        self, title: str, members: Sequence[Phone] = (), type: Literal["group", "supergroup"] = "supergroup"
    ) -> Group:
        """A group of these people; the first of them created it."""
        chat = self.world.add_group(title, type)
        for place, phone in enumerate(members):
            moves.set_status(self.world, chat, phone.id, "member" if place else "creator", phone.id)
        self.world.happened("chats")
        return Group(self.world, chat)

    def groups(self) -> list[Group]:
        """All the groups that still are where they are."""
        return [Group(self.world, chat) for chat in self.world.groups.values() if not chat.migrated_to]
