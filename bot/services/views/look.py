"""For whom something is put into words."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.home import Home


@dataclass(frozen=True)
class Look:
    """A reader's look at something. `person_id` None: a group reads it. `message_id` None: it becomes a new message."""

    home: Home
    person_id: int | None
    message_id: int | None
    now: datetime
