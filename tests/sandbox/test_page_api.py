"""What the page asks of the server."""

import asyncio
import base64
import io
import wave
from datetime import timedelta

import aiohttp
import pytest

from bot.clock import StillClock
from sandbox import Phone, Sandbox
from sandbox.samples import PICTURE, SOUND
from tests.sandbox.conftest import Ask, read_all

CARD = {
    "inline_keyboard": [[{"text": "看", "url": "https://example.com/"}, {"text": "我来帮忙", "callback_data": "claim"}]]
}


async def test_the_state(ask: Ask, page: Ask, sandbox: Sandbox, zhang: Phone) -> None:
    sandbox.links = [{"label": "三号楼", "url": "https://t.me/linli_bot?start=b3"}]
    group = sandbox.group("阳光社区", [zhang])
    await zhang.adds_bot(group)
    await ask(
        "sendMessage", chat_id=zhang.id, text="<b>药</b>", parse_mode="HTML", reply_markup=CARD, protect_content=True
    )
    await ask("sendMessage", chat_id=zhang.id, text="好吗", reply_markup={"keyboard": [[{"text": "平安"}]]})
    state = await page("GET", "/api/state")
    assert state["bot"] == {"id": sandbox.bot.id, "username": "linli_bot", "name": "邻里"}
    assert state["clock"] == {"now": sandbox.clock.now().timestamp(), "offset": 0, "can_move": True}
    assert (state["limits"], state["faults"], state["links"]) == (False, [], sandbox.links)
    person = {"id": zhang.id, "name": "张奶奶", "username": None, "language": "zh-hans", "note": "", "blocked": False}
    assert state["people"] == [person]
    private, community = state["chats"]
    assert (private["id"], private["type"], private["member_ids"]) == (zhang.id, "private", [zhang.id])
    assert (community["type"], community["title"], community["bot_present"]) == ("supergroup", "阳光社区", True)
    assert state["keyboards"] == {f"{zhang.id}:{zhang.id}": [["平安"]]}
    card = state["messages"][str(zhang.id)][1]
    assert card["buttons"] == [[{"text": "看", "url": "https://example.com/"}, {"text": "我来帮忙", "data": "claim"}]]
    assert (card["from"], card["name"], card["text"], card["protected"]) == (None, "邻里", "药", True)
    assert card["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    [service] = state["messages"][str(group.id)]
    assert (service["kind"], service["text"]) == ("service", "＋ 邻里")


async def test_a_place_and_a_card_with_their_own_values(ask: Ask, page: Ask, sandbox: Sandbox) -> None:
    number = (await page("POST", "/api/people", name="小丽"))["person"]["id"]
    media = f"/api/people/{number}/media"
    await page("POST", media, chat_id=number, kind="location", latitude=30.5, longitude=114.25)
    await page("POST", media, chat_id=number, kind="contact", name="王强", phone_number="13900139000")
    await page("POST", media, chat_id=number, kind="contact", phone_number="+8613900139001")
    sent = [update["message"] for update in await read_all(ask)]
    assert sent[0]["location"] == {"latitude": 30.5, "longitude": 114.25}
    assert sent[1]["contact"] == {"phone_number": "13900139000", "first_name": "王强"}
    assert sent[2]["contact"] == {"phone_number": "+8613900139001", "first_name": "小丽", "user_id": number}
    shown = (await page("GET", "/api/state"))["messages"][str(number)]
    assert [one["caption"] for one in shown[:2]] == ["30.50000, 114.25000", "王强 13900139000"]


async def test_what_is_no_place_on_earth_is_refused(page: Ask) -> None:
    number = (await page("POST", "/api/people", name="小丽"))["person"]["id"]
    answer = await page(
        "POST", f"/api/people/{number}/media", chat_id=number, kind="location", latitude=91, longitude=0
    )
    assert not answer["ok"]
    assert "latitudes" in answer["error"]


async def test_a_person_does_everything_over_the_page(ask: Ask, page: Ask, sandbox: Sandbox) -> None:
    number = (await page("POST", "/api/people", name="王姐", language="en", username="wang"))["person"]["id"]
    me = f"/api/people/{number}"
    await page("POST", f"{me}/open", link="https://t.me/linli_bot?start=b3")
    sent = await page("POST", f"{me}/send", chat_id=number, text="药")
    await page("POST", f"{me}/edit", chat_id=number, message_id=sent["message_id"], text="两盒药")
    await page("POST", f"{me}/send", chat_id=number, text="快", reply_to=sent["message_id"])
    for kind in ("sticker", "photo", "voice", "poll", "location", "contact", "document", "album"):
        await page("POST", f"{me}/media", chat_id=number, kind=kind)
    await page("POST", f"{me}/language", language="zh-hans")
    await page("POST", f"{me}/block", blocked=True)
    await page("POST", f"{me}/block", blocked=False)
    kinds = [next(kind for kind in update if kind != "update_id") for update in await read_all(ask)]
    assert kinds == [
        "message",
        "message",
        "edited_message",
        "message",
        *["message"] * 10,
        "my_chat_member",
        "my_chat_member",
    ]
    assert sandbox.phone_of(number).person.language == "zh-hans"
    screen = await page("GET", f"{me}/screen")
    assert screen["messages"][1]["text"] == "两盒药"


async def test_pressing_by_place_and_by_label(ask: Ask, page: Ask, zhang: Phone) -> None:
    sent = await ask("sendMessage", chat_id=zhang.id, text="药", reply_markup=CARD)
    await read_all(ask)
    place = {"chat_id": zhang.id, "message_id": sent["result"]["message_id"], "row": 0, "column": 1}
    pressing = asyncio.create_task(page("POST", f"/api/people/{zhang.id}/press", **place))
    [update] = (await ask("getUpdates", timeout=10))["result"]
    await ask("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="好")
    assert (await pressing)["toast"] == {"text": "好", "alert": False, "url": None}
    answer = await page("POST", f"/api/people/{zhang.id}/press", chat_id=zhang.id, label="我来", wait=0)
    assert answer["toast"] is None
    answer = await page("POST", f"/api/people/{zhang.id}/tap", chat_id=zhang.id, message_id=2, data="forged", wait=0)
    assert answer["ok"]
    assert (await read_all(ask))[-1]["callback_query"]["data"] == "forged"
    for wrong in ({"row": 4, "column": 0}, {"row": 0, "column": -1}, {"row": 0, "column": 0, "message_id": 77}):
        assert not (await page("POST", f"/api/people/{zhang.id}/press", **{**place, **wrong}))["ok"]


async def test_a_key_under_the_chat_is_sent_as_its_label(ask: Ask, page: Ask, zhang: Phone) -> None:
    keys = {"keyboard": [[{"text": "我的电话", "request_contact": True}]]}
    await ask("sendMessage", chat_id=zhang.id, text="?", reply_markup=keys)
    await page("POST", f"/api/people/{zhang.id}/send", chat_id=zhang.id, text="我的电话")
    assert "contact" in (await read_all(ask))[-1]["message"]


async def test_the_menu_of_commands(ask: Ask, page: Ask, zhang: Phone) -> None:
    await ask("setMyCommands", commands=[{"command": "help", "description": "帮助"}], language_code="zh")
    answer = await page("GET", f"/api/people/{zhang.id}/commands")
    assert answer["commands"] == [{"command": "help", "description": "帮助"}]


async def test_groups(ask: Ask, page: Ask, sandbox: Sandbox, zhang: Phone, li: Phone) -> None:
    made = await page("POST", "/api/groups", title="阳光社区", member_ids=[zhang.id], type="group")
    group = f"/api/groups/{made['id']}"
    await page("POST", f"{group}/members", person_id=li.id)
    await page("POST", f"{group}/bot", person_id=zhang.id, present=True)
    await page("POST", f"{group}/anonymous", person_id=zhang.id, on=True)
    await page("POST", f"{group}/promote", person_id=sandbox.bot.id)
    await page("POST", f"/api/people/{zhang.id}/send", chat_id=made["id"], text="大家好")
    assert (await read_all(ask))[-1]["message"]["sender_chat"]["id"] == made["id"]
    moved = (await page("POST", f"{group}/upgrade"))["id"]
    await page("POST", f"/api/groups/{moved}/bot", person_id=zhang.id, present=False)
    await page("POST", f"/api/groups/{moved}/members", person_id=li.id, present=False)
    [chat] = [chat for chat in (await page("GET", "/api/state"))["chats"] if chat["type"] != "private"]
    assert (chat["id"], chat["member_ids"], chat["anonymous_ids"]) == (moved, [zhang.id], [zhang.id])


async def test_the_control_strip(ask: Ask, page: Ask, sandbox: Sandbox, clock: StillClock) -> None:
    now = clock.now()
    assert (await page("POST", "/api/clock", seconds=60))["clock"]["offset"] == 60
    assert not (await page("POST", "/api/clock", to="next"))["ok"]

    async def next_event() -> object:
        return now + timedelta(hours=1)

    sandbox.__dict__["next_event"] = next_event
    assert (await page("POST", "/api/clock", to="next"))["clock"]["now"] == now.timestamp() + 3600
    fault = await page("POST", "/api/faults", kind="500", method="getMe", times=5)
    assert (await ask("getMe"))["error_code"] == 500
    [shown] = (await page("GET", "/api/state"))["faults"]
    assert shown == {"id": fault["id"], "kind": "500", "method": "getMe", "chat_id": None, "times": 4, "retry_after": 3}
    await page("DELETE", f"/api/faults/{fault['id']}")
    assert (await ask("getMe"))["ok"]
    assert not (await page("POST", "/api/faults", kind="418"))["ok"]
    await page("POST", "/api/limits", on=True)
    assert sandbox.limits


async def test_another_bot(page: Ask, sandbox: Sandbox) -> None:
    answer = await page("POST", "/api/bots", username="second_bot")
    assert sandbox.world.tokens[answer["token"]].username == "second_bot"


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("POST", "/api/people", {"name": " "}),
        ("POST", "/api/people/5/send", {"text": "x"}),
        ("POST", "/api/groups", {"title": "x", "member_ids": []}),
        ("POST", "/api/groups/-5/members", {"person_id": 1}),
        ("POST", "/api/clock", {"seconds": "soon"}),
    ],
)
async def test_what_makes_no_sense_is_a_400(page: Ask, verb: str, path: str, body: dict[str, object]) -> None:
    answer = await page(verb, path, **body)
    assert (answer["ok"], bool(answer["error"])) == (False, True)


