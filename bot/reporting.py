"""Errors are reported to a Sentry-compatible server where one is set: types and places in the code, and nothing anybody said."""

from collections.abc import Mapping
from typing import Any

from structlog.contextvars import get_contextvars

from bot.logs import Mask

# What an event may say. Everything else (requests, users, variables, breadcrumbs, the machine's environment) stays here.
ABOUT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment")
FRAME = ("filename", "function", "module", "lineno", "in_app")
# Of what a line is about: a person's number is left out.
TAGS = ("update", "alert", "sweep", "letter")


class ReportingMissing(Exception):
    """Errors are to be reported, and the package that does it is not there."""


def begin(dsn: str | None, *, copy: str, mask: Mask) -> None:
    """From here on errors are reported; None: nothing is. ReportingMissing without the package."""
    if dsn is None:
        return
    try:
        import sentry_sdk
    except ImportError:
        raise ReportingMissing from None
    sentry_sdk.init(
        dsn=dsn,
        server_name=copy,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        traces_sample_rate=None,
        auto_enabling_integrations=False,
        before_send=lambda event, hint: scrubbed(event, mask, get_contextvars()),
    )


def scrubbed(event: Mapping[str, Any], mask: Mask, about: Mapping[str, Any]) -> dict[str, Any]:
    """The event with what is allowed and nothing else: the words of an error may be a person's. `about`: what it is about."""
    kept = {name: event[name] for name in ABOUT if name in event}
    said = event.get("logentry") or {}
    if said:
        kept["logentry"] = {"message": mask(str(said.get("formatted") or said.get("message") or ""))}
    if "exception" in event:
        kept["exception"] = {"values": [_error(one) for one in event["exception"].get("values", [])]}
    return {**kept, "tags": {name: str(about[name]) for name in TAGS if about.get(name) is not None}}


def _error(error: Mapping[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    places = [{name: frame[name] for name in FRAME if name in frame} for frame in frames]
    return {"type": error.get("type"), "module": error.get("module"), "stacktrace": {"frames": places}}
