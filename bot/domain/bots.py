"""Bots: several Telegram bots may serve one deployment, each a part of its places."""

import re
from dataclasses import dataclass, field
from datetime import datetime

TOKEN = re.compile(r"(\d{1,20}):[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class BotEntry:
    """One bot besides the deployment's own: its number, its token, and the place it serves with all below it."""

    id: int
    token: str = field(repr=False)
    username: str
    area_id: int
    added_at: datetime


def bot_id_of(token: str) -> int:
    """The bot's number, which its token begins with; ValueError when it is none."""
    found = TOKEN.fullmatch(token.strip())
    if found is None:
        raise ValueError("no bot token")
    return int(found.group(1))
