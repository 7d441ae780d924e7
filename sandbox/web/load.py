"""Updates in bulk, for benchmarks and the crash laboratory: no page is told, nothing is waited for."""

from typing import Any

from sandbox import posts, tapping
from sandbox.accounts import Person
from sandbox.screen import shown
from sandbox.web.asked import Answer, Asked

PEOPLE = 1_000


async def load(asked: Asked) -> Answer:
    """Queue updates: {updates: n, people?} or {updates: [{user_id, text}]}, and {taps: [{user_id, chat_id?, message_id, data}]}.

    People who do not exist are made, and have started the bot. Answers with the first update's number, how many were
    queued, and (for texts and taps, in order) `ids`: the message numbers or tap numbers.
    """
    sandbox = asked.sandbox
    world, listeners = sandbox.world, list(sandbox.world.listeners)
    first = sandbox.bot.queue.next_id
    world.listeners.clear()
    try:
        ids: list[int | str] = [_write(asked, item) for item in _texts(asked)]
        ids.extend(_tap(asked, item) for item in asked.body.get("taps", []))
    finally:
        world.listeners.extend(listeners)
    world.happened("loaded")
    return {"first": first, "count": len(ids), "ids": ids}


def _texts(asked: Asked) -> list[dict[str, Any]]:
    updates = asked.body.get("updates", 0)
    if isinstance(updates, list):
        return updates
    people = int(asked.body.get("people", min(PEOPLE, max(1, updates))))
    first = int(asked.body.get("first_id", 7_000_000_001))
    return [{"user_id": first + number % people, "text": f"{number}"} for number in range(updates)]


def _person(asked: Asked, number: int) -> Person:
    world = asked.sandbox.world
    return world.people.get(number) or world.add_person(f"居民{number % 10_000}", "zh-hans", person_id=number)


def _write(asked: Asked, item: dict[str, Any]) -> int:
    sandbox = asked.sandbox
    person = _person(asked, int(item["user_id"]))
    chat = sandbox.world.private_chat(sandbox.bot, person.id)
    chat.started = True
    return posts.say(sandbox.world, chat, person, "text", posts.text_body(str(item["text"]))).id


def _tap(asked: Asked, item: dict[str, Any]) -> str:
    sandbox = asked.sandbox
    person = _person(asked, int(item["user_id"]))
    number = int(item.get("chat_id", person.id))
    chat = sandbox.world.groups.get(number) or sandbox.world.private_chat(sandbox.bot, person.id)
    message = chat.messages[int(item["message_id"])]
    return tapping.tap(sandbox.world, sandbox.bot, chat, person.id, message, str(item["data"])).id


async def start(asked: Asked) -> Answer:
    """Many people at once who have started the bot, silently: {people: [{id, name?, language?}]}."""
    made = []
    for item in asked.body["people"]:
        person = _person(asked, int(item["id"]))
        person.name, person.language = item.get("name", person.name), item.get("language", person.language)
        asked.sandbox.world.private_chat(asked.sandbox.bot, person.id).started = True
        made.append(person.id)
    return {"people": made}


async def messages(asked: Asked) -> Answer:
    """The newest state of every message with a change after `since`: what people can read now."""
    since, world = int(asked.body.get("since", 0)), asked.sandbox.world
    chats = [*world.private.values(), *world.groups.values()]
    fresh = [message for chat in chats for message in chat.messages.values() if message.change > since]
    fresh.sort(key=lambda message: message.change)
    found = [
        {**_plain(shown(message, 0)), "change": message.change, "author_id": message.author_id} for message in fresh
    ]
    return {"messages": found, "next": world.changes}


def _plain(message: Any) -> Answer:
    names = ("id", "chat_id", "kind", "text", "buttons", "date", "edited", "protected")
    return {name: getattr(message, name) for name in names}
