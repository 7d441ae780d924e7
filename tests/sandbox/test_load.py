"""In bulk and from outside: what benchmarks and the crash laboratory use."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp

from sandbox import Phone, Sandbox
from tests.sandbox.conftest import Answer, Ask, read_all

ROOT = Path(__file__).parents[2]


async def test_many_updates_at_once(ask: Ask, page: Ask) -> None:
    answer = await page("POST", "/api/load", updates=250, people=10)
    assert answer["count"] == 250
    seen: list[Answer] = []
    while updates := (await ask("getUpdates", offset=seen[-1]["update_id"] + 1 if seen else 0))["result"]:
        seen += updates
    assert [update["update_id"] for update in seen] == list(range(answer["first"], answer["first"] + 250))
    assert len({update["message"]["from"]["id"] for update in seen}) == 10
    assert (await ask("sendMessage", chat_id=seen[0]["message"]["chat"]["id"], text="x"))["ok"]


async def test_these_texts_and_taps(ask: Ask, page: Ask, sandbox: Sandbox) -> None:
    await page("POST", "/api/start", people=[{"id": 7, "name": "小李", "language": "en"}, {"id": 8}])
    sent = await ask(
        "sendMessage", chat_id=7, text="?", reply_markup={"inline_keyboard": [[{"text": "好", "callback_data": "a"}]]}
    )
    tap = {"user_id": 7, "message_id": sent["result"]["message_id"], "data": "b"}
    answer = await page("POST", "/api/load", updates=[{"user_id": 8, "text": "/help"}], taps=[tap])
    text, pressed = await read_all(ask)
    assert text["message"]["entities"][0]["type"] == "bot_command"
    assert pressed["callback_query"]["from"] == {"id": 7, "is_bot": False, "first_name": "小李", "language_code": "en"}
    assert answer["ids"] == [text["message"]["message_id"], pressed["callback_query"]["id"]]
    assert len(sandbox.world.listeners) >= 2


async def test_the_calls_after_a_number(ask: Ask, page: Ask, zhang: Phone) -> None:
    for text in "一二三":
        await ask("sendMessage", chat_id=zhang.id, text=text)
    first = await page("GET", "/api/calls", limit=2)
    assert [call["parameters"]["text"] for call in first["calls"]] == ["一", "二"]
    rest = await page("GET", "/api/calls", since=first["next"])
    assert [(call["method"], call["chat_id"], call["ok"]) for call in rest["calls"]] == [
        ("sendMessage", zhang.id, True)
    ]
    assert (await page("GET", "/api/calls", since=rest["next"])) == {"ok": True, "calls": [], "next": rest["next"]}
    assert (await page("GET", "/api/calls", method="getMe"))["calls"] == []
    assert len((await page("GET", "/api/acceptances", method="sendMessage"))["times"]) == 3


async def test_the_counters(ask: Ask, page: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    await ask("sendMessage", chat_id=zhang.id, text="x")
    await ask("sendMessage", chat_id=5, text="x")
    await read_all(ask)
    counters = await page("GET", "/api/counters")
    assert (counters["accepted"]["sendMessage"], counters["refused"]["sendMessage"]) == (1, 1)
    assert counters["errors"] == {"Bad Request: chat not found": 1}
    updates = counters["updates"][str(sandbox.bot.id)]
    assert updates == {"queued": 1, "delivered": 1, "acknowledged": 1, "expired": 0, "waiting": 0}


async def test_the_messages_that_changed(ask: Ask, page: Ask, zhang: Phone) -> None:
    first = await page("GET", "/api/messages")
    assert [message["text"] for message in first["messages"]] == ["/start"]
    await ask("sendMessage", chat_id=zhang.id, text="好")
    [message] = (await page("GET", "/api/messages", since=first["next"]))["messages"]
    assert (message["chat_id"], message["text"]) == (zhang.id, "好")


async def test_it_runs_as_its_own_process(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--limits", "--store", str(tmp_path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, token = [(await process.stdout.readline()).decode().strip() for _ in range(2)]
    async with aiohttp.ClientSession() as session, session.get(f"{url}/bot{token}/getMe") as response:
        assert (await response.json())["result"]["username"] == "linli_bot"
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    assert (tmp_path / "world.json").exists()
