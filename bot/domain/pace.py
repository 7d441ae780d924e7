"""How fast a bot may speak: Telegram's limits for a bot, a chat and a group, kept by whoever sends.

A slot is free again one second after the *answer* to what used it: Telegram counts when a message arrives, which is somewhere
between start and answer, so counting from the answer never exceeds the limit in any window of Telegram's own.
Instants are seconds of a clock that only runs forward (`time.monotonic`); `inf` means "not before an answer comes".
"""

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, field
from math import inf

BOT_WINDOW = 1.0
GROUP_WINDOW = 60.0
# Two reserved slots may be lent when they will be whole again so soon: an urgent letter never waits longer for one.
LENT_SECONDS = 0.1
# So many chats refused within so many seconds mean that the bot is too fast, not that a chat is.
REFUSED_CHATS = 3
REFUSED_WINDOW = 10.0
RECOVERY_SECONDS = 5.0
RECOVERY_STEPS = 10
PRUNE_ABOVE = 4096


@dataclass(frozen=True)
class Limits:
    """What Telegram allows: messages a second for a bot, a second and at once for a chat, a minute for a group.

    `reserved` of the bot's slots are kept for what concerns life.
    """

    bot_per_second: int = 30
    reserved: int = 2
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20


@dataclass
class Window:
    """At most `limit` uses in any window of `seconds`, counted from their answers."""

    seconds: float
    in_flight: int = 0
    free_at: deque[float] = field(default_factory=deque)

    def ready_at(self, limit: int, at: float, *, ahead: float = 0.0) -> float:
        """When one more may start so that no more than `limit` are in use `ahead` seconds later."""
        while self.free_at and self.free_at[0] <= at:
            self.free_at.popleft()
        in_the_way = len(self.free_at) + self.in_flight + 1 - limit
        if in_the_way <= 0:
            return at
        if in_the_way > len(self.free_at):
            return inf
        return max(at, self.free_at[in_the_way - 1] - ahead)

    def busy(self, at: float) -> int:
        """How many will be in use at an instant, if no answer comes before."""
        return len(self.free_at) - bisect_right(self.free_at, at) + self.in_flight

    def start(self) -> None:
        """One more is on its way."""
        self.in_flight += 1

    def answered(self, at: float) -> None:
        """The answer of one came (or it failed)."""
        self.in_flight -= 1
        self.free_at.append(at + self.seconds)


@dataclass
class ChatPace:
    """One chat: a bucket that holds a short burst, and whatever Telegram told it to wait."""

    full_at: float = 0.0
    paused_until: float = 0.0
    group: Window | None = None


