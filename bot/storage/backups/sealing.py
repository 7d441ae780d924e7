"""A file sealed piece by piece with a passphrase: AES-256-GCM, with order and end authenticated as in the STREAM construction.

    magic | salt (16) | nonce prefix (7) | pieces: ciphertext of at most 1 MiB + tag (16)

Each piece's nonce is the prefix, its number, and whether it is the last: a piece that is moved, left out, repeated or cut off at
the end does not open. The key is derived from the passphrase by scrypt; the head is authenticated with every piece.
"""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bot.domain.backups import Unusable

MAGIC = b"LINLI BACKUP 1\n"
SALT_BYTES = 16
PREFIX_BYTES = 7
TAG_BYTES = 16
HEAD_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES
PIECE_BYTES = 1024 * 1024


def sealed(chunks: Iterable[bytes], passphrase: str) -> Iterator[bytes]:
    """What comes, sealed."""
    head = MAGIC + os.urandom(SALT_BYTES + PREFIX_BYTES)
    cipher = _cipher(head, passphrase)
    yield head
    for number, (piece, last) in enumerate(_with_last(_pieces(chunks, PIECE_BYTES))):
        yield cipher.encrypt(_nonce(head, number, last=last), piece, head)


def opened(file: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """What was sealed; Unusable as soon as a piece does not open."""
    head = file.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES or not head.startswith(MAGIC):
        raise Unusable("it is no sealed backup")
    cipher = _cipher(head, passphrase)
    pieces = iter(lambda: file.read(PIECE_BYTES + TAG_BYTES), b"")
    for number, (piece, last) in enumerate(_with_last(pieces)):
        try:
            yield cipher.decrypt(_nonce(head, number, last=last), piece, head)
        except InvalidTag as error:
            what = "the backup key (LINLI_BACKUP_KEY) is another one" if number == 0 else "it is cut off or changed"
            raise Unusable(f"it does not open: {what}") from error


def _cipher(head: bytes, passphrase: str) -> AESGCM:
    salt = head[len(MAGIC) : len(MAGIC) + SALT_BYTES]
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(head: bytes, number: int, *, last: bool) -> bytes:
    return head[-PREFIX_BYTES:] + number.to_bytes(4, "big") + bytes([last])


def _pieces(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in pieces of one size; at least one, which may be empty."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > size:
            yield bytes(waiting[:size])
            del waiting[:size]
    yield bytes(waiting)


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last one."""
    coming = iter(pieces)
    piece = next(coming, b"")
    for following in coming:
        yield piece, False
        piece = following
    yield piece, True
