"""How a voice note or a photo is shown by the bot that speaks, whichever bot it was sent to."""

from bot.domain.media import Carried, File, Media
from bot.services import parcels
from bot.services.views.look import Look
from bot.storage.database import Transaction


def file_of(tx: Transaction, look: Look, found: Media) -> File:
    """What this bot sends. NotHereYet while another bot's is on its way: ask before anything is written down as shown."""
    if found.bot_id == look.home.bot_id:
        return found.file_id
    if look.message_id is None:
        # An edit changes words only: the file stands in the message already.
        parcels.require(tx, look.home, found, now=look.now)
    return Carried(found.id)
