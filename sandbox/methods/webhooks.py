"""Where a bot wants its updates sent; the address must be on this machine."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.accounts import Webhook
from sandbox.errors import bad_request
from sandbox.turn import Turn

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HERE = ("127.0.0.1", "localhost", "::1")


def set_webhook(turn: Turn) -> Any:
    """Updates go to this address from now on; an empty one brings polling back."""
    given = turn.given
    url = given.get("url")
    if url is None:
        return delete_webhook(turn)
    if urlsplit(url).hostname not in _HERE:
        raise bad_request("bad webhook: this Telegram delivers to its own machine only")
    secret = given.get("secret_token", "")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _drop(turn)
    if "allowed_updates" in given:
        turn.bot.queue.allowed = given["allowed_updates"]
    turn.bot.webhook = Webhook(url, secret, given.get("max_connections", 40))
    turn.world.happened("webhook", bot=turn.bot)
    return True


def delete_webhook(turn: Turn) -> Any:
    """Back to polling."""
    _drop(turn)
    turn.bot.webhook = Webhook()
    turn.world.happened("webhook", bot=turn.bot)
    return True


def _drop(turn: Turn) -> None:
    if turn.given.get("drop_pending_updates"):
        turn.bot.queue.waiting.clear()


def get_webhook_info(turn: Turn) -> Any:
    """The address, what waits, and the last error."""
    webhook, queue = turn.bot.webhook, turn.bot.queue
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(queue.waiting),
    }
    if webhook.url:
        info.update(max_connections=webhook.max_connections, ip_address="127.0.0.1")
    if webhook.last_error_at is not None:
        info.update(last_error_date=webhook.last_error_at, last_error_message=webhook.last_error)
    if queue.allowed:
        info["allowed_updates"] = queue.allowed
    return info


METHODS = {"setWebhook": set_webhook, "deleteWebhook": delete_webhook, "getWebhookInfo": get_webhook_info}
