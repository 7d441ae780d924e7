"""The webhook: 200 only after the commit, and nothing from anybody but Telegram."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from ipaddress import ip_network
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram.ext import ExtBot

from bot.clock import StillClock
from bot.domain.sources import Network
from bot.intake import Webhook
from bot.storage.database import Database, DatabaseUnavailable, T, Work, open_database
from bot.storage.vault import Vault
from bot.texts.message import Toast
from sandbox import Phone, Sandbox
from tests.edges.stand_ins import Echo, Points, Troubled, letters, recorded

SECRET = "a-secret_1"


class Speaker:
    """Says nothing."""

    def wake(self) -> None: ...

    async def urgent_said(self, seconds: float) -> None: ...

    async def toast(self, callback_query_id: str, toast: Toast) -> None: ...


class House:
    """A webhook behind a server of its own, and a way to post to it."""

    def __init__(self, database: Database, bot: ExtBot[None], echo: Echo, clock: StillClock) -> None:
        self.database = Troubled(database)
        self.points = Points()
        self._made_of = (bot, echo, clock)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        application = web.Application()
        application.router.add_post("/telegram", self._take)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/telegram"
        self.listen()
        self._session = aiohttp.ClientSession()

    def listen(self, *, from_networks: tuple[Network, ...] = ()) -> None:
        """Take what is posted, from these networks only."""
        bot, echo, clock = self._made_of
        place = {"url": self.url, "secret": SECRET}
        self.webhook = Webhook(
            self.database, bot, echo, Speaker(), clock, **place, sources=from_networks, hook=self.points
        )

    async def _take(self, request: web.Request) -> web.Response:
        return await self.webhook.take(request)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
        await self._runner.cleanup()

    async def post(self, body: Any, *, secret: str | None = SECRET) -> int:
        """Post what Telegram would; the answer's status."""
        assert self._session is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self._session.post(self.url, data=data, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def house(database: Database, bot: ExtBot[None], echo: Echo, clock: StillClock) -> AsyncIterator[House]:
    """A running webhook."""
    running = House(database, bot, echo, clock)
    await running.open()
    yield running
    await asyncio.shield(running.close())


def message(number: int, text: str, *, person: int = 1001) -> dict[str, Any]:
    """An update as Telegram posts it."""
    someone = {"id": person, "is_bot": False, "first_name": "张"}
    chat = {"id": person, "type": "private", "first_name": "张"}
    said = {"message_id": number, "date": 1_772_000_000, "chat": chat, "from": someone, "text": text}
    return {"update_id": number, "message": said}


async def test_an_update_is_answered_when_it_is_committed(house: House, database: Database) -> None:
    assert await house.post(message(1, "hello")) == 200
    assert [row["data"] for row in await letters(database)] == ['{"text":"hello"}']
    assert house.webhook.heard.at() is not None


async def test_an_update_that_comes_twice_has_one_effect(house: House, database: Database) -> None:
    assert await asyncio.gather(*(house.post(message(1, "hello")) for _ in range(5))) == [200] * 5
    assert len(await letters(database)) == 1


async def test_many_at_once_are_all_handled_and_share_transactions(house: House, database: Database) -> None:
    posts = (house.post(message(number, f"{number}", person=number % 9 + 1)) for number in range(1, 301))
    assert set(await asyncio.gather(*posts)) == {200}
    assert len(await letters(database)) == 300
    assert house.points.passed.count("handled") < 300


async def test_a_database_in_trouble_makes_telegram_send_it_again(house: House, database: Database) -> None:
    house.database.before = [DatabaseUnavailable("locked")]
    assert await house.post(message(1, "hello")) == 503
    assert await letters(database) == []
    assert await house.post(message(1, "hello")) == 200
    assert len(await letters(database)) == 1


async def test_a_commit_of_which_nobody_knows_is_repeated_without_harm(house: House, database: Database) -> None:
    house.database.after = [DatabaseUnavailable("was it committed?")]
    assert await house.post(message(1, "hello")) == 503
    assert await house.post(message(1, "hello")) == 200
    assert len(await letters(database)) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "秘密"])
async def test_nobody_but_telegram_is_heard(house: House, database: Database, secret: str | None) -> None:
    assert await house.post(message(1, "hello"), secret=secret) == 401
    assert await letters(database) == []


