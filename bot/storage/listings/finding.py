"""Whether there is something of this name where somebody is in charge; what lies elsewhere is never found."""

from collections.abc import Iterable, Sequence

from bot.domain.areas import Kind
from bot.storage import persons
from bot.storage.columns import among
from bot.storage.database import Transaction

BELOW = "SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})"
NAMESAKES = 50
HELPS = "role IN ('volunteer', 'leader', 'coordinator')"


def place_called(tx: Transaction, name: str, places: Sequence[int]) -> int | None:
    """The place of this name at one of these or below, the highest if there are several; None: there is none."""
    named, values = among("place", list(places))
    row = tx.one(
        "SELECT a.id FROM areas a JOIN area_tree t ON t.descendant_id = a.id WHERE LOWER(a.name) = :name"
        f" AND t.ancestor_id IN ({named}) ORDER BY t.depth, a.id LIMIT 1",
        {**values, "name": name.lower()},
    )
    return None if row is None else int(row["id"])


def people_called(tx: Transaction, name: str, places: Sequence[int]) -> list[int]:
    """Whoever of this whole name lives, helps or applied at one of these or below; some of them, if there are very many."""
    named, values = among("place", list(places))
    below = BELOW.format(places=named)
    hashes, hashed = persons.either("name", persons.name_hashes(tx, name))
    rows = tx.all(
        f"SELECT p.id FROM persons p WHERE p.name_hash IN ({hashes}) AND (p.building_id IN ({below})"
        f" OR EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id AND r.area_id IN ({below}))"
        f" OR EXISTS (SELECT 1 FROM volunteers v WHERE v.person_id = p.id AND v.area_id IN ({below})))"
        " ORDER BY p.id LIMIT :limit",
        {**values, **hashed, "limit": NAMESAKES},
    )
    return [row["id"] for row in rows]


def helpers(tx: Transaction, places: Sequence[int], *, limit: int, offset: int) -> list[int]:
    """Who helps at these places or below, in the order they came."""
    named, values = among("place", list(places))
    rows = tx.all(
        f"SELECT DISTINCT person_id FROM roles WHERE {HELPS} AND area_id IN ({BELOW.format(places=named)})"
        " ORDER BY person_id LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [row["person_id"] for row in rows]


def helps_at(tx: Transaction, person_id: int, places: Sequence[int]) -> bool:
    """Whether somebody helps at one of these places or below."""
    named, values = among("place", list(places))
    row = tx.one(
        f"SELECT 1 AS one FROM roles WHERE person_id = :id AND {HELPS} AND area_id IN ({BELOW.format(places=named)})"
        " LIMIT 1",
        {**values, "id": person_id},
    )
    return row is not None


def places_named(tx: Transaction, area_ids: Iterable[int]) -> dict[int, str]:
    """Each place with its community: "幸福社区 3号楼"; what lies above communities, by the whole way to it."""
    named, values = among("area", sorted(set(area_ids)))
    rows = tx.all(
        "SELECT t.descendant_id AS id, a.name, a.kind FROM area_tree t JOIN areas a ON a.id = t.ancestor_id"
        f" WHERE t.descendant_id IN ({named}) ORDER BY t.descendant_id, t.depth DESC",
        values,
    )
    ways: dict[int, list[str]] = {}
    for row in rows:
        way = ways.setdefault(row["id"], [])
        # What stands above a community goes without saying in it.
        if row["kind"] == Kind.COMMUNITY:
            way.clear()
        way.append(row["name"])
    return {area_id: " ".join(way) for area_id, way in ways.items()}
