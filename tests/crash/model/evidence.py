"""All that the model judges by: the database's plain rows, Telegram's own record, and what the people say they did.

Nothing here knows a rule of the program: rows are read by plain SQL, sealed words are opened with the key, and that is all.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.storage.vault import Vault
from sandbox import Call
from sandbox.chats import Chat
from tests.crash.databases import Row, Window
from tests.crash.record import Diary, RecordingQueue
from tests.crash.town import Town

LOST, DOUBLED, WRONG = "lost", "doubled", "wrong"


@dataclass(frozen=True)
class Finding:
    """Something that must not be. `kind`: lost, doubled or wrong."""

    kind: str
    words: str


@dataclass
class Evidence:
    """One run's evidence. `accounts`: Telegram's account → the program's person; `until`: when it ended.

    `crashes`: how often it died, or could not know what became of what it had said. `last_letter`: the newest when all had
    fallen silent and everything was said. `stories`: what happened to each subject ("alert:12"), oldest first.
    """

    window: Window
    vault: Vault
    town: Town
    queue: RecordingQueue
    calls: list[Call]
    until: datetime
    crashes: int
    last_letter: int
    needs: dict[int, Row] = field(default_factory=dict)
    events: dict[int, list[Row]] = field(default_factory=dict)
    stories: dict[str, list[Row]] = field(default_factory=dict)
    checkins: list[Row] = field(default_factory=list)
    alerts: list[Row] = field(default_factory=list)
    letters: list[Row] = field(default_factory=list)
    drafts: list[Row] = field(default_factory=list)
    accounts: dict[int, int] = field(default_factory=dict)
    noted: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.needs = {row["id"]: self._opened(row, "needs", "text", "remark") for row in self._table("needs")}
        self.letters = [{**row, "notice": json.loads(row["data"])} for row in self._table("outbox")]
        self.accounts = {row["user_id"]: row["person_id"] for row in self._table("accounts", "user_id")}
        self.noted = {row["update_id"] for row in self._table("updates", "update_id")}
        self.drafts = [self._draft(row) for row in self._table("drafts", "person_id")]
        self.stories = self._read_stories()
        self.events = {int(name[5:]): events for name, events in self.stories.items() if name.startswith("need:")}
        self.checkins, self.alerts = self._table("checkins"), self._table("alerts")

    @property
    def diary(self) -> Diary:
        """What the people did."""
        return self.town.diary

    @property
    def chats(self) -> list[Chat]:
        """Everybody's chat with the bot, and the group."""
        sandbox = self.town.sandbox
        return [*sandbox.world.private.values(), *sandbox.world.groups.values()]

    def person(self, chat_id: int) -> int | None:
        """Whose private chat this is; None: a group."""
        return self.accounts.get(chat_id)

    def accepted(self, method: str) -> list[Call]:
        """What Telegram took of one method."""
        return [call for call in self.calls if call.method == method and call.ok]

    def rows(self, table: str, order: str = "id") -> list[Row]:
        """A whole table."""
        return self._table(table, order)

    def _table(self, table: str, order: str = "id") -> list[Row]:
        return self.window.rows(f"SELECT * FROM {table} ORDER BY {order}")

    def _opened(self, row: Row, table: str, *columns: str) -> Row:
        return {**row, **{name: self.vault.open_maybe(f"{table}.{name}", row[name]) for name in columns}}

    def _draft(self, row: Row) -> Row:
        opened: Mapping[str, Any] = json.loads(self.vault.open("drafts.data", row["data"]))
        return {**row, "text": opened.get("text") or "", "open": row["kind"] == "need"}

    def _read_stories(self) -> dict[str, list[Row]]:
        stories: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._table("history"):
            stories[row["subject"]].append(self._opened(row, "history", "detail"))
        return dict(stories)
