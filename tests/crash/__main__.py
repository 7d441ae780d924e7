"""`python -m tests.crash --kills 200 --seed 7 --database sqlite`: the long run, with its figures."""

import asyncio
import secrets
import signal
import sys
from itertools import product

import click

from tests.crash.databases import KINDS, possible
from tests.crash.laboratory import run
from tests.crash.mishaps import KINDS as MISHAPS
from tests.crash.mishaps import WAYS
from tests.crash.order import CARE, FAST, NEEDS, POLLING, TELEGRAM, WEBHOOK, Order

KILLS_A_MISHAP = 4


@click.command(context_settings={"show_default": True})
@click.option("--kills", default=200, help="How often the program is killed.")
@click.option("--seed", type=int, help="What chance begins with; a new one each time if not given.")
@click.option("--database", type=click.Choice([*KINDS, "both"]), default="both", help="On which database.")
@click.option("--load", type=click.Choice([NEEDS, CARE, "both"]), default="both", help="What the town does meanwhile.")
@click.option("--intake", type=click.Choice([POLLING, WEBHOOK]), default=POLLING, help="How updates come in.")
@click.option("--pace", type=click.Choice([FAST, TELEGRAM]), default=FAST, help="Whether Telegram's limits are on.")
@click.option("--trouble", is_flag=True, help="Telegram misbehaves besides.")
@click.option(
    "--copies", default=1, help="How many programs run together, on PostgreSQL only; each is killed as often."
)
@click.option(
    "--mishaps", type=int, help="How often something else befalls it; one to four kills if not given, 0: never."
)
@click.option("--only", multiple=True, type=click.Choice(MISHAPS), help="What befalls it; all of it if not given.")
def main(
    kills: int,
    seed: int | None,
    database: str,
    load: str,
    intake: str,
    pace: str,
    trouble: bool,
    copies: int,
    mishaps: int | None,
    only: tuple[str, ...],
) -> None:
    """Kill the program again and again under load, and see that nothing is lost or doubled."""
    # Servers and disks of a run's own are taken away however it is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if copies > 1 and database != "postgres":
        raise click.UsageError("several copies run on PostgreSQL: --database postgres")
    chosen = secrets.randbelow(10_000) if seed is None else seed
    dirty = False
    kinds, loads = KINDS if database == "both" else (database,), (NEEDS, CARE) if load == "both" else (load,)
    for kind, what in product(kinds, loads):
        click.echo(f"--- {kind}, {what}, {kills} kills, seed {chosen} ---", err=True)
        number = kills // KILLS_A_MISHAP if mishaps is None else mishaps
        order = Order(kind, kills, chosen, what, intake, pace, trouble, copies, number, mishaps_of(kind, only))
        figures = asyncio.run(run(order, say=lambda words: click.echo(words, err=True)))
        click.echo(figures.table())
        click.echo(figures.json())
        dirty |= not figures.clean
    sys.exit(1 if dirty else 0)


def mishaps_of(database: str, only: tuple[str, ...]) -> tuple[str, ...]:
    """What befalls the program on this database and machine; what cannot be had here is said."""
    wanted = [kind for kind in only or MISHAPS if database in WAYS[kind]]
    kinds = possible(wanted, database)
    for kind in set(wanted) - set(kinds):
        click.echo(f"left out, for this machine does not let us: {kind}", err=True)
    return kinds


if __name__ == "__main__":
    main()
