"""The world on disk: everything that is on this Telegram survives a restart.

One JSON file, written whole and put in place at once, and a file for each upload beside it. Writing is put off for a
second so that many changes are one write.
"""

import asyncio
import json
from collections import deque
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from sandbox.accounts import BotAccount, Person, Webhook
from sandbox.chats import Chat, Keyboard, Message
from sandbox.clock import MovableClock
from sandbox.files import StoredFile
from sandbox.taps import Tap
from sandbox.topics import Topic
from sandbox.updates import Tally, Update
from sandbox.world import World

VERSION = 1
PAUSE_SECONDS = 1.0
Saved = dict[str, Any]
Kind = TypeVar("Kind")


class Store:
    """A folder that holds one world."""

    def __init__(self, folder: Path, world: World) -> None:
        self._folder = folder
        self._path = folder / "world.json"
        self._world = world
        self._timer: asyncio.TimerHandle | None = None
        self._kept_files: set[str] = set()

    def load(self) -> bool:
        """Fill the world from the folder; False when there is nothing yet."""
        if not self._path.exists():
            return False
        saved = json.loads(self._path.read_text(encoding="utf-8"))
        _enter(self._world, saved)
        for unique_id in self._world.files.files:
            self._world.files.contents[unique_id] = (self._folder / "files" / unique_id).read_bytes()
            self._kept_files.add(unique_id)
        return True

    def touch(self) -> None:
        """Something changed: write soon."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PAUSE_SECONDS, self.save)

    def save(self) -> None:
        """Write now, all or nothing."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        (self._folder / "files").mkdir(parents=True, exist_ok=True)
        for unique_id in self._world.files.files.keys() - self._kept_files:
            (self._folder / "files" / unique_id).write_bytes(self._world.files.contents[unique_id])
            self._kept_files.add(unique_id)
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(_saved(self._world), ensure_ascii=False), encoding="utf-8")
        draft.replace(self._path)


def _saved(world: World) -> Saved:
    clock = world.clock
    return {
        "version": VERSION,
        "offset_seconds": clock.offset_seconds if isinstance(clock, MovableClock) else 0.0,
        "changes": world.changes,
        "links": world.links,
        "people": [asdict(person) for person in world.people.values()],
        "bots": [_bot(bot) for bot in world.bots.values()],
        "chats": [_chat(chat) for chat in (*world.private.values(), *world.groups.values())],
        "last_file": world.files.last,
        "files": [asdict(stored) for stored in world.files.files.values()],
    }


def _plain(value: Any, *left_out: str) -> Saved:
    """A value's fields as they are, without a copy of what is in them."""
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name not in left_out}


def _bot(bot: BotAccount) -> Saved:
    queue = bot.queue
    return {
        **_plain(bot, "queue", "webhook", "taps", "menu_buttons"),
        "webhook": asdict(bot.webhook),
        "taps": [[tap.id, tap.person_id, tap.asked_at] for tap in bot.taps.values()],
        "menu_buttons": list(bot.menu_buttons.items()),
        "next_id": queue.next_id,
        "allowed": queue.allowed,
        "tally": asdict(queue.tally),
        "waiting": [_plain(update) for update in queue.waiting],
    }


def _chat(chat: Chat) -> Saved:
    return {
        **_plain(chat, "signal", "messages", "keyboards", "members", "anonymous", "topics", "topic_managers"),
        "members": list(chat.members.items()),
        "anonymous": sorted(chat.anonymous),
        "topics": [asdict(topic) for topic in chat.topics.values()],
        "topic_managers": sorted(chat.topic_managers),
        "messages": [_plain(message) for message in chat.messages.values()],
        "keyboards": [[person_id, _plain(keyboard)] for person_id, keyboard in chat.keyboards.items()],
    }


def _enter(world: World, saved: Saved) -> None:
    if saved["version"] != VERSION:
        raise ValueError(f"the stored world is of version {saved['version']}, not {VERSION}: start anew")
    clock = world.clock
    if isinstance(clock, MovableClock) and saved["offset_seconds"] > clock.offset_seconds:
        clock.advance(saved["offset_seconds"] - clock.offset_seconds)
    world.changes, world.links = saved["changes"], saved["links"]
    world.people.update({item["id"]: Person(**item) for item in saved["people"]})
    for item in saved["bots"]:
        _enter_bot(world, item)
    for item in saved["chats"]:
        _enter_chat(world, item)
    world.files.last = saved["last_file"]
    world.files.files.update({item["unique_id"]: StoredFile(**item) for item in saved["files"]})


def _enter_bot(world: World, item: Saved) -> None:
    """A bot that is there already (the default one) keeps being the same object."""
    bot = world.bots.get(item["id"]) or BotAccount(item["id"], item["token"], item["username"], item["name"])
    for name in ("token", "username", "name", "reads_all", "commands", "words"):
        setattr(bot, name, item[name])
    bot.webhook = Webhook(**item["webhook"])
    bot.menu_buttons = {int(number): button for number, button in item["menu_buttons"]}
    bot.taps = {tap_id: Tap(tap_id, person_id, asked_at) for tap_id, person_id, asked_at in item["taps"]}
    bot.queue.next_id, bot.queue.allowed = item["next_id"], item["allowed"]
    bot.queue.tally = Tally(**item["tally"])
    bot.queue.waiting = deque(Update(**update) for update in item["waiting"])
    world.enter_bot(bot)


def _enter_chat(world: World, item: Saved) -> None:
    saved = dict(item)
    saved["members"] = {int(number): status for number, status in item["members"]}
    saved["anonymous"] = set(item["anonymous"])
    saved["topics"] = {topic["id"]: Topic(**topic) for topic in item.get("topics", [])}
    saved["topic_managers"] = set(item.get("topic_managers", []))
    saved["messages"] = {message["id"]: Message(**message) for message in item["messages"]}
    saved["keyboards"] = {int(number): Keyboard(**keyboard) for number, keyboard in item["keyboards"]}
    chat = Chat(**saved)
    if chat.bot_id is None:
        world.groups[chat.id] = chat
    else:
        world.private[chat.bot_id, chat.id] = chat
