"""Whom matching looks at, in the database: a small pool for each tier, drawn from indexes, and what counts about each of them.

However many volunteers a place has, a pool holds a few dozen of them, whoever was asked longest ago first; the rule then decides.
What keeps somebody back is asked here too, so that a pool is not filled with people who may not be asked.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.areas import Kind
from bot.domain.assignments import IN_PERSON
from bot.domain.lapses import FADES_AFTER
from bot.domain.matching import HELP_WITHIN, OFFERS_WITHIN, RESERVE, WELL, Ask, Candidate, Search, Tier, Waves, within
from bot.domain.needs import Need, Urgency
from bot.domain.people import Language
from bot.domain.recurrences import AGAIN
from bot.domain.reopenings import ONCE_MORE
from bot.storage.beginners import EXPERIENCED
from bot.storage.columns import among, instant, seconds
from bot.storage.database import Row, Transaction, Values
from bot.storage.needs import HEARS

# Asked alone, beside the waves.
ALONE = (IN_PERSON, ONCE_MORE, AGAIN)
POOL = 24
# Help of which nobody has said how long it took is counted as an hour.
HELP_MINUTES = 60
FAR = 99
# A wave costs some milliseconds: so many in one transaction, so that nobody waits for the writer; the next tick goes on.
WAVES_AT_ONCE = 50

HELPING = "r.role IN ('volunteer', 'leader')"
# Quiet hours may go over midnight.
_FROM, _UNTIL = "COALESCE(h.quiet_from, :quiet_from)", "COALESCE(h.quiet_until, :quiet_until)"
_TODAY = "CASE WHEN COALESCE(h.asked_day, 0) = :day THEN h.asked_today ELSE 0 END"
_MOST = "COALESCE(h.offers_a_day, :offers_a_day)"
AWAKE = (
    f"((:is_now = 1 AND COALESCE(h.night_now, 0) = 1) OR CASE WHEN {_FROM} <= {_UNTIL}"
    f" THEN :minute < {_FROM} OR :minute >= {_UNTIL} ELSE :minute < {_FROM} AND :minute >= {_UNTIL} END)"
)
# How many running needs somebody comes along to, beside those that they lead.
ALONG = (
    "(SELECT COUNT(*) FROM seat_people b JOIN needs c ON c.id = b.need_id"
    " WHERE b.person_id = {person} AND b.left_at IS NULL AND c.state = 'claimed')"
)
FREE = (
    # What costs nothing comes first: at night everybody is looked at, and nobody found.
    f" {AWAKE} AND x.person_id <> :resident_id"
    " AND COALESCE(h.rest_until, 0) <= :now"
    f" AND ({_TODAY} < {_MOST} - :reserve OR ({_TODAY} < 1 AND {_MOST} > 0))"
    " AND NOT (COALESCE(h.silent, 0) >= :silent_after AND COALESCE(h.asked_at, 0) > :rarely)"
    # Whichever of our bots they use: they are spoken to there, and claim there.
    f" AND EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = x.person_id AND {HEARS})"
    " AND NOT EXISTS (SELECT 1 FROM partings q WHERE q.person_id = :resident_id AND q.other_id = x.person_id)"
    " AND NOT EXISTS (SELECT 1 FROM partings q WHERE q.person_id = x.person_id AND q.other_id = :resident_id)"
    " AND NOT EXISTS (SELECT 1 FROM unease u WHERE u.person_id = :resident_id AND u.other_id = x.person_id"
    " AND u.lifted_at IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM unease u WHERE u.person_id = x.person_id AND u.other_id = :resident_id"
    " AND u.lifted_at IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.need_id = :need_id AND o.person_id = x.person_id"
    " AND (o.round >= :round OR o.answer IS NOT NULL) AND NOT (o.answer = 'later' AND o.again_at <= :now))"
    " AND (SELECT COUNT(*) FROM needs c WHERE c.claimed_by = x.person_id AND c.state = 'claimed')"
    f" + {ALONG.format(person='x.person_id')} < :claims_at_once"
    " AND (:skill_needed = 0 OR EXISTS (SELECT 1 FROM skills s WHERE s.person_id = x.person_id AND s.skill = :skill))"
)


@dataclass(frozen=True)
class Around:
    """Where a need is: its place, and the places that serve it (itself and all above). None: it is not needed in one."""

    place: int
    line: tuple[int, ...]
    building: int | None
    grid: int | None
    community: int | None
    street: int | None


def around(tx: Transaction, area_id: int) -> Around:
    """The places around a need, from the nearest to the farthest."""
    rows = tx.all(
        "SELECT a.id, a.kind FROM area_tree t JOIN areas a ON a.id = t.ancestor_id"
        " WHERE t.descendant_id = :id ORDER BY t.depth",
        {"id": area_id},
    )
    of_kind = {row["kind"]: row["id"] for row in rows}
    return Around(
        place=area_id,
        line=tuple(row["id"] for row in rows),
        building=of_kind.get(Kind.BUILDING.value),
        grid=of_kind.get(Kind.GRID.value),
        community=of_kind.get(Kind.COMMUNITY.value),
        street=of_kind.get(Kind.STREET.value),
    )


def _sisters(tx: Transaction, where: Around) -> tuple[int, ...]:
    """The other communities of the same street."""
    if where.community is None or where.street is None:
        return ()
    rows = tx.all(
        "SELECT id FROM areas WHERE parent_id = :street AND kind = 'community' AND id <> :community ORDER BY id",
        {"street": where.street, "community": where.community},
    )
    return tuple(row["id"] for row in rows)


# --- pools ---


def pool(tx: Transaction, tier: Tier, ask: Ask, need: Need, search: Search, where: Around, waves: Waves) -> list[int]:
    """Some of those of a tier who may be asked now, whoever was asked longest ago first; at most `POOL`, and as many skilled."""
    values = _values(ask, need, search, where, waves)
    line, line_values = among("line", list(where.line))
    values |= line_values
    night = within(ask.minute, waves.quiet)
    if night and tx.one(f"SELECT 1 AS one FROM helpers h WHERE {OWL} LIMIT 1") is None:
        return []
    only = (f" AND {OWL}" if night else "") + (f" AND {EXPERIENCED.format(person='x.person_id')}" if ask.visits else "")
    match tier:
        case Tier.BEFORE:
            return _drawn(tx, BEFORE, line, values, only)
        case Tier.BUILDING:
            return [] if where.building is None else _drawn(tx, IN_BUILDING, line, values, only)
        case Tier.GRID:
            return [] if where.grid is None else _drawn(tx, IN_GRID, line, values, only)
        case Tier.COMMUNITY:
            skilled = [] if ask.skill is None else _skilled(tx, where, line, values, only)
            if len(skilled) >= POOL:
                # Whoever can do it well comes before everybody else of a tier.
                return skilled
            return [*dict.fromkeys((*skilled, *_by_turn(tx, where.line, values, only)))]
        case Tier.NEAR:
            return _by_turn(tx, _sisters(tx, where), values, only)


# In the community's quiet hours only those are awake who have said so: there are few of them, and an index finds them, where
# else everybody would have to be looked at.
OWL = "(h.quiet_from IS NOT NULL OR h.night_now = 1)"


BEFORE = (
    "SELECT n.claimed_by AS person_id, MAX(n.id) AS asked_at FROM needs n WHERE n.person_id = :resident_id"
    " AND n.state = 'closed' AND n.outcome = 'done' AND COALESCE(n.stars, 5) >= :well AND n.claimed_by IS NOT NULL"
    f" AND EXISTS (SELECT 1 FROM roles r WHERE r.person_id = n.claimed_by AND {HELPING} AND r.area_id IN ({{line}}))"
    " GROUP BY n.claimed_by"
)
# When somebody who helps here was asked last, looked up one by one: joined, PostgreSQL would read everybody's roles.
TURN = f"(SELECT MIN(r.asked_at) FROM roles r WHERE r.person_id = p.id AND {HELPING} AND r.area_id IN ({{line}})) AS asked_at"
IN_BUILDING = (
    f"SELECT p.id AS person_id, {TURN} FROM persons p WHERE p.building_id = :building"
    f" UNION SELECT r.person_id, r.asked_at FROM roles r JOIN persons p ON p.id = r.person_id"
    f" WHERE r.area_id = :building AND {HELPING} AND p.building_id IS NULL"
)
IN_GRID = (
    f"SELECT p.id AS person_id, {TURN} FROM area_tree t JOIN persons p ON p.building_id = t.descendant_id"
    " WHERE t.ancestor_id = :grid"
    f" UNION SELECT r.person_id, r.asked_at FROM area_tree t JOIN roles r ON r.area_id = t.descendant_id"
    f" JOIN persons p ON p.id = r.person_id WHERE t.ancestor_id = :grid AND {HELPING} AND r.area_id IN ({{line}})"
    " AND p.building_id IS NULL"
)
SKILLED = (
    "SELECT s.person_id, MIN(r.asked_at) AS asked_at FROM skills s JOIN roles r ON r.person_id = s.person_id"
    f" WHERE s.skill = :skill AND {HELPING} AND r.area_id IN ({{line}}) GROUP BY s.person_id"
)


# From so many people with a skill on it is quicker to look for them in the order of their turn than to sort all of them.
COMMON = 200
MANY = "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM skills WHERE skill = :skill LIMIT :common) found"
# Counted and not joined: PostgreSQL would begin with all who have the skill.
WITH_SKILL = " AND (SELECT COUNT(*) FROM skills s WHERE s.person_id = x.person_id AND s.skill = :skill) > 0"


def _skilled(tx: Transaction, where: Around, line: str, values: Values, only: str) -> list[int]:
    found = tx.one(MANY, {"skill": values["skill"], "common": COMMON})
    if found is not None and found["n"] >= COMMON:
        return _by_turn(tx, where.line, values, WITH_SKILL + only)
    return _drawn(tx, SKILLED, line, values, only)


def _drawn(tx: Transaction, source: str, line: str, values: Values, only: str) -> list[int]:
    # Sorted before they are looked at closely, so that only as many are as the pool needs.
    found = f"SELECT s.person_id, s.asked_at FROM ({source.format(line=line)}) s WHERE s.asked_at IS NOT NULL"
    turns = f"{found} ORDER BY s.asked_at, s.person_id"
    rows = tx.all(
        f"SELECT x.person_id FROM ({turns}) x LEFT JOIN helpers h ON h.person_id = x.person_id"
        f" WHERE {FREE}{only} ORDER BY x.asked_at, x.person_id LIMIT :pool",
        values,
    )
    return [row["person_id"] for row in rows]


def _by_turn(tx: Transaction, places: tuple[int, ...], values: Values, only: str = "") -> list[int]:
    """Those who serve these places, in the order in which an index has them: it is read only as far as the pool goes."""
    found: list[Row] = []
    for place in places:
        found += tx.all(
            "SELECT x.person_id, x.asked_at FROM roles x LEFT JOIN helpers h ON h.person_id = x.person_id"
            f" WHERE x.area_id = :place AND x.role IN ('volunteer', 'leader') AND {FREE}{only} ORDER BY x.asked_at LIMIT :pool",
            {**values, "place": place},
        )
    turns = sorted(found, key=lambda row: (row["asked_at"], row["person_id"]))
    return list(dict.fromkeys(row["person_id"] for row in turns))[:POOL]


def _values(ask: Ask, need: Need, search: Search, where: Around, waves: Waves) -> dict[str, object]:
    return {
        "need_id": need.id,
        "resident_id": ask.resident_id,
        "now": seconds(ask.now),
        "minute": ask.minute,
        "day": ask.day,
        "is_now": int(ask.urgency is Urgency.NOW),
        "quiet_from": waves.quiet[0],
        "quiet_until": waves.quiet[1],
        "offers_a_day": waves.offers_a_day,
        "reserve": RESERVE[ask.urgency],
        "claims_at_once": waves.claims_at_once,
        "silent_after": waves.silent_after,
        "rarely": seconds(ask.now - waves.rarely),
        "round": search.round,
        "skill": ask.skill or "",
        "skill_needed": int(ask.skill_needed),
        "building": where.building or 0,
        "grid": where.grid or 0,
        "well": WELL,
        "visits": ask.visits,
        "pool": POOL,
    }


# --- what counts about each ---

FACTS = (
    "SELECT p.id AS person_id, p.language, h.rest_until, h.quiet_from, h.quiet_until, h.night_now, h.times,"
    " h.offers_a_day, h.silent, h.asked_at, h.asked_day, h.asked_today, o.round AS asked_round, o.answer, o.again_at,"
    " (SELECT COUNT(*) FROM skills s WHERE s.person_id = p.id AND s.skill = :skill) AS skilled,"
    " (SELECT MIN(near.depth) FROM area_tree home JOIN area_tree near ON near.ancestor_id = home.ancestor_id"
    "  WHERE near.descendant_id = :place AND home.descendant_id = COALESCE(p.building_id,"
    f"  (SELECT MIN(r.area_id) FROM roles r WHERE r.person_id = p.id AND {HELPING}))) AS distance,"
    " (SELECT AVG(n.stars) FROM needs n WHERE n.person_id = :resident_id AND n.claimed_by = p.id) AS stars,"
    " (SELECT COUNT(*) FROM lapses l WHERE l.person_id = p.id AND l.kind <> 'nobody_home' AND l.at > :half_year) AS lapses,"
    " (SELECT COUNT(*) FROM offers f WHERE f.person_id = p.id AND f.offered_at >= :week) AS recent_offers,"
    " (SELECT COALESCE(SUM(COALESCE((SELECT SUM(v.minutes) FROM visits v WHERE v.need_id = n.id AND v.helper_id = p.id),"
    "  :help_minutes)), 0) FROM needs n WHERE n.claimed_by = p.id AND n.state IN ('done', 'closed')"
    "  AND n.claimed_at >= :month) + :help_minutes * (SELECT COUNT(*) FROM seat_people b JOIN needs n ON n.id = b.need_id"
    "  WHERE b.person_id = p.id AND b.left_at IS NULL AND n.state IN ('done', 'closed') AND b.joined_at >= :month)"
    "  AS recent_minutes,"
    " (SELECT COUNT(*) FROM needs c WHERE c.claimed_by = p.id AND c.state = 'claimed')"
    f" + {ALONG.format(person='p.id')} AS open_claims,"
    " (SELECT COUNT(*) FROM partings q WHERE (q.person_id = :resident_id AND q.other_id = p.id)) AS left_by,"
    " (SELECT COUNT(*) FROM partings q WHERE (q.person_id = p.id AND q.other_id = :resident_id)) AS leaves,"
    " (SELECT COUNT(*) FROM unease u WHERE u.lifted_at IS NULL AND ((u.person_id = :resident_id AND u.other_id = p.id)"
    "  OR (u.person_id = p.id AND u.other_id = :resident_id))) AS paused,"
    f" (SELECT COUNT(*) FROM accounts a WHERE a.person_id = p.id AND {HEARS}) AS chats"
    " FROM persons p LEFT JOIN helpers h ON h.person_id = p.id"
    " LEFT JOIN offers o ON o.need_id = :need_id AND o.person_id = p.id"
)


def candidates(tx: Transaction, people: list[int], tier: Tier, ask: Ask, need: Need, search: Search) -> list[Candidate]:
    """These people as matching sees them now."""
    chunks = [people[at : at + POOL] for at in range(0, len(people), POOL)]
    return [one for chunk in chunks for one in _known(tx, chunk, tier, ask, need, search)]


def _known(tx: Transaction, people: list[int], tier: Tier, ask: Ask, need: Need, search: Search) -> list[Candidate]:
    # Always as many places in the list: a statement of its own for each length would be planned again and again.
    places, values = among("person", people + people[-1:] * (POOL - len(people)))
    rows = tx.all(
        f"{FACTS} WHERE p.id IN ({places})",
        {
            **values,
            "need_id": need.id,
            "resident_id": ask.resident_id,
            "place": need.area_id,
            "skill": ask.skill or "",
            "half_year": seconds(ask.now - FADES_AFTER),
            "week": seconds(ask.now - OFFERS_WITHIN),
            "month": seconds(ask.now - HELP_WITHIN),
            "help_minutes": HELP_MINUTES,
        },
    )
    return [_candidate(row, tier, ask, search) for row in rows]


def _candidate(row: Row, tier: Tier, ask: Ask, search: Search) -> Candidate:
    return Candidate(
        person_id=row["person_id"],
        tier=tier,
        skilled=row["skilled"] > 0,
        speaks=Language(row["language"]) is ask.language,
        distance=FAR if row["distance"] is None else row["distance"],
        stars=None if row["stars"] is None else float(row["stars"]),
        times=row["times"],
        lapses=row["lapses"],
        recent_offers=row["recent_offers"],
        recent_minutes=int(row["recent_minutes"]),
        reachable=row["chats"] > 0,
        parted=row["left_by"] + row["leaves"] + row["paused"] > 0,
        rest_until=instant(row["rest_until"]),
        quiet=None if row["quiet_from"] is None else (row["quiet_from"], row["quiet_until"]),
        night_now=row["night_now"] == 1,
        asked_today=row["asked_today"] if row["asked_day"] == ask.day else 0,
        offers_a_day=row["offers_a_day"],
        open_claims=row["open_claims"],
        silent=row["silent"] or 0,
        asked_at=instant(row["asked_at"]),
        asked_in_round=row["asked_round"] is not None and row["asked_round"] >= search.round,
        answer=row["answer"],
        again_at=instant(row["again_at"]),
    )


def returning(tx: Transaction, need_id: int, now: datetime) -> list[tuple[int, Tier]]:
    """Who wanted to be asked for this need once more, and whose time has come; each with why they were asked."""
    rows = tx.all(
        "SELECT person_id, reason FROM offers WHERE need_id = :id AND answer = 'later' AND again_at <= :now"
        " ORDER BY again_at, person_id",
        {"id": need_id, "now": seconds(now)},
    )
    return [(row["person_id"], Tier.BEFORE if row["reason"] in ALONE else Tier(row["reason"])) for row in rows]


def next_return(tx: Transaction, need_id: int, now: datetime) -> datetime | None:
    """When the next of those who wanted to be asked once more is to be; None: nobody is waiting for it."""
    row = tx.one(
        "SELECT MIN(again_at) AS at FROM offers WHERE need_id = :id AND answer = 'later' AND again_at > :now",
        {"id": need_id, "now": seconds(now)},
    )
    return None if row is None else instant(row["at"])


def serve(tx: Transaction, places: tuple[int, ...], but: int) -> bool:
    """Whether these places have any volunteer at all whom a chat reaches, however little time they have now."""
    areas, values = among("area", list(places))
    row = tx.one(
        f"SELECT 1 AS one FROM roles r WHERE {HELPING} AND r.area_id IN ({areas}) AND r.person_id <> :but AND EXISTS"
        f" (SELECT 1 FROM accounts a WHERE a.person_id = r.person_id AND {HEARS})"
        " LIMIT 1",
        {**values, "but": but},
    )
    return row is not None


def serving(tx: Transaction, places: tuple[int, ...], limit: int) -> list[int]:
    """Who serves these places and can be reached, whoever was asked longest ago first."""
    areas, values = among("area", list(places))
    rows = tx.all(
        f"SELECT r.person_id, MIN(r.asked_at) AS turn FROM roles r WHERE {HELPING} AND r.area_id IN ({areas}) AND EXISTS"
        f" (SELECT 1 FROM accounts a WHERE a.person_id = r.person_id AND {HEARS})"
        " GROUP BY r.person_id ORDER BY turn, r.person_id LIMIT :limit",
        {**values, "limit": limit},
    )
    return [row["person_id"] for row in rows]


# --- searches ---


def search(tx: Transaction, need_id: int) -> Search | None:
    """How far the asking for a need has come; None: it has not begun. Whoever asks has locked the need."""
    row = tx.one("SELECT * FROM searches WHERE need_id = :id", {"id": need_id})
    return None if row is None else Search(row["need_id"], row["round"], row["wave"], instant(row["act_at"]))


def keep(tx: Transaction, search: Search) -> None:
    """Write how far it has come."""
    tx.run(
        "INSERT INTO searches (need_id, round, wave, act_at) VALUES (:need_id, :round, :wave, :act_at)"
        " ON CONFLICT (need_id) DO UPDATE SET round = excluded.round, wave = excluded.wave, act_at = excluded.act_at",
        {"need_id": search.need_id, "round": search.round, "wave": search.wave, "act_at": seconds(search.act_at)},
    )


def rest(tx: Transaction, need_id: int) -> None:
    """Nobody further is asked: everybody who is needed goes."""
    tx.run("UPDATE searches SET act_at = NULL WHERE need_id = :id AND act_at IS NOT NULL", {"id": need_id})


def look_by(tx: Transaction, need_id: int, at: datetime) -> None:
    """The search goes on then at the latest, unless it has ended."""
    tx.run("UPDATE searches SET act_at = :at WHERE need_id = :id AND act_at > :at", {"id": need_id, "at": seconds(at)})


def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """For which needs the next wave is due, the longest waiting first. The needs are locked, as everywhere before searches."""
    rows = tx.all(
        "SELECT s.need_id FROM searches s JOIN needs n ON n.id = s.need_id WHERE s.act_at <= :now"
        " ORDER BY s.act_at LIMIT :limit FOR NO KEY UPDATE OF n SKIP LOCKED",
        {"now": seconds(now), "limit": min(limit, WAVES_AT_ONCE)},
    )
    return [row["need_id"] for row in rows]


def postpone(tx: Transaction, need_id: int, until: datetime) -> None:
    """Time looks at it again then."""
    tx.run("UPDATE searches SET act_at = :until WHERE need_id = :id", {"id": need_id, "until": seconds(until)})


def late(tx: Transaction, before: datetime) -> int:
    """How many were due before then and have not been looked at."""
    row = tx.one("SELECT COUNT(*) AS n FROM searches WHERE act_at < :before", {"before": seconds(before)})
    return 0 if row is None else int(row["n"])


def next_act(tx: Transaction) -> datetime | None:
    """When time acts next; None: nothing waits for it."""
    row = tx.one("SELECT MIN(act_at) AS at FROM searches WHERE act_at IS NOT NULL")
    return None if row is None else instant(row["at"])