async def test_the_files_of_the_page(sandbox: Sandbox, session: aiohttp.ClientSession, zhang: Phone, page: Ask) -> None:
    async with session.get(f"{sandbox.url}/") as response:
        assert response.content_type == "text/html"
    async with session.get(f"{sandbox.url}/page/page.css") as response:
        assert response.content_type == "text/css"
    for missing in ("nothing.js", "..%2fsandbox.py", "%2e%2e%2fsandbox.py"):
        async with session.get(f"{sandbox.url}/page/{missing}") as response:
            assert response.status == 404
    await zhang.sends_photo()
    media = (await page("GET", "/api/state"))["messages"][str(zhang.id)][-1]["media"]
    async with session.get(sandbox.url + media) as response:
        assert response.content_type == "image/png"


async def test_a_document_has_its_name_and_a_paper_opens_in_the_browser(
    sandbox: Sandbox, zhang: Phone, page: Ask, session: aiohttp.ClientSession
) -> None:
    await zhang.sends("/start")
    form = aiohttp.FormData({"chat_id": str(zhang.id)}, quote_fields=False)
    form.add_field("document", b"%PDF-1.7", filename="名单.pdf", content_type="application/pdf")
    async with session.post(f"{sandbox.url}/bot{sandbox.token}/sendDocument", data=form) as response:
        assert (await response.json())["ok"]
    shown = (await page("GET", "/api/state"))["messages"][str(zhang.id)][-1]
    assert shown["file_name"] == "名单.pdf"
    async with session.get(sandbox.url + shown["media"]) as response:
        assert response.headers["Content-Disposition"] == "inline; filename*=UTF-8''%E5%90%8D%E5%8D%95.pdf"


