"""`make simulate`: the same month in waves and by shouting to all; prints the table of docs/matching.md."""

import os
import platform
import random
import time
from dataclasses import dataclass
from datetime import timedelta

import click

from bot.domain.matching import Pace, Waves
from bot.domain.needs import CLAIMED_WITHIN, Urgency
from tests.simulate.community import DAYS, Volunteer, Wish, make_volunteers, make_wishes
from tests.simulate.play import Month

# Everybody at once, as often as it comes: no caps, and nobody is spared for being silent.
EVERYBODY = Pace(10**6, timedelta(minutes=15), 1)
SHOUTING = Waves(paces=dict.fromkeys(Urgency, EVERYBODY), offers_a_day=10**6, silent_after=10**6)


@dataclass(frozen=True)
class Outcome:
    """What a month came to."""

    wishes: list[Wish]
    volunteers: list[Volunteer]

    def claimed(self, urgency: Urgency | None = None, *, in_time: bool = False) -> float:
        """The share of needs that somebody took; `in_time`: before the coordinator would have heard."""
        asked = [wish for wish in self.wishes if urgency in (None, wish.urgency)]
        taken = [minutes(wish) for wish in asked if wish.claimed_at is not None]
        limits = [CLAIMED_WITHIN[wish.urgency] / timedelta(minutes=1) for wish in asked if wish.claimed_at is not None]
        good = [took for took, limit in zip(taken, limits, strict=True) if took <= limit or not in_time]
        return len(good) / len(asked)

    def waited(self, urgency: Urgency, share: float) -> float:
        """Minutes until somebody took it, for this share of those that somebody took."""
        taken = sorted(minutes(wish) for wish in self.wishes if wish.urgency is urgency and wish.claimed_at is not None)
        return taken[min(len(taken) - 1, int(len(taken) * share))]

    @property
    def offers(self) -> int:
        """How many offers went out."""
        return sum(wish.offers for wish in self.wishes)


def minutes(wish: Wish) -> float:
    """How long a need waited for somebody to take it."""
    return 0.0 if wish.claimed_at is None else (wish.claimed_at - wish.at) / timedelta(minutes=1)


def gini(values: list[float]) -> float:
    """How unevenly something is spread: 0: everybody has as much; 1: one has all."""
    ordered, total = sorted(values), sum(values)
    if not total:
        return 0.0
    weighted = sum((place + 1) * value for place, value in enumerate(ordered))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def play(waves: Waves, *, seed: int, needs: int, volunteers: int, willing: float = 1) -> Outcome:
    """One month: the same people and needs for the same seed, whatever the rules."""
    people, wishes = (
        make_volunteers(random.Random(seed), volunteers, willing),
        make_wishes(random.Random(seed + 1), needs),
    )
    Month({one.id: one for one in people}, wishes, waves, random.Random(seed + 2)).play()
    return Outcome(wishes, people)


def rows(outcome: Outcome) -> list[tuple[str, str]]:
    """The table's rows: what, and how much."""
    weekly = [len(one.offers) * 7 / DAYS for one in outcome.volunteers]
    helped = [sum(spent for _, spent in one.helped) for one in outcome.volunteers]
    names = {Urgency.NOW: "right now", Urgency.TODAY: "today", Urgency.WEEK: "this week"}
    found = [
        ("claimed", f"{outcome.claimed():.1%}"),
        ("… before the coordinator hears", f"{outcome.claimed(in_time=True):.1%}"),
    ]
    for urgency, name in names.items():
        half, most = (outcome.waited(urgency, share) for share in (0.5, 0.9))
        found.append((f"minutes to claim, {name}: median / 90th percentile", f"{half:,.0f} / {most:,.0f}"))
        found.append((f"claimed in time, {name}", f"{outcome.claimed(urgency, in_time=True):.1%}"))
    return [
        *found,
        ("offers", f"{outcome.offers:,}"),
        ("offers a need", f"{outcome.offers / len(outcome.wishes):.1f}"),
        ("offers a volunteer a week: mean / most", f"{sum(weekly) / len(weekly):.1f} / {max(weekly):.1f}"),
        ("Gini of offers", f"{gini(weekly):.2f}"),
        ("Gini of hours", f"{gini(helped):.2f}"),
    ]


@click.command()
@click.option("--needs", default=1000, show_default=True)
@click.option("--volunteers", default=200, show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option("--willing", default=1.0, show_default=True, help="How often they say yes, beside what is assumed.")
def main(needs: int, volunteers: int, seed: int, willing: float) -> None:
    """Play the month both ways and print the table."""
    began = time.monotonic()
    both = [
        play(waves, seed=seed, needs=needs, volunteers=volunteers, willing=willing) for waves in (Waves(), SHOUTING)
    ]
    click.echo("| | in waves | shouting to all |\n|---|---:|---:|")
    for (name, one), (_, other) in zip(*(rows(outcome) for outcome in both), strict=True):
        click.echo(f"| {name} | {one} | {other} |")
    click.echo(f"\n{both[1].offers / both[0].offers:.1f} times fewer offers in waves.")
    made = f"{needs} needs, {volunteers} volunteers, seed {seed}, willing {willing:g}"
    machine = f"{time.monotonic() - began:.0f} s on {os.cpu_count()} cores, Python {platform.python_version()}"
    click.echo(f"{made}; {machine}")


if __name__ == "__main__":
    main()
