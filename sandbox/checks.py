"""Every call against the Bot API's facts: what is required, which type, how long, and what Telegram would not know.

The facts (`facts.json`, derived from the Bot API 10.0's published tables) are compiled once into one checker a
parameter, so that a call costs a few dictionary look-ups.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.entities import units
from sandbox.errors import Refusal, bad_request
from sandbox.files import Upload

Given = dict[str, Any]
Note = Callable[[str], None]
Check = Callable[[Any, str, Note], Any]

_TRUE = {"true", "yes", "1"}
_FALSE = {"false", "no", "0", ""}
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "voice": "there is no voice in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "file_id not specified",
    "phone_number": "phone number is empty",
    "first_name": "first name must be non-empty",
}
_TOO_LONG = {
    "text": "message is too long",
    "caption": "message caption is too long",
    "callback_data": "BUTTON_DATA_INVALID",
    "secret_token": "secret token is too long",
}
_MARKUPS = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}


@dataclass(frozen=True)
class MethodFacts:
    """One method: a checker for each parameter that Telegram knows, and those it cannot do without."""

    name: str
    checks: dict[str, Check]
    required: tuple[str, ...]

    def checked(self, raw: Given, note: Note) -> Given:
        """The call's parameters as Python values; raises the 400 that Telegram would answer.

        `note` is told each parameter that Telegram would ignore.
        """
        given: Given = {}
        for name, value in raw.items():
            check = self.checks.get(name)
            if check is None:
                if not isinstance(value, Upload):
                    note(f"{self.name}: {name}")
            elif value is not None and value != "":
                given[name] = check(value, name, note)
        for name in self.required:
            if name not in given:
                raise missing(name)
        return given


def missing(name: str) -> Refusal:
    """The 400 for a required parameter that is not there, in Telegram's words where they are known."""
    return bad_request(_MISSING.get(name, f'parameter "{name}" is required'))


def method_facts() -> dict[str, MethodFacts]:
    """All the methods this Telegram knows, by name."""
    return {name: _method(name, fields) for name, fields in _facts()["methods"].items()}


@cache
def _facts() -> Given:
    facts: Given = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
    return facts


def _method(name: str, fields: Given) -> MethodFacts:
    checks = {field: _field(spec) for field, spec in fields.items()}
    return MethodFacts(name, checks, tuple(field for field, spec in fields.items() if spec.get("required")))


def _field(spec: Given) -> Check:
    check = _types(spec["types"])
    return _within(check, spec) if "max" in spec and not spec.get("after_entities") else check


def _within(check: Check, spec: Given) -> Check:
    """A checker that also holds the documented limits (lengths in UTF-16 units, bytes, items, or the value itself)."""
    low, high, measure = spec["min"], spec["max"], _MEASURES[spec["unit"]]

    def limited(value: Any, path: str, note: Note) -> Any:
        checked = check(value, path, note)
        if not low <= measure(checked) <= high:
            name = path.rpartition(".")[2]
            raise bad_request(_TOO_LONG.get(name, f"{path} is out of its limits: {low} to {high} {spec['unit']}"))
        return checked

    return limited


_MEASURES: dict[str, Callable[[Any], float]] = {
    "characters": units,
    "bytes": lambda value: len(value.encode()),
    "items": len,
    "value": float,
}


def _types(types: list[str]) -> Check:
    if types == ["Integer", "String"]:
        return _integer_or_string
    if "ReplyKeyboardMarkup" in types:
        return _reply_markup
    if "InputFile" in types:
        return _file_or_string
    if types[0].startswith("Array of InputMedia"):
        return _array(_type("InputMedia"))
    return _type(types[0])


@cache
def _type(name: str) -> Check:
    if name.startswith("Array of "):
        return _array(_type(name.removeprefix("Array of ")))
    plain = _PLAIN.get(name)
    return plain or _object(name)


def _string(value: Any, path: str, note: Note) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise bad_request(f"{path} must be a string")


def _integer(value: Any, path: str, note: Note) -> int:
    try:
        if isinstance(value, (int, str)) and not isinstance(value, bool):
            return int(value)
    except ValueError:
        pass
    raise bad_request(f"{path} must be an integer")


def _float(value: Any, path: str, note: Note) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise bad_request(f"{path} must be a number") from None


def _boolean(value: Any, path: str, note: Note) -> bool:
    """Telegram takes every word that it does not know for false; such a word is noted."""
    word = str(value).lower()
    if word not in _TRUE and word not in _FALSE:
        note(f"{path}: not a boolean")
    return word in _TRUE


def _integer_or_string(value: Any, path: str, note: Note) -> int | str:
    try:
        return int(value)
    except (TypeError, ValueError):
        return _string(value, path, note)


def _file_or_string(value: Any, path: str, note: Note) -> Any:
    return value if isinstance(value, Upload) else _string(value, path, note)


_PLAIN: dict[str, Check] = {
    "String": _string,
    "Integer": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "True": _boolean,
    "InputFile": _file_or_string,
}


def _parsed(value: Any, path: str) -> Any:
    """Objects and lists arrive as JSON text in forms, and as they are in JSON bodies."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(_json_complaint(path)) from None


def _json_complaint(path: str) -> str:
    if path == "reply_markup":
        return "can't parse reply keyboard markup JSON object"
    return f"can't parse {path} JSON object"


def _array(check: Check) -> Check:
    def every(value: Any, path: str, note: Note) -> list[Any]:
        items = _parsed(value, path)
        if not isinstance(items, list):
            raise bad_request(f"{path} must be an array")
        return [check(item, path, note) for item in items]

    return every


def _object(name: str) -> Check:
    facts = _facts()["types"][name]
    if "subtypes" in facts:
        return _union(facts["subtypes"])
    return _fields(name, facts["fields"])


def _fields(name: str, fields: Given) -> Check:
    """A checker for one object; its fields are compiled at first use, because types may contain each other."""
    compiled: dict[str, Check] = {}
    required = [field for field, spec in fields.items() if spec.get("required")]

    def check(value: Any, path: str, note: Note) -> Given:
        if not compiled:
            compiled.update({field: _field(spec) for field, spec in fields.items()})
        item = _parsed(value, path)
        if not isinstance(item, dict):
            raise bad_request(f"object expected as {path}")
        checked = {}
        for field, inner in item.items():
            if field not in compiled:
                note(f"{path}.{field}")
            elif inner is not None:
                checked[field] = compiled[field](inner, f"{path}.{field}", note)
        for field in required:
            if field not in checked:
                raise bad_request(f'can\'t parse {name}: field "{field}" is required')
        return checked

    return check


def _union(subtypes: list[str]) -> Check:
    """A checker for one of several objects, told apart by the constant in their field `type`."""
    types = _facts()["types"]
    by_word = {types[name]["fields"]["type"]["const"]: name for name in subtypes}

    def check(value: Any, path: str, note: Note) -> Given:
        item = _parsed(value, path)
        word = item.get("type") if isinstance(item, dict) else None
        if word not in by_word:
            raise bad_request(f"can't parse {path}: unknown type specified")
        checked: Given = _type(by_word[word])(item, path, note)
        return checked

    return check


def _reply_markup(value: Any, path: str, note: Note) -> Given:
    item = _parsed(value, path)
    if not isinstance(item, dict):
        raise bad_request("object expected as reply markup")
    for key, name in _MARKUPS.items():
        if key in item:
            checked: Given = _type(name)(item, path, note)
            return checked
    raise bad_request("can't parse reply keyboard markup JSON object")
