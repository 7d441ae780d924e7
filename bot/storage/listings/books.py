"""What is in each list, in SQL. Whoever reads is always `:reader`, and what is confidential is in it for whoever may see it."""

from collections.abc import Mapping

from bot.domain.listings import Book as Kind
from bot.domain.listings import Crew, NeedRow, PersonRow, Stand, UnreachedRow
from bot.domain.needs import State
from bot.storage import needs, persons, volunteers
from bot.storage.columns import instant
from bot.storage.database import Row, Transaction
from bot.storage.listings.query import Book
from bot.storage.needs import PRESSING, SEEN_BY

DAY = 86400
RENEWAL = 30 * DAY
RUNNING = "n.state IN ('open', 'claimed', 'done', 'disputed')"
# A coordinator let the asking rest, and neither time nor anybody has moved the need since.
HELD = (
    "(n.state = 'open' AND n.act_at > :now AND EXISTS (SELECT 1 FROM history h WHERE h.subject = 'need:' || n.id"
    " AND h.event = 'held' AND NOT EXISTS (SELECT 1 FROM history l WHERE l.subject = h.subject AND l.id > h.id"
    " AND (l.event = 'unclaimed' OR l.before <> l.after))))"
)
# Nothing is heard of whoever has it, or they should have been there, or the resident has not answered for a day.
OVERDUE = (
    f"((n.state = 'claimed' AND (n.step > 0 OR n.arrives_at < :now)) OR (n.state = 'done' AND n.act_at < :now + {DAY}))"
)
WAITING = (Stand.RUNNING, Stand.OPEN, Stand.LATE, Stand.HELD, Stand.CLAIMED, Stand.OVERDUE, Stand.DONE, Stand.DISPUTED)
STATES = [stand for stand in Stand if stand.value in {state.value for state in State}]
NEEDS = Book(
    source="needs n JOIN persons r ON r.id = n.person_id LEFT JOIN persons c ON c.id = n.claimed_by",
    bare="needs n",
    id="n.id",
    area="n.area_id",
    columns=f"n.*, r.name AS resident_name, c.name AS helper_name, {HELD} AS held",
    where=f"{{here}} AND {SEEN_BY}",
    stands={
        "": "TRUE",
        Stand.ALL: "TRUE",
        Stand.RUNNING: RUNNING,
        Stand.LATE: f"n.state = 'open' AND n.step > 0 AND NOT {HELD}",
        Stand.HELD: HELD,
        Stand.OVERDUE: OVERDUE,
        **{stand: f"n.state = '{stand.value}'" for stand in STATES},
    },
    # What waits comes by how pressing it is; what has ended, the newest first.
    orders={"": "n.id DESC", **dict.fromkeys(WAITING, PRESSING)},
    fields={
        "kind": "n.category = :kind",
        "urgency": "n.urgency = :urgency",
        "since": "n.posted_at >= :since",
        "helper": "n.claimed_by = :helper",
        "number": "n.id = :number",
        "name": "(n.person_id IN ({named}) OR n.claimed_by IN ({named}))",
    },
    # People are found by their whole names: to open those of everybody here would cost as much again.
    said={"n.text": "needs.text", "n.remark": "needs.remark"},
    read=lambda tx, row: _need(tx, row),
)
REACHED = (
    "EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id AND a.unreachable_at IS NULL AND a.silent_from IS NULL)"
)
PEOPLE = Book(
    source="volunteers v JOIN persons p ON p.id = v.person_id",
    bare="volunteers v JOIN persons p ON p.id = v.person_id",
    id="v.id",
    area="v.area_id",
    columns=f"v.*, p.name, {REACHED} AS reached",
    where="{here} AND v.state <> 'writing'",
    orders={"": volunteers.ORDER},
    stands={
        "": "TRUE",
        Crew.NOW: "v.state IN ('applied', 'active', 'suspended')",
        Crew.RENEWAL: f"v.state = 'active' AND (v.asked_at IS NOT NULL OR v.renew_at < :now + {RENEWAL})",
        Crew.UNREACHED: f"v.state = 'active' AND NOT {REACHED}",
        Crew.ENDED: "v.state IN ('retired', 'lapsed')",
        **{crew: f"v.state = '{crew.value}'" for crew in (Crew.APPLIED, Crew.ACTIVE, Crew.SUSPENDED, Crew.DECLINED)},
    },
    fields={
        "skill": "EXISTS (SELECT 1 FROM skills s WHERE s.person_id = p.id AND s.skill = :skill)",
        "number": "v.id = :number",
        "name": "p.id IN ({named})",
    },
    said={"p.name": "persons.name"},
    read=lambda tx, row: _person(tx, row),
)
# Whoever has died is not rung, and whoever a relative's chat reaches need not be.
UNREACHED = Book(
    source="persons p",
    bare="persons p",
    id="p.id",
    area="p.building_id",
    columns=(
        "p.id, p.name, p.telephone, p.building_id,"
        " (SELECT MAX(a.unreachable_at) FROM accounts a WHERE a.person_id = p.id) AS since,"
        " EXISTS (SELECT 1 FROM plans q WHERE q.person_id = p.id AND q.state IN ('active', 'paused')) AS cared_for,"
        f" (SELECT COUNT(*) FROM needs n WHERE n.person_id = p.id AND {RUNNING} AND {SEEN_BY}) AS running"
    ),
    where=(
        "p.id IN (SELECT a.person_id FROM accounts a WHERE a.unreachable_at IS NOT NULL AND a.silent_from IS NULL)"
        f" AND NOT {REACHED} AND NOT EXISTS ({persons.THROUGH} = p.id) AND (p.building_id IN ({{below}})"
        " OR EXISTS (SELECT 1 FROM roles o WHERE o.person_id = p.id AND o.area_id IN ({below})))"
    ),
    orders={"": "cared_for DESC, since, p.id"},
    stands={"": "TRUE"},
    fields={"name": "p.id IN ({named})", "number": "p.id = :number"},
    said={"p.name": "persons.name"},
    read=lambda tx, row: _unreached(tx, row),
)
BOOKS: Mapping[Kind, Book] = {Kind.NEEDS: NEEDS, Kind.PEOPLE: PEOPLE, Kind.UNREACHED: UNREACHED}


def _need(tx: Transaction, row: Row) -> NeedRow:
    helper = tx.vault.open_maybe("persons.name", row["helper_name"])
    resident = tx.vault.open("persons.name", row["resident_name"])
    return NeedRow(needs.of_row(tx, row), "", resident, helper, bool(row["held"]))


def _person(tx: Transaction, row: Row) -> PersonRow:
    found = volunteers.of_row(tx, row)
    name = tx.vault.open("persons.name", row["name"])
    return PersonRow(found, name, "", persons.skills_of(tx, found.person_id), bool(row["reached"]))


def _unreached(tx: Transaction, row: Row) -> UnreachedRow:
    telephone = tx.vault.open_maybe("persons.telephone", row["telephone"])
    return UnreachedRow(
        person_id=row["id"],
        name=tx.vault.open("persons.name", row["name"]),
        place="",
        place_id=row["building_id"],
        since=instant(row["since"]),
        telephone=telephone,
        has_telephone=telephone is not None,
        cared_for=bool(row["cared_for"]),
        running=row["running"],
    )
