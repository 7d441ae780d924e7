"""`make bench`: measures, prints a table and JSON. Nothing here passes or fails by a time."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from tests.bench import (
    copies,
    costs,
    crowd,
    floods,
    guessing,
    hooks,
    ladder,
    listings,
    matching,
    partitions,
    path,
    process,
    rounds,
)
from tests.bench.figures import Figure, as_json, machine, table

KINDS = ("sqlite", "postgres")


def sections(alternations: int) -> dict[str, list[Callable[[], Iterator[Figure]]]]:
    """What can be measured, by name."""
    return {
        "path": [partial(path.measure, alternations)],
        "process": [process.measure],
        "taps": [partial(crowd.measure_taps, kind) for kind in KINDS],
        "fan-out": [partial(crowd.measure_fan_out, "sqlite")],
        "copies": [partial(copies.measure_copies, alternations)],
        "webhooks": [partial(hooks.measure_webhooks, alternations)],
        "flood": [partial(floods.measure_flood, kind) for kind in KINDS],
        "drain": [partial(floods.measure_drain, kind) for kind in KINDS],
        "backlog": [partial(copies.measure_backlog, kind) for kind in KINDS],
        "growth": [copies.measure_growth],
        "costs": [partial(costs.measure, kind) for kind in KINDS],
        "partitions": [partitions.measure],
        "ladder": [partial(ladder.measure, kind) for kind in KINDS],
        "guessing": [guessing.measure_guessing],
        "matching": [partial(matching.measure, kind) for kind in KINDS],
        "listings": [partial(listings.measure, kind) for kind in KINDS],
        "rounds": [partial(rounds.measure, kind) for kind in KINDS],
    }


@click.command()
@click.option(
    "--only",
    multiple=True,
    help="Only these: path, process, taps, fan-out, copies, webhooks, flood, drain, backlog, growth, costs, partitions, ladder,"
    " guessing, matching, listings, rounds.",
)
@click.option("--rounds", "alternations", default=3, show_default=True, help="How often the compared bots take turns.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Write the figures here as JSON too.")
def main(only: tuple[str, ...], alternations: int, json_path: Path | None) -> None:
    """Measure, and print what was measured where."""
    found: list[Figure] = []
    for name, measures in sections(alternations).items():
        if only and name not in only:
            continue
        for measure in measures:
            for figure in measure():
                found.append(figure)
                click.echo(f"{figure.name}: {figure.value:,.4g} {figure.unit}", err=True)
    click.echo(" · ".join(f"{name} {value}" for name, value in machine().items()))
    click.echo(table(found))
    click.echo(as_json(found))
    if json_path is not None:
        json_path.write_text(as_json(found), encoding="utf-8")


if __name__ == "__main__":
    main()
