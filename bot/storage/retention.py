"""What is forgotten when nobody needs it any more: words, voice notes and cards of what has ended. Counts and times stay.

Each takes at most `limit` rows whose time was before `at`, and says how many; what is still running it never touches.
"""

from datetime import datetime

from bot.storage import enclosures, outbox
from bot.storage.columns import among, seconds
from bot.storage.database import Transaction

RUNNING_NEEDS = "SELECT id FROM needs WHERE state IN ('open', 'claimed', 'done', 'disputed')"
RUNNING_ALERTS = "SELECT id FROM alerts WHERE state <> 'closed'"
RUNNING_PLANS = "SELECT id FROM plans WHERE state <> 'ended'"
RUNNING_LISTS = "SELECT id FROM knock_lists WHERE act_at IS NOT NULL"
RUNNING_WATCHES = "SELECT id FROM watches WHERE state <> 'over'"
WAITING_MEDIA = "SELECT id FROM media WHERE act_at IS NOT NULL OR state = 'waits'"
WAITING_VOLUNTEERS = "SELECT id FROM volunteers WHERE state IN ('writing', 'applied', 'active', 'suspended')"
OPEN_QUESTIONS = "SELECT id FROM checkins WHERE state IN ('asked', 'alert')"
WAITING_LOOKS = "SELECT id FROM followups WHERE done_at IS NULL"
RUNNING_DRILLS = "SELECT id FROM drills WHERE ended_at IS NULL"
STANDING_THANKS = "SELECT id FROM showcases WHERE words IS NOT NULL"
WAITING_UNEASE = "SELECT id FROM unease WHERE handled_at IS NULL OR lifted_at IS NULL"
RUNNING_RECURRENCES = "SELECT id FROM recurrences WHERE state <> 'ended'"
RUNNING_SURGES = "SELECT id FROM surges WHERE ended_at IS NULL"
WAITING_VISITS = "SELECT id FROM visits WHERE act_at IS NOT NULL OR ended_at IS NULL"
WAITING_RECEIPTS = "SELECT id FROM receipts WHERE settled_at IS NULL"
RUNNING_RELAYS = f"SELECT r.id FROM relays r WHERE r.need_id IN ({RUNNING_NEEDS})"
# Whoever is being looked after: nothing that could help is forgotten meanwhile.
LOOKED_AFTER = "SELECT person_id FROM alerts WHERE state <> 'closed'"
KINDS = (
    ("need", RUNNING_NEEDS),
    ("alert", RUNNING_ALERTS),
    ("knocks", RUNNING_LISTS),
    ("watch", RUNNING_WATCHES),
    ("media", WAITING_MEDIA),
    ("checkin", OPEN_QUESTIONS),
    ("followup", WAITING_LOOKS),
    ("drill", RUNNING_DRILLS),
    ("surge", RUNNING_SURGES),
    ("unease", WAITING_UNEASE),
    ("showcase", STANDING_THANKS),
    ("recurrence", RUNNING_RECURRENCES),
    ("relay", RUNNING_RELAYS),
    ("visit", WAITING_VISITS),
    ("receipt", WAITING_RECEIPTS),
)


def _running(noun: str, ids: str) -> str:
    return f"(SELECT '{noun}:' || running.id FROM ({ids}) running)"


DRAFTS = "(SELECT 'draft:' || d.person_id || ':' || d.number FROM drafts d WHERE d.kind <> 'none')"
ENDED = " OR ".join(
    (
        *(f"(o.subject LIKE '{noun}:%' AND o.subject NOT IN {_running(noun, ids)})" for noun, ids in KINDS),
        f"(o.subject LIKE 'draft:%' AND o.subject NOT IN {DRAFTS})",
    )
)
STILL_RUNNING = " AND ".join(
    f"h.subject NOT IN {_running(noun, ids)}"
    for noun, ids in (*KINDS, ("plan", RUNNING_PLANS), ("volunteer", WAITING_VOLUNTEERS))
)


def drafts_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What somebody began to write and never sent: only the draft's number stays, so that old buttons are known as old."""
    rows = tx.all(
        "SELECT person_id, number FROM drafts WHERE kind <> 'none' AND updated_at < :at ORDER BY updated_at LIMIT :limit",
        {"at": seconds(at), "limit": limit},
    )
    empty = tx.vault.seal("drafts.data", "{}")
    tx.many(
        "UPDATE drafts SET kind = 'none', data = :data WHERE person_id = :person_id AND number = :number",
        [{"data": empty, **dict(row)} for row in rows],
    )
    subjects = [f"draft:{row['person_id']}:{row['number']}" for row in rows]
    enclosures.forget(tx, *subjects)
    # Its card says that it is closed.
    outbox.touch(tx, *subjects)
    return len(rows)


