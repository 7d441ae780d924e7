"""Care plans and emergency contacts in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.alerts import ladder_text, parse_ladder
from bot.domain.plans import Plan, PlanState, parse_slots, slots_text
from bot.domain.relatives import ContactState
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values


@dataclass(frozen=True)
class Contact:
    """Somebody to be told. `telephone` None: reached in the chat; `person_id` None: by telephone only.

    `answered_at`, `recorded_by` None: they have not said yet whether they want it; they said it themselves in the chat.
    """

    name: str
    relation: str
    telephone: str | None
    person_id: int | None
    id: int = 0
    plan_id: int = 0
    rank: int = 0
    state: ContactState = ContactState.LISTED
    answered_at: datetime | None = None
    recorded_by: int | None = None

    @property
    def stands(self) -> bool:
        """Whether they stand on the ladder."""
        return self.state.stands


def make(tx: Transaction, plan: Plan, *, proposed_by: int) -> Plan | None:
    """Write a new plan; it comes back with its number. None: this person has one already."""
    row = tx.one(
        "INSERT INTO plans"
        " (bot_id, person_id, area_id, state, slots, grace_minutes, nudges, ladder, proposed_by, act_at, version)"
        " VALUES (:bot_id, :person_id, :area_id, :state, :slots, :grace_minutes, :nudges, :ladder, :proposed_by, :act_at, 0)"
        " ON CONFLICT DO NOTHING RETURNING *",
        {
            **_columns(tx, plan, plan),
            "bot_id": plan.bot_id,
            "person_id": plan.person_id,
            "area_id": plan.area_id,
            "proposed_by": proposed_by,
        },
    )
    return None if row is None else _plan(tx, row)


def save(tx: Transaction, old: Plan, new: Plan) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    return tx.run(f"{UPDATE} WHERE id = :id AND version = :version", _columns(tx, new, old)) == 1


def schedule(tx: Transaction, pairs: list[tuple[Plan, Plan]]) -> None:
    """Write only when many plans act next, as one batch."""
    tx.many(
        "UPDATE plans SET act_at = :act_at, state = :state, paused_until = :paused_until, pause_reason = :pause_reason,"
        " version = version + 1 WHERE id = :id AND version = :version",
        [
            {
                "id": old.id,
                "version": old.version,
                "act_at": seconds(new.act_at),
                "state": new.state.value,
                "paused_until": seconds(new.paused_until),
                "pause_reason": new.pause_reason,
            }
            for old, new in pairs
        ],
    )


def consented(tx: Transaction, plan_id: int, *, consent: str, witness: str | None, now: datetime) -> None:
    """Write down who agreed, and how: "chat:1", or "witness:1" with the witness's name."""
    tx.run(
        "UPDATE plans SET consent = :consent, witness = :witness, consent_at = :now WHERE id = :id",
        {
            "id": plan_id,
            "consent": consent,
            "witness": tx.vault.seal_maybe("plans.witness", witness),
            "now": seconds(now),
        },
    )


def has_consent(tx: Transaction, plan_id: int) -> bool:
    """Whether the person has agreed to it."""
    row = tx.one("SELECT consent FROM plans WHERE id = :id", {"id": plan_id})
    return row is not None and row["consent"] is not None


def proposer(tx: Transaction, plan_id: int) -> int | None:
    """Who enrolled this person; None: no such plan."""
    row = tx.one("SELECT proposed_by FROM plans WHERE id = :id", {"id": plan_id})
    return None if row is None else row["proposed_by"]


def find(tx: Transaction, plan_id: int) -> Plan | None:
    """One plan, its row locked until the end of the transaction; None: there is none."""
    row = tx.one("SELECT * FROM plans WHERE id = :id FOR NO KEY UPDATE", {"id": plan_id})
    return None if row is None else _plan(tx, row)


def see(tx: Transaction, plan_id: int) -> Plan | None:
    """One plan as it stands, without locking it: a card that is drawn keeps no sweep waiting; None: there is none."""
    row = tx.one("SELECT * FROM plans WHERE id = :id", {"id": plan_id})
    return None if row is None else _plan(tx, row)


