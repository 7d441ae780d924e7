"""What keeps personal words unreadable in the database: authenticated encryption, and keyed hashes to find things again.

A sealed value is text `key-id.base64(nonce + ciphertext + tag)` (AES-256-GCM), bound to the column that it belongs to, so that
a value copied into another column does not open. The key id lets several keys live side by side while they are rotated.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class WrongKey(Exception):
    """A value cannot be opened: the key is missing, or not the one it was sealed with."""


@dataclass(frozen=True)
class Key:
    """One secret key: a short id that stands in every value, and 32 random bytes."""

    id: str
    secret: bytes

    @classmethod
    def generate(cls, key_id: str) -> "Key":
        """A new random key."""
        return cls(key_id, secrets.token_bytes(KEY_BYTES))

    def line(self) -> str:
        """The key as one line of a key file."""
        return f"{self.id} {base64.b64encode(self.secret).decode()}"


class Vault:
    """Seals and opens words, and hashes what must be found again. The first key seals; every key opens."""

    def __init__(self, keys: list[Key]) -> None:
        if not keys:
            raise ValueError("a vault needs at least one key")
        self._seal_id = keys[0].id
        self._ciphers = {key.id: AESGCM(key.secret) for key in keys}
        # Hashes must stay findable when the sealing key is rotated, so they hang on the oldest key.
        self._hash_key = hashlib.sha256(b"linli keyed hash\0" + keys[-1].secret).digest()

    def seal(self, column: str, words: str) -> str:
        """`words` encrypted for `column` (written "table.column")."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._seal_id].encrypt(nonce, _bytes(words), column.encode())
        return f"{self._seal_id}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, column: str, value: str) -> str:
        """The words behind a sealed `value`; WrongKey when it was sealed with another key, for another column, or changed."""
        key_id, _, packed = value.partition(".")
        try:
            raw = base64.b64decode(packed)
            words = self._ciphers[key_id].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], column.encode())
            return words.decode("utf-8", "surrogatepass")
        except (KeyError, ValueError, InvalidTag) as error:
            raise WrongKey(f"a value of {column} does not open with this key") from error

    def seal_maybe(self, column: str, words: str | None) -> str | None:
        """Like `seal`; None stays None."""
        return None if words is None else self.seal(column, words)

    def open_maybe(self, column: str, value: str | None) -> str | None:
        """Like `open`; None stays None."""
        return None if value is None else self.open(column, value)

    def hash(self, column: str, words: str) -> str:
        """A keyed hash of `words`, the same each time, by which a sealed value of `column` is found again."""
        return hmac.new(self._hash_key, _bytes(f"{column}\0{words}"), hashlib.sha256).hexdigest()


def _bytes(words: str) -> bytes:
    # Half a character (a text cut in the middle of an emoji) is kept as it came: what cannot be sealed could not be recorded.
    return words.encode("utf-8", "surrogatepass")


def load_keys(path: Path) -> tuple[list[Key], bool]:
    """The keys of a key file, one a line, newest first; made with one new key if there is no file (then True comes with it).

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
        key_id, packed = line.split()
        key = Key(key_id, base64.b64decode(packed, validate=True))
    except ValueError as error:
        raise WrongKey(f"{place} is no key") from error
    if len(key.secret) != KEY_BYTES or "." in key.id:
        raise WrongKey(f"{place} is no key")
    return key


def _make_key_file(path: Path) -> bool:
    """Make a key file with one new key; False when another start was faster: there is never half a file, nor two."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    # 0600 from the first moment: nobody else can read it even for a moment.
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(Key.generate("k1").line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    # The name must be on the disk before anything is sealed: a key that a power cut takes away takes everything with it.
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return True
