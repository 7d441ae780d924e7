"""Requests reach the Bot API, and whatever goes wrong has a name that quotes neither token nor words."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.transport import AiohttpRequest, TooFast
from sandbox import Phone, Sandbox

TOKEN = "1:a-token"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers every request with what a test gave it."""

    def __init__(self) -> None:
        self.answer: Handler = self._nothing
        self.asked: list[dict[str, str]] = []

    async def _nothing(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": True})

    async def take(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        self.asked.append({name: value for name, value in form.items() if isinstance(value, str)})
        return await self.answer(request)

    def says(self, status: int, body: str) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(status=status, text=body)

        self.answer = answer


@pytest.fixture
async def server() -> AsyncIterator[tuple[Server, ExtBot[None]]]:
    """A server that answers anything, and a bot that asks it."""
    serving = Server()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", serving.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest(read_seconds=0.3, connect_seconds=0.3)
    await request.initialize()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    yield serving, ExtBot(TOKEN, base_url=url, request=request, get_updates_request=request)
    await asyncio.shield(request.shutdown())
    await asyncio.shield(runner.cleanup())


def refusal(code: int, description: str, parameters: str = "") -> str:
    extra = f', "parameters": {parameters}' if parameters else ""
    return f'{{"ok": false, "error_code": {code}, "description": "{description}"{extra}}}'


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, refusal(400, "Bad Request: chat not found"), BadRequest),
        (401, refusal(401, "Unauthorized"), InvalidToken),
        (403, refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (404, refusal(404, "Not Found"), InvalidToken),
        (405, refusal(405, "Method Not Allowed"), BadRequest),
        (409, refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (413, refusal(413, "Request Entity Too Large"), BadRequest),
        (500, refusal(500, "Internal Server Error"), NetworkError),
        (502, "<html>Bad Gateway</html>", NetworkError),
        (503, "", NetworkError),
        (200, "<html>a hotel's page</html>", NetworkError),
        (200, "", NetworkError),
    ],
)
async def test_each_refusal_has_its_kind(
    server: tuple[Server, ExtBot[None]], status: int, body: str, error: type[TelegramError]
) -> None:
    serving, bot = server
    serving.says(status, body)
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(1, "私密的话")
    assert type(caught.value) is error
    assert "hotel" not in str(caught.value)


async def test_too_many_requests_says_for_how_long(server: tuple[Server, ExtBot[None]]) -> None:
    serving, bot = server
    serving.says(429, refusal(429, "Too Many Requests: retry after 7", '{"retry_after": 7}'))
    with pytest.raises(TooFast) as caught:
        await bot.send_message(1, "x")
    assert caught.value.seconds == 7


async def test_no_answer_in_time_is_an_unknown_result(server: tuple[Server, ExtBot[None]]) -> None:
    serving, bot = server
    held = asyncio.Event()

    async def hold(request: web.Request) -> web.StreamResponse:
        await held.wait()
        return web.Response()

    serving.answer = hold
    with pytest.raises(TimedOut):
        await bot.send_message(1, "x")
    held.set()


async def test_a_connection_that_breaks_is_a_network_error(server: tuple[Server, ExtBot[None]]) -> None:
    serving, bot = server

    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    serving.answer = hang_up
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(1, "x")
    assert not isinstance(caught.value, TimedOut)


async def test_nobody_there_is_a_network_error_that_names_no_token() -> None:
    request = AiohttpRequest(connect_seconds=0.3)
    await request.initialize()
    bot: ExtBot[None] = ExtBot(TOKEN, base_url="http://127.0.0.1:9/bot", request=request)
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(1, "x")
    assert TOKEN not in repr(caught.value)
    await request.shutdown()


async def test_a_closed_transport_says_so(server: tuple[Server, ExtBot[None]]) -> None:
    _, bot = server
    await bot.request.shutdown()
    with pytest.raises(NetworkError, match="not open"):
        await bot.send_message(1, "x")


async def test_words_of_all_kinds_arrive(sandbox: Sandbox, bot: ExtBot[None], zhang: Phone) -> None:
    text = "药 & <b> = + % 😀 \n مرحبا"
    await bot.send_message(zhang.id, text)
    assert (await zhang.reads("مرحبا")).text == text


async def test_a_file_arrives(sandbox: Sandbox, bot: ExtBot[None], zhang: Phone) -> None:
    await bot.send_document(zhang.id, b"%PDF 1.7", filename="certificate.pdf", caption="证书")
    shown = [message for message in zhang.screen() if message.kind == "document"]
    assert len(shown) == 1
    assert sandbox.unknown_parameters == []


async def test_more_requests_than_any_pool_are_on_their_way_at_once(
    sandbox: Sandbox, bot: ExtBot[None], zhang: Phone
) -> None:
    sent = await asyncio.gather(*(bot.send_message(zhang.id, f"{number}") for number in range(100)))
    assert len({message.message_id for message in sent}) == 100
