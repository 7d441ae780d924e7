"""Drafts in the database: one a person, sealed."""

import json
from datetime import datetime
from typing import Any

from bot.domain.drafts import Draft, Stage
from bot.domain.needs import Urgency
from bot.domain.receipts import Budget, Payer
from bot.domain.windows import Window
from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction

KIND = "need"
NOTHING = "none"


def find(tx: Transaction, person_id: int) -> Draft | None:
    """What this person is writing; None: nothing."""
    row = tx.one("SELECT * FROM drafts WHERE person_id = :id AND kind = :kind", {"id": person_id, "kind": KIND})
    if row is None:
        return None
    data = json.loads(tx.vault.open("drafts.data", row["data"]))
    return Draft(
        person_id=person_id,
        bot_id=row["bot_id"],
        number=row["number"],
        updated_at=instant(row["updated_at"]),
        text=data["text"],
        category=data["category"],
        urgency=Urgency(data["urgency"]),
        place_id=data["place_id"],
        stage=Stage(data["stage"]),
        guided=data["guided"],
        chosen=tuple(data.get("chosen", ())),
        window=_window(data.get("window")),
        budget=_budget(data.get("budget")),
        seats=data.get("seats"),
    )


def _window(kept: list[int] | None) -> Window | None:
    return None if kept is None else Window(instant(kept[0]), instant(kept[1]))


def _budget(kept: dict[str, Any] | None) -> Budget | None:
    return None if kept is None else Budget(Payer(kept["payer"]), kept["ceiling"])


def ask(tx: Transaction, person_id: int, bot_id: int, question: str | None, now: datetime) -> None:
    """The next plain message of this person answers `question` ("door", "remark:12"); None: no question is open."""
    tx.run(
        "INSERT INTO drafts (person_id, bot_id, kind, data, asks, asked_at, number, updated_at)"
        " VALUES (:id, :bot_id, :kind, :data, :asks, :now, 0, :now)"
        " ON CONFLICT (person_id) DO UPDATE SET asks = excluded.asks, asked_at = excluded.asked_at",
        {
            "id": person_id,
            "bot_id": bot_id,
            "kind": NOTHING,
            "data": tx.vault.seal("drafts.data", "{}"),
            "asks": question,
            "now": seconds(now),
        },
    )


def asked(tx: Transaction, person_id: int, since: datetime) -> str | None:
    """The question that this person was asked after `since` and has not answered; None: none."""
    row = tx.one(
        "SELECT asks FROM drafts WHERE person_id = :id AND asked_at > :since",
        {"id": person_id, "since": seconds(since)},
    )
    return None if row is None else row["asks"]


def last_number(tx: Transaction, person_id: int) -> int:
    """The number of this person's last draft, finished or not; 0: they never wrote one."""
    row = tx.one("SELECT number FROM drafts WHERE person_id = :id", {"id": person_id})
    return 0 if row is None else int(row["number"])


def put(tx: Transaction, draft: Draft) -> None:
    """Write a draft over whatever this person was writing."""
    _write(tx, draft, KIND, draft.data())


def finish(tx: Transaction, draft: Draft, *, posted_as: int | None = None) -> None:
    """It is posted (as that need) or thrown away (None): nothing of it is kept but its number."""
    _write(tx, draft, NOTHING, {"posted_as": posted_as})


def posted_as(tx: Transaction, person_id: int, number: int) -> int | None:
    """The need that this person's last draft became; None when its number is another one, or it was not posted."""
    row = tx.one(
        "SELECT data FROM drafts WHERE person_id = :id AND kind = :kind AND number = :number",
        {"id": person_id, "kind": NOTHING, "number": number},
    )
    if row is None:
        return None
    need_id: int | None = json.loads(tx.vault.open("drafts.data", row["data"])).get("posted_as")
    return need_id


def _write(tx: Transaction, draft: Draft, kind: str, data: dict[str, object]) -> None:
    tx.run(
        "INSERT INTO drafts (person_id, bot_id, kind, data, number, updated_at)"
        " VALUES (:person_id, :bot_id, :kind, :data, :number, :updated_at)"
        " ON CONFLICT (person_id) DO UPDATE SET bot_id = excluded.bot_id, kind = excluded.kind, data = excluded.data,"
        " number = excluded.number, updated_at = excluded.updated_at",
        {
            "person_id": draft.person_id,
            "bot_id": draft.bot_id,
            "kind": kind,
            "data": tx.vault.seal("drafts.data", json.dumps(data, ensure_ascii=False)),
            "number": draft.number,
            "updated_at": seconds(draft.updated_at),
        },
    )
