"""A coordinator's lists: filtered, looked through, turned over, and sent as files."""

import csv
import io
import re
import zipfile
from datetime import timedelta

from bot.domain.listings import Book, Form, Making
from bot.domain.people import Role
from bot.services import telling
from bot.services.listings import files, lists
from bot.storage import history, persons
from bot.storage.database import Transaction
from bot.storage.listings import exports
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told
from tests.journeys.test_volunteers import applies


async def opens(town: Town, phone: Phone, key: str = "全部需求") -> None:
    """A coordinator opens one of their lists from the desk."""
    await phone.sends("/desk")
    await phone.reads("您的工作台")
    await phone.presses(key)
    await town.quiet()


async def chooses(town: Town, phone: Phone, field: str, *values: str) -> None:
    """One thing more is chosen."""
    await phone.presses("筛选")
    await town.quiet()
    await phone.presses(f"{field}：")
    await town.quiet()
    for value in values:
        await phone.presses(value)
        await town.quiet()


async def looks_for(town: Town, phone: Phone, words: str) -> None:
    """Something is looked for by writing it."""
    await phone.presses("查找")
    await phone.reads("您要找什么")
    await phone.sends(words)
    await town.quiet()


def card(phone: Phone) -> str:
    """What the list shows, with its keys."""
    shown = next(one for one in reversed(phone.screen()) if one.says("🔎"))
    return "\n".join((shown.text, *(f"{label} " for row in shown.labels for label in row)))


async def file_of(town: Town, phone: Phone) -> tuple[str, bytes]:
    """The file that came last: its name and what is in it."""
    await phone.reads("用完就删掉")
    shelf = town.sandbox.world.files
    last = list(shelf.files)[-1]
    return shelf.files[last].name, shelf.contents[last]


