"""People in the database: their sealed names and doors, their chats, their roles and skills."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.people import Actor, Grant, Language, Person, Role
from bot.storage.columns import among, seconds
from bot.storage.database import Row, Transaction, Values

# Nothing keeps messages from this chat: neither a block nor a farewell.
REACHED = "unreachable_at IS NULL AND silent_from IS NULL"
COLUMNS = "p.id, p.name, p.language, p.telephone, p.door, p.building_id, p.menu, p.version"


def by_account(tx: Transaction, bot_id: int, user_id: int) -> Person | None:
    """Who speaks from this Telegram account, their row locked until the end of the transaction; None: nobody we know."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM accounts a JOIN persons p ON p.id = a.person_id"
        " WHERE a.bot_id = :bot_id AND a.user_id = :user_id FOR NO KEY UPDATE OF p",
        {"bot_id": bot_id, "user_id": user_id},
    )
    return None if row is None else _person(tx, row)


def known_elsewhere(tx: Transaction, bot_id: int, user_id: int) -> Person | None:
    """Who speaks from this Telegram account with another of our bots, their row locked; None: nobody we know."""
    row = tx.one(
        "SELECT bot_id FROM accounts WHERE user_id = :user_id AND bot_id <> :bot_id AND silent_from IS NULL"
        " ORDER BY COALESCE(heard_at, 0) DESC, bot_id LIMIT 1",
        {"bot_id": bot_id, "user_id": user_id},
    )
    return None if row is None else by_account(tx, row["bot_id"], user_id)


def met_elsewhere(tx: Transaction, bot_id: int, user_id: int) -> Person | None:
    """The same, and from now on they speak with this bot too."""
    person = known_elsewhere(tx, bot_id, user_id)
    if person is not None:
        values = {"bot_id": bot_id, "user_id": user_id, "person_id": person.id}
        tx.run("INSERT INTO accounts (bot_id, user_id, person_id) VALUES (:bot_id, :user_id, :person_id)", values)
    return person


def lock(tx: Transaction, bot_id: int, user_ids: Iterable[int]) -> None:
    """Lock the persons behind these accounts in the order of their ids, so that two batches never wait for each other."""
    places, values = among("user", sorted(set(user_ids)))
    tx.all(
        "SELECT p.id FROM persons p WHERE p.id IN"
        f" (SELECT a.person_id FROM accounts a WHERE a.bot_id = :bot_id AND a.user_id IN ({places}))"
        " ORDER BY p.id FOR NO KEY UPDATE",
        {"bot_id": bot_id, **values},
    )


def get(tx: Transaction, person_id: int) -> Person:
    """One person; LookupError if there is none."""
    person = find(tx, person_id)
    if person is None:
        raise LookupError(f"person {person_id}")
    return person


def find(tx: Transaction, person_id: int) -> Person | None:
    """One person; None: there is none of this number."""
    row = tx.one(f"SELECT {COLUMNS} FROM persons p WHERE p.id = :id", {"id": person_id})
    return None if row is None else _person(tx, row)


def hears(tx: Transaction, person_id: int, bot_id: int, chat_id: int, letter_id: int) -> bool:
    """Whether a letter may still be said in this chat of theirs: after a farewell only what was written since then."""
    row = tx.one(
        "SELECT silent_from FROM accounts WHERE bot_id = :bot_id AND user_id = :chat_id AND person_id = :id",
        {"id": person_id, "bot_id": bot_id, "chat_id": chat_id},
    )
    return row is None or row["silent_from"] is None or letter_id > row["silent_from"]


def language_of(tx: Transaction, person_id: int) -> Language:
    """Which language a person reads; LookupError if there is no such person."""
    row = tx.one("SELECT language FROM persons WHERE id = :id", {"id": person_id})
    if row is None:
        raise LookupError(f"person {person_id}")
    return Language(row["language"])


