"""New volunteers in the database: where they are accompanied, and who they are."""

from collections.abc import Collection
from datetime import datetime

from bot.storage.columns import among, seconds
from bot.storage.database import Transaction

FINISHED = (
    "(SELECT COUNT(*) FROM needs n WHERE n.claimed_by = {person} AND n.state IN ('done', 'closed')"
    " AND n.outcome <> 'nobody_home')"
    " + (SELECT COUNT(*) FROM seat_people b JOIN needs n ON n.id = b.need_id WHERE b.person_id = {person}"
    " AND b.left_at IS NULL AND n.state IN ('done', 'closed') AND n.outcome <> 'nobody_home')"
)
# Somebody (a column) has made :visits visits, or is known to whoever is in charge.
EXPERIENCED = f"({FINISHED} >= :visits OR EXISTS (SELECT 1 FROM beginners_known k WHERE k.person_id = {{person}}))"


def visits(tx: Transaction, area_id: int) -> int:
    """How many first visits are made together at a place: its own rule, or that of the nearest place above; 0: none is."""
    row = tx.one(
        "SELECT r.visits FROM area_tree t JOIN beginner_rules r ON r.area_id = t.ancestor_id"
        " WHERE t.descendant_id = :id ORDER BY t.depth LIMIT 1",
        {"id": area_id},
    )
    return 0 if row is None else int(row["visits"])


def rule(tx: Transaction, area_id: int, count: int) -> None:
    """From now on so many first visits are made together there."""
    tx.run(
        "INSERT INTO beginner_rules (area_id, visits) VALUES (:area_id, :visits)"
        " ON CONFLICT (area_id) DO UPDATE SET visits = excluded.visits",
        {"area_id": area_id, "visits": count},
    )


def new_among(tx: Transaction, people: Collection[int], count: int) -> frozenset[int]:
    """Who of these has made fewer than so many visits, and is not known."""
    if not people or count <= 0:
        return frozenset()
    places, values = among("person", sorted(people))
    rows = tx.all(
        f"SELECT p.id FROM persons p WHERE p.id IN ({places}) AND NOT {EXPERIENCED.format(person='p.id')}",
        {**values, "visits": count},
    )
    return frozenset(row["id"] for row in rows)


def know(tx: Transaction, person_id: int, *, by: int, now: datetime) -> bool:
    """They go alone from now on; False: they did so already."""
    made = tx.run(
        "INSERT INTO beginners_known (person_id, by_id, at) VALUES (:id, :by, :now) ON CONFLICT DO NOTHING",
        {"id": person_id, "by": by, "now": seconds(now)},
    )
    return made == 1
