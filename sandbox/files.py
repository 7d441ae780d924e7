"""What is sent as a file: bytes, the identifiers that each bot knows them by, and the paths they are fetched from."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.errors import bad_request

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
_EXTENSIONS = {"photo": "jpg", "voice": "oga", "sticker": "webp", "document": "bin"}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a call."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass(slots=True)
class StoredFile:
    """A file that this Telegram keeps; `width` and `height` in pixels, `duration` in seconds, 0 where they say nothing."""

    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    duration: int = 0

    @property
    def path(self) -> str:
        """Where a bot fetches it: what `getFile` answers as `file_path`."""
        extension = self.name.rpartition(".")[2] if "." in self.name else _EXTENSIONS.get(self.kind, "bin")
        return f"{self.kind}s/file_{self.unique_id}.{extension}"


@dataclass(slots=True)
class FileShelf:
    """All the files of this Telegram."""

    files: dict[str, StoredFile] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    last: int = 0

    def keep(self, upload: Upload, kind: str, duration: int = 0) -> StoredFile:
        """Put an upload on the shelf; raises the 400 for a photo that is no picture."""
        if kind == "photo" and not is_picture(upload.content):
            raise bad_request("IMAGE_PROCESS_FAILED")
        self.last += 1
        width, height = pixels(upload.content) if kind in ("photo", "sticker") else (0, 0)
        stored = StoredFile(
            f"AQAD{self.last:08x}", kind, upload.name, upload.mime, len(upload.content), width, height, duration
        )
        self.files[stored.unique_id] = stored
        self.contents[stored.unique_id] = upload.content
        return stored

    def known(self, file_id: str, bot_id: int) -> StoredFile:
        """The file behind a bot's own identifier; raises the 400 for anybody else's, forged ones, and addresses."""
        owner, _, unique_id = file_id.partition("-")
        stored = self.files.get(unique_id)
        if stored is None or owner != _owner_mark(bot_id):
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def at(self, path: str) -> StoredFile | None:
        """The file at a download path."""
        unique_id = path.rpartition("file_")[2].partition(".")[0]
        stored = self.files.get(unique_id)
        return stored if stored is not None and stored.path == path else None


def file_id(unique_id: str, bot_id: int) -> str:
    """The identifier that one bot, and no other, knows a file by."""
    return f"{_owner_mark(bot_id)}-{unique_id}"


def _owner_mark(bot_id: int) -> str:
    return f"AgAC{bot_id:x}"


def is_picture(content: bytes) -> bool:
    """Whether the first bytes are those of a picture."""
    return content.startswith(_PICTURES) or content[8:12] == b"WEBP"


def pixels(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; a common size for the other kinds."""
    if content.startswith(_PICTURES[0]):
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    return next(_jpeg_frames(content), (512, 512))


def _jpeg_frames(content: bytes) -> Iterator[tuple[int, int]]:
    position = 2
    while content.startswith(_PICTURES[1]) and position + 9 < len(content):
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4])
        if 0xC0 <= marker <= 0xC3:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            yield int(width), int(height)
        position += 2 + length
