"""Files: identifiers of one bot, the 20 MB limit, pictures that are none."""

import io

import aiohttp
import pytest

from sandbox import Phone, Sandbox
from sandbox.files import pixels
from sandbox.samples import PICTURE
from tests.sandbox.conftest import Ask, read_all


async def test_a_file_identifier_belongs_to_one_bot(
    ask: Ask, sandbox: Sandbox, session: aiohttp.ClientSession, zhang: Phone
) -> None:
    await zhang.sends_photo()
    photo = (await read_all(ask))[-1]["message"]["photo"][-1]
    other = sandbox.add_bot("other_bot")
    async with session.get(f"{sandbox.url}/bot{other.token}/getFile", params={"file_id": photo["file_id"]}) as response:
        assert (await response.json())["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    async with session.get(
        f"{sandbox.url}/bot{sandbox.token}/getFile", params={"file_id": photo["file_id"]}
    ) as response:
        path = (await response.json())["result"]["file_path"]
    async with session.get(f"{sandbox.url}/file/bot{sandbox.token}/{path}") as response:
        assert await response.read() == PICTURE
    async with session.get(f"{sandbox.url}/file/bot1:wrong/{path}") as response:
        assert response.status == 401
    async with session.get(f"{sandbox.url}/file/bot{sandbox.token}/photos/file_AQAD99.jpg") as response:
        assert response.status == 404


async def test_a_bot_fetches_20_megabytes_at_most(ask: Ask, zhang: Phone) -> None:
    await zhang.sends_document(content=bytes(20 * 1024 * 1024 + 1))
    document = (await read_all(ask))[-1]["message"]["document"]
    answer = await ask("getFile", file_id=document["file_id"])
    assert answer["description"] == "Bad Request: file is too big"


@pytest.mark.parametrize(("content", "words"), [(b"hello", "IMAGE_PROCESS_FAILED"), (b"", "file must be non-empty")])
async def test_a_picture_that_is_none(
    sandbox: Sandbox, session: aiohttp.ClientSession, zhang: Phone, content: bytes, words: str
) -> None:
    form = aiohttp.FormData({"chat_id": str(zhang.id)})
    form.add_field("photo", content, filename="a.png")
    async with session.post(f"{sandbox.url}/bot{sandbox.token}/sendPhoto", data=form) as response:
        assert (await response.json())["description"] == f"Bad Request: {words}"


async def test_what_is_too_large_to_send(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData({"chat_id": "1"})
    form.add_field("document", io.BytesIO(bytes(51 * 1024 * 1024)), filename="a.bin")
    async with session.post(f"{sandbox.url}/bot{sandbox.token}/sendDocument", data=form) as response:
        assert (response.status, (await response.json())["description"]) == (413, "Request Entity Too Large")


def test_the_size_of_a_picture() -> None:
    assert pixels(PICTURE) == (16, 16)
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20" + bytes(12)
    assert pixels(jpeg) == (32, 16)
    assert pixels(b"GIF89a") == (512, 512)
