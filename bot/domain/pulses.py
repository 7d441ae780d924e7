"""The copies of the program watch each other: what is told of one that is gone or in trouble."""

from dataclasses import dataclass

from bot.domain.notices import Notice, Priority

# A pulse is written every ten seconds; a copy without one for so long is gone.
GONE_SECONDS = 60.0
GONE = "gone"
# An event loop that was held up for so long answers nobody in time.
HELD_UP_SECONDS = 5.0
# So many people hear of it: one may be asleep.
TOLD = 2


@dataclass(frozen=True)
class CopyTroubled(Notice):
    """To two administrators: another copy of the program is gone, or something is silent there.

    `ails`: gone, or with commas between them intake, ticks, loop.
    """

    priority = Priority.ANSWER
    copy: str
    ails: str


@dataclass(frozen=True)
class CopyWell(Notice):
    """To the same: all is well with it again."""

    priority = Priority.ANSWER
    copy: str
