"""A line of the laboratory's own between the program and whoever it speaks with, which can be cut, shut and held."""

import asyncio
import socket
import struct
from contextlib import suppress

PIECE = 65536
# Closing sends a reset instead of a farewell, and what was not delivered is lost.
AT_ONCE = struct.pack("ii", 1, 0)


class Line:
    """Carries bytes both ways between 127.0.0.1:`port` and somebody who listens at `host`:`far_port`."""

    def __init__(self) -> None:
        self._host, self._far_port = "", 0
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._open, self._shut = (asyncio.Event(), asyncio.Event()), False
        self.port = 0
        self.release()

    async def start(self, host: str, far_port: int) -> None:
        """Listen at a free port."""
        self._host, self._far_port = host, far_port
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Nobody speaks over it any more."""
        self.release()
        self.cut()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    # --- what can happen to it ---

    def cut(self) -> None:
        """Every connection breaks, whatever was on its way."""
        for end in tuple(self._ends):
            # What is closed already cannot be broken.
            with suppress(OSError):
                end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            end.transport.abort()

    def shut(self) -> None:
        """Every connection breaks, and none is made until it is released."""
        self._shut = True
        self.cut()

    def hold(self, *, answers_only: bool) -> None:
        """Nothing comes through until it is released; `answers_only`: what is said arrives, the answers do not."""
        outward, homeward = self._open
        homeward.clear()
        if not answers_only:
            outward.clear()

    def release(self) -> None:
        """Whatever was held comes through, and connections are made again."""
        self._shut = False
        for way in self._open:
            way.set()

    # --- carrying ---

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        far_writer: asyncio.StreamWriter | None = None
        try:
            if not self._shut:
                far_reader, far_writer = await asyncio.open_connection(self._host, self._far_port)
                self._ends.add(far_writer)
                await self._both_ways(reader, far_writer, far_reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for end in (writer, far_writer):
                if end is not None:
                    self._ends.discard(end)
                    end.transport.abort() if self._shut else end.close()

    async def _both_ways(
        self,
        reader: asyncio.StreamReader,
        far_writer: asyncio.StreamWriter,
        far_reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        outward, homeward = self._open
        ways = [
            asyncio.create_task(_pass(reader, far_writer, outward)),
            asyncio.create_task(_pass(far_reader, writer, homeward)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: asyncio.Event) -> None:
    """What comes in goes out, as long as the way is open, until one side has closed."""
    while piece := await reader.read(PIECE):
        await way.wait()
        writer.write(piece)
        await writer.drain()
