"""Sending files, and fetching the ones that people sent."""

import itertools
from typing import Any

from sandbox.chats import Body
from sandbox.errors import bad_request
from sandbox.files import MAX_DOWNLOAD_BYTES, StoredFile, Upload, file_id
from sandbox.turn import Turn

_ALBUM_KINDS = {"photo", "document"}


def send_photo(turn: Turn) -> Any:
    """A picture."""
    return _send(turn, "photo")


def send_voice(turn: Turn) -> Any:
    """Spoken words; refused by whoever takes none."""
    chat = turn.open_chat()
    if chat.private and not turn.world.people[chat.id].takes_voice:
        raise bad_request("VOICE_MESSAGES_FORBIDDEN")
    return _send(turn, "voice")


def send_document(turn: Turn) -> Any:
    """Any file."""
    return _send(turn, "document")


def _send(turn: Turn, kind: str) -> Any:
    chat = turn.open_chat()
    body = file_body(stored_file(turn, turn.given[kind], kind, turn.given.get("duration", 0)))
    return turn.shape(chat, turn.send(chat, kind, {**body, **turn.caption_body(turn.given)}))


def send_media_group(turn: Turn) -> Any:
    """An album: two to ten pictures or files that belong together."""
    chat = turn.open_chat()
    bodies = [media_body(turn, item) for item in turn.given["media"]]
    if len({kind for kind, _ in bodies}) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    album = f"1{chat.last_id:04d}{-chat.id if chat.id < 0 else chat.id}"
    messages = [turn.send(chat, kind, {**body, "media_group_id": album}, markup=False) for kind, body in bodies]
    return [turn.shape(chat, message) for message in messages]


def media_body(turn: Turn, item: dict[str, Any]) -> tuple[str, Body]:
    """Kind and content of one `InputMedia`."""
    kind = item["type"]
    if kind not in _ALBUM_KINDS:
        raise bad_request(f"this Telegram does not keep media of the type {kind}")
    return kind, {**file_body(stored_file(turn, item["media"], kind)), **turn.caption_body(item)}


def stored_file(turn: Turn, given: str | Upload, kind: str, duration: int = 0) -> StoredFile:
    """The file that a parameter means: an upload, "attach://field", or an identifier of this bot."""
    if isinstance(given, str) and given.startswith("attach://"):
        upload = turn.uploads.get(given.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        given = upload
    if isinstance(given, Upload):
        if not given.content:
            raise bad_request("file must be non-empty")
        return turn.world.files.keep(given, kind, duration)
    return turn.world.files.known(given, turn.bot.id)


def file_body(stored: StoredFile) -> Body:
    """The content of a message that carries this file."""
    content: dict[str, Any] = {"file_unique_id": stored.unique_id, "file_size": stored.size}
    if stored.kind == "photo":
        sizes = _sizes(stored)
        return {"photo": [{**content, "width": width, "height": height} for width, height in sizes]}
    if stored.kind == "voice":
        return {"voice": {**content, "duration": stored.duration, "mime_type": stored.mime}}
    return {"document": {**content, "file_name": stored.name, "mime_type": stored.mime}}


def _sizes(stored: StoredFile) -> list[tuple[int, int]]:
    """A thumbnail first, the whole picture last, as Telegram orders them."""
    scale = max(1.0, max(stored.width, stored.height) / 90)
    small = (max(1, int(stored.width / scale)), max(1, int(stored.height / scale)))
    return [size for size, _ in itertools.groupby([small, (stored.width, stored.height)])]


def get_file(turn: Turn) -> Any:
    """Where to fetch a file, up to 20 MB."""
    stored = turn.world.files.known(turn.given["file_id"], turn.bot.id)
    if stored.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file_id(stored.unique_id, turn.bot.id),
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


METHODS = {
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
