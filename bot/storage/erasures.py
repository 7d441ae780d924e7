"""What is forgotten of a person, table by table; what stays holds their number and no word of theirs."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.domain.erasures import Mark, named_nobody
from bot.domain.people import Person
from bot.storage.columns import instant, seconds
from bot.storage.database import Row, Transaction

PAGE = 500

# Everything that hangs on somebody's number, and what becomes of it. Tables that are not named hold no word of a person and
# no way back to one: their rows stay, as counts. A test compares this with the schema.
NEEDS = "SELECT id FROM needs WHERE person_id = :id"
ALERTS = "SELECT id FROM alerts WHERE person_id = :id"
PLANS = "SELECT id FROM plans WHERE person_id = :id"
CHECKINS = "SELECT id FROM checkins WHERE person_id = :id"
VOLUNTEERS = "SELECT id FROM volunteers WHERE person_id = :id"
SUBJECTS = " OR ".join(
    f"subject IN (SELECT '{noun}:' || mine.id FROM ({ids}) mine)"
    for noun, ids in (
        ("need", NEEDS),
        ("alert", ALERTS),
        ("plan", PLANS),
        ("checkin", CHECKINS),
        ("volunteer", VOLUNTEERS),
    )
)
# Cards in other people's chats that may show a name or a word of theirs.
SHOWN = (
    "SELECT 'need:' || n.id FROM needs n WHERE n.person_id = :id OR n.claimed_by = :id"
    " UNION ALL SELECT 'recurrence:' || c.id FROM recurrences c WHERE c.person_id = :id"
    " UNION ALL SELECT 'need:' || s.need_id FROM seat_people s WHERE s.person_id = :id"
    " UNION ALL SELECT 'need:' || o.need_id FROM handovers o WHERE o.from_id = :id OR o.to_id = :id"
    " UNION ALL SELECT 'alert:' || a.id FROM alerts a WHERE a.person_id = :id OR a.taken_by = :id"
    " UNION ALL SELECT 'alert:' || t.alert_id FROM alert_people t WHERE t.person_id = :id"
    " UNION ALL SELECT 'plan:' || p.id FROM plans p WHERE p.person_id = :id OR p.neighbour_id = :id"
    " UNION ALL SELECT 'ladder:plan-' || p.id FROM plans p WHERE p.person_id = :id OR p.neighbour_id = :id"
    " UNION ALL SELECT 'contact:' || c.id FROM contacts c JOIN plans p ON p.id = c.plan_id"
    " WHERE c.person_id = :id OR p.person_id = :id"
    " UNION ALL SELECT 'relative:' || r.id FROM relatives r WHERE r.person_id = :id OR r.relative_id = :id"
    " UNION ALL SELECT 'followup:' || f.id FROM followups f WHERE f.person_id = :id OR f.owner_id = :id OR f.done_by = :id"
    " UNION ALL SELECT 'showcase:' || s.id FROM showcases s WHERE s.person_id = :id OR s.helper_id = :id"
    " UNION ALL SELECT 'unease:' || e.id FROM unease e WHERE e.person_id = :id OR e.other_id = :id OR e.handled_by = :id"
    " UNION ALL SELECT 'drill:' || d.drill_id FROM drill_people d WHERE d.person_id = :id"
    " UNION ALL SELECT 'drill:' || d.id FROM drills d WHERE d.started_by = :id OR d.person_id = :id"
    " UNION ALL SELECT 'surge:' || s.id FROM surges s WHERE s.made_by = :id OR s.begun_by = :id OR s.ended_by = :id"
    " UNION ALL SELECT 'farewell:' || w.id FROM farewells w WHERE w.person_id = :id OR w.by_id = :id"
    " UNION ALL SELECT 'plan:' || c.plan_id FROM contacts c WHERE c.person_id = :id"
    " UNION ALL SELECT 'checkin:' || q.id FROM checkins q WHERE q.person_id = :id"
    " UNION ALL SELECT 'knocks:' || k.list_id FROM knocks k JOIN checkins q ON q.id = k.checkin_id WHERE q.person_id = :id"
    " UNION ALL SELECT 'knocks:' || l.id FROM knock_lists l WHERE l.holder_id = :id"
    " UNION ALL SELECT 'watch:' || w.id FROM watches w WHERE w.holder_id = :id"
    " UNION ALL SELECT 'hint:' || h.id FROM hints h WHERE h.person_id = :id OR h.by_id = :id"
    " UNION ALL SELECT 'visit:' || v.id FROM visits v JOIN needs n ON n.id = v.need_id"
    " WHERE v.helper_id = :id OR n.person_id = :id"
    " UNION ALL SELECT 'receipt:' || c.id FROM receipts c JOIN needs n ON n.id = c.need_id"
    " WHERE c.helper_id = :id OR n.person_id = :id"
    " UNION ALL SELECT 'relay:' || r.id FROM relays r WHERE r.from_id = :id OR r.to_id = :id"
    " UNION ALL SELECT 'volunteer:' || v.id FROM volunteers v WHERE v.person_id = :id OR v.decided_by = :id"
)
# How the history calls the person themselves.
MYSELF = "subject = 'person:' || CAST(:id AS BIGINT)"
FORGETS: tuple[tuple[str, str], ...] = (
    (
        "history",
        "UPDATE history SET detail = NULL WHERE detail IS NOT NULL"
        f" AND (actor_id = :id OR {MYSELF} OR {SUBJECTS} OR subject IN"
        " (SELECT 'media:' || m.id FROM media m WHERE m.person_id = :id))",
    ),
    ("outbox", "DELETE FROM outbox WHERE subject IN (SELECT 'media:' || m.id FROM media m WHERE m.person_id = :id)"),
    (
        "media",
        f"DELETE FROM media WHERE person_id = :id OR {MYSELF} OR {SUBJECTS}"
        " OR subject IN (SELECT 'relay:' || r.id FROM relays r WHERE r.from_id = :id OR r.to_id = :id)"
        f" OR subject IN (SELECT 'visit:' || v.id FROM visits v WHERE v.need_id IN ({NEEDS}))"
        f" OR subject IN (SELECT 'receipt:' || c.id FROM receipts c WHERE c.need_id IN ({NEEDS}))",
    ),
    # Who witnessed a consent stands under it by name.
    (
        "plans",
        "UPDATE plans SET witness = NULL, version = version + 1 WHERE witness IS NOT NULL AND EXISTS (SELECT 1 FROM history h"
        " WHERE h.subject = 'plan:' || plans.id AND h.actor_id = :id AND h.event = 'agreed before a witness')",
    ),
    (
        "plans",
        "UPDATE plans SET notes = NULL, witness = NULL, neighbour_id = NULL, version = version + 1 WHERE person_id = :id",
    ),
    ("plans", "UPDATE plans SET neighbour_id = NULL, version = version + 1 WHERE neighbour_id = :id"),
    ("plans", "UPDATE plans SET neighbour_asked = NULL, version = version + 1 WHERE neighbour_asked = :id"),
    (
        "relatives",
        "DELETE FROM relatives WHERE person_id = :id OR relative_id = :id OR contact_id IN"
        f" (SELECT c.id FROM contacts c WHERE c.person_id = :id OR c.plan_id IN ({PLANS}))",
    ),
    ("relatives", "UPDATE relatives SET seen_by = NULL, version = version + 1 WHERE seen_by = :id"),
    ("contacts", f"DELETE FROM contacts WHERE person_id = :id OR plan_id IN ({PLANS})"),
    # Nobody looks again at a neighbour without a name; what they were to look at goes to who is in charge, at the next tick.
    ("followups", "DELETE FROM followups WHERE person_id = :id AND done_at IS NULL"),
    (
        "followups",
        "UPDATE followups SET act_at = 1, version = version + 1 WHERE owner_id = :id AND done_at IS NULL",
    ),
    (
        "followups",
        "UPDATE followups SET note = NULL, version = version + 1 WHERE note IS NOT NULL AND (person_id = :id OR done_by = :id)",
    ),
    ("surges", "UPDATE surges SET words = NULL, version = version + 1 WHERE words IS NOT NULL AND made_by = :id"),
    ("askings", "DELETE FROM askings WHERE person_id = :id"),
    ("visitor_wishes", "DELETE FROM visitor_wishes WHERE person_id = :id"),
    ("visitor_faces", "DELETE FROM visitor_faces WHERE person_id = :id"),
    ("digests", "DELETE FROM digests WHERE person_id = :id"),
    ("digest_news", "DELETE FROM digest_news WHERE person_id = :id"),
    ("imports", "DELETE FROM imports WHERE person_id = :id"),
    ("enclosures", "DELETE FROM enclosures WHERE person_id = :id"),
    ("beneficiaries", "DELETE FROM beneficiaries WHERE person_id = :id"),
    ("needs", "UPDATE needs SET text = '', remark = NULL, version = version + 1 WHERE person_id = :id"),
    (
        "ratings",
        "UPDATE ratings SET words = NULL, version = version + 1 WHERE words IS NOT NULL"
        " AND (person_id = :id OR other_id = :id)",
    ),
    ("reopenings", "UPDATE reopenings SET words = NULL WHERE person_id = :id"),
    (
        "disputes",
        "UPDATE disputes SET words = NULL, verdict = NULL, version = version + 1"
        " WHERE person_id = :id OR helper_id = :id OR decided_by = :id",
    ),
    ("lapses", "DELETE FROM lapses WHERE person_id = :id"),
    # Their chat still knows which card stands in the group, and draws it without words.
    (
        "showcases",
        "UPDATE showcases SET words = NULL, state = 'withdrawn', act_at = NULL, version = version + 1"
        " WHERE person_id = :id OR helper_id = :id",
    ),
    (
        "unease",
        "UPDATE unease SET words = NULL, note = NULL, version = version + 1 WHERE person_id = :id OR other_id = :id",
    ),
    ("unease", "UPDATE unease SET note = NULL, version = version + 1 WHERE note IS NOT NULL AND handled_by = :id"),
    # What is known of somebody's home goes with them, and so does what they wrote of another's.
    ("hints", "UPDATE hints SET text = NULL WHERE text IS NOT NULL AND (person_id = :id OR by_id = :id)"),
    (
        "visits",
        "UPDATE visits SET look_on = NULL, act_at = NULL, version = version + 1"
        f" WHERE ended_at IS NOT NULL AND (helper_id = :id OR need_id IN ({NEEDS}))",
    ),
    # The amounts stay, of nobody; nobody is asked about them any more.
    (
        "receipts",
        "UPDATE receipts SET act_at = NULL, version = version + 1"
        f" WHERE act_at IS NOT NULL AND (helper_id = :id OR need_id IN ({NEEDS}))",
    ),
    # What two people wrote to each other goes with either of them.
    ("relays", "UPDATE relays SET text = NULL WHERE text IS NOT NULL AND (from_id = :id OR to_id = :id)"),
    (
        "recurrences",
        "UPDATE recurrences SET text = '', state = 'ended', next_day = NULL, act_at = NULL, version = version + 1"
        " WHERE person_id = :id",
    ),
    ("offers", "UPDATE offers SET answer = 'declined' WHERE person_id = :id AND answer IS NULL"),
    (
        "alerts",
        "UPDATE alerts SET remark = NULL, version = version + 1"
        " WHERE remark IS NOT NULL AND (person_id = :id OR closed_by = :id)",
    ),
    ("handovers", "DELETE FROM handovers WHERE from_id = :id OR to_id = :id"),
    ("beginners_known", "DELETE FROM beginners_known WHERE person_id = :id"),
    ("alert_offers", "DELETE FROM alert_offers WHERE person_id = :id"),
    ("flood_waits", "DELETE FROM flood_waits WHERE person_id = :id"),
    ("wellbeing", "DELETE FROM wellbeing WHERE person_id = :id"),
    ("wellbeing_plans", f"DELETE FROM wellbeing_plans WHERE plan_id IN ({PLANS})"),
    ("disclosures", "DELETE FROM disclosures WHERE person_id = :id"),
    ("knock_lists", "UPDATE knock_lists SET offered_to = NULL, version = version + 1 WHERE offered_to = :id"),
    ("shifts", "DELETE FROM shifts WHERE person_id = :id"),
    ("duty_changes", "UPDATE duty_changes SET person_id = NULL WHERE person_id = :id"),
    ("duty_leaves", "DELETE FROM duty_leaves WHERE person_id = :id"),
    ("duty_bells", "DELETE FROM duty_bells WHERE person_id = :id"),
    ("roles", "DELETE FROM roles WHERE person_id = :id"),
    ("skills", "DELETE FROM skills WHERE person_id = :id"),
    ("helpers", "DELETE FROM helpers WHERE person_id = :id"),
    ("partings", "DELETE FROM partings WHERE person_id = :id OR other_id = :id"),
    ("invitations", "DELETE FROM invitations WHERE created_by = :id AND used_by IS NULL"),
    # The row stays, so that the card of an applicant is drawn without their name.
    (
        "volunteers",
        "UPDATE volunteers SET state = 'retired', about = NULL, reason = NULL, renew_at = NULL, act_at = NULL,"
        " version = version + 1 WHERE person_id = :id",
    ),
    (
        "listing_files",
        "DELETE FROM listing_files WHERE export_id IN (SELECT id FROM listing_exports WHERE person_id = :id)",
    ),
    ("listing_exports", "DELETE FROM listing_exports WHERE person_id = :id"),
    ("listings", "DELETE FROM listings WHERE person_id = :id"),
    ("deputies", "DELETE FROM deputies WHERE person_id = :id"),
    ("drafts", "DELETE FROM drafts WHERE person_id = :id"),
    ("outbox", "DELETE FROM outbox WHERE person_id = :id"),
    ("accounts", "DELETE FROM accounts WHERE person_id = :id"),
)


# Tables that name people by number only and say nothing of anybody by themselves.
COUNTS = {
    *("absences", "alert_people", "checkins", "drill_people", "drills", "erasures", "farewells", "groups", "topics"),
    *("seat_people", "watch_holds", "watches"),
}


def forget(tx: Transaction, person: Person) -> None:
    """Nothing of this person is left but a number; cards that showed something of them must be drawn again by the caller."""
    _forget_failures(tx, person.id)
    for _, statement in FORGETS:
        tx.run(statement, {"id": person.id})
    tx.run(
        "UPDATE persons SET name = :name, name_hash = '', telephone = NULL, telephone_hash = NULL, door = NULL,"
        " building_id = NULL, menu = 0, version = version + 1 WHERE id = :id",
        {"id": person.id, "name": tx.vault.seal("persons.name", named_nobody(person))},
    )


def _forget_failures(tx: Transaction, person_id: int) -> None:
    """Updates that could not be handled are kept as they came: those of this person's chats go."""
    rows = tx.all("SELECT user_id FROM accounts WHERE person_id = :id", {"id": person_id})
    chats = {row["user_id"] for row in rows}
    kept = tx.all("SELECT id, body FROM failures WHERE body IS NOT NULL")
    theirs = [row["id"] for row in kept if chats & _numbers(tx.vault.open("failures.body", row["body"]))]
    tx.many("UPDATE failures SET body = NULL WHERE id = :id", [{"id": one} for one in theirs])


