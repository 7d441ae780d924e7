"""How requests reach the Bot API: python-telegram-bot's `BaseRequest` carried by aiohttp, which the whole program uses."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
SPARE_SECONDS = 10.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# Refusals that the library takes for a network in trouble, though it is what we sent that is refused.
OURS = (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_URI_TOO_LONG)
DEFAULT = BaseRequest.DEFAULT_NONE


class TooFast(TelegramError):
    """Telegram said 429. `seconds`: how long it wants to be left alone."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too Many Requests: retry after {seconds:g}")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """Carries requests over as many connections as are in flight. Its errors quote no address: it contains the token."""

    def __init__(self, *, read_seconds: float = READ_SECONDS, connect_seconds: float = CONNECT_SECONDS) -> None:
        self._read_seconds = read_seconds
        self._connect_seconds = connect_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_seconds

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                timeout=self._timeout(DEFAULT, DEFAULT),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = DEFAULT,
        write_timeout: Any = DEFAULT,
        connect_timeout: Any = DEFAULT,
        pool_timeout: Any = DEFAULT,
    ) -> tuple[int, bytes]:
        """One request and its answer.

        TooFast for a 429; TimedOut when no answer came in time (it may have been accepted); NetworkError when nobody answered,
        or something that is not the Bot API did.
        """
        if self._session is None:
            raise NetworkError("the transport is not open")
        options: dict[str, Any] = {}
        if read_timeout is not DEFAULT or connect_timeout is not DEFAULT:
            options["timeout"] = self._timeout(read_timeout, connect_timeout)
        if request_data is not None:
            options |= _body(request_data)
        try:
            async with self._session.request(method, url, **options) as response:
                status, payload = response.status, await response.read()
        except TimeoutError as error:
            raise _timed_out(error) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if status != HTTPStatus.OK or not payload:
            _check(status, payload)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON. The library's own writes what it cannot read into the log, with whatever words it holds."""
        try:
            answer: dict[str, Any] = json.loads(payload)
        except ValueError:
            raise NetworkError("not an answer of the Bot API") from None
        return answer

    def _timeout(self, read: Any, connect: Any) -> aiohttp.ClientTimeout:
        read_seconds = self._read_seconds if read is DEFAULT or read is None else read
        connect_seconds = self._connect_seconds if connect is DEFAULT or connect is None else connect
        # The whole of it is bounded too: an answer that trickles in must not outlive the lease of the letter it is about.
        total = connect_seconds + read_seconds + SPARE_SECONDS
        return aiohttp.ClientTimeout(total=total, sock_connect=connect_seconds, sock_read=read_seconds)


async def call(
    bot: ExtBot[None], method: str, parameters: Mapping[str, object], *, read_seconds: float | None = None
) -> Any:
    """Call a method of the Bot API and get its plain JSON result; None among the parameters is left out.

    For the two calls that everything hangs on: a message that was sent is not built again as an object of which only its
    number is read (a fifth of all the program's work), and one update that cannot be read does not spoil its batch.
    """
    given = [RequestParameter.from_input(name, value) for name, value in parameters.items() if value is not None]
    url = f"{bot.base_url}/{method}"
    return await bot.request.post(
        url, RequestData(given), read_timeout=DEFAULT if read_seconds is None else read_seconds
    )


def _body(data: RequestData) -> dict[str, Any]:
    if not data.contains_files:
        return {"data": urlencode(data.json_parameters).encode(), "headers": FORM}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        # In pieces: a large file that is handed over whole holds up everything else.
        whole = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, whole, filename=filename, content_type=mime_type)
    return {"data": form}


def _timed_out(error: TimeoutError) -> TelegramError:
    # No connection means that nothing can have been accepted: that is a network that is down, not an unknown result.
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NetworkError("ConnectionTimeoutError")
    return TimedOut()


def _check(status: int, payload: bytes) -> None:
    """Raise for what python-telegram-bot would misread: 429 with its seconds, and pages of proxies that are not JSON."""
    answer = AiohttpRequest.parse_json_payload(payload)
    if status in OURS:
        raise BadRequest(str(answer.get("description", status)))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise TooFast(float(answer.get("parameters", {}).get("retry_after", 1)))
