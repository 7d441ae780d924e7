"""Which keys each running copy holds: a new one is used when all of them have it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.storage import meta
from bot.storage.database import Transaction
from bot.storage.vault import WrongKey

# A copy that has said nothing for so long has ended.
LIVES_SECONDS = 45


@dataclass(frozen=True)
class Keyring:
    """What a running copy said last: the keys that it holds, each with its fingerprint, and the one that it seals with."""

    copy: str
    fingerprints: Mapping[str, str]
    seals: str


def follow(tx: Transaction, copy: str) -> bool:
    """This copy takes the keys of the key file, seals with the one that the database says, and says so.

    False when it does not have that one: it seals with its own as before, and a change of keys waits for it.
    """
    tx.vault.refresh()
    try:
        meta.use_key(tx)
    except WrongKey:
        fits = False
    else:
        fits = True
    keys = ",".join(f"{key_id}:{fingerprint}" for key_id, fingerprint in tx.vault.fingerprints.items())
    tx.run(
        "INSERT INTO keyrings (copy, keys, seals, at) VALUES (:copy, :keys, :seals, :at)"
        " ON CONFLICT (copy) DO UPDATE SET keys = excluded.keys, seals = excluded.seals, at = excluded.at",
        {"copy": copy, "keys": keys, "seals": tx.vault.seals, "at": int(tx.instant())},
    )
    return fits


def leave(tx: Transaction, copy: str) -> None:
    """This copy ends: nobody waits for it."""
    tx.run("DELETE FROM keyrings WHERE copy = :copy", {"copy": copy})


def living(tx: Transaction) -> list[Keyring]:
    """What every running copy holds."""
    rows = tx.all(
        "SELECT copy, keys, seals FROM keyrings WHERE at >= :at ORDER BY copy",
        {"at": int(tx.instant()) - LIVES_SECONDS},
    )
    return [Keyring(row["copy"], _fingerprints(row["keys"]), row["seals"]) for row in rows]


def _fingerprints(keys: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in keys.split(","))
    return {key_id: fingerprint for key_id, _, fingerprint in pairs}