def _numbers(update: str) -> set[int]:
    """Every number in an update as it came: the chat's and the user's are among them, whatever shape it has."""
    return {int(number) for number in re.findall(r"\d{1,19}", update)}


def shown_on(tx: Transaction, person_id: int) -> list[str]:
    """The subjects of cards in anybody's chat that may show something of this person."""
    rows = tx.all(f"SELECT DISTINCT o.subject FROM outbox o WHERE o.subject IN ({SHOWN})", {"id": person_id})
    return [row["subject"] for row in rows]


def media_cards(tx: Transaction, person_id: int) -> list[Row]:
    """Where what this person sent is shown on a card: bot_id, chat_id, person_id (the reader), message_id."""
    return tx.all(
        "SELECT o.bot_id, o.chat_id, o.person_id, o.message_id FROM outbox o WHERE o.message_id IS NOT NULL"
        " AND o.subject IN (SELECT 'media:' || m.id FROM media m WHERE m.person_id = :id) ORDER BY o.id",
        {"id": person_id},
    )


def leans_on(tx: Transaction, person_id: int) -> list[int]:
    """The plans of others, not ended, in which this person is the neighbour or a contact."""
    rows = tx.all(
        "SELECT p.id FROM plans p WHERE p.state <> 'ended' AND p.person_id <> :id AND (p.neighbour_id = :id"
        " OR EXISTS (SELECT 1 FROM contacts c WHERE c.plan_id = p.id AND c.person_id = :id)) ORDER BY p.id",
        {"id": person_id},
    )
    return [row["id"] for row in rows]