def of_person(tx: Transaction, person_id: int) -> Plan | None:
    """The plan of a person that has not ended; None: they have none."""
    row = tx.one("SELECT * FROM plans WHERE person_id = :id AND state <> 'ended'", {"id": person_id})
    return None if row is None else _plan(tx, row)


def of_people(tx: Transaction, person_ids: Iterable[int]) -> dict[int, Plan]:
    """The plans of these people that have not ended, by person."""
    places, values = among("person", sorted(set(person_ids)))
    rows = tx.all(f"SELECT * FROM plans WHERE person_id IN ({places}) AND state <> 'ended'", values)
    return {row["person_id"]: _plan(tx, row) for row in rows}


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whose question's time has come, or whose pause is over."""
    rows = tx.all(
        "SELECT id FROM plans WHERE act_at <= :now ORDER BY act_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED",
        {"now": seconds(now), "limit": limit},
    )
    return [row["id"] for row in rows]


def get_many(tx: Transaction, ids: list[int]) -> list[Plan]:
    """Many plans, locked, in the order of their numbers."""
    places, values = among("id", ids)
    return [
        _plan(tx, row)
        for row in tx.all(f"SELECT * FROM plans WHERE id IN ({places}) ORDER BY id FOR NO KEY UPDATE", values)
    ]


