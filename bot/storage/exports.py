"""What the database knows of a person, kind by kind, opened for themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from bot.domain.exports import ROWS_AT_MOST, Section, Value
from bot.storage.columns import instant
from bot.storage.database import Row, Transaction


@dataclass(frozen=True)
class Kind:
    """One kind of record. `sealed` are columns ("table.column") whose words are opened, `times` those that hold instants."""

    name: str
    select: str
    sealed: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


# Newest first: where there are more than a file can hold, the oldest are left out.
KINDS = (
    Kind(
        "person",
        "SELECT p.id, p.name, p.language, p.telephone, p.door, a.name AS place, p.created_at FROM persons p"
        " LEFT JOIN areas a ON a.id = p.building_id WHERE p.id = :id",
        ("persons.name", "persons.telephone", "persons.door"),
        ("created_at",),
    ),
    Kind("chats", "SELECT user_id, heard_at FROM accounts WHERE person_id = :id", times=("heard_at",)),
    Kind(
        "roles",
        "SELECT r.role, a.name AS place, r.granted_at FROM roles r JOIN areas a ON a.id = r.area_id WHERE r.person_id = :id",
        times=("granted_at",),
    ),
    Kind("skills", "SELECT skill FROM skills WHERE person_id = :id ORDER BY skill"),
    Kind(
        "volunteering",
        "SELECT a.name AS place, v.state, v.about, v.rules, v.agreed_at, v.renew_at, v.reason FROM volunteers v"
        " JOIN areas a ON a.id = v.area_id WHERE v.person_id = :id ORDER BY v.id",
        ("volunteers.about", "volunteers.reason"),
        ("agreed_at", "renew_at"),
    ),
    Kind(
        "requests",
        "SELECT id, category, urgency, window_from, window_until, text, state, posted_at, claimed_at, outcome, remark,"
        " stars FROM needs WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
        ("needs.text", "needs.remark"),
        ("posted_at", "claimed_at", "window_from", "window_until"),
    ),
    Kind(
        "recurring",
        "SELECT id, category, text, rule, starts, ends, until, state, next_day, made_at, ended_at FROM recurrences"
        " WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
        ("recurrences.text",),
        ("made_at", "ended_at"),
    ),
    Kind(
        "help",
        "SELECT id, category, state, claimed_at, outcome FROM needs WHERE claimed_by = :id OR id IN"
        " (SELECT need_id FROM seat_people WHERE person_id = :id AND left_at IS NULL) ORDER BY id DESC LIMIT :limit",
        times=("claimed_at",),
    ),
    Kind(
        "ratings given",
        "SELECT need_id AS id, side, stars, words, rated_at, shown_at FROM ratings WHERE person_id = :id"
        " ORDER BY rated_at DESC, id DESC LIMIT :limit",
        ("ratings.words",),
        ("rated_at", "shown_at"),
    ),
    # What the other side said belongs to the reader from when they are shown it.
    Kind(
        "ratings got",
        "SELECT need_id AS id, side, stars, words, rated_at FROM ratings WHERE other_id = :id AND shown_at IS NOT NULL"
        " ORDER BY rated_at DESC, id DESC LIMIT :limit",
        ("ratings.words",),
        ("rated_at",),
    ),
    Kind(
        "disputes",
        "SELECT need_id AS id, words, said_at FROM disputes WHERE helper_id = :id AND said_at IS NOT NULL"
        " ORDER BY disputes.id DESC LIMIT :limit",
        ("disputes.words",),
        ("said_at",),
    ),
    Kind(
        "lapses",
        "SELECT need_id AS id, kind, at, words FROM lapses WHERE person_id = :id ORDER BY lapses.id DESC LIMIT :limit",
        ("lapses.words",),
        ("at",),
    ),
    Kind(
        "showcases",
        "SELECT need_id AS id, words, state, written_at, shown_at FROM showcases WHERE person_id = :id"
        " ORDER BY showcases.id DESC LIMIT :limit",
        ("showcases.words",),
        ("written_at", "shown_at"),
    ),
    Kind(
        "unease",
        "SELECT need_id AS id, words, said_at, handled_at FROM unease WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
        ("unease.words",),
        ("said_at", "handled_at"),
    ),
    Kind(
        "once more",
        "SELECT need_id AS id, why, words, at FROM reopenings WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
        ("reopenings.words",),
        ("at",),
    ),
    Kind(
        "visits",
        "SELECT need_id, begun_at, ended_at, minutes FROM visits WHERE helper_id = :id ORDER BY id DESC LIMIT :limit",
        times=("begun_at", "ended_at"),
    ),
    Kind(
        "hints",
        "SELECT need_id, text, made_at FROM hints WHERE text IS NOT NULL AND (person_id = :id OR by_id = :id)"
        " ORDER BY id DESC LIMIT :limit",
        ("hints.text",),
        ("made_at",),
    ),
    Kind(
        "money",
        "SELECT r.need_id, r.given, r.spent, r.made_at, r.settled_at FROM receipts r JOIN needs n ON n.id = r.need_id"
        " WHERE r.helper_id = :id OR n.person_id = :id ORDER BY r.id DESC LIMIT :limit",
        times=("made_at", "settled_at"),
    ),
    Kind(
        "handovers",
        "SELECT need_id, asked_at, act_at FROM handovers WHERE from_id = :id OR to_id = :id ORDER BY id",
        times=("asked_at", "act_at"),
    ),
    Kind("goes alone", "SELECT at FROM beginners_known WHERE person_id = :id", times=("at",)),
    Kind(
        "offers",
        "SELECT need_id, reason, answer, offered_at FROM offers WHERE person_id = :id ORDER BY offered_at DESC LIMIT :limit",
        times=("offered_at",),
    ),
    Kind(
        "care",
        "SELECT id, state, slots, grace_minutes, notes, consent, consent_at, witness, paused_until, pause_reason FROM plans"
        " WHERE person_id = :id ORDER BY id",
        ("plans.notes", "plans.witness"),
        ("consent_at", "paused_until"),
    ),
    Kind(
        "contacts",
        "SELECT c.name, c.relation, c.telephone FROM contacts c JOIN plans p ON p.id = c.plan_id"
        " WHERE p.person_id = :id ORDER BY c.plan_id, c.rank",
        ("contacts.name", "contacts.relation", "contacts.telephone"),
    ),
    Kind(
        "absences",
        "SELECT reason, from_at, until_at, ended_at FROM absences WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
        times=("from_at", "until_at", "ended_at"),
    ),
    Kind(
        "questions",
        "SELECT day, slot, channel, state, answer, asked_at, answered_at FROM checkins WHERE person_id = :id"
        " ORDER BY id DESC LIMIT :limit",
        times=("asked_at", "answered_at"),
    ),
    Kind(
        "wellbeing",
        "SELECT day, topic, good FROM wellbeing WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
    ),
    Kind(
        "alerts",
        "SELECT id, cause, state, opened_at, outcome, remark FROM alerts WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
        ("alerts.remark",),
        ("opened_at",),
    ),
    Kind(
        "sent",
        "SELECT kind, subject, words, state, sent_at FROM media WHERE person_id = :id ORDER BY id DESC LIMIT :limit",
        ("media.words",),
        ("sent_at",),
    ),
    Kind(
        "enclosed",
        "SELECT kind, subject, data, at FROM enclosures WHERE person_id = :id AND data IS NOT NULL ORDER BY id DESC LIMIT :limit",
        ("enclosures.data",),
        ("at",),
    ),
    Kind(
        "beneficiaries",
        "SELECT subject, name, door, telephone, agreed_at, at FROM beneficiaries WHERE person_id = :id"
        " ORDER BY id DESC LIMIT :limit",
        ("beneficiaries.name", "beneficiaries.door", "beneficiaries.telephone"),
        ("agreed_at", "at"),
    ),
    Kind(
        "messages",
        "SELECT need_id, text, sent_at FROM relays WHERE from_id = :id ORDER BY id DESC LIMIT :limit",
        ("relays.text",),
        ("sent_at",),
    ),
    Kind(
        "duty",
        "SELECT h.from_at, h.until_at, a.name AS place FROM watch_holds h JOIN areas a ON a.id = h.area_id"
        " WHERE h.person_id = :id ORDER BY h.id DESC LIMIT :limit",
        times=("from_at", "until_at"),
    ),
    Kind(
        "away",
        "SELECT since, until_at FROM deputies WHERE person_id = :id",
        times=("since", "until_at"),
    ),
    Kind(
        "waits",
        "SELECT subject, since, act_at FROM flood_waits WHERE person_id = :id ORDER BY id",
        times=("since", "act_at"),
    ),
    Kind(
        "lists",
        "SELECT book, filter, updated_at FROM listings WHERE person_id = :id ORDER BY id",
        ("listings.filter",),
        ("updated_at",),
    ),
    Kind(
        "files",
        "SELECT book, form, filter, state, rows_done, asked_at FROM listing_exports WHERE person_id = :id ORDER BY id",
        ("listing_exports.filter",),
        ("asked_at",),
    ),
    Kind(
        "showings",
        "SELECT d.at, v.name, d.subject FROM disclosures d JOIN persons v ON v.id = d.viewer_id"
        " WHERE d.person_id = :id ORDER BY d.id DESC LIMIT :limit",
        ("persons.name",),
        ("at",),
    ),
    Kind(
        "history",
        "SELECT at, subject, event, after, detail FROM history WHERE actor_id = :id ORDER BY id DESC LIMIT :limit",
        ("history.detail",),
        ("at",),
    ),
)


def sections(tx: Transaction, person_id: int, zone: tzinfo) -> Iterator[Section]:
    """Every kind of which there is something, with instants as local times."""
    for kind in KINDS:
        rows = tx.all(kind.select, {"id": person_id, "limit": ROWS_AT_MOST})
        if rows:
            fields = tuple(dict(rows[0]))
            yield Section(kind.name, fields, tuple(_plain(tx, kind, row, zone) for row in rows))


def _plain(tx: Transaction, kind: Kind, row: Row, zone: tzinfo) -> tuple[Value, ...]:
    sealed = {one.partition(".")[2]: one for one in kind.sealed}
    return tuple(_value(tx, value, sealed.get(name), name in kind.times, zone) for name, value in dict(row).items())


def _value(tx: Transaction, value: Value, column: str | None, timed: bool, zone: tzinfo) -> Value:
    if value in (None, ""):
        return None
    if column is not None:
        return tx.vault.open(column, str(value))
    if timed and isinstance(value, int):
        return instant(value).astimezone(zone).isoformat(timespec="minutes")
    return value
