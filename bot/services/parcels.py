"""What one of our bots was sent, another shows: Telegram's names of files are each bot's own, so bytes are carried over, once."""

from datetime import datetime

from bot.domain.home import Home
from bot.domain.media import Media
from bot.storage import parcels
from bot.storage.database import Transaction

# So long a letter waits for its file; then it is said in words, and the file is shown when somebody asks for it.
WAIT_SECONDS = 30.0
TRIES, AGAIN_SECONDS = 3, 5.0


class NotHereYet(Exception):
    """The file is on its way: the letter that shows it is looked at again in a moment."""


def require(tx: Transaction, home: Home, found: Media, *, now: datetime) -> None:
    """Another bot's file can be shown by this one, or never will be; NotHereYet while it is on its way."""
    if found.bot_id == home.bot_id or parcels.name_of(tx, found.id, home.bot_id) is not None:
        return
    parcel = parcels.want(tx, found.id, home.bot_id, wait_seconds=WAIT_SECONDS, now=now)
    if parcel.waits and not parcel.came:
        raise NotHereYet


def load(tx: Transaction, media_id: int, bot_id: int) -> str | bytes | None:
    """By what this bot sends it: Telegram's name of it, else its bytes; None: it cannot be had."""
    return parcels.name_of(tx, media_id, bot_id) or parcels.content(tx, media_id)


def came(tx: Transaction, errand: parcels.Errand, content: bytes | None) -> None:
    """The bot that was sent it has fetched it. None: Telegram did not give it, which is tried a few times."""
    if content:
        parcels.came(tx, errand.media_id, content)
    else:
        parcels.missed(tx, errand.media_id, AGAIN_SECONDS if errand.tries + 1 < TRIES else None)
