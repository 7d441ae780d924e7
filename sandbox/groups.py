"""A group as a test or the demo holds it: it stays the same object when the group moves."""

from typing import TYPE_CHECKING

from sandbox import moves, topics
from sandbox.chats import Chat
from sandbox.topics import Topic
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.phones import Phone


class Group:
    """A group or supergroup; `id` changes when it is upgraded."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @property
    def id(self) -> int:
        """The identifier that a bot knows it by."""
        return self.chat.id

    @property
    def title(self) -> str:
        """Its name."""
        return self.chat.title

    async def upgrades(self) -> None:
        """The group becomes a supergroup with a new identifier."""
        self.chat = moves.upgrade(self._world, self.chat)

    def anonymous(self, phone: "Phone", on: bool = True) -> None:
        """This administrator writes as the group from now on (or no longer)."""
        if not self.chat.manages(phone.id):
            moves.promote(self._world, self.chat, phone.id, moves.creator(self.chat))
        (self.chat.anonymous.add if on else self.chat.anonymous.discard)(phone.id)

    async def promotes(self, account_id: int, *, topics: bool = False) -> None:
        """A member (a person or a bot) becomes an administrator; `topics`: one who may manage topics."""
        moves.promote(self._world, self.chat, account_id, moves.creator(self.chat), topics=topics)

    def opens_topics(self) -> None:
        """The supergroup becomes a forum; what was said in it stands in General."""
        if self.chat.type != "supergroup":
            raise AssertionError("only a supergroup has topics")
        self.chat.forum = True
        self._world.happened("chats")

    def topic(self, name: str) -> Topic:
        """A new topic, made by whoever created the group."""
        if not self.chat.forum:
            self.opens_topics()
        return topics.make(self._world, self.chat, name, moves.creator(self.chat))

    def closes_topic(self, topic: Topic | None, closed: bool = True) -> None:
        """A topic (None: General) is closed, or opened again."""
        number = None if topic is None else topic.id
        topics.close(self._world, self.chat, number, moves.creator(self.chat), closed)

    def deletes_topic(self, topic: Topic) -> None:
        """A topic goes, with everything in it."""
        topics.delete(self._world, self.chat, topic.id)

    async def deletes(self) -> None:
        """The group is no more: writing to it answers 403."""
        self.chat.deleted = True
        self._world.happened("chats")
