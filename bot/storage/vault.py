"""What keeps personal words unreadable in the database: authenticated encryption, and keyed hashes to find things again.

A sealed value is text `key-id.base64(nonce + ciphertext + tag)` (AES-256-GCM), bound to the column that it belongs to, so that
a value copied into another column does not open. The key id lets several keys live side by side while they are rotated.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class WrongKey(Exception):
    """A value cannot be opened: the key is missing, or not the one it was sealed with."""


@dataclass(frozen=True)
class Key:
    """One secret key: a short id that stands in every value, and 32 random bytes.

    `since`: what is told of a day (the word at the door) hangs on this key for days from then on; None: from the beginning.
    """

    id: str
    secret: bytes
    since: date | None = None

    @classmethod
    def generate(cls, key_id: str, since: date | None = None) -> "Key":
        """A new random key."""
        return cls(key_id, secrets.token_bytes(KEY_BYTES), since)

    def line(self) -> str:
        """The key as one line of a key file."""
        words = (self.id, base64.b64encode(self.secret).decode(), self.since and self.since.isoformat())
        return " ".join(word for word in words if word)

    @property
    def fingerprint(self) -> str:
        """By which one tells it from another key, without knowing it."""
        return hashlib.sha256(b"linli key\0" + self.secret).hexdigest()[:12]

    def hash_key(self) -> bytes:
        """What its keyed hashes hang on."""
        return hashlib.sha256(b"linli keyed hash\0" + self.secret).digest()


class _Ring:
    """Keys as they are used at one instant: never changed, only replaced, so that any thread may look."""

    def __init__(self, keys: Sequence[Key], seals: str) -> None:
        self.keys, self.seals = {key.id: key for key in keys}, seals
        self.ciphers = {key.id: AESGCM(key.secret) for key in keys}
        first = [key for key in keys if key.id == seals]
        self.hash_keys = [key.hash_key() for key in (*first, *(key for key in keys if key.id != seals))]


class Vault:
    """Seals and opens words, and hashes what must be found again. One key seals; every key opens.

    `reread`: the keys as the key file has them now, asked for when a value names a key that is not known here.
    """

    def __init__(self, keys: Sequence[Key], *, reread: Callable[[], Sequence[Key]] | None = None) -> None:
        if not keys:
            raise ValueError("a vault needs at least one key")
        self._ring, self._reread = _Ring(keys, keys[0].id), reread

    @property
    def seals(self) -> str:
        """The id of the key that seals."""
        return self._ring.seals

    @property
    def fingerprints(self) -> dict[str, str]:
        """Every key's id, and by which one tells it from another."""
        return {key.id: key.fingerprint for key in self._ring.keys.values()}

    def refresh(self) -> None:
        """Take the keys as the key file has them now; the one that seals stays, as long as it is there."""
        keys = self._reread() if self._reread else ()
        if keys and {key.id: key for key in keys} != self._ring.keys:
            held = {key.id for key in keys}
            self._ring = _Ring(keys, self._ring.seals if self._ring.seals in held else keys[0].id)

    def use(self, key_id: str) -> None:
        """From now on this key seals; WrongKey when it is not in the key file either."""
        if key_id != self._ring.seals:
            self._ring = _Ring(tuple(self._holding(key_id).keys.values()), key_id)

    def _holding(self, key_id: str) -> _Ring:
        """The keys, with this one among them."""
        if key_id not in self._ring.keys:
            self.refresh()
        if key_id not in self._ring.keys:
            raise WrongKey(f"the key {key_id} is not in the key file")
        return self._ring

    def seal(self, column: str, words: str) -> str:
        """`words` encrypted for `column` (written "table.column")."""
        ring, nonce = self._ring, os.urandom(NONCE_BYTES)
        sealed = ring.ciphers[ring.seals].encrypt(nonce, _bytes(words), column.encode())
        return f"{ring.seals}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, column: str, value: str) -> str:
        """The words behind a sealed `value`; WrongKey when it was sealed with another key, for another column, or changed."""
        key_id, _, packed = value.partition(".")
        try:
            raw = base64.b64decode(packed)
            cipher = self._holding(key_id).ciphers[key_id]
            words = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], column.encode())
            return words.decode("utf-8", "surrogatepass")
        except (ValueError, InvalidTag, WrongKey) as error:
            raise WrongKey(f"a value of {column} does not open with this key") from error

    def seal_maybe(self, column: str, words: str | None) -> str | None:
        """Like `seal`; None stays None."""
        return None if words is None else self.seal(column, words)

    def open_maybe(self, column: str, value: str | None) -> str | None:
        """Like `open`; None stays None."""
        return None if value is None else self.open(column, value)

    def hash(self, column: str, words: str) -> str:
        """A keyed hash of `words`, the same each time until the key changes, to be kept beside a sealed value of `column`."""
        return _hash(self._ring.hash_keys[0], column, words)

    def hashes(self, column: str, words: str) -> list[str]:
        """The hash of `words` under every key: by which a row is found again that may not have been hashed anew yet."""
        return [_hash(key, column, words) for key in self._ring.hash_keys]

    def hash_of_day(self, column: str, words: str, day: date) -> str:
        """A keyed hash that stays the same for all of a day, and for what was said of it the day before."""
        since = {key: key.since or date.min for key in self._ring.keys.values()}
        begun = [key for key in since if since[key] <= day] or list(since)
        return _hash(max(begun, key=since.__getitem__).hash_key(), column, words)