def cards_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Cards of what has ended, once they are drawn as it ended."""
    return tx.run(
        "DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox o WHERE o.subject IS NOT NULL AND o.send_at IS NULL"
        f" AND o.holder IS NULL AND o.created_at < :at AND ({ENDED}) ORDER BY o.created_at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def dead_letters_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What could never be said: after so long nobody mends it any more."""
    return tx.run(
        "DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox o WHERE o.subject IS NULL AND o.send_at IS NULL"
        " AND o.dead_at IS NOT NULL AND o.created_at < :at ORDER BY o.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def media_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Voice notes and photos that nobody waits for: not of an open alert, not the familiar voice of a running plan."""
    return tx.run(
        "DELETE FROM media WHERE id IN (SELECT m.id FROM media m WHERE m.sent_at < :at AND m.act_at IS NULL"
        f" AND m.state <> 'waits' AND m.person_id NOT IN ({LOOKED_AFTER})"
        f" AND m.subject NOT IN {_running('alert', RUNNING_ALERTS)} AND m.subject NOT IN {_running('plan', RUNNING_PLANS)}"
        f" AND m.subject NOT IN {_running('need', RUNNING_NEEDS)} AND m.subject NOT IN {_running('checkin', OPEN_QUESTIONS)}"
        f" AND m.subject NOT IN {_running('recurrence', RUNNING_RECURRENCES)} ORDER BY m.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def needs_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What was asked for and what was wrong with it, of needs that have ended."""
    return tx.run(
        "UPDATE needs SET text = '', remark = NULL, version = version + 1 WHERE id IN (SELECT n.id FROM needs n"
        " WHERE n.text <> '' AND n.posted_at < :at AND n.state NOT IN ('open', 'claimed', 'done', 'disputed')"
        " ORDER BY n.posted_at LIMIT :limit)"
        # Asked of the row itself once more: somebody may open it again at this very moment.
        " AND state NOT IN ('open', 'claimed', 'done', 'disputed')",
        {"at": seconds(at), "limit": limit},
    )


def ratings_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What was said to stars of visits; the stars stay."""
    return tx.run(
        "UPDATE ratings SET words = NULL, version = version + 1 WHERE id IN (SELECT r.id FROM ratings r"
        " WHERE r.words IS NOT NULL AND r.act_at IS NULL AND r.rated_at < :at ORDER BY r.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def disputes_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What whoever helped said to a dispute, and the coordinator's word to both."""
    return tx.run(
        "UPDATE disputes SET words = NULL, verdict = NULL, version = version + 1 WHERE id IN (SELECT d.id FROM disputes d"
        " JOIN needs n ON n.id = d.need_id WHERE d.opened_at < :at AND (d.words IS NOT NULL OR d.verdict IS NOT NULL)"
        " AND n.state NOT IN ('open', 'claimed', 'done', 'disputed') ORDER BY d.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def showcases_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Thank-yous: in the group they lose their words too."""
    rows = tx.all(
        "UPDATE showcases SET words = NULL, state = 'withdrawn', act_at = NULL, version = version + 1 WHERE id IN"
        " (SELECT s.id FROM showcases s WHERE s.words IS NOT NULL AND s.written_at < :at ORDER BY s.id LIMIT :limit)"
        " RETURNING id",
        {"at": seconds(at), "limit": limit},
    )
    outbox.touch(tx, *(f"showcase:{row['id']}" for row in rows))
    return len(rows)


def unease_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What somebody wrote who did not feel safe, and what was done; that the two are kept apart stays."""
    return tx.run(
        "UPDATE unease SET words = NULL, note = NULL, version = version + 1 WHERE id IN (SELECT u.id FROM unease u"
        " WHERE u.handled_at < :at AND (u.words IS NOT NULL OR u.note IS NOT NULL) ORDER BY u.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def reopenings_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Why something was needed once more, in the resident's words."""
    return tx.run(
        "UPDATE reopenings SET words = NULL WHERE id IN (SELECT r.id FROM reopenings r JOIN needs n ON n.id = r.need_id"
        " WHERE r.words IS NOT NULL AND r.at < :at AND n.state NOT IN ('open', 'claimed', 'done', 'disputed')"
        " ORDER BY r.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def enclosures_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Where something was needed and whom to ring for it, of needs that have ended."""
    return _beside_before(tx, "enclosures", at, limit)


def beneficiaries_before(tx: Transaction, at: datetime, limit: int) -> int:
    """For whom else somebody asked, of needs that have ended."""
    return _beside_before(tx, "beneficiaries", at, limit)


def _beside_before(tx: Transaction, table: str, at: datetime, limit: int) -> int:
    return tx.run(
        f"DELETE FROM {table} WHERE id IN (SELECT b.id FROM {table} b WHERE b.at < :at"
        f" AND b.subject NOT IN {_running('need', RUNNING_NEEDS)} AND b.subject NOT IN {DRAFTS}"
        f" AND b.subject NOT IN {_running('recurrence', RUNNING_RECURRENCES)} ORDER BY b.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def recurrences_before(tx: Transaction, at: datetime, limit: int) -> int:
    """The words of what came again and has ended so long ago."""
    return tx.run(
        "UPDATE recurrences SET text = '', version = version + 1 WHERE id IN (SELECT r.id FROM recurrences r"
        " WHERE r.text <> '' AND r.state = 'ended' AND r.ended_at < :at ORDER BY r.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def alerts_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What somebody wrote about what they found; what it was in a word stays."""
    return tx.run(
        "UPDATE alerts SET remark = NULL, version = version + 1 WHERE id IN (SELECT a.id FROM alerts a"
        " WHERE a.remark IS NOT NULL AND a.state = 'closed' AND a.opened_at < :at ORDER BY a.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def details_before(tx: Transaction, at: datetime, limit: int) -> int:
    """People's words in the history, of needs, alerts, visits and plans that have ended."""
    return tx.run(
        "UPDATE history SET detail = NULL WHERE id IN (SELECT h.id FROM history h WHERE h.detail IS NOT NULL"
        f" AND h.at < :at AND {STILL_RUNNING} ORDER BY h.at LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def plans_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Notes, witnesses and contacts of care plans that ended so long ago and of whom nobody is being looked after."""
    rows = tx.all(
        "SELECT p.id FROM plans p WHERE p.state = 'ended' AND (p.notes IS NOT NULL OR p.witness IS NOT NULL"
        " OR p.neighbour_id IS NOT NULL OR EXISTS (SELECT 1 FROM contacts c WHERE c.plan_id = p.id))"
        " AND NOT EXISTS (SELECT 1 FROM history h WHERE h.subject = 'plan:' || p.id AND h.at >= :at)"
        f" AND p.person_id NOT IN ({LOOKED_AFTER}) ORDER BY p.id LIMIT :limit",
        {"at": seconds(at), "limit": limit},
    )
    places, values = among("plan", [row["id"] for row in rows])
    tx.run(f"DELETE FROM contacts WHERE plan_id IN ({places})", values)
    tx.run(
        "UPDATE plans SET notes = NULL, witness = NULL, neighbour_id = NULL, version = version + 1"
        f" WHERE id IN ({places})",
        values,
    )
    return len(rows)


def volunteers_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What somebody said of themselves who has stopped helping, or was never approved, so long ago."""
    return tx.run(
        "UPDATE volunteers SET about = NULL, reason = NULL, version = version + 1 WHERE id IN (SELECT v.id FROM volunteers v"
        " WHERE v.state IN ('declined', 'retired', 'lapsed') AND (v.about IS NOT NULL OR v.reason IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM history h WHERE h.subject = 'volunteer:' || v.id AND h.at >= :at)"
        " ORDER BY v.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def wellbeing_before(tx: Transaction, at: datetime, limit: int) -> int:
    """How somebody slept or ate so long ago."""
    return tx.run(
        "DELETE FROM wellbeing WHERE id IN (SELECT w.id FROM wellbeing w WHERE w.asked_at < :at ORDER BY w.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )


def showings_before(tx: Transaction, at: datetime, limit: int) -> int:
    """Who was shown whose contact data."""
    return tx.run(
        "DELETE FROM disclosures WHERE id IN (SELECT d.id FROM disclosures d WHERE d.at < :at ORDER BY d.id LIMIT :limit)",
        {"at": seconds(at), "limit": limit},
    )
