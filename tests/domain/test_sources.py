"""From where Telegram may post: networks that are named, and a proxy of our own that says for whom it speaks."""

from ipaddress import ip_network

import pytest

from bot.domain.sources import comes_from

TELEGRAM = (ip_network("149.154.160.0/20"), ip_network("91.108.4.0/22"))
INSIDE, OUTSIDE, PROXY = "149.154.167.197", "203.0.113.9", "172.18.0.5"


@pytest.mark.parametrize(
    ("peer", "forwarded", "may"),
    [
        (INSIDE, "", True),
        (OUTSIDE, "", False),
        # Whoever is no proxy of ours is not believed.
        ("8.8.8.8", INSIDE, False),
        (PROXY, INSIDE, True),
        (PROXY, f"{OUTSIDE}, {INSIDE}", True),
        # What stands before the last address was written by whoever asked.
        (PROXY, f"{INSIDE}, {OUTSIDE}", False),
        (PROXY, "", False),
        (PROXY, "nobody", False),
        ("", INSIDE, False),
    ],
)
def test_only_the_networks_that_are_named_may_post(peer: str, forwarded: str, may: bool) -> None:
    assert comes_from(TELEGRAM, peer=peer, forwarded=forwarded) is may
    assert comes_from((), peer=peer, forwarded=forwarded)
