"""What each copy of the program has of a bot's pace, and which copies there are."""

from bot.domain.shares import COOLING_SECONDS, RESERVE_SECONDS, SHARE_SECONDS, Grant, Share, share
from bot.storage.database import Row, Transaction

# The row on which copies wait for each other; whoever has it has the reserve too. No copy is called so.
RESERVE = ""


def take(tx: Transaction, bot_id: int, holder: str, *, wants: int, limit: int, urgent: bool) -> Grant:
    """The part of `limit` slots that `holder` has for the next seconds; with something urgent to say also the reserve, if
    no other copy has it just now."""
    at = tx.instant()
    key = {"bot_id": bot_id, "holder": RESERVE}
    tx.run("INSERT INTO shares (bot_id, holder) VALUES (:bot_id, :holder) ON CONFLICT DO NOTHING", key)
    reserve = tx.one("SELECT * FROM shares WHERE bot_id = :bot_id AND holder = :holder FOR UPDATE", key)
    rows = tx.all("SELECT * FROM shares WHERE bot_id = :bot_id AND holder <> ''", {"bot_id": bot_id})
    shares = [_share(row) for row in rows]
    mine = share(shares, holder, wants=wants, limit=limit, at=at)
    _put(tx, bot_id, mine)
    has_reserve = urgent and reserve is not None and _lend(tx, bot_id, reserve, holder, at)
    copies = sorted({one.holder for one in shares if one.alive(at)} | {holder})
    return Grant(mine.slots, has_reserve, SHARE_SECONDS, len(copies), copies.index(holder))


def leave(tx: Transaction, bot_id: int, holder: str) -> None:
    """This copy ends: what it had is free as soon as Telegram does not count it any more."""
    tx.run(
        "UPDATE shares SET wants = 0, seen_at = 0, until = CASE WHEN until > :instant THEN :instant ELSE until END"
        " WHERE bot_id = :bot_id AND holder = :holder",
        {"bot_id": bot_id, "holder": holder, "instant": tx.instant()},
    )


def _lend(tx: Transaction, bot_id: int, reserve: Row, holder: str, at: float) -> bool:
    if reserve["lent_to"] != holder and at < reserve["until"] + COOLING_SECONDS:
        return False
    tx.run(
        "UPDATE shares SET lent_to = :lent_to, until = :until WHERE bot_id = :bot_id AND holder = :holder",
        {"bot_id": bot_id, "holder": RESERVE, "lent_to": holder, "until": at + RESERVE_SECONDS},
    )
    return True


def _put(tx: Transaction, bot_id: int, mine: Share) -> None:
    tx.run(
        "INSERT INTO shares (bot_id, holder, slots, until, wants, cooling, cools_at, seen_at)"
        " VALUES (:bot_id, :holder, :slots, :until, :wants, :cooling, :cools_at, :seen_at)"
        " ON CONFLICT (bot_id, holder) DO UPDATE SET slots = excluded.slots, until = excluded.until,"
        " wants = excluded.wants, cooling = excluded.cooling, cools_at = excluded.cools_at, seen_at = excluded.seen_at",
        {"bot_id": bot_id, **vars(mine)},
    )


def _share(row: Row) -> Share:
    return Share(
        holder=row["holder"],
        slots=row["slots"],
        until=row["until"],
        wants=row["wants"],
        cooling=row["cooling"],
        cools_at=row["cools_at"],
        seen_at=row["seen_at"],
    )
