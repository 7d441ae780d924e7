"""Updates as nobody should send them: those of the Bot API with parts missing, of wrong kinds, strange, or far too large."""

import copy
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.texts.buttons import Button

Json = Any
Update = dict[str, Json]
# Lone surrogates and NUL among them: JSON can carry what no database and no UTF-8 can.
WORDS = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Lo"]), max_size=8),
    st.sampled_from(
        ["/start", "/start i", "/start b", "/sos", "/me x", "救命", "灯坏了", "\x00", "\ud800", "<b>&", "a" * 70_000]
    ),
)
NUMBERS = st.one_of(
    st.integers(-3, 3), st.sampled_from([2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 10**40, -1001234567890])
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, st.floats(), WORDS)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
CHATS = ("private", "group", "supergroup", "channel", "sender", "")
KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "channel_post",
    "poll",
    "new_thing",
)
SIZES = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "duration": 1, "file_size": 9}
CONTENTS: tuple[Update, ...] = (
    {"photo": [SIZES], "caption": "灯"},
    {"photo": [SIZES], "media_group_id": "7"},
    {"voice": SIZES},
    {"video": {**SIZES, "mime_type": "x"}},
    {"document": {**SIZES, "file_name": "../../etc/passwd"}},
    {"location": {"latitude": 1e9, "longitude": -1e9}},
    {"contact": {"phone_number": "+86", "first_name": "x", "user_id": 5}},
    {"sticker": {**SIZES, "type": "regular", "is_animated": False, "is_video": False}},
    {"migrate_to_chat_id": -1005},
    {"new_chat_title": "x"},
    {"forum_topic_closed": {}},
    {"text": "y", "entities": [{"type": "bot_command", "offset": 5, "length": 900}]},
    {"text": "/me", "entities": [{"type": "bot_command", "offset": 0, "length": 3}]},
    {"text": "z", "reply_to_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    {"poll": {"id": "1"}},
    {},
)


def codes() -> SearchStrategy[str]:
    """Codes of buttons: any kind of ours with numbers of nobody's, and what no button ever had."""
    kinds = st.sampled_from(sorted(Button.known))
    forged = st.builds(
        lambda kind, parts: ":".join([kind, *map(str, parts)]), kinds, st.lists(NUMBERS | WORDS, max_size=4)
    )
    return st.one_of(st.builds(_fitting, kinds, st.lists(st.integers(-1, 12), min_size=6, max_size=6)), forged, WORDS)


def _fitting(kind: str, numbers: list[int]) -> str:
    fields = len(Button.known[kind].__annotations__)
    return ":".join([kind, *map(str, numbers[:fields])])


@st.composite
def updates(draw: Callable[[SearchStrategy[Any]], Any], people: int) -> Update:
    """One update of one of so many `people`, as it should be or broken in up to three places; `filled` says who and when."""
    update: Update = {draw(st.sampled_from(KINDS)): None}
    [kind] = update
    user = {"id": f"WHO{draw(st.integers(0, people - 1))}", "is_bot": False, "first_name": "x", "language_code": "zh"}
    update[kind] = _body(draw, kind, user)
    for _ in range(draw(st.integers(0, 3))):
        _break(draw, update[kind])
    return update


def _body(draw: Callable[[SearchStrategy[Any]], Any], kind: str, user: Update) -> Update:
    chat = {"id": user["id"], "type": "private"}
    if draw(st.integers(0, 3)) == 0:
        chat = {"id": draw(NUMBERS), "type": draw(st.sampled_from(CHATS)), "title": "x"}
    content = draw(st.builds(lambda text: {"text": text}, WORDS) | st.sampled_from(CONTENTS))
    message = {
        "message_id": draw(st.integers(1, 40)),
        "date": "DATE",
        "chat": chat,
        "from": user,
        **copy.deepcopy(content),
    }
    if kind == "callback_query":
        return {"id": "1", "from": user, "chat_instance": "1", "message": message, "data": draw(codes())}
    if kind.endswith("chat_member"):
        stands = [
            {
                "user": user,
                "status": draw(st.sampled_from(["member", "kicked", "left", "administrator", "restricted", "?"])),
            }
            for _ in range(2)
        ]
        return {"chat": chat, "from": user, "date": "DATE", "old_chat_member": stands[0], "new_chat_member": stands[1]}
    return message


def _break(draw: Callable[[SearchStrategy[Any]], Any], body: Json) -> None:
    """Somewhere in it a part is missing, is something else, or is there that nobody knows."""
    places = list(_places(body))
    holder, key = places[draw(st.integers(0, len(places) - 1))] if places else (body, "x")
    match draw(st.integers(0, 2)):
        case 0:
            del holder[key]
        case 1:
            holder[key] = draw(JUNK)
        case _ if isinstance(holder, dict):
            holder["unknown_field"] = draw(JUNK)


def _places(value: Json) -> Any:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def filled(value: Json, at: int, people: Sequence[int]) -> Json:
    """The same with the time at which it is said, and the numbers of those who say it."""
    if isinstance(value, dict):
        return {key: filled(one, at, people) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, at, people) for one in value]
    if isinstance(value, str) and value.startswith("WHO") and value[3:].isdecimal():
        return people[int(value[3:]) % len(people)]
    return at if value == "DATE" else value