class Pace:
    """Says when a bot may send its next message to a chat. It is told of every start, answer and refusal."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._bot = Window(BOT_WINDOW)
        self._chats: dict[int, ChatPace] = {}
        self._refused: deque[tuple[float, int]] = deque()
        self._slowed_at = -inf
        self._slowed_to = self.limits.bot_per_second
        self._paused_until = -inf
        self._granted, self._granted_until, self._reserve_until = self.limits.bot_per_second, inf, inf

    def grant(self, slots: int, *, until: float, reserve_until: float) -> None:
        """Other copies speak for this bot too: it has so many of the slots until then, and the reserved ones until
        `reserve_until`."""
        self._granted, self._granted_until, self._reserve_until = slots, until, reserve_until

    def ready_at(self, chat_id: int, *, urgent: bool, at: float) -> float:
        """The instant from which a message to this chat may start, never before `at`; `inf`: ask again after an answer."""
        return max(self.bot_ready_at(urgent=urgent, at=at), self.chat_ready_at(chat_id, at=at))

    def bot_ready_at(self, *, urgent: bool, at: float) -> float:
        """The instant from which the bot as a whole may send; what is not urgent leaves the reserved slots alone."""
        limit = self.limit(at)
        if limit <= 0:
            return inf
        ready = max(self._paused_until, self._bot.ready_at(limit, at))
        if urgent:
            return ready
        return max(ready, self._bot.ready_at(limit - self._reserved(limit, at), at, ahead=LENT_SECONDS))

    def _reserved(self, limit: int, at: float) -> int:
        if at >= self._reserve_until:
            return 0
        # Where the bot is slowed down, and nobody else speaks for it, something is left for the rest.
        return self.limits.reserved if self._granted_until < inf else max(0, min(self.limits.reserved, limit - 1))

    def chat_ready_at(self, chat_id: int, *, at: float) -> float:
        """The instant from which this chat may get its next message, whatever else the bot does."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return at
        burst = (self.limits.chat_burst - 1) / self.limits.chat_per_second
        ready = max(at, chat.paused_until, chat.full_at - burst)
        if chat.group is not None:
            ready = max(ready, chat.group.ready_at(self.limits.group_per_minute, at))
        return ready

    def free(self, *, at: float, within: float) -> int:
        """How many messages that are not urgent could start within so many seconds."""
        soon = at + within
        if self._paused_until > soon:
            return 0
        limit = self.limit(at)
        reserved = self._reserved(limit, at)
        return max(0, min(limit - self._bot.busy(soon), limit - reserved - self._bot.busy(soon + LENT_SECONDS)))

    def busy(self, *, at: float) -> int:
        """How many slots are in use."""
        return self._bot.busy(at)

    def limit(self, at: float) -> int:
        """How many messages a second are sent now: all that this copy has, or fewer for a while after refusals."""
        had = self._granted if at < self._granted_until else 0
        if self._granted_until < inf and at < self._reserve_until:
            had += self.limits.reserved
        return min(had, self._allowed(at))

    def _allowed(self, at: float) -> int:
        full = self.limits.bot_per_second
        steps = (at - self._slowed_at) / RECOVERY_SECONDS
        if steps >= RECOVERY_STEPS:
            return full
        return min(full, self._slowed_to + int(steps * full / RECOVERY_STEPS))

    def start(self, chat_id: int, *, at: float) -> None:
        """A message to this chat starts."""
        self._bot.start()
        chat = self._chats.get(chat_id)
        if chat is None:
            self._prune(at)
            chat = self._chats[chat_id] = ChatPace(group=Window(GROUP_WINDOW) if chat_id < 0 else None)
        if chat.group is not None:
            chat.group.start()

    def answered(self, chat_id: int, *, at: float) -> None:
        """The answer came, or the try failed: whatever it was, Telegram may have counted it."""
        self._bot.answered(at)
        chat = self._chats[chat_id]
        chat.full_at = max(at, chat.full_at) + 1.0 / self.limits.chat_per_second
        if chat.group is not None:
            chat.group.answered(at)

    def refused(self, chat_id: int, *, seconds: float, at: float) -> None:
        """Telegram said 429: the chat waits as told; if several chats hear it, the whole bot slows down for a while."""
        chat = self._chats[chat_id]
        chat.paused_until = max(chat.paused_until, at + seconds)
        self._refused.append((at, chat_id))
        while self._refused[0][0] < at - REFUSED_WINDOW:
            self._refused.popleft()
        # Those in flight together hear it together: that is one refusal of the bot, not several.
        if len({chat for _, chat in self._refused}) >= REFUSED_CHATS and at - self._slowed_at >= BOT_WINDOW:
            self._slowed_to = max(1, self._allowed(at) // 2)
            self._slowed_at = at
            self._paused_until = at + min(seconds, REFUSED_WINDOW)

    def _prune(self, at: float) -> None:
        """Chats that could speak freely are forgotten, so that memory follows what is busy and not what is known."""
        if len(self._chats) < PRUNE_ABOVE:
            return
        self._chats = {chat_id: chat for chat_id, chat in self._chats.items() if not _idle(chat, at)}


def _idle(chat: ChatPace, at: float) -> bool:
    if chat.full_at > at or chat.paused_until > at:
        return False
    return chat.group is None or (chat.group.in_flight == 0 and chat.group.ready_at(1, at) <= at)
