"""A world that is kept: everything is there again after a restart."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.clock import StillClock
from sandbox import Sandbox
from sandbox.samples import PICTURE


async def started(folder: Path, clock: StillClock) -> Sandbox:
    sandbox = Sandbox(clock=clock, store=folder)
    await sandbox.start()
    return sandbox


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def ask(sandbox: Sandbox, method: str, **parameters: object) -> Any:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}/bot{sandbox.token}/{method}", json=parameters) as response,
    ):
        answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]


async def test_the_world_survives_a_restart(tmp_path: Path, clock: StillClock) -> None:
    first = await started(tmp_path, clock)
    assert not first.resumed
    zhang, li = first.phone("张奶奶", note="居民"), first.phone("小李")
    group = first.group("阳光社区", [zhang, li])
    await zhang.adds_bot(group)
    group.anonymous(zhang)
    await zhang.sends("/start")
    await zhang.sends_photo("门口")
    await ask(first, "sendMessage", chat_id=zhang.id, text="好吗", reply_markup={"keyboard": [[{"text": "平安"}]]})
    buttons = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    await ask(first, "sendMessage", chat_id=zhang.id, text="?", reply_markup=buttons)
    await zhang.presses("好", timeout=0)
    await ask(first, "setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    await ask(first, "setChatMenuButton", chat_id=zhang.id, menu_button={"type": "commands"})
    await li.blocks()
    first.links = [{"label": "三号楼", "url": "https://t.me/linli_bot?start=b3"}]
    waiting = await ask(first, "getUpdates")
    clock.advance(60)
    await first.stop()

    later = StillClock(clock.at)
    second = await started(tmp_path, later)
    assert second.resumed
    assert later.offset_seconds == 60
    assert second.links == first.links
    assert [(phone.name, phone.person.note) for phone in second.phones()] == [("张奶奶", "居民"), ("小李", "")]
    again = second.phone_of(zhang.id)
    assert again.screen() == zhang.screen()
    assert again.screen(second.groups()[0]) == zhang.screen(group)
    assert again.keyboard() == [["平安"]]
    assert await ask(second, "getUpdates") == waiting
    [tap] = [update["callback_query"] for update in waiting if "callback_query" in update]
    assert await ask(second, "answerCallbackQuery", callback_query_id=tap["id"])
    assert await ask(second, "getMyCommands") == [{"command": "help", "description": "帮助"}]
    assert await ask(second, "getChatMenuButton", chat_id=zhang.id) == {"type": "commands"}
    assert list(second.world.files.contents.values()) == [PICTURE]
    assert second.world.private_chat(second.bot, li.id).blocked
    assert await ask(second, "sendMessage", chat_id=zhang.id, text="在吗")
    assert second.phone("王姐").id == li.id + 1
    await second.stop()


async def test_nothing_is_half_written(tmp_path: Path, clock: StillClock) -> None:
    first = await started(tmp_path, clock)
    first.phone("张奶奶")
    await first.stop()
    assert names(tmp_path) == ["files", "world.json"]


async def test_a_change_is_written_soon_and_not_at_once(
    tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.store.PAUSE_SECONDS", 0)
    sandbox = await started(tmp_path, clock)
    await sandbox.phone("张奶奶").sends("/start")
    assert not (tmp_path / "world.json").exists()
    await ask(sandbox, "getMe")
    assert "张奶奶" in (tmp_path / "world.json").read_text(encoding="utf-8")
    await sandbox.stop()


async def test_a_world_of_another_version_is_refused(tmp_path: Path, clock: StillClock) -> None:
    (tmp_path / "world.json").write_text('{"version": 0}', encoding="utf-8")
    with pytest.raises(ValueError, match="start anew"):
        Sandbox(clock=clock, store=tmp_path)
