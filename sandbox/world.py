"""Everything that exists on this Telegram, and who is told when it changes."""

from collections.abc import Callable, Iterator
from typing import Any

from sandbox.accounts import ANONYMOUS, ANONYMOUS_ID, BotAccount, Person, User
from sandbox.chats import Chat, Message
from sandbox.clock import Clock
from sandbox.faults import FaultList
from sandbox.files import FileShelf

Listener = Callable[[str, dict[str, Any]], None]

FIRST_PERSON = 5_200_000_001
FIRST_BOT = 1_000_000_001
FIRST_GROUP = 4_100_000_001
FIRST_SUPERGROUP = 1_002_100_000_001


class World:
    """People, bots, chats and files. Only functions of this package change it; listeners hear of every change."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.bots: dict[int, BotAccount] = {}
        self.tokens: dict[str, BotAccount] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.files = FileShelf()
        self.faults = FaultList(self.happened)
        self.changes = 0
        self.listeners: list[Listener] = []
        self.links: list[dict[str, str]] = []

    def now(self) -> float:
        """The present instant in epoch seconds."""
        return self.clock.now().timestamp()

    def happened(self, event: str, **details: Any) -> None:
        """Tell every listener; `event` is the type that the page's event stream uses."""
        for listener in self.listeners:
            listener(event, details)

    def next_change(self) -> int:
        """A number for a new or edited message: larger is later, across all chats."""
        self.changes += 1
        return self.changes

    def add_bot(self, username: str, name: str = "") -> BotAccount:
        """A new bot with a token of its own."""
        number = FIRST_BOT + len(self.bots)
        bot = BotAccount(number, f"{number}:sandbox-token", username, name or username)
        self.enter_bot(bot)
        return bot

    def enter_bot(self, bot: BotAccount) -> None:
        """Let a bot in, new or from a store."""
        self.bots[bot.id] = bot
        self.tokens[bot.token] = bot

    def bot_named(self, username: str) -> BotAccount | None:
        """The bot with this username, in any case of letters."""
        return next((bot for bot in self.bots.values() if bot.username.lower() == username.lower()), None)

    def add_person(self, name: str, language: str, username: str | None = None, person_id: int = 0) -> Person:
        """A new account; the next free number unless one is given."""
        number = person_id or FIRST_PERSON + len(self.people)
        while not person_id and number in self.people:
            number += 1
        person = Person(number, name, language, username)
        self.people[number] = person
        self.happened("people")
        return person

    def user(self, account_id: int) -> User:
        """Anybody's account as the Bot API shows it."""
        if account_id in self.people:
            return self.people[account_id].user()
        return ANONYMOUS if account_id == ANONYMOUS_ID else self.bots[account_id].user()

    def private_chat(self, bot: BotAccount, person_id: int) -> Chat:
        """One person's chat with one bot; it exists from the first look at it, but is not started by that."""
        key = (bot.id, person_id)
        chat = self.private.get(key)
        if chat is None:
            chat = self.private[key] = Chat(person_id, "private", bot_id=bot.id)
        return chat

    def add_group(self, title: str, kind: str) -> Chat:
        """An empty group ("group" or "supergroup") with an identifier of its kind."""
        first = FIRST_SUPERGROUP if kind == "supergroup" else FIRST_GROUP
        number = -(first + len(self.groups))
        chat = self.groups[number] = Chat(number, kind, title)
        return chat

    def bots_in(self, chat: Chat) -> Iterator[BotAccount]:
        """The bots that are in this chat."""
        if chat.bot_id is not None:
            yield self.bots[chat.bot_id]
        else:
            yield from (bot for bot in self.bots.values() if chat.has(bot.id))

    def people_in(self, chat: Chat) -> list[Person]:
        """The people who see this chat."""
        if chat.private:
            return [self.people[chat.id]]
        return [self.people[number] for number in chat.members if number in self.people and chat.has(number)]

    def tell(self, bot: BotAccount, kind: str, payload: dict[str, Any], lane: int, chat_id: int) -> None:
        """Queue an update for a bot; a "duplicate_update" fault makes it come twice."""
        update = bot.queue.put(kind, payload, lane, self.now())
        self.happened("queued")
        if update is not None and self.faults and self.faults.take("getUpdates", chat_id, updates=True):
            update.repeats = 1

    def changed(self, chat: Chat, event: str, message: Message) -> None:
        """A message is new or different: number the change, wake the phones, tell the listeners."""
        message.change = self.next_change()
        chat.signal.ring()
        self.happened(event, chat=chat, message=message)
