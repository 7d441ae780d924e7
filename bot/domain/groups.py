"""Groups: what is said about a Telegram group and the place it belongs to."""

from dataclasses import dataclass, field

from bot.domain.notices import Notice, Priority


@dataclass(frozen=True)
class GroupNotice(Notice):
    """To a group; `thread` is the topic that it belongs in, 0 for General and where there are none."""

    thread: int = field(default=0, kw_only=True)


@dataclass(frozen=True)
class GroupHello(GroupNotice):
    """To a group that the bot was just added to: what happens next."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class GroupPlaces(Notice):
    """To the administrator who added the bot: which place does this group belong to?"""

    priority = Priority.ANSWER
    chat_id: int
    area_id: int | None = None
    page: int = 0


@dataclass(frozen=True)
class GroupBound(GroupNotice):
    """To the group: it belongs to this place now."""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class GroupPrivate(GroupNotice):
    """To a group: private things are better said in private."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class GroupAnonymous(GroupNotice):
    """To an anonymous administrator: nobody can tell who they are."""

    priority = Priority.ANSWER
