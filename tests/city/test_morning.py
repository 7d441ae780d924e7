"""A small district's morning: three copies, one of them killed in the middle, and what was promised is held."""

from tests.city.morning import Order, play, promised

SMALL = Order(people=40, communities=4, bots=2, copies=3, silent=0.1, slowest=2.0)


async def test_a_morning_is_held_though_a_copy_is_killed_in_the_middle(postgres_server: object) -> None:
    figures = await play(SMALL)
    assert promised(figures) == []
    measured = {figure.name: figure.value for figure in figures}
    assert measured["people asked"] == SMALL.people
    assert measured["every bot answers again after the kill"] < 10
