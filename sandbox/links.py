"""Links that open a bot: `https://t.me/<bot>?start=…` and their kin."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads: the bot's username, the payload, and whether a group is to be chosen."""

    username: str
    payload: str = ""
    group: bool = False

    @staticmethod
    def leads_to_bot(url: str) -> bool:
        """Whether this is a link into Telegram at all."""
        parts = urlsplit(url)
        return parts.netloc in ("t.me", "telegram.me") or (parts.scheme == "tg" and parts.netloc == "resolve")

    @classmethod
    def read(cls, url: str) -> "Link":
        """Take a link apart; AssertionError for one that Telegram would not take (payload: 64 of A–Z a–z 0–9 _ -)."""
        if not cls.leads_to_bot(url):
            raise AssertionError(f"not a link to a bot: {url}")
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        username = query.get("domain", "") if parts.scheme == "tg" else parts.path.strip("/")
        payload = query.get("startgroup", query.get("start", ""))
        if not _PAYLOAD.fullmatch(payload):
            raise AssertionError(f"Telegram does not take this payload: {payload}")
        return cls(username, payload, "startgroup" in query)
