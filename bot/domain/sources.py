"""From where Telegram may post to us: an optional second lock beside its secret."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def comes_from(networks: Sequence[Network], *, peer: str, forwarded: str) -> bool:
    """Whether whoever posts is in one of these networks; with none given everybody is.

    `peer`: the address that is connected. A proxy of our own stands in a private network, and its word for whom it speaks
    (`forwarded`, of X-Forwarded-For) counts: the last address that it names, for those before it were written by whoever
    asked. A word of anybody else counts nothing.
    """
    if not networks:
        return True
    named = forwarded.rpartition(",")[2].strip()
    return _within(peer, networks) or (_is_ours(peer) and _within(named, networks))


def _within(written: str, networks: Sequence[Network]) -> bool:
    try:
        address = ip_address(written)
    except ValueError:
        return False
    return any(address in network for network in networks)


def _is_ours(written: str) -> bool:
    try:
        return ip_address(written).is_private
    except ValueError:
        return False
