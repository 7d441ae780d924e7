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
        return cls(key_id, secrets.token_bytes(32))

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
        sealed = self._ciphers[self._seal_id].encrypt(nonce, words.encode(), column.encode())
        return f"{self._seal_id}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, column: str, value: str) -> str:
        """The words behind a sealed `value`; WrongKey when it was sealed with another key, for another column, or changed."""
        key_id, _, packed = value.partition(".")
        try:
            raw = base64.b64decode(packed)
            return self._ciphers[key_id].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], column.encode()).decode()
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
        return hmac.new(self._hash_key, f"{column}\0{words}".encode(), hashlib.sha256).hexdigest()


def load_keys(path: Path) -> tuple[list[Key], bool]:
    """The keys of a key file, one a line, newest first; made with one new key if there is no file (then True comes with it)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        key = Key.generate("k1")
        # Opened with O_EXCL and 0600 at once: nobody else can read it even for a moment, and two starts cannot both make one.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(key.line() + "\n")
            file.flush()
            os.fsync(file.fileno())
        return [key], True
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Key(key_id, base64.b64decode(secret)) for key_id, secret in lines], False
