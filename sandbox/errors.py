"""How Telegram says no: one exception that carries the answer's code, words and parameters."""

from typing import Any


class Refusal(Exception):
    """A call that Telegram would refuse; `description` is what the program reads in the answer."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The answer's body as the Bot API shapes it."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str, **parameters: int) -> Refusal:
    """A 400 with Telegram's prefix."""
    return Refusal(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> Refusal:
    """A 403 with Telegram's prefix: the program may not write there."""
    return Refusal(403, f"Forbidden: {words}")


def too_many_requests(retry_after: int) -> Refusal:
    """A 429: come again after `retry_after` seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
