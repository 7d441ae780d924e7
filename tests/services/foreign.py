"""One row of everything, at a place where somebody has nothing to say: made from the schema, so new tables are among them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Table, Text

from bot.domain.alerts import DEFAULT_LADDER, ladder_text
from bot.domain.plans import DEFAULT_SLOTS, slots_text
from bot.storage import schema
from bot.storage.columns import seconds
from bot.storage.database import Transaction

SECRET = "密语"
# What belongs to the program and to nobody's place, and what people.meet and the tree of places make by themselves.
ELSEWHERE = frozenset(
    {
        *("areas", "area_tree", "persons", "accounts", "roles", "meta", "updates", "failures", "backups", "keyrings"),
        *("pulses", "shares", "bots", "erasures", "invitations", "outbox", "drafts"),
    }
)
# Whoever is named by these columns is the second of two people; by every other column it is the first.
SECOND = frozenset(
    {
        *(
            "claimed_by",
            "taken_by",
            "closed_by",
            "opened_by",
            "holder_id",
            "offered_to",
            "other_id",
            "helper_id",
            "owner_id",
        ),
        *("viewer_id", "relative_id", "made_by", "begun_by", "ended_by", "done_by", "handled_by", "decided_by"),
        *("granted_by", "bound_by", "started_by", "by_id", "proposed_by", "neighbour_id"),
    }
)
# Sealed words that are read as more than words.
SEALED = {
    "volunteers.about": f'{{"skills": [], "areas": [], "languages": [], "times": [], "words": "{SECRET}"}}',
    "listings.filter": f'{{"words": "{SECRET}"}}',
    "listing_exports.filter": f'{{"words": "{SECRET}"}}',
    "enclosures.data": f'{{"name": "{SECRET}", "telephone": "{SECRET}", "latitude": 22.5, "longitude": 114.0}}',
}
# What a column may hold, where not any word will do: by its name, or by its table's and its own.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "day": ("2026-03-02",),
    "first": ("2026-03-02",),
    "last": ("2026-03-09",),
    "ladder": (ladder_text(DEFAULT_LADDER),),
    "slots": (slots_text(DEFAULT_SLOTS),),
    "nudges": ("30,50",),
    "told": ("",),
    "people": ("",),
    "passed": ("",),
    "tries": ("",),
    "checkins": ("",),
    "empty": ("",),
    "channel": ("chat",),
    "language": ("zh",),
    "category": ("repairs",),
    "needs.category": ("repairs",),
    "needs.urgency": ("today", "week"),
    "needs.state": ("open", "claimed", "done", "disputed", "closed"),
    "needs.outcome": ("done",),
    "alerts.state": ("open", "taken", "closed"),
    "alerts.cause": ("missed", "help"),
    "plans.state": ("proposed", "active", "paused", "ended"),
    "checkins.state": ("asked", "answered", "alert"),
    "media.kind": ("photo",),
    "media.state": ("waits", "kept", "unopened"),
    "volunteers.state": ("applied", "active", "suspended"),
    "watches.state": ("called", "held"),
    "surges.kind": ("heat",),
    "surges.stage": ("tell", "ask"),
    "absences.reason": ("travel", "hospital"),
    "offers.reason": ("building",),
    "alert_people.rung": ("coordinators",),
    "drill_people.rung": ("coordinators",),
    "ratings.side": ("resident", "helper"),
    "reopenings.why": ("broke",),
    "wellbeing.topic": ("food",),
    "listings.book": ("needs",),
    "listing_exports.book": ("needs",),
    "listing_exports.form": ("csv",),
    "listing_exports.state": ("making", "made"),
    "skills.skill": ("repairs",),
    "lapses.kind": ("nobody_home", "late"),
    "showcases.state": ("draft", "asked", "shown"),
    "recurrences.rule": ("FREQ=WEEKLY;BYDAY=TU",),
    "recurrences.state": ("running", "paused"),
    "recurrences.urgency": ("today",),
    "budgets.payer": ("beforehand", "afterwards"),
    "flow": ("joins", "posts", "news"),
    "receipts.state": ("spent", "settled"),
    "anchor": ("2026-03-02",),
    "until": ("2026-06-02",),
    "next_day": ("2026-03-03",),
    "look_on": ("2026-03-09",),
}
SUBJECTS = {"beneficiaries": "need", "enclosures": "need", "media": "checkin", "history": "need"}


class Foreign:
    """The rows, each with its number. `turn` chooses among the states that a thing can be in."""

    def __init__(self, tx: Transaction, area_id: int, people: tuple[int, int], now: datetime, turn: int) -> None:
        self._tx, self._area_id, self._people, self._now, self._turn = tx, area_id, people, now, turn
        self.ids: dict[str, int] = {}

    def make(self) -> dict[str, int]:
        """Write one of everything; the number of each table's row."""
        for table in schema.metadata.sorted_tables:
            if table.name not in ELSEWHERE:
                self._insert(table)
        return self.ids

    def _insert(self, table: Table) -> None:
        values = {column.name: self._value(table, column) for column in table.columns if self._wanted(column)}
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        keys = [column.name for column in table.primary_key]
        row = self._tx.one(f"INSERT INTO {table.name} ({names}) VALUES ({places}) RETURNING {keys[0]} AS id", values)
        assert row is not None
        self.ids[table.name] = int(row["id"])

    def _wanted(self, column: Column[object]) -> bool:
        return not (column.primary_key and not column.foreign_keys and column.name == "id")

    def _value(self, table: Table, column: Column[object]) -> object:
        if column.foreign_keys:
            return self._link(table, column)
        name = f"{table.name}.{column.name}"
        if "sealed" in (column.doc or ""):
            return self._tx.vault.seal(name, SEALED.get(name, SECRET))
        if isinstance(column.type, Text):
            return self._text(table, column)
        if column.name == "act_at":
            return None if column.nullable else seconds(self._now)
        if column.name.endswith("_at") or column.name in ("at", "since"):
            return seconds(self._now)
        return 1

    def _link(self, table: Table, column: Column[object]) -> int | None:
        target = next(iter(column.foreign_keys)).column.table.name
        if target == "areas":
            return self._area_id
        if target == "persons":
            return self._people[column.name in SECOND]
        return self.ids.get(target)

    def _text(self, table: Table, column: Column[object]) -> str | None:
        chosen = TEXTS.get(f"{table.name}.{column.name}") or TEXTS.get(column.name)
        if chosen is not None:
            return chosen[self._turn % len(chosen)]
        if column.name == "subject":
            noun = SUBJECTS.get(table.name, "need")
            return f"{noun}:{self.ids.get({'need': 'needs', 'checkin': 'checkins'}[noun], 1)}"
        return None if column.nullable else "x"
