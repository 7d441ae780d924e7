"""Places in the database: the tree, and its closure, in which every question about "above" and "below" is one look-up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.areas import Area, Kind
from bot.storage.database import Row, Transaction

COLUMNS = "a.id, a.parent_id, a.kind, a.name, a.code, a.join_code"
# How deep a place lies is the number of places above it.
BY_DEPTH = "(SELECT COUNT(*) FROM area_tree u WHERE u.descendant_id = a.id), a.name, a.id"


@dataclass(frozen=True)
class NewArea:
    """A place to be made. `parent_id` None: the top of a tree."""

    parent_id: int | None
    kind: Kind
    name: str
    code: str
    join_code: str


def get(tx: Transaction, area_id: int) -> Area:
    """One place; LookupError if there is none."""
    area = _first(tx, "a.id = :value", area_id)
    if area is None:
        raise LookupError(f"area {area_id}")
    return area


def by_code(tx: Transaction, code: str) -> Area | None:
    """The place that its owner calls so."""
    return _first(tx, "a.code = :value", code)


def by_join_code(tx: Transaction, join_code: str) -> Area | None:
    """The place whose poster carries this code; None: no poster of ours."""
    return _first(tx, "a.join_code = :value", join_code)


def line(tx: Transaction, area_id: int) -> tuple[int, ...]:
    """The place itself and all above it, from itself to the top; empty if there is no such place."""
    rows = tx.all(
        "SELECT ancestor_id FROM area_tree WHERE descendant_id = :id ORDER BY depth",
        {"id": area_id},
    )
    return tuple(row["ancestor_id"] for row in rows)


def path_names(tx: Transaction, area_id: int) -> tuple[str, ...]:
    """The names from the top of the tree down to the place: ("幸福社区", "第一网格", "3号楼")."""
    rows = tx.all(
        "SELECT a.name FROM area_tree t JOIN areas a ON a.id = t.ancestor_id"
        " WHERE t.descendant_id = :id ORDER BY t.depth DESC",
        {"id": area_id},
    )
    return tuple(row["name"] for row in rows)


def community_of(tx: Transaction, area_id: int) -> Area | None:
    """The community that the place is or lies in; None: it lies above communities."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM area_tree t JOIN areas a ON a.id = t.ancestor_id"
        " WHERE t.descendant_id = :id AND a.kind = :kind ORDER BY t.depth LIMIT 1",
        {"id": area_id, "kind": Kind.COMMUNITY.value},
    )
    return None if row is None else _area(row)


def children(tx: Transaction, area_id: int | None) -> list[Area]:
    """The places directly below, by name; of None: the tops of the trees."""
    if area_id is None:
        return _list(tx.all(f"SELECT {COLUMNS} FROM areas a WHERE a.parent_id IS NULL ORDER BY a.name, a.id"))
    return _list(
        tx.all(f"SELECT {COLUMNS} FROM areas a WHERE a.parent_id = :id ORDER BY a.name, a.id", {"id": area_id})
    )


def subtree(tx: Transaction, area_id: int) -> list[Area]:
    """The place and everything below it, nearest first, then by name."""
    return _list(
        tx.all(
            f"SELECT {COLUMNS} FROM area_tree t JOIN areas a ON a.id = t.descendant_id"
            " WHERE t.ancestor_id = :id ORDER BY t.depth, a.name, a.id",
            {"id": area_id},
        )
    )


def whole(tx: Transaction) -> list[Area]:
    """Every place there is, the highest first, then by name."""
    return _list(tx.all(f"SELECT {COLUMNS} FROM areas a ORDER BY {BY_DEPTH}"))


def first(tx: Transaction) -> Area | None:
    """The place that was made first; None: there is none at all."""
    row = tx.one(f"SELECT {COLUMNS} FROM areas a ORDER BY a.id LIMIT 1")
    return None if row is None else _area(row)


def ids_of(tx: Transaction, kind: Kind) -> Mapping[str, int]:
    """The ids of all places of a kind, by their codes."""
    rows = tx.all("SELECT id, code FROM areas WHERE kind = :kind", {"kind": kind.value})
    return {row["code"]: row["id"] for row in rows}


def make(tx: Transaction, new: NewArea) -> int | None:
    """Make a place; its id. None: somebody was faster and its code is taken."""
    row = tx.one(
        "INSERT INTO areas (parent_id, kind, name, code, join_code)"
        " VALUES (:parent_id, :kind, :name, :code, :join_code) ON CONFLICT (code) DO NOTHING RETURNING id",
        _values(new),
    )
    if row is None:
        return None
    _grow(tx, [(row["id"], new.parent_id)])
    return int(row["id"])


def make_all(tx: Transaction, kind: Kind, new: Iterable[NewArea]) -> None:
    """Make many places of one kind, as one batch; their codes must all be new."""
    places = {area.code: area for area in new}
    tx.many(
        "INSERT INTO areas (parent_id, kind, name, code, join_code)"
        " VALUES (:parent_id, :kind, :name, :code, :join_code)",
        [_values(area) for area in places.values()],
    )
    ids = ids_of(tx, kind)
    _grow(tx, [(ids[code], area.parent_id) for code, area in places.items()])


def rename(tx: Transaction, names: Mapping[int, str]) -> None:
    """Give places new names, by their ids."""
    tx.many("UPDATE areas SET name = :name WHERE id = :id", [{"id": id_, "name": name} for id_, name in names.items()])


def take_over(tx: Transaction, area_id: int, new: NewArea) -> None:
    """Turn a place that stands alone into another one, which keeps everybody who is there; its posters stay good."""
    tx.run(
        "UPDATE areas SET parent_id = :parent_id, kind = :kind, name = :name, code = :code WHERE id = :id",
        {
            "id": area_id,
            "parent_id": new.parent_id,
            "kind": new.kind.value,
            "name": new.name,
            "code": new.code,
        },
    )
    tx.run("DELETE FROM area_tree WHERE descendant_id = :id", {"id": area_id})
    _grow(tx, [(area_id, new.parent_id)])


def _grow(tx: Transaction, places: list[tuple[int, int | None]]) -> None:
    """Enter new places, each with its parent's id, into the closure."""
    tx.many(
        "INSERT INTO area_tree (ancestor_id, descendant_id, depth) VALUES (:id, :id, 0)",
        [{"id": area_id} for area_id, _ in places],
    )
    tx.many(
        "INSERT INTO area_tree (ancestor_id, descendant_id, depth)"
        " SELECT ancestor_id, CAST(:id AS BIGINT), depth + 1 FROM area_tree WHERE descendant_id = :parent_id",
        [{"id": area_id, "parent_id": parent_id} for area_id, parent_id in places if parent_id is not None],
    )


def _first(tx: Transaction, condition: str, value: int | str) -> Area | None:
    row = tx.one(f"SELECT {COLUMNS} FROM areas a WHERE {condition}", {"value": value})
    return None if row is None else _area(row)


def _list(rows: Iterable[Row]) -> list[Area]:
    return [_area(row) for row in rows]


def _area(row: Row) -> Area:
    return Area(row["id"], row["parent_id"], Kind(row["kind"]), row["name"], row["code"], row["join_code"])


def _values(new: NewArea) -> dict[str, object]:
    return {
        "parent_id": new.parent_id,
        "kind": new.kind.value,
        "name": new.name,
        "code": new.code,
        "join_code": new.join_code,
    }
