"""The page's own files, and the pictures and sounds in its chats."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from sandbox.world import World

PAGE = Path(__file__).parents[1] / "page"
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
}


async def index(request: web.Request) -> web.Response:
    """The page."""
    return _file("index.html")


async def part(request: web.Request) -> web.Response:
    """Its styles, scripts and pictures."""
    return _file(request.match_info["name"])


def _file(name: str) -> web.Response:
    path = PAGE / name
    kind = _KINDS.get(path.suffix)
    if kind is None or path.parent != PAGE or not path.is_file():
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache"}
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=headers)


# A voice note is OGG to the bot, whatever a browser has recorded; to play it, a browser is told what it is.
_SOUNDS = ((b"RIFF", "audio/wav"), (b"OggS", "audio/ogg"), (b"\x1aE\xdf\xa3", "audio/webm"))


def _as_it_is(content: bytes) -> str:
    return next((mime for start, mime in _SOUNDS if content.startswith(start)), "")


def media(world: World) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler that serves what was sent in the chats."""

    async def serve(request: web.Request) -> web.Response:
        stored = world.files.files.get(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        content = world.files.contents[stored.unique_id]
        mime = _as_it_is(content) or stored.mime
        shown = mime.startswith(("image/", "audio/")) or mime == "application/pdf"
        disposition = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(stored.name)}"
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type=mime, headers=headers)

    return serve