def forget_farewells(tx: Transaction, at: datetime, limit: int) -> int:
    """The last words to forgotten people, once they are said: their rows hold the number of a chat. At most `limit`."""
    return tx.run(
        "DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox o JOIN erasures e ON e.person_id = o.person_id"
        " WHERE o.send_at IS NULL AND o.created_at < :at ORDER BY o.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


# --- marks: what outlives a backup ---


def mark_of(tx: Transaction, person_id: int, created_at: int) -> str:
    """The mark of a person: the same in every copy of this database under one key, and of nobody else, ever."""
    return tx.vault.hash("erasures.mark", f"{person_id}:{created_at}")


def marks_of(tx: Transaction, person_id: int, created_at: int) -> set[str]:
    """Every mark of a person: a log that is older than a key knows them by the key before it."""
    return set(tx.vault.hashes("erasures.mark", f"{person_id}:{created_at}"))


def note(tx: Transaction, person_id: int, now: datetime) -> None:
    """This person was forgotten; noted once."""
    row = tx.one("SELECT created_at FROM persons WHERE id = :id", {"id": person_id})
    created_at = 0 if row is None else int(row["created_at"])
    tx.run(
        "INSERT INTO erasures (person_id, mark, at) VALUES (:id, :mark, :now) ON CONFLICT DO NOTHING",
        {"id": person_id, "mark": mark_of(tx, person_id, created_at), "now": seconds(now)},
    )


def noted_after(tx: Transaction, last: int) -> list[tuple[int, Mark]]:
    """Erasures noted after the one of this number (0: all), oldest first, a page of them."""
    rows = tx.all(
        "SELECT e.id, e.person_id, e.at, COALESCE(p.created_at, 0) AS created_at FROM erasures e"
        " LEFT JOIN persons p ON p.id = e.person_id WHERE e.id > :last ORDER BY e.id LIMIT :limit",
        {"last": last, "limit": PAGE},
    )
    # By the key of now, whichever it was then.
    return [(row["id"], Mark(mark_of(tx, row["person_id"], row["created_at"]), instant(row["at"]))) for row in rows]


def unknown(tx: Transaction, marks: set[str]) -> set[str]:
    """Those of these marks that this database does not know: it is older than they are."""
    rows = tx.all(
        "SELECT e.mark, e.person_id, COALESCE(p.created_at, 0) AS created_at FROM erasures e"
        " LEFT JOIN persons p ON p.id = e.person_id"
    )
    known = {row["mark"] for row in rows}.union(*(marks_of(tx, row["person_id"], row["created_at"]) for row in rows))
    return marks - known


def pages(tx: Transaction, last: int) -> list[tuple[int, set[str]]]:
    """People after the one of this number, a page of them, each with their marks."""
    rows = tx.all(
        "SELECT id, created_at FROM persons WHERE id > :last ORDER BY id LIMIT :limit", {"last": last, "limit": PAGE}
    )
    return [(row["id"], marks_of(tx, row["id"], row["created_at"])) for row in rows]


def marked(tx: Transaction, marks: set[str]) -> Iterator[int]:
    """Who of the people in this database these marks speak of."""
    last = 0
    while page := pages(tx, last):
        yield from (person_id for person_id, mine in page if mine & marks)
        last = page[-1][0]


def is_forgotten(tx: Transaction, person_id: int) -> bool:
    """Whether this person was forgotten."""
    return tx.one("SELECT 1 AS one FROM erasures WHERE person_id = :id", {"id": person_id}) is not None


def only_holder(tx: Transaction, person_id: int, role: str) -> list[int]:
    """The places where this person holds a role and nobody else does, there or above."""
    rows = tx.all(
        "SELECT r.area_id FROM roles r WHERE r.person_id = :id AND r.role = :role AND NOT EXISTS"
        " (SELECT 1 FROM roles o JOIN area_tree t ON t.ancestor_id = o.area_id AND t.descendant_id = r.area_id"
        " WHERE o.role = :role AND o.person_id <> :id) ORDER BY r.area_id",
        {"id": person_id, "role": role},
    )
    return [row["area_id"] for row in rows]


def alerts_held(tx: Transaction, person_id: int) -> list[int]:
    """The alerts that have not ended and that this person has taken on, or goes along on."""
    rows = tx.all(
        "SELECT a.id FROM alerts a WHERE (a.taken_by = :id AND a.state = 'taken') OR (a.state <> 'closed' AND EXISTS"
        " (SELECT 1 FROM alert_people p WHERE p.alert_id = a.id AND p.person_id = :id AND p.joined_at IS NOT NULL))"
        " ORDER BY a.id",
        {"id": person_id},
    )
    return [row["id"] for row in rows]


def shift_places(tx: Transaction, person_id: int) -> list[int]:
    """The places whose rota names this person."""
    rows = tx.all(
        "SELECT area_id FROM shifts WHERE person_id = :id UNION SELECT area_id FROM duty_changes WHERE person_id = :id",
        {"id": person_id},
    )
    return sorted(row["area_id"] for row in rows)
