"""What a request of the page asks for: who, where, what; and the 400 that says what was wrong with it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.errors import Refusal
from sandbox.groups import Group
from sandbox.phones import Phone, Place

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

Answer = dict[str, Any]
Handler = Callable[["Asked"], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the sandbox, the names in its path, and the JSON of its body (or its query)."""

    sandbox: "Sandbox"
    path: dict[str, str]
    body: dict[str, Any]

    def number(self, name: str) -> int:
        """A whole number of the body; ValueError when it is none."""
        return int(self.body[name])

    def phone(self) -> Phone:
        """The phone of the person in the path."""
        return self.sandbox.phone_of(int(self.path["id"]))

    def person_in_body(self) -> Phone:
        """The phone of `person_id`."""
        return self.sandbox.phone_of(self.number("person_id"))

    def group(self) -> Group:
        """The group in the path."""
        return Group(self.sandbox.world, self.sandbox.world.groups[int(self.path["id"])])

    def place(self, phone: Phone) -> Place:
        """The chat of `chat_id`: a group, or (the person's own number, or none) the private chat."""
        number = self.body.get("chat_id") or phone.id
        if int(number) == phone.id:
            return None
        return Group(self.sandbox.world, self.sandbox.world.groups[int(number)])


def served(sandbox: "Sandbox", handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler as aiohttp wants it: `{"ok": true, …}`, or a 400 with `{"ok": false, "error": …}`."""

    async def serve(request: web.Request) -> web.Response:
        try:
            answer = await handler(Asked(sandbox, dict(request.match_info), await _body(request)))
        except Refusal as refusal:
            return _answered({"ok": False, "error": refusal.description}, 400)
        except LookupError as error:
            return _answered({"ok": False, "error": f"not found or not given: {error}"}, 400)
        except (AssertionError, ValueError, TypeError) as error:
            return _answered({"ok": False, "error": str(error)}, 400)
        return _answered({"ok": True, **answer}, 200)

    return serve


async def _body(request: web.Request) -> dict[str, Any]:
    text = await request.text()
    body = json.loads(text) if text else dict(request.query)
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")
    return body


def _answered(content: Answer, status: int) -> web.Response:
    return web.Response(body=json.dumps(content).encode(), status=status, content_type="application/json")
