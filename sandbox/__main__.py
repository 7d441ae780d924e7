"""A Telegram of its own process, for benchmarks and the crash laboratory: `python -m sandbox --port 0 --no-limits`."""

import asyncio
import signal
from pathlib import Path

import click

from sandbox.sandbox import Sandbox


@click.command()
@click.option("--port", default=0, show_default=True, help="Where to listen on 127.0.0.1 (0: any free port).")
@click.option("--limits/--no-limits", default=False, show_default=True, help="Telegram's limits, with 429.")
@click.option("--store", type=click.Path(path_type=Path), help="The folder that keeps the world between starts.")
@click.option("--username", default="linli_bot", show_default=True, help="The bot's username.")
def main(port: int, limits: bool, store: Path | None, username: str) -> None:
    """Serve until told to stop; prints the address on the first line and the token on the second."""
    asyncio.run(_serve(Sandbox(limits=limits, store=store, username=username), port))


async def _serve(sandbox: Sandbox, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await sandbox.start(port)
    click.echo(sandbox.url)
    click.echo(sandbox.token)
    await stop.wait()
    await sandbox.stop()


if __name__ == "__main__":
    main()