def actor(tx: Transaction, person: Person) -> Actor:
    """A person with the roles they hold."""
    rows = tx.all("SELECT role, area_id FROM roles WHERE person_id = :id ORDER BY role, area_id", {"id": person.id})
    return Actor(person, tuple(Grant(Role(row["role"]), row["area_id"]) for row in rows))


def make(tx: Transaction, *, bot_id: int, user_id: int, name: str, language: Language, now: datetime) -> Person:
    """A new person who speaks from this account."""
    row = tx.one(
        "INSERT INTO persons (name, name_hash, language, created_at, menu, version)"
        " VALUES (:name, :name_hash, :language, :now, 0, 0) RETURNING id",
        {**_named(tx, name), "language": language.value, "now": seconds(now)},
    )
    person = Person(id=_id(row), name=name, language=language)
    tx.run(
        "INSERT INTO accounts (bot_id, user_id, person_id) VALUES (:bot_id, :user_id, :person_id)",
        {"bot_id": bot_id, "user_id": user_id, "person_id": person.id},
    )
    return person


def near(tx: Transaction, area_id: int, *, within: int, but: int, limit: int, offset: int) -> list[int]:
    """People within a place whom a chat reaches, those of `area_id` first, then whoever shares most places above it."""
    rows = tx.all(
        "SELECT p.id, (SELECT COUNT(*) FROM area_tree a JOIN area_tree b ON b.ancestor_id = a.ancestor_id"
        " WHERE a.descendant_id = p.building_id AND b.descendant_id = :area_id) AS shared"
        " FROM persons p WHERE p.id <> :but AND p.building_id IN"
        " (SELECT descendant_id FROM area_tree WHERE ancestor_id = :within)"
        " AND EXISTS (SELECT 1 FROM accounts c WHERE c.person_id = p.id AND c.unreachable_at IS NULL AND c.silent_from IS NULL)"
        " ORDER BY shared DESC, p.id LIMIT :limit OFFSET :offset",
        {"area_id": area_id, "within": within, "but": but, "limit": limit, "offset": offset},
    )
    return [row["id"] for row in rows]


def save(tx: Transaction, old: Person, new: Person) -> bool:
    """Write `new` over `old` unless someone was faster; False means that nothing was written."""
    values = {
        "id": old.id,
        "old_version": old.version,
        **_named(tx, new.name),
        "language": new.language.value,
        "telephone": tx.vault.seal_maybe("persons.telephone", new.telephone),
        "telephone_hash": None if new.telephone is None else telephone_hash(tx, new.telephone),
        "door": tx.vault.seal_maybe("persons.door", new.door),
        "building_id": new.building_id,
        "menu": new.menu,
    }
    return (
        tx.run(
            "UPDATE persons SET name = :name, name_hash = :name_hash, language = :language, telephone = :telephone,"
            " telephone_hash = :telephone_hash, door = :door, building_id = :building_id, menu = :menu, version = version + 1"
            " WHERE id = :id AND version = :old_version",
            values,
        )
        == 1
    )


def make_without_chat(
    tx: Transaction,
    *,
    name: str,
    language: Language,
    telephone: str | None,
    building_id: int | None,
    now: datetime,
    door: str | None = None,
) -> Person:
    """A new person who has no chat with us (yet)."""
    row = tx.one(
        "INSERT INTO persons (name, name_hash, language, telephone, telephone_hash, door, building_id, created_at, menu,"
        " version) VALUES (:name, :name_hash, :language, :telephone, :hash, :door, :building_id, :now, 0, 0) RETURNING id",
        {
            **_named(tx, name),
            "language": language.value,
            "telephone": tx.vault.seal_maybe("persons.telephone", telephone),
            "hash": None if telephone is None else telephone_hash(tx, telephone),
            "door": tx.vault.seal_maybe("persons.door", door),
            "building_id": building_id,
            "now": seconds(now),
        },
    )
    return Person(_id(row), name, language, telephone, door, building_id)


