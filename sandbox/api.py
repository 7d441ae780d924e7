"""The Bot API itself: a call comes in, is checked against the facts, meets its trouble, is done and written down."""

import time
from dataclasses import dataclass
from typing import Any

from sandbox.accounts import BotAccount
from sandbox.calls import Call, CallBook
from sandbox.checks import MethodFacts, method_facts
from sandbox.errors import Refusal, too_many_requests
from sandbox.faults import Fault
from sandbox.files import Upload
from sandbox.limits import Limits
from sandbox.methods import METHODS
from sandbox.polling import Poll
from sandbox.turn import Turn
from sandbox.updates import Update
from sandbox.world import World

GET_UPDATES = "getUpdates"
LIMITED = frozenset(
    {
        *(f"send{kind}" for kind in ("Message", "Photo", "Voice", "Document", "MediaGroup", "Location", "Contact")),
        *(f"editMessage{kind}" for kind in ("Text", "Caption", "Media", "ReplyMarkup")),
        "copyMessage",
        "forwardMessage",
    }
)
HTML_502 = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
)


@dataclass(slots=True)
class Asked:
    """A call as it arrived: its method's name, its parameters, and the files by field name."""

    method: str
    parameters: dict[str, Any]
    uploads: dict[str, Upload]


class Broken(Exception):
    """A 502 whose body is a page of HTML, as a proxy in between would answer."""


class BotApi:
    """What the program talks to. `limits_on` switches Telegram's limits."""

    def __init__(self, world: World, *, limits_on: bool = False) -> None:
        self.world = world
        self.book = CallBook()
        self.limits = Limits()
        self.limits_on = limits_on
        self.polls = Poll(world)
        self._facts = {name.lower(): facts for name, facts in method_facts().items()}

    def bot(self, token: str) -> BotAccount:
        """The bot that this token belongs to; 401 for a wrong one."""
        bot = self.world.tokens.get(token)
        if bot is None:
            raise Refusal(401, "Unauthorized")
        return bot

    def facts(self, method: str) -> MethodFacts:
        """What is known of a method, in any case of letters; 404 for an unknown one."""
        facts = self._facts.get(method.lower())
        if facts is None:
            raise Refusal(404, "Not Found")
        return facts

    async def poll(self, bot: BotAccount, asked: Asked) -> tuple[list[Update], Fault | None]:
        """`getUpdates`: what waits, and the trouble that the answer meets."""
        call = self._open(bot, asked)
        try:
            given = self.facts(GET_UPDATES).checked(asked.parameters, self.book.note)
            trouble = self._trouble(call)
            updates = await self.polls.updates(bot, given)
        except (Refusal, Broken) as refusal:
            self._refuse(call, refusal)
            raise
        self.book.accept(call, None)
        self.world.happened("called")
        return updates, trouble

    def perform(self, bot: BotAccount, asked: Asked) -> tuple[Any, Fault | None]:
        """Do any other call: its result, and the trouble that the answer meets (None: it arrives)."""
        call = self._open(bot, asked)
        try:
            facts = self.facts(asked.method)
            call.parameters = given = facts.checked(asked.parameters, self.book.note)
            call.method, call.chat_id = facts.name, given.get("chat_id")
            trouble = self._trouble(call)
            if self.limits_on and call.method in LIMITED:
                self._check_limits(bot, call)
            result = METHODS[facts.name](Turn(self.world, bot, given, asked.uploads))
        except (Refusal, Broken) as refusal:
            self._refuse(call, refusal)
            raise
        self.book.accept(call, result)
        self.world.happened("called")
        return result, trouble

    def _open(self, bot: BotAccount, asked: Asked) -> Call:
        call = self.book.open(bot.id, asked.method, asked.parameters, self.world.now())
        self.world.happened("asked")
        return call

    def _trouble(self, call: Call) -> Fault | None:
        """Raise the refusals that were ordered; hand back the trouble that comes after the call was done."""
        if not self.world.faults:
            return None
        chat_id = call.chat_id if isinstance(call.chat_id, int) else None
        fault = self.world.faults.take(call.method, chat_id)
        if fault is not None and fault.kind == "429":
            raise too_many_requests(fault.retry_after)
        if fault is not None and fault.kind == "500":
            raise Refusal(500, "Internal Server Error")
        if fault is not None and fault.kind == "502":
            raise Broken
        return fault

    def _check_limits(self, bot: BotAccount, call: Call) -> None:
        chat_id = call.chat_id if isinstance(call.chat_id, int) else 0
        messages = len(call.parameters.get("media", ())) if call.method == "sendMediaGroup" else 1
        group = chat_id < 0
        seconds = self.limits.wait(bot.id, chat_id, group=group, now=time.monotonic(), messages=messages)
        if seconds:
            raise too_many_requests(seconds)

    def _refuse(self, call: Call, refusal: Refusal | Broken) -> None:
        if isinstance(refusal, Refusal):
            self.book.refuse(call, refusal.code, refusal.description)
        else:
            self.book.refuse(call, 502, "Bad Gateway")
