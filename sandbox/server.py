"""The Bot API over HTTP: requests in any of the forms that Telegram takes, answers in the one that it gives."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from sandbox.accounts import BotAccount
from sandbox.api import GET_UPDATES, HTML_502, Asked, BotApi, Broken
from sandbox.errors import Refusal
from sandbox.faults import Fault
from sandbox.files import MAX_DOWNLOAD_BYTES, MAX_UPLOAD_BYTES, Upload

HELD_SECONDS = 120


class Server:
    """The routes `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._stopping = asyncio.Event()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the routes in front: they are asked for most."""
        router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self.call)
        router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.download)

    def stop(self) -> None:
        """Let go of the answers that are being held."""
        self._stopping.set()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call of the program."""
        try:
            bot = self._api.bot(request.match_info["token"])
            parameters, uploads = await _read(request)
            asked = Asked(request.match_info["method"], parameters, uploads)
            if asked.method.lower() == GET_UPDATES.lower():
                asked.method = GET_UPDATES
                return await self._poll(request, bot, asked)
            result, trouble = self._api.perform(bot, asked)
        except Refusal as refusal:
            return _answer(json.dumps(refusal.answer()), refusal.code)
        except Broken:
            return web.Response(text=HTML_502, status=502, content_type="text/html")
        if trouble is not None:
            await self._spoil(request, trouble)
        return _answer(f'{{"ok":true,"result":{json.dumps(result)}}}')

    async def _poll(self, request: web.Request, bot: BotAccount, asked: Asked) -> web.StreamResponse:
        updates, trouble = await self._api.poll(bot, asked)
        if trouble is not None:
            await self._spoil(request, trouble)
        return _answer(f'{{"ok":true,"result":[{",".join(update.text for update in updates)}]}}')

    async def _spoil(self, request: web.Request, trouble: Fault) -> None:
        """The call was done, but its answer is held, or the connection closes without one."""
        if trouble.kind == "timeout":
            try:
                async with asyncio.timeout(HELD_SECONDS):
                    await self._stopping.wait()
            except TimeoutError:
                return
        elif request.transport is not None:
            request.transport.abort()

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file."""
        try:
            self._api.bot(request.match_info["token"])
        except Refusal as refusal:
            return _answer(json.dumps(refusal.answer()), refusal.code)
        files = self._api.world.files
        stored = files.at(request.match_info["path"])
        if stored is None or stored.size > MAX_DOWNLOAD_BYTES:
            return _answer(json.dumps(Refusal(404, "Not Found").answer()), 404)
        return web.Response(body=files.contents[stored.unique_id], content_type="application/octet-stream")


def _answer(text: str, status: int = 200) -> web.Response:
    return web.Response(body=text.encode(), status=status, content_type="application/json")


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters of a call, from address, form, multipart form or JSON, and the files that came with it."""
    parameters: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if (request.content_length or 0) > MAX_UPLOAD_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "multipart/form-data":
        return await _read_multipart(request, parameters)
    body = await request.read()
    if kind == "application/json" and body:
        parameters.update(_json_object(body))
    elif body:
        parameters.update(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    return parameters, {}


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Refusal(400, "Bad Request: can't parse request JSON object")
    return content


async def _read_multipart(request: web.Request, parameters: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Upload]]:
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            upload = Upload(value.filename, value.file.read(), value.content_type)
            uploads[name] = parameters[name] = upload
        else:
            parameters[name] = value if isinstance(value, str) else bytes(value).decode(errors="replace")
    return parameters, uploads
