"""Places in both databases: what lies above and below, found in one look-up."""

from bot.domain.areas import Area, Kind
from bot.storage import areas
from bot.storage.areas import NewArea
from bot.storage.database import Database, Transaction


def plant(tx: Transaction) -> dict[str, int]:
    """幸福街道 > 幸福社区 > 第一网格 > 1号楼, 2号楼, and 平安社区 beside it; the ids by code."""
    ids: dict[str, int] = {}
    for code, parent, kind, name in (
        ("street", None, Kind.STREET, "幸福街道"),
        ("happy", "street", Kind.COMMUNITY, "幸福社区"),
        ("peace", "street", Kind.COMMUNITY, "平安社区"),
        ("grid", "happy", Kind.GRID, "第一网格"),
        ("b2", "grid", Kind.BUILDING, "2号楼"),
        ("b1", "grid", Kind.BUILDING, "1号楼"),
    ):
        made = areas.make(tx, NewArea(ids[parent] if parent else None, kind, name, code, f"join-{code}"))
        assert made is not None
        ids[code] = made
    return ids


def codes(found: list[Area]) -> list[str]:
    return [area.code for area in found]


async def test_a_line_goes_from_the_place_to_the_top(database: Database) -> None:
    ids = await database.transaction(plant)
    line = await database.read(lambda tx: areas.line(tx, ids["b1"]))
    assert line == (ids["b1"], ids["grid"], ids["happy"], ids["street"])
    assert await database.read(lambda tx: areas.line(tx, 999)) == ()


async def test_names_are_read_from_the_top_down(database: Database) -> None:
    ids = await database.transaction(plant)
    names = await database.read(lambda tx: areas.path_names(tx, ids["b1"]))
    assert names == ("幸福街道", "幸福社区", "第一网格", "1号楼")


async def test_children_and_all_below(database: Database) -> None:
    ids = await database.transaction(plant)
    assert codes(await database.read(lambda tx: areas.children(tx, None))) == ["street"]
    assert codes(await database.read(lambda tx: areas.children(tx, ids["grid"]))) == ["b1", "b2"]
    below = codes(await database.read(lambda tx: areas.subtree(tx, ids["street"])))
    assert below[0] == "street"
    assert sorted(below[1:3]) == ["happy", "peace"]
    assert below[3:] == ["grid", "b1", "b2"]


async def test_the_whole_tree_has_the_highest_first(database: Database) -> None:
    await database.transaction(plant)
    whole = codes(await database.read(areas.whole))
    assert whole[0] == "street"
    assert whole[-2:] == ["b1", "b2"]
    assert len(whole) == 6


async def test_every_place_below_knows_its_community(database: Database) -> None:
    ids = await database.transaction(plant)
    found = await database.read(lambda tx: [areas.community_of(tx, ids[code]) for code in ("happy", "grid", "b1")])
    assert [area.code if area else None for area in found] == ["happy"] * 3
    assert await database.read(lambda tx: areas.community_of(tx, ids["street"])) is None


async def test_a_poster_is_found_by_its_code(database: Database) -> None:
    await database.transaction(plant)
    found = await database.read(lambda tx: areas.by_join_code(tx, "join-b1"))
    assert found is not None
    assert (found.name, found.payload) == ("1号楼", "bjoin-b1")
    assert await database.read(lambda tx: areas.by_join_code(tx, "join-of-nobody")) is None


async def test_a_code_is_given_once(database: Database) -> None:
    await database.transaction(plant)
    again = NewArea(None, Kind.COMMUNITY, "另一个", "happy", "join-other")
    assert await database.transaction(lambda tx: areas.make(tx, again)) is None
