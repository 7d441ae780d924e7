"""The made month: the same seed gives the same month, and waves find as many helpers with a fifth of the offers."""

from bot.domain.matching import Waves
from tests.simulate.__main__ import SHOUTING, gini, play, rows


def test_the_same_seed_gives_the_same_month() -> None:
    first, again = (play(Waves(), seed=5, needs=30, volunteers=60) for _ in range(2))
    assert rows(first) == rows(again)


def test_waves_claim_as_many_with_five_times_fewer_offers() -> None:
    waves, shouting = (play(rules, seed=3, needs=100, volunteers=200) for rules in (Waves(), SHOUTING))
    assert waves.claimed() >= shouting.claimed() - 0.01
    assert waves.offers * 5 <= shouting.offers


def test_how_unevenly_something_is_spread() -> None:
    assert gini([0, 0]) == gini([3, 3, 3]) == 0
    assert round(gini([0, 0, 0, 4]), 2) == 0.75
