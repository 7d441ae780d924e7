"""`python -m tests.crash --kills 200 --seed 7 --database sqlite`: the long run, with its figures."""

import asyncio
import secrets
import sys

import click

from tests.crash.databases import KINDS
from tests.crash.laboratory import FAST, POLLING, TELEGRAM, WEBHOOK, Order, run


@click.command(context_settings={"show_default": True})
@click.option("--kills", default=50, help="How often the program is killed.")
@click.option("--seed", type=int, help="What chance begins with; a new one each time if not given.")
@click.option("--database", type=click.Choice([*KINDS, "both"]), default="both", help="On which database.")
@click.option("--intake", type=click.Choice([POLLING, WEBHOOK]), default=POLLING, help="How updates come in.")
@click.option("--pace", type=click.Choice([FAST, TELEGRAM]), default=FAST, help="Whether Telegram's limits are on.")
@click.option("--trouble", is_flag=True, help="Telegram misbehaves besides.")
def main(kills: int, seed: int | None, database: str, intake: str, pace: str, trouble: bool) -> None:
    """Kill the program again and again under load, and see that nothing is lost or doubled."""
    chosen = secrets.randbelow(10_000) if seed is None else seed
    dirty = False
    for kind in KINDS if database == "both" else (database,):
        click.echo(f"--- {kind}, {kills} kills, seed {chosen} ---", err=True)
        order = Order(kind, kills, chosen, intake, pace, trouble)
        figures = asyncio.run(run(order, say=lambda words: click.echo(words, err=True)))
        click.echo(figures.table())
        click.echo(figures.json())
        dirty |= not figures.clean
    sys.exit(1 if dirty else 0)


if __name__ == "__main__":
    main()
