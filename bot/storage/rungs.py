"""Ladders that hold for a whole place."""

from collections.abc import Iterable

from bot.domain.alerts import Ladder, ladder_text, parse_ladder
from bot.storage.columns import among
from bot.storage.database import Transaction


def of_areas(tx: Transaction, area_ids: Iterable[int]) -> dict[int, Ladder]:
    """The ladder of each of these places: its own, or that of the nearest place above which has one; others are missing."""
    places, values = among("area", sorted(set(area_ids)))
    rows = tx.all(
        "SELECT t.descendant_id, l.ladder FROM area_tree t JOIN ladders l ON l.area_id = t.ancestor_id"
        f" WHERE t.descendant_id IN ({places}) ORDER BY t.depth DESC",
        values,
    )
    return {row["descendant_id"]: parse_ladder(row["ladder"]) for row in rows}


def lock(tx: Transaction, area_id: int) -> None:
    """Whoever else changes this place's ladder waits."""
    tx.one("SELECT id FROM areas WHERE id = :id FOR NO KEY UPDATE", {"id": area_id})


def put(tx: Transaction, area_id: int, ladder: Ladder) -> None:
    """From now on this is the place's ladder."""
    tx.run(
        "INSERT INTO ladders (area_id, ladder) VALUES (:area_id, :ladder)"
        " ON CONFLICT (area_id) DO UPDATE SET ladder = excluded.ladder",
        {"area_id": area_id, "ladder": ladder_text(ladder)},
    )
