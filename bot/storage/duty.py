"""The duty rota in the database."""

from bot.domain.duty import Shift
from bot.storage.database import Row, Transaction


def add(tx: Transaction, shift: Shift) -> None:
    """Somebody is on duty at these times from now on."""
    tx.run(
        "INSERT INTO shifts (area_id, person_id, weekdays, starts, ends, rank)"
        " VALUES (:area_id, :person_id, :weekdays, :starts, :ends, :rank)",
        {
            "area_id": shift.area_id,
            "person_id": shift.person_id,
            "weekdays": shift.weekdays,
            "starts": shift.starts,
            "ends": shift.ends,
            "rank": shift.rank,
        },
    )


def remove(tx: Transaction, shift_id: int) -> bool:
    """A shift ends; False when it was gone already."""
    return tx.run("DELETE FROM shifts WHERE id = :id", {"id": shift_id}) == 1


def find(tx: Transaction, shift_id: int) -> Shift | None:
    """One shift; None: there is none."""
    row = tx.one("SELECT * FROM shifts WHERE id = :id", {"id": shift_id})
    return None if row is None else _shift(row)


def of_area(tx: Transaction, area_id: int) -> list[Shift]:
    """Every shift at this area or above it, nearest first, in their order."""
    rows = tx.all(
        "SELECT s.* FROM shifts s JOIN area_tree t ON t.ancestor_id = s.area_id"
        " WHERE t.descendant_id = :id ORDER BY t.depth, s.rank, s.id",
        {"id": area_id},
    )
    return [_shift(row) for row in rows]


def _shift(row: Row) -> Shift:
    return Shift(row["id"], row["area_id"], row["person_id"], row["weekdays"], row["starts"], row["ends"], row["rank"])