async def test_whoever_is_in_another_network_is_turned_away(house: House, database: Database) -> None:
    house.listen(from_networks=(ip_network("149.154.160.0/20"),))
    assert await house.post(message(1, "hello")) == 403
    assert await letters(database) == []
    house.listen(from_networks=(ip_network("127.0.0.0/8"),))
    assert await house.post(message(1, "hello")) == 200


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"message":{}}', b"\xff\xfe", b'{"update_id":"1"}', b"[" * 100_000]
)
async def test_what_is_no_update_is_refused(house: House, body: bytes) -> None:
    assert await house.post(body) == 400


async def test_a_body_that_is_too_long_is_refused(house: House) -> None:
    assert await house.post(b" " * (1024 * 1024 + 1)) == 413


async def test_an_update_that_cannot_be_read_is_kept_and_not_sent_again(house: House, database: Database) -> None:
    assert await house.post({"update_id": 5, "message": {"text": "私密的话"}}) == 200
    [(subject, error)] = await recorded(database)
    assert subject == "update:5"
    assert "私密" not in error
    [row] = await database.read(lambda tx: tx.all("SELECT body FROM failures"))
    assert "私密" not in row["body"]


async def test_an_unforeseen_error_leaves_nobody_waiting(house: House, database: Database) -> None:
    house.database.before = [RuntimeError("a defect")]
    assert await house.post(message(1, "hello")) >= 500
    assert await house.post(message(1, "hello")) == 200


async def test_telegram_is_told_where_to_post_and_posts(
    house: House, sandbox: Sandbox, database: Database, zhang: Phone
) -> None:
    running = asyncio.create_task(house.webhook.run())
    await zhang.sends("by post")
    for _ in range(2):
        await house.points.reached("acknowledging")
        if len(await letters(database)) == 2:
            break
    house.webhook.stop()
    await running
    assert [row["data"] for row in await letters(database)] == ['{"text":"/start"}', '{"text":"by post"}']
    [call] = sandbox.calls_of("setWebhook")
    assert call.parameters["secret_token"] == SECRET
    assert sandbox.unknown_parameters == []


async def test_whoever_cries_for_help_overtakes_those_who_wait(
    house: House, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, write = asyncio.Event(), house.database.transaction

    async def held(work: Work[T]) -> T:
        await gate.wait()
        return await write(work)

    monkeypatch.setattr(house.database, "transaction", held)
    crowd = [message(number, f"{number}", person=8 * number) for number in range(1, 61)]
    cry = [message(1000 + number, text, person=8000) for number, text in enumerate(("before", "sos", "after"))]
    waiting = []
    for one in (*crowd, *cry):
        waiting.append(asyncio.create_task(house.post(one)))
        await house.points.reached("received")
    gate.set()
    assert {await one for one in waiting} == {200}
    found = [row["data"] for row in await letters(database)]
    assert len(found) == 63
    began = found.index('{"text":"before"}')
    assert found[began : began + 3] == [f'{{"text":"{text}"}}' for text in ("before", "sos", "after")]
    assert began <= 25, "after what was in hand"


async def test_two_copies_behind_one_address_handle_each_update_once_and_each_person_in_order(
    house: House, database: Database, database_url: str, vault: Vault, bot: ExtBot[None], clock: StillClock
) -> None:
    second = await open_database(database_url, vault)
    other = House(second, bot, Echo(), clock)
    await other.open()
    try:
        people = range(1, 13)

        async def writes(person: int) -> None:
            # Telegram posts the next of a chat when the one before was taken, and whatever nobody answered again.
            for number in range(10):
                update = message(person * 100 + number, f"{person} {number}", person=person)
                copy = (house, other)[(person + number) % 2]
                assert set(await asyncio.gather(copy.post(update), house.post(update))) == {200}

        await asyncio.gather(*(writes(person) for person in people))
    finally:
        await other.close()
        await second.close()
    found = [row["data"] for row in await letters(database)]
    assert len(found) == 120
    for person in people:
        theirs = [one for one in found if one.startswith(f'{{"text":"{person} ')]
        assert theirs == [f'{{"text":"{person} {number}"}}' for number in range(10)]
