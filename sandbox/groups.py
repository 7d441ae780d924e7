"""A group as a test or the demo holds it: it stays the same object when the group moves."""

from typing import TYPE_CHECKING

from sandbox import moves
from sandbox.chats import Chat
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

    async def promotes(self, account_id: int) -> None:
        """A member (a person or a bot) becomes an administrator."""
        moves.promote(self._world, self.chat, account_id, moves.creator(self.chat))

    async def deletes(self) -> None:
        """The group is no more: writing to it answers 403."""
        self.chat.deleted = True
        self._world.happened("chats")
