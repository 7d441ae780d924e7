"""Files of lists, page by page: killed between two of them, stopped, refused, in several parts, given up."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import StillClock
from bot.domain.categories import load_catalogue
from bot.domain.home import Home
from bot.domain.listings import TAKEN_FOR, TRIES, Book, Export, Filter, Form, Kept, Making
from bot.domain.needs import Need, State, Urgency
from bot.domain.people import Language, Role
from bot.exporting import Exporter, put_together
from bot.services.areas import ensure_first_area
from bot.services.listings import files, lists
from bot.storage import needs, persons
from bot.storage.database import Database, Transaction
from bot.storage.listings import exports
from bot.texts.message import Document

HOME = Home(1, "linli_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120")
NEEDS, PAGE = 60, 10


class Killed(BaseException):
    """The program dies at this very point."""


class Desk:
    """A coordinator with sixty needs, and the file they have asked for."""

    def __init__(self, database: Database, clock: StillClock, folder: Path) -> None:
        self.database, self.clock, self.folder = database, clock, folder
        self.wang = 0
        self.pages = 0
        self.after: Callable[[int], None] = lambda pages: None

    async def opens(self, form: Form = Form.CSV) -> int:
        """The file is asked for; its number."""
        return await self.database.transaction(lambda tx: self._asked(tx, form))

    def _asked(self, tx: Transaction, form: Form) -> int:
        place, now = ensure_first_area(tx), self.clock.now()
        wang = persons.make(tx, bot_id=1, user_id=1, name="王姐", language=Language.CHINESE, now=now)
        persons.grant(tx, wang.id, Role.COORDINATOR, place.id, by=None, now=now)
        self.wang = wang.id
        for number in range(NEEDS):
            words = f"第{number}盏灯坏了" + "，" * 300
            needs.post(tx, Need(0, 1, place.id, wang.id, "repairs", Urgency.TODAY, words, State.OPEN, now))
        actor = persons.actor(tx, persons.get(tx, wang.id))
        card = lists.open_(tx, actor, Book.NEEDS, "", now=now, asked=Filter(stand="all"))
        return files.ask(tx, actor, card.listing_id, form.value, now=now).export_id

    async def makes(self, *, part_bytes: int = 10_000_000) -> None:
        """A copy makes what waits."""

        def hook(point: str) -> None:
            if point == "exported page":
                self.pages += 1
                self.after(self.pages)

        made = Exporter(
            self.database,
            HOME,
            self.clock,
            self.folder,
            wake=lambda: None,
            page=PAGE,
            part_bytes=part_bytes,
            hook=hook,
        )
        await made.tick()

    async def see(self, export_id: int) -> Export:
        """How far it has come."""
        found = await self.database.read(lambda tx: exports.see(tx, export_id))
        assert found is not None
        return found

    async def rows(self, export_id: int, parts: int = 1) -> list[list[str]]:
        """What is in its parts, without their headers."""
        found: list[list[str]] = []
        for part in range(1, parts + 1):
            kept = Kept(export_id, part)
            document = Document("", name="needs.csv", paper=kept)
            content = (await put_together(self.database, document, kept)).paper
            assert hasattr(content, "made")
            found += list(csv.reader(io.StringIO(content.made.decode("utf-8-sig"))))[1:]
        return found


@pytest.fixture
def desk(database: Database, clock: StillClock, tmp_path: Path) -> Desk:
    return Desk(database, clock, tmp_path / "exports")


async def test_killed_between_two_pages_it_is_made_whole_by_the_next_copy(desk: Desk) -> None:
    export_id = await desk.opens()

    def dies(pages: int) -> None:
        if pages == 3:
            raise Killed

    desk.after = dies
    with pytest.raises(Killed):
        await desk.makes()
    left = await desk.see(export_id)
    assert (left.state, left.rows_done, left.percent) == (Making.MAKING, 30, 50), "what its card shows meanwhile"
    desk.after = lambda pages: None
    await desk.makes()
    assert (await desk.see(export_id)).state is Making.MAKING, "it may be in another copy's hands"
    desk.clock.advance(TAKEN_FOR.total_seconds() + 1)
    await desk.makes()
    made = await desk.see(export_id)
    assert (made.state, made.rows_done, made.tries) == (Making.MADE, NEEDS, 2)
    assert len({row[0] for row in await desk.rows(export_id)}) == NEEDS
    told = await desk.database.read(lambda tx: tx.all("SELECT data FROM outbox WHERE kind = 'ListingFile'"))
    assert len(told) == 1


async def test_what_is_too_large_for_one_message_comes_in_parts(desk: Desk) -> None:
    export_id = await desk.opens()
    await desk.makes(part_bytes=20_000)
    made = await desk.see(export_id)
    assert made.parts == 3
    rows = await desk.rows(export_id, made.parts)
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)
    assert len(rows) == NEEDS
    told = await desk.database.read(lambda tx: tx.all("SELECT data FROM outbox WHERE kind = 'ListingFile'"))
    assert len(told) == 3


async def test_what_comes_later_is_not_in_it_and_what_is_stopped_leaves_nothing(desk: Desk) -> None:
    export_id = await desk.opens()
    database, now = desk.database, desk.clock.now()
    before = await database.read(lambda tx: files.counted(tx, HOME, see(tx, export_id), now=now))

    def later(tx: Transaction) -> None:
        place = ensure_first_area(tx)
        needs.post(tx, Need(0, 1, place.id, desk.wang, "repairs", Urgency.TODAY, "新的", State.OPEN, now))

    await database.transaction(later)
    page = await database.read(
        lambda tx: files.page(tx, HOME, see(tx, export_id), last=0, top=before[1], limit=NEEDS * 2, now=now)
    )
    assert len(page.rows) == NEEDS
    stopped = await database.transaction(
        lambda tx: files.stop(tx, persons.actor(tx, persons.get(tx, desk.wang)), export_id, now=now)
    )
    assert stopped.export_id == export_id
    await desk.makes()
    assert desk.pages == 0
    assert (await desk.see(export_id)).state is Making.STOPPED
    with pytest.raises(LookupError):
        await desk.rows(export_id)


def see(tx: Transaction, export_id: int) -> Export:
    """A file as it stands."""
    found = exports.see(tx, export_id)
    assert found is not None
    return found


async def test_a_file_that_fails_for_ever_is_given_up_and_said_to_be_so(desk: Desk) -> None:
    export_id = await desk.opens()

    def dies(pages: int) -> None:
        raise Killed

    desk.after = dies
    for _ in range(TRIES):
        with pytest.raises(Killed):
            await desk.makes()
        desk.clock.advance(TAKEN_FOR.total_seconds() + 1)
    await desk.makes()
    assert (await desk.see(export_id)).state is Making.FAILED


async def test_our_own_mistake_fails_one_file_and_is_written_down(desk: Desk) -> None:
    export_id = await desk.opens()
    await desk.database.transaction(
        lambda tx: tx.run("UPDATE needs SET text = 'broken' WHERE id = (SELECT MIN(id) FROM needs)")
    )
    await desk.makes()
    assert (await desk.see(export_id)).state is Making.FAILED
    broken = await desk.database.read(lambda tx: tx.all("SELECT subject, body FROM failures"))
    assert [(row["subject"], row["body"]) for row in broken] == [(f"export:{export_id}", None)]


async def test_files_and_lists_are_forgotten_when_their_time_is_over(desk: Desk) -> None:
    export_id = await desk.opens()
    await desk.makes()
    now = desk.clock.now()
    day = timedelta(days=1)
    assert await desk.database.transaction(lambda tx: exports.forget_before(tx, now - day, 9)) == 0
    assert await desk.database.transaction(lambda tx: exports.forget_before(tx, now + day, 9)) == 1
    assert await desk.database.read(lambda tx: exports.see(tx, export_id)) is None
    assert await desk.database.read(lambda tx: tx.all("SELECT 1 AS one FROM listing_files")) == []