def _hash(key: bytes, column: str, words: str) -> str:
    return hmac.new(key, _bytes(f"{column}\0{words}"), hashlib.sha256).hexdigest()


def _bytes(words: str) -> bytes:
    # Half a character (a text cut in the middle of an emoji) is kept as it came: what cannot be sealed could not be recorded.
    return words.encode("utf-8", "surrogatepass")


def load_keys(path: Path) -> tuple[list[Key], bool]:
    """The keys of a key file, one a line; made with one new key if there is no file (then True comes with it).

    Which of them seals is known to the database; in a new one it is the first.

    WrongKey when the file holds something else.
    """
    made = not path.exists() and _make_key_file(path)
    lines = [line for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    keys = [_key(line, f"{path}, line {number}") for number, line in enumerate(lines, start=1)]
    if not keys:
        raise WrongKey(f"{path} is empty: bring the key back from where you keep its copy")
    if len({key.id for key in keys}) < len(keys):
        raise WrongKey(f"{path} holds two keys of one name")
    return keys, made


def _key(line: str, place: str) -> Key:
    try:
        key_id, packed, *since = line.split()
        key = Key(key_id, base64.b64decode(packed, validate=True), date.fromisoformat(since[0]) if since else None)
    except ValueError as error:
        raise WrongKey(f"{place} is no key") from error
    if len(key.secret) != KEY_BYTES or "." in key.id:
        raise WrongKey(f"{place} is no key")
    return key


def _make_key_file(path: Path) -> bool:
    """Make a key file with one new key; False when another start was faster: there is never half a file, nor two."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path, [Key.generate("k1")])
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _settle(path.parent)
    return True


def write_keys(path: Path, keys: Sequence[Key]) -> None:
    """The key file holds these keys from now on: whole or as it was before, wherever the power is cut."""
    _draft(path, keys).replace(path)
    _settle(path.parent)


def _draft(path: Path, keys: Sequence[Key]) -> Path:
    """A file with these keys beside the key file."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    # 0600 from the first moment: nobody else can read it even for a moment.
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{key.line()}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _settle(folder: Path) -> None:
    # The name must be on the disk before anything is sealed: a key that a power cut takes away takes everything with it.
    number = os.open(folder, os.O_RDONLY)
    os.fsync(number)
    os.close(number)