async def test_a_voice_note_and_a_photo_of_ones_own_have_words_and_can_be_played(
    ask: Ask, sandbox: Sandbox, zhang: Phone, page: Ask, session: aiohttp.ClientSession
) -> None:
    me = f"/api/people/{zhang.id}/media"
    spoken = base64.b64encode(b"\x1aE\xdf\xa3 spoken").decode()
    for more in ({"kind": "voice", "caption": "我很好"}, {"kind": "voice", "content": spoken}):
        await page("POST", me, chat_id=zhang.id, **more)
    painted = base64.b64encode(PICTURE).decode()
    await page("POST", me, chat_id=zhang.id, kind="photo", content=painted, caption="早饭")
    shown = (await page("GET", "/api/state"))["messages"][str(zhang.id)][-3:]
    assert [message.get("caption") for message in shown] == ["我很好", None, "早饭"]
    for message, mime in zip(shown, ("audio/wav", "audio/webm", "image/png"), strict=True):
        async with session.get(sandbox.url + message["media"]) as response:
            assert response.content_type == mime
            assert response.headers["Content-Disposition"].startswith("inline")
    updates = [update["message"] for update in await read_all(ask)][-3:]
    assert [update.get("caption") for update in updates] == ["我很好", None, "早饭"]
    assert updates[0]["voice"]["mime_type"] == "audio/ogg"
    for wrong in ({"kind": "voice", "content": "%"}, {"kind": "photo", "content": spoken}):
        assert (await page("POST", me, chat_id=zhang.id, **wrong))["ok"] is False
    # The sample itself is a sound, and not only a name.
    with wave.open(io.BytesIO(SOUND)) as sound:
        assert sound.getnframes() / sound.getframerate() == 1