def postpone(tx: Transaction, plan_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE plans SET act_at = :until WHERE id = :id", {"id": plan_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM plans WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM plans WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])


def in_areas(tx: Transaction, area_ids: list[int], *, limit: int, offset: int) -> list[Plan]:
    """Plans at these areas or below that have not ended, oldest first."""
    places, values = among("area", area_ids)
    rows = tx.all(
        "SELECT p.* FROM plans p WHERE p.area_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places})) AND p.state <> 'ended'"
        " ORDER BY p.id LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [_plan(tx, row) for row in rows]


def everybody(tx: Transaction, area_id: int) -> list[Plan]:
    """Every plan at this area or below that has not ended, oldest first: for tables that are written and read whole."""
    rows = tx.all(
        "SELECT p.* FROM area_tree t JOIN plans p ON p.area_id = t.descendant_id"
        " WHERE t.ancestor_id = :id AND p.state <> 'ended' ORDER BY p.id",
        {"id": area_id},
    )
    return [_plan(tx, row) for row in rows]


def agreed(tx: Transaction, area_id: int) -> dict[int, str]:
    """By plan, before whom somebody of this area agreed; "" for those who said so in their own chat. Others are missing."""
    rows = tx.all(
        "SELECT p.id, p.witness FROM area_tree t JOIN plans p ON p.area_id = t.descendant_id"
        " WHERE t.ancestor_id = :id AND p.state <> 'ended' AND p.consent IS NOT NULL",
        {"id": area_id},
    )
    return {row["id"]: tx.vault.open_maybe("plans.witness", row["witness"]) or "" for row in rows}


def candidates(tx: Transaction, area_ids: list[int], *, limit: int, offset: int) -> list[int]:
    """Residents enrolled at these areas or below who have no plan, newest first."""
    places, values = among("area", area_ids)
    rows = tx.all(
        "SELECT p.id FROM persons p WHERE p.building_id IN"
        f" (SELECT descendant_id FROM area_tree WHERE ancestor_id IN ({places}))"
        " AND NOT EXISTS (SELECT 1 FROM plans c WHERE c.person_id = p.id AND c.state <> 'ended')"
        " ORDER BY p.id DESC LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [row["id"] for row in rows]


# --- emergency contacts ---


def add_contact(tx: Transaction, plan_id: int, contact: Contact) -> int:
    """Somebody more to be told, after those who are there; their number."""
    last = tx.one("SELECT COALESCE(MAX(rank), 0) AS rank FROM contacts WHERE plan_id = :plan_id", {"plan_id": plan_id})
    row = tx.one(
        "INSERT INTO contacts (plan_id, rank, name, relation, telephone, person_id)"
        " VALUES (:plan_id, :rank, :name, :relation, :telephone, :person_id) RETURNING id",
        {
            "plan_id": plan_id,
            "rank": 1 if last is None else last["rank"] + 1,
            "name": tx.vault.seal("contacts.name", contact.name),
            "relation": tx.vault.seal("contacts.relation", contact.relation),
            "telephone": tx.vault.seal_maybe("contacts.telephone", contact.telephone),
            "person_id": contact.person_id,
        },
    )
    return 0 if row is None else int(row["id"])


def contact(tx: Transaction, contact_id: int) -> Contact | None:
    """One contact, locked; None: there is none."""
    row = tx.one("SELECT * FROM contacts WHERE id = :id FOR NO KEY UPDATE", {"id": contact_id})
    return None if row is None else _contact(tx, row)


def contacts(tx: Transaction, plan_id: int) -> list[Contact]:
    """Whom to tell, in order."""
    return contacts_of(tx, [plan_id])[plan_id]


def contacts_of(tx: Transaction, plan_ids: list[int]) -> dict[int, list[Contact]]:
    """Whom to tell for each of these plans, in order; an empty list where there is nobody."""
    places, values = among("plan", plan_ids)
    rows = tx.all(f"SELECT * FROM contacts WHERE plan_id IN ({places}) ORDER BY plan_id, rank", values)
    found: dict[int, list[Contact]] = {plan_id: [] for plan_id in plan_ids}
    for row in rows:
        found[row["plan_id"]].append(_contact(tx, row))
    return found


def _contact(tx: Transaction, row: Row) -> Contact:
    return Contact(
        name=tx.vault.open("contacts.name", row["name"]),
        relation=tx.vault.open("contacts.relation", row["relation"]),
        telephone=tx.vault.open_maybe("contacts.telephone", row["telephone"]),
        person_id=row["person_id"],
        id=row["id"],
        plan_id=row["plan_id"],
        rank=row["rank"],
        state=ContactState(row["state"]) if row["state"] else ContactState.LISTED,
        answered_at=instant(row["answered_at"]),
        recorded_by=row["recorded_by"],
    )


UPDATE = (
    "UPDATE plans SET state = :state, slots = :slots, grace_minutes = :grace_minutes, nudges = :nudges, ladder = :ladder,"
    " notes = :notes, neighbour_id = :neighbour_id, paused_until = :paused_until, pause_reason = :pause_reason,"
    " act_at = :act_at, early_minutes = :early_minutes, may_enter = :may_enter, neighbour_asked = :neighbour_asked,"
    " version = version + 1"
)


def _columns(tx: Transaction, plan: Plan, old: Plan) -> Values:
    return {
        "id": plan.id,
        "version": old.version,
        "state": plan.state.value,
        "slots": slots_text(plan.slots),
        "grace_minutes": plan.grace_minutes,
        "nudges": ",".join(map(str, plan.nudges)),
        "ladder": ladder_text(plan.ladder),
        "notes": tx.vault.seal_maybe("plans.notes", plan.notes),
        "neighbour_id": plan.neighbour_id,
        "paused_until": seconds(plan.paused_until),
        "pause_reason": plan.pause_reason,
        "act_at": seconds(plan.act_at),
        "early_minutes": plan.early_minutes,
        "may_enter": None if plan.may_enter is None else int(plan.may_enter),
        "neighbour_asked": plan.neighbour_asked,
    }


def _plan(tx: Transaction, row: Row) -> Plan:
    return Plan(
        id=row["id"],
        bot_id=row["bot_id"],
        person_id=row["person_id"],
        area_id=row["area_id"],
        state=PlanState(row["state"]),
        slots=parse_slots(row["slots"]),
        grace_minutes=row["grace_minutes"],
        nudges=tuple(int(part) for part in row["nudges"].split(",") if part),
        ladder=parse_ladder(row["ladder"]),
        notes=tx.vault.open_maybe("plans.notes", row["notes"]),
        neighbour_id=row["neighbour_id"],
        paused_until=instant(row["paused_until"]),
        pause_reason=row["pause_reason"],
        act_at=instant(row["act_at"]),
        version=row["version"],
        early_minutes=row["early_minutes"],
        may_enter=None if row["may_enter"] is None else row["may_enter"] == 1,
        neighbour_asked=row["neighbour_asked"],
    )
