"""What the program writes into its log: lines that say which update, person or alert they are about, and no secret at all."""

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, WrappedLogger

MASK = "***"
# A bot's token wherever it stands, in an address too; of further bots only the database knows them.
TOKEN = re.compile(r"(?<!\d)\d{5,}(?::|%3A)[A-Za-z0-9_-]{10,}", re.IGNORECASE)
# A password in the address of a database or a proxy.
PASSWORD = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+@")
SHORTEST_SECRET = 6
# Libraries whose lines show what they send or run, and with that people's words.
QUIET = {
    "aiosqlite": logging.INFO,
    "httpx": logging.WARNING,
    "telegram": logging.INFO,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
}


class Mask:
    """Takes secrets out of a text: those that are known, and whatever looks like a token or a password in an address."""

    def __init__(self, secrets: Iterable[str | None] = ()) -> None:
        known = sorted({one for one in secrets if one and len(one) >= SHORTEST_SECRET}, key=len, reverse=True)
        self._known = re.compile("|".join(re.escape(one) for one in known)) if known else None

    def __call__(self, text: str) -> str:
        """The text without them."""
        text = self._known.sub(MASK, text) if self._known else text
        return PASSWORD.sub(rf"\1:{MASK}@", TOKEN.sub(MASK, text))


class Lines(ProcessorFormatter):
    """A line as it is written, masked as a whole: texts of errors and what libraries say included."""

    def __init__(self, mask: Mask, *, as_json: bool) -> None:
        self._mask = mask
        renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _plain
        errors = [structlog.processors.format_exc_info] if as_json else []
        super().__init__(
            processors=[ProcessorFormatter.remove_processors_meta, *errors, renderer],
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return self._mask(super().format(record))


def _plain(logger: WrappedLogger, name: str, event: EventDict) -> str:
    """A line for people: when, how bad, who says it, what, and what it is about."""
    error = structlog.processors.format_exc_info(logger, name, {"exc_info": event.pop("exc_info", None)}).get(
        "exception"
    )
    head = f"{event.pop('timestamp')} {event.pop('level').upper()} {event.pop('logger')}: {event.pop('event')}"
    about = "".join(f" {key}={value}" for key, value in sorted(event.items()) if value is not None)
    return f"{head}{about}" + (f"\n{error}" if error else "")


def configure(
    level: str, *, as_json: bool, secrets: Iterable[str | None], stream: TextIO | None = None
) -> logging.Handler:
    """From here on everything that is logged goes to the error stream (or another one), in this form; so does whatever ends
    the program. The handler that writes it."""
    mask = Mask(secrets)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(mask, as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [*(one for one in root.handlers if not isinstance(one.formatter, Lines)), handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)

    def ends(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logging.getLogger("linli").critical("the program has ended", exc_info=(kind, error, trace))

    sys.excepthook = ends
    return handler


class Counting(logging.Handler):
    """Counts lines by level: a log that grows loud is seen before anybody reads it."""

    def __init__(self, count: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        """One line was written."""
        self._count(record.levelname.lower())


@contextmanager
def counted(count: Callable[[str], None]) -> Iterator[None]:
    """Meanwhile every warning and error is counted."""
    root, handler = logging.getLogger(), Counting(count)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