def either(name: str, hashes: list[str]) -> tuple[str, dict[str, str]]:
    """Hashes under every key for `IN (…)`: while keys are changed a row may still be known by the older one."""
    named = {f"{name}{number}": one for number, one in enumerate(hashes)}
    return ", ".join(f":{one}" for one in named), named


def with_telephone(tx: Transaction, telephone: str) -> list[Person]:
    """Who has given this telephone (+E.164), the oldest first."""
    places, hashes = either("hash", tx.vault.hashes("persons.telephone", telephone))
    rows = tx.all(f"SELECT {COLUMNS} FROM persons p WHERE p.telephone_hash IN ({places}) ORDER BY p.id", hashes)
    return [_person(tx, row) for row in rows]


def telephone_hash(tx: Transaction, telephone: str) -> str:
    """What a person is found by who has this telephone (+E.164)."""
    return tx.vault.hash("persons.telephone", telephone)


def name_hash(tx: Transaction, name: str) -> str:
    """What a person is found by who is called so, however it is written."""
    return tx.vault.hash("persons.name", _bare(name))


def name_hashes(tx: Transaction, name: str) -> list[str]:
    """The same under every key: for looking."""
    return tx.vault.hashes("persons.name", _bare(name))


def _bare(name: str) -> str:
    return "".join(name.casefold().split())


def hash_names(tx: Transaction, limit: int) -> int:
    """People who were written down before names could be looked for are found by theirs from now on; how many."""
    rows = tx.all(
        "SELECT id, name FROM persons WHERE name_hash IS NULL ORDER BY id LIMIT :limit FOR NO KEY UPDATE",
        {"limit": limit},
    )
    hashed = [{"id": row["id"], "hash": name_hash(tx, tx.vault.open("persons.name", row["name"]))} for row in rows]
    tx.many("UPDATE persons SET name_hash = :hash WHERE id = :id", hashed)
    return len(rows)


# A person without a chat of their own may be reached through a relative's, where both have agreed.
THROUGH = (
    "SELECT r.person_id, a.bot_id, a.user_id FROM relatives r JOIN accounts a ON a.person_id = r.relative_id"
    " WHERE r.shared = 3 AND a.unreachable_at IS NULL AND a.silent_from IS NULL AND r.person_id"
)


def chat_of(tx: Transaction, person_id: int) -> tuple[int, int] | None:
    """Where a person is spoken to: the (bot, chat) that they wrote to last of those that reach them; None: none does."""
    row = tx.one(
        f"SELECT bot_id, user_id FROM accounts WHERE person_id = :id AND {REACHED}"
        " ORDER BY COALESCE(heard_at, 0) DESC, bot_id, user_id",
        {"id": person_id},
    ) or tx.one(f"{THROUGH} = :id ORDER BY COALESCE(a.heard_at, 0) DESC, a.bot_id, a.user_id", {"id": person_id})
    return None if row is None else (row["bot_id"], row["user_id"])