def sheet_of(workbook: bytes) -> str:
    """The only sheet of a workbook, as it is written."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        assert book.testzip() is None
        return book.read("xl/worksheets/sheet1.xml").decode()


def words_of(sheet: str) -> str:
    """All words in it."""
    return "\n".join(re.findall(r"<t[^>]*>(.*?)</t>", sheet, re.DOTALL))


async def test_a_list_is_filtered_by_everything_and_turned_over(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang, chen = await town.resident("张奶奶"), await town.resident("陈爷爷", "b3")
    lamp, water = await town.asks(zhang, "家里的灯坏了"), await town.asks(chen, "水管漏水，今天能来吗")
    hair = await town.asks(zhang, "想理发", None)
    await li.sends("/needs")
    await town.quiet()
    await li.presses(f"#{lamp}")
    await town.quiet()
    await li.presses("我来帮忙")
    await town.quiet()

    await opens(town, wang)
    assert all(f"#{number} " in card(wang) for number in (lamp, water, hair))
    assert "共 3 条" in card(wang)
    await chooses(town, wang, "状态", "有人接了")
    assert f"#{lamp} " in card(wang)
    assert f"#{water} " not in card(wang)
    await chooses(town, wang, "状态", "进行中")
    await chooses(town, wang, "地点", "第二网格")
    assert f"#{water} " in card(wang)
    assert f"#{lamp} " not in card(wang)
    await chooses(town, wang, "地点", "3号楼")
    assert "3号楼" in card(wang)
    assert f"#{water} " in card(wang)
    await wang.presses("重新看全部")
    await town.quiet()
    await chooses(town, wang, "志愿者", "小李")
    assert f"#{lamp} " in card(wang)
    assert f"#{water} " not in card(wang)
    await wang.presses("重新看全部")
    await town.quiet()
    await chooses(town, wang, "类别", "理发")
    assert f"#{hair} " in card(wang)
    assert "共 1 条" in card(wang)
    await town.passes(days=2)
    await chooses(town, wang, "时间", "今天")
    assert "这里没有" in card(wang)
    await chooses(town, wang, "时间", "最近 7 天")
    assert f"#{hair} " in card(wang)
    await town.blameless()


async def test_what_is_written_is_looked_for_as_what_it_is(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, chen = await town.resident("张奶奶"), await town.resident("陈爷爷", "b3")
    lamp, water = await town.asks(zhang, "家里的灯坏了"), await town.asks(chen, "厨房的水管漏水")
    await opens(town, wang)
    for words, found in ((f"#{water}", water), ("张奶奶", lamp), ("3号楼", water), ("厨房", water), ("1号楼 灯", lamp)):
        await looks_for(town, wang, words)
        other = lamp + water - found
        assert f"#{found} " in card(wang), words
        assert f"#{other} " not in card(wang), words
    await looks_for(town, wang, "没有这样的话")
    assert "这里没有" in card(wang)
    # A name that only the next community knows is no name here, but words.
    await town.resident("远方人", "b9")
    await looks_for(town, wang, "远方人")
    assert "这里没有" in card(wang)
    await town.blameless()


async def test_a_long_list_pages(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "家里的灯坏了")
    await town.write(lambda tx: copies(tx, number, 19))
    await opens(town, wang)
    assert "共 20 条" in card(wang)
    first = card(wang)
    await wang.presses("更多 →")
    await town.quiet()
    second = card(wang)
    await wang.presses("更多 →")
    await town.quiet()
    third = card(wang)
    assert "更多 →" not in third
    numbers = [{word for word in page.split() if word.startswith("#")} for page in (first, second, third)]
    assert [len(page) for page in numbers] == [8, 8, 4]
    assert len(set.union(*numbers)) == 20
    await wang.presses("←")
    await town.quiet()
    assert card(wang) == second


def copies(tx: Transaction, need_id: int, number: int) -> None:
    """The same need, so many times more."""
    tx.run(
        "INSERT INTO needs (bot_id, area_id, person_id, category, urgency, text, state, posted_at, step)"
        " SELECT n.bot_id, n.area_id, n.person_id, n.category, n.urgency, n.text, 'open', n.posted_at, 0 FROM needs n,"
        " (WITH RECURSIVE counted(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM counted WHERE at < :number)"
        " SELECT at FROM counted) c WHERE n.id = :id",
        {"id": need_id, "number": number},
    )


async def test_the_filtered_list_comes_as_a_table_and_as_a_workbook(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, chen = await town.resident("张奶奶"), await town.resident("陈爷爷", "b3")
    lamp = await town.asks(zhang, "=1+1 家里的灯坏了，2单元301，13800138000")
    water = await town.asks(chen, "厨房的水管漏水")
    await opens(town, wang)
    await chooses(town, wang, "地点", "第一网格")
    await wang.presses("纯文本表格")
    name, content = await file_of(town, wang)
    assert name.startswith("needs-")
    assert name.endswith(".csv")
    assert content.startswith("\ufeff".encode())
    header, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert header[0] == "编号"
    assert [row[0] for row in rows] == [str(lamp)]
    assert "张奶奶" in rows[0]
    said = rows[0][header.index("需求内容")]
    assert "家里的灯坏了" in said
    assert not said.startswith("="), "no formula"
    assert "301" not in said
    assert "13800138000" not in content.decode()
    await town.quiet()
    await wang.presses("重新看全部")
    await town.quiet()
    await wang.presses("工作簿")
    name, content = await file_of(town, wang)
    assert name.endswith(".xlsx")
    sheet = sheet_of(content)
    rows = [re.findall(r"<v>(\d+)</v>", row) for row in sheet.split("<row ")[2:]]
    assert [row[0] for row in rows] == [str(lamp), str(water)]
    words = words_of(sheet)
    assert "厨房的水管漏水" in words
    assert "陈爷爷" in words
    assert "301" not in words

    await town.quiet()
    assert told(wang, "文件做好了，共2 行")
    told_of = await town.read(lambda tx: history.of(tx, "list:needs"))
    assert [(event.event, event.after) for event in told_of] == [
        ("export asked", "csv"),
        ("exported", "csv, 1"),
        ("export asked", "xlsx"),
        ("exported", "xlsx, 2"),
    ]
    await town.blameless()


async def test_a_copy_that_dies_between_pages_leaves_a_file_that_is_made_all_the_same(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "家里的灯坏了")
    await town.write(lambda tx: copies(tx, number, 59))
    who = await town.person(wang)
    # What a copy leaves behind that was killed after some pages: a row that it had taken up, and a folder.
    export_id = await town.write(lambda tx: half_made(tx, town, who.id))
    folder = town.settings.data / "exports" / town.settings.copy
    left = folder / "exports-dead"
    left.mkdir(parents=True)
    (left / "1.csv").write_text("张奶奶", encoding="utf-8")
    await town.sleeps()
    await town.wakes()
    assert not left.exists()
    assert not await town.read(lambda tx: exports.piece(tx, export_id, 1, 0)), "it is in somebody's hand for a minute"
    town.clock.advance(61)
    _, content = await file_of(town, wang)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 61
    assert len({row[0] for row in rows}) == 61
    assert not list(folder.iterdir()), "nothing is left lying about"
    await town.blameless()


def half_made(tx: Transaction, town: Town, person_id: int) -> int:
    """A file that was being made, with thirty rows done."""
    now = town.clock.now()
    actor = persons.actor(tx, persons.get(tx, person_id))
    listing = lists.open_(tx, actor, Book.NEEDS, "", now=now)
    asked = files.ask(tx, actor, listing.listing_id, Form.CSV.value, now=now - timedelta(seconds=1))
    assert files.take_up(tx, now=now)
    assert files.goes_on(tx, asked.export_id, done=30, total=60, now=now)
    return asked.export_id


async def test_who_is_in_charge_no_more_gets_no_file_and_no_list(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "家里的灯坏了")
    await opens(town, wang)
    who = await town.person(wang)

    def dismissed(tx: Transaction) -> int:
        actor = persons.actor(tx, persons.get(tx, who.id))
        listing = lists.open_(tx, actor, Book.NEEDS, "", now=town.clock.now())
        made = files.ask(tx, actor, listing.listing_id, "csv", now=town.clock.now())
        telling.tell(tx, who.id, made, now=town.clock.now())
        persons.revoke(tx, who.id)
        return made.export_id

    export_id = await town.write(dismissed)
    await wang.reads("您已经不负责那里")
    found = await town.read(lambda tx: exports.see(tx, export_id))
    assert found is not None
    assert found.state is Making.REFUSED
    toast = await wang.presses("筛选")
    assert toast
    assert toast.alert
    await wang.sends("/desk")
    await wang.reads("这一步由别人来办")
    assert not town.sandbox.calls_of("sendDocument", wang.id)


async def test_whom_no_chat_reaches_is_rung_and_every_showing_is_written_down(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, chen = await town.resident("张奶奶"), await town.resident("陈爷爷", "b3")
    await town.asks(zhang, "家里的灯坏了")
    far = await town.resident("远方人", "b9")
    for phone in (zhang, far):
        await phone.blocks()
    await town.quiet()
    await opens(town, wang, "要打电话 1")
    assert "张奶奶" in card(wang)
    assert "远方人" not in card(wang)
    assert "陈爷爷" not in card(wang)
    assert "13800138000" not in card(wang), "the telephone is covered"
    await wang.presses("显示电话")
    await town.quiet()
    assert "+8613800138000" in card(wang)
    who = await town.person(zhang)
    shown = await town.read(lambda tx: history.disclosures_of(tx, who.id, 9))
    assert [row["subject"] for row in shown] == ["list:unreached"]
    await town.passes(minutes=11)
    assert "13800138000" not in card(wang), "covered again after ten minutes"

    await wang.presses("纯文本表格")
    _, content = await file_of(town, wang)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1][0] == "张奶奶"
    assert "+8613800138000" in rows[1][3]
    counted = await town.read(
        lambda tx: tx.all("SELECT viewer_id FROM disclosures WHERE person_id = :id", {"id": who.id})
    )
    assert len(counted) >= 2
    await zhang.unblocks()
    await zhang.sends("/help")
    await town.quiet()
    await opens(town, wang, "要打电话 0")
    assert "这里没有" in card(wang)
    assert not chen.sees("打电话")


async def test_volunteers_are_listed_by_state_skill_and_name(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    await town.helper("小李", skills=("repairs",))
    await town.helper("小赵", skills=("mediation",))
    await town.helper("阳光的人", code="c2")
    chen = await town.resident("小陈", "b2")
    await applies(town, chen)
    await opens(town, wang, "申请 1")
    assert "小陈 · 已申请" in card(wang)
    assert "小李" not in card(wang)
    await chooses(town, wang, "状态", "目前")
    assert all(name in card(wang) for name in ("小陈", "小李", "小赵"))
    assert "阳光的人" not in card(wang), "the next community is none of theirs"
    await chooses(town, wang, "特长", "维修")
    assert "小李" in card(wang)
    assert "小赵" not in card(wang)
    await looks_for(town, wang, "小赵")
    assert "小赵 · 在帮忙" in card(wang)
    assert "共 1 条" in card(wang)
    await wang.presses("小赵")
    await town.quiet()
    await wang.presses("暂停")
    await wang.reads("为什么暂停小赵")
    await wang.sends("先歇一歇")
    await town.quiet()
    await opens(town, wang, "全部志愿者")
    await chooses(town, wang, "状态", "已暂停")
    assert "小赵" in card(wang)
    assert "小李" not in card(wang)
    await wang.presses("工作簿")
    _, content = await file_of(town, wang)
    words = words_of(sheet_of(content))
    assert "小赵" in words
    assert "小李" not in words
    await town.blameless()


async def test_one_file_is_made_at_a_time_and_can_be_stopped(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "家里的灯坏了")
    await opens(town, wang)
    who = await town.person(wang)
    export_id = await town.write(lambda tx: half_made(tx, town, who.id))
    toast = await wang.presses("纯文本表格")
    assert toast
    assert "正在为您做另一个文件" in (toast.text or "")
    await wang.taps_code(f"dlz:{export_id}", wang.screen()[-1])
    await town.quiet()
    found = await town.read(lambda tx: exports.see(tx, export_id))
    assert found is not None
    assert found.state is Making.STOPPED
    await wang.presses("纯文本表格")
    await file_of(town, wang)
    await zhang.taps_code(f"dlz:{export_id}", zhang.screen()[-1])
    await town.quiet()


async def test_a_stranger_and_a_volunteer_have_no_desk(town: Town) -> None:
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    for phone in (li, zhang):
        await phone.sends("/desk")
        await phone.reads("这一步由别人来办")