def chats_of(tx: Transaction, person_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The (bot, chat) of each of these people who can be reached."""
    places, values = among("id", sorted(set(person_ids)))
    rows = tx.all(
        "SELECT person_id, bot_id, user_id FROM accounts"
        f" WHERE person_id IN ({places}) AND {REACHED} ORDER BY COALESCE(heard_at, 0), bot_id DESC, user_id DESC",
        values,
    )
    own = {row["person_id"]: (row["bot_id"], row["user_id"]) for row in rows}
    others = [person_id for person_id in values.values() if person_id not in own]
    return own | _through(tx, others) if others else own


def _through(tx: Transaction, person_ids: list[int]) -> dict[int, tuple[int, int]]:
    places, values = among("id", person_ids)
    turn = "COALESCE(a.heard_at, 0), a.bot_id DESC, a.user_id DESC"
    rows = tx.all(f"{THROUGH} IN ({places}) ORDER BY {turn}", values)
    return {row["person_id"]: (row["bot_id"], row["user_id"]) for row in rows}


def open_chats(tx: Transaction, person_id: int) -> list[tuple[int, int]]:
    """Every (bot, chat) of their own that reaches this person."""
    sql = f"SELECT bot_id, user_id FROM accounts WHERE person_id = :id AND {REACHED} ORDER BY bot_id, user_id"
    return [(row["bot_id"], row["user_id"]) for row in tx.all(sql, {"id": person_id})]


def has_chat(tx: Transaction, person_id: int) -> bool:
    """Whether a chat of their own reaches this person."""
    sql = f"SELECT 1 AS one FROM accounts WHERE person_id = :id AND {REACHED} LIMIT 1"
    return tx.one(sql, {"id": person_id}) is not None


def accounts_of(tx: Transaction, person_id: int) -> list[tuple[int, int]]:
    """The (bot, Telegram account) from which a person speaks to any of our bots, reachable or not."""
    rows = tx.all(
        "SELECT bot_id, user_id FROM accounts WHERE person_id = :id ORDER BY bot_id, user_id", {"id": person_id}
    )
    return [(row["bot_id"], row["user_id"]) for row in rows]


def give_account(tx: Transaction, bot_id: int, user_id: int, person_id: int) -> None:
    """Whoever speaks from this account is that person from now on; what was said from it before was not said by them."""
    tx.run(
        "UPDATE accounts SET person_id = :id, unreachable_at = NULL, heard_at = NULL"
        " WHERE bot_id = :bot_id AND user_id = :user_id",
        {"bot_id": bot_id, "user_id": user_id, "id": person_id},
    )


def heard(tx: Transaction, bot_id: int, user_id: int, at: datetime) -> None:
    """Something was said from this account: a sign of life."""
    tx.run(
        "UPDATE accounts SET heard_at = :at WHERE bot_id = :bot_id AND user_id = :user_id",
        {"bot_id": bot_id, "user_id": user_id, "at": seconds(at)},
    )


def heard_since(tx: Transaction, person_ids: Iterable[int], since: datetime) -> set[int]:
    """Who of these people has said something since then. On a telephone for several nobody knows who it was."""
    places, values = among("id", sorted(set(person_ids)))
    rows = tx.all(
        f"SELECT a.person_id FROM accounts a WHERE a.person_id IN ({places}) AND a.heard_at >= :since"
        " AND NOT EXISTS (SELECT 1 FROM relatives r WHERE r.relative_id = a.person_id AND r.shared = 3)",
        {**values, "since": seconds(since)},
    )
    return {row["person_id"] for row in rows}


def set_reachable(tx: Transaction, bot_id: int, user_id: int, *, since: datetime | None) -> bool:
    """Mark a chat unreachable since then, or reachable again (None); False when it was so already."""
    values = {"bot_id": bot_id, "user_id": user_id, "at": seconds(since)}
    changes = "unreachable_at IS NULL" if since else "unreachable_at IS NOT NULL"
    return (
        tx.run(
            f"UPDATE accounts SET unreachable_at = :at WHERE bot_id = :bot_id AND user_id = :user_id AND {changes}",
            values,
        )
        == 1
    )


def close_bot(tx: Transaction, bot_id: int, now: datetime) -> list[tuple[int, int]]:
    """Nothing reaches anybody through this bot any more: (person, chat) of whoever uses another one that reaches them."""
    values = {"bot_id": bot_id, "now": seconds(now)}
    tx.run("UPDATE accounts SET unreachable_at = :now WHERE bot_id = :bot_id AND unreachable_at IS NULL", values)
    rows = tx.all(
        "SELECT a.person_id, a.user_id FROM accounts a WHERE a.bot_id = :bot_id AND EXISTS"
        f" (SELECT 1 FROM accounts o WHERE o.person_id = a.person_id AND o.{REACHED.replace(' AND ', ' AND o.')})"
        " ORDER BY a.person_id, a.user_id",
        values,
    )
    return [(row["person_id"], row["user_id"]) for row in rows]


def open_bot(tx: Transaction, bot_id: int, *, closed_at: datetime) -> None:
    """It is there again: whoever nothing reached because it was gone is reached."""
    values = {"bot_id": bot_id, "at": seconds(closed_at)}
    tx.run("UPDATE accounts SET unreachable_at = NULL WHERE bot_id = :bot_id AND unreachable_at = :at", values)


def grant(tx: Transaction, person_id: int, role: Role, area_id: int, *, by: int | None, now: datetime) -> bool:
    """Give a role; False when they held it already."""
    row = tx.one(
        "INSERT INTO roles (person_id, role, area_id, granted_at, granted_by)"
        " VALUES (:person_id, :role, :area_id, :now, :by) ON CONFLICT DO NOTHING RETURNING person_id",
        {"person_id": person_id, "role": role.value, "area_id": area_id, "now": seconds(now), "by": by},
    )
    return row is not None


def add_skills(tx: Transaction, person_id: int, skills: Iterable[str]) -> None:
    """Note what somebody can do."""
    rows = [{"person_id": person_id, "skill": skill} for skill in skills]
    tx.many("INSERT INTO skills (person_id, skill) VALUES (:person_id, :skill) ON CONFLICT DO NOTHING", rows)


def revoke(tx: Transaction, person_id: int, *, role: Role | None = None, area_id: int | None = None) -> int:
    """Take roles from somebody: all, or this one, everywhere or at one place; how many they held."""
    kind = "" if role is None else " AND role = :role"
    place = "" if area_id is None else " AND area_id = :area_id"
    values = {"id": person_id, "role": role and role.value, "area_id": area_id}
    named = {name: value for name, value in values.items() if value is not None}
    return tx.run(f"DELETE FROM roles WHERE person_id = :id{kind}{place}", named)


def skills_of(tx: Transaction, person_id: int) -> tuple[str, ...]:
    """What somebody can do."""
    rows = tx.all("SELECT skill FROM skills WHERE person_id = :id ORDER BY skill", {"id": person_id})
    return tuple(row["skill"] for row in rows)


def anybody_holds(tx: Transaction, role: Role) -> bool:
    """Whether anybody holds a role anywhere."""
    return tx.one("SELECT 1 AS one FROM roles WHERE role = :role LIMIT 1", {"role": role.value}) is not None


def unreachable(tx: Transaction) -> int:
    """How many people nothing reaches: somebody who blocked one of our bots and uses another is none of them."""
    row = tx.one(
        "SELECT COUNT(DISTINCT a.person_id) AS n FROM accounts a WHERE a.unreachable_at IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM accounts o WHERE o.person_id = a.person_id AND o.unreachable_at IS NULL)"
    )
    return 0 if row is None else int(row["n"])


def holding(tx: Transaction, role: Role, area_id: int) -> list[int]:
    """Who holds a role at this area or above it: nearest first, then in the order they came; reachable or not."""
    rows = tx.all(
        "SELECT r.person_id, MIN(t.depth) AS depth FROM roles r JOIN area_tree t ON t.ancestor_id = r.area_id"
        " WHERE t.descendant_id = :area_id AND r.role = :role GROUP BY r.person_id ORDER BY depth, r.person_id",
        {"area_id": area_id, "role": role.value},
    )
    return [row["person_id"] for row in rows]


def _named(tx: Transaction, name: str) -> Values:
    return {"name": tx.vault.seal("persons.name", name), "name_hash": name_hash(tx, name)}


def _person(tx: Transaction, row: Row) -> Person:
    return Person(
        id=row["id"],
        name=tx.vault.open("persons.name", row["name"]),
        language=Language(row["language"]),
        telephone=tx.vault.open_maybe("persons.telephone", row["telephone"]),
        door=tx.vault.open_maybe("persons.door", row["door"]),
        building_id=row["building_id"],
        menu=row["menu"],
        version=row["version"],
    )


def _id(row: Row | None) -> int:
    if row is None:
        raise LookupError("an INSERT … RETURNING returned nothing")
    return int(row["id"])
