"""Care plans come in as a table, all of it or nothing, and every bad line is named."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.alerts import DEFAULT_LADDER
from bot.domain.people import Language, Role
from bot.domain.plans import Channel, Plan, PlanState, Slot
from bot.domain.rosters import HEADERS, Listed, RosterFault, ladder_cell, read_line, slots_cell, yes_cell
from bot.services import rosters
from bot.services.rosters import Refused
from bot.storage import persons, plans
from bot.storage.database import Transaction
from sandbox import Phone
from sandbox.faults import Fault
from tests.care.enrolled import cared_for
from tests.journeys.conftest import Town, area, told

TABLE = """姓名,电话,楼栋,门牌,语言,时段,等待分钟,提醒,通知名单,可进门,备注,联系人,同意见证
张秀兰,13800138000,b1,2单元301,中文,08:00 电话; 18:00 敲门 12345,90,,0:duty 10:coordinators,是,\
"听力不好，钥匙在刘阿姨家",陈丽 女儿 13900001111,王姐
老赵,,2号楼,1单元102,,,,,,,,,
"""


def cells(**given: str) -> dict[str, str]:
    """One line of a table."""
    return dict.fromkeys(HEADERS, "") | {"name": "Zhang", "building": "b1"} | given


async def sends_table(town: Town, wang: Phone, table: str) -> None:
    """The coordinator opens the table of their place and sends this one."""
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Table of")
    await wang.reads("Please send me the table as a file")
    await wang.sends_document(content=table.encode())


async def listed(town: Town) -> dict[str, Plan]:
    """Everybody who is cared for, by name."""

    def look(tx: Transaction) -> dict[str, Plan]:
        found = plans.everybody(tx, area(tx, "c1").id)
        return {persons.get(tx, plan.person_id).name: plan for plan in found}

    return await town.read(look)


async def test_a_table_brings_everybody_and_brings_changes(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await sends_table(town, wang, TABLE)
    await wang.reads("I am reading the table")
    await wang.reads("2 new, 0 changed")
    known = await listed(town)
    zhang, zhao = known["张秀兰"], known["老赵"]
    assert zhang.state is PlanState.ACTIVE
    assert zhang.slots == (Slot(480, Channel.CALL), Slot(1080, Channel.KNOCK, 0b0011111))
    assert (zhang.grace_minutes, zhang.may_enter, zhang.notes) == (90, True, "听力不好，钥匙在刘阿姨家")
    assert [rung.name for rung in zhang.ladder] == ["duty", "coordinators"]
    contacts = await town.read(lambda tx: plans.contacts(tx, zhang.id))
    assert [(one.name, one.relation, one.telephone) for one in contacts] == [("陈丽", "女儿", "+8613900001111")]
    assert zhao.state is PlanState.PROPOSED, "nobody has heard them agree"
    assert {slot.channel for slot in zhao.slots} == {Channel.KNOCK}
    # The same table again changes nothing and doubles nobody; a new line and a changed one are told apart.
    changed = TABLE.replace(",90,", ",60,").replace("老赵,", "老钱,")
    await sends_table(town, wang, changed)
    await wang.reads("1 new, 1 changed")
    known = await listed(town)
    assert set(known) == {"张秀兰", "老赵", "老钱"}
    assert known["张秀兰"].grace_minutes == 60
    assert len(await town.read(lambda tx: plans.contacts(tx, zhang.id))) == 1


async def test_one_bad_line_and_nothing_is_imported(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await sends_table(town, wang, TABLE.replace("2号楼", "77号楼").replace(",90,", ",5,"))
    answer = await wang.reads("Nothing was imported")
    assert "line 2, reminders: cannot be read" in answer.text or "line 2, grace" in answer.text
    # What cannot be read is told first; only then is anything looked up.
    await sends_table(town, wang, TABLE.replace("2号楼", "77号楼"))
    answer = await wang.reads("Nothing was imported")
    assert "line 3, building: there is no such building here" in answer.text
    assert await listed(town) == {}
    for table, why in (
        ("name,building\n", "nobody in it"),
        ("姓名,电话\n张秀兰,1", "line 1, building: there is no such column"),
        ("\0\0\0", "this is no table"),
        ("name,building\n张秀兰,b1\n张秀兰,b1\n", "line 3, name: stands there twice"),
        ("name,building,times\n张秀兰,b1,8:00 chat\n", "line 2, times: no chat reaches them"),
        ("name,building\n" + "\n".join(f"张{at},b1" for at in range(501)), "line 501: too many lines"),
    ):
        await sends_table(town, wang, table)
        await wang.reads(why)
    assert await listed(town) == {}


async def test_the_table_goes_out_and_comes_in_again_unchanged(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await sends_table(town, wang, TABLE)
    await wang.reads("2 new")
    before = await listed(town)
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Table of")
    await wang.reads("Please send me the table")
    await wang.presses("Send me the table as it stands")
    await wang.reads("2 people are cared for in 幸福社区")
    files = town.sandbox.world.files
    content = next(files.contents[key] for key, stored in files.files.items() if stored.name.endswith(".csv"))
    assert "张秀兰" in content.decode("utf-8-sig")
    await sends_table(town, wang, content.decode("utf-8-sig"))
    await wang.reads("0 new, 2 changed")
    after = await listed(town)
    assert {name: replace(plan, version=0, act_at=None) for name, plan in after.items()} == {
        name: replace(plan, version=0, act_at=None) for name, plan in before.items()
    }
    shown = await town.read(lambda tx: tx.all("SELECT 1 AS one FROM disclosures"))
    assert len(shown) == 2, "whose data were shown is written down"


async def test_somebody_with_a_chat_is_changed_and_words_are_no_table(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Table of")
    await wang.reads("Please send me the table as a file")
    await wang.sends("Here it comes")
    await wang.reads("Please send me the table as a file")
    await wang.sends_document(
        content="name,building,language,times,telephone\nZhang,b1,中文,7:30 chat,13800138000".encode()
    )
    await wang.reads("0 new, 1 changed")
    person = await town.person(zhang)
    assert (person.language, person.telephone) == (Language.CHINESE, "+8613800138000")
    assert (await listed(town))["Zhang"].slots == (Slot(450),)


async def test_a_table_is_for_whoever_is_in_charge_there(town: Town) -> None:
    await town.helper("Wang", Role.COORDINATOR, language="en")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    message = next(shown for shown in sunny.screen() if not shown.mine)
    place = await town.area_id("c1")
    toast = await sunny.taps_code(f"tr:{place}", message)
    assert toast is not None
    assert toast.alert
    await sunny.sends_document(content=TABLE.encode())
    await town.quiet()
    assert await listed(town) == {}
    await sends_table(town, sunny, TABLE)
    await sunny.reads("there is no such building here")
    assert await listed(town) == {}


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    town.sandbox.faults.add(Fault("500", "getFile"))
    await sends_table(town, wang, TABLE)
    await town.quiet()
    await town.program.fetcher.tick()
    assert not told(wang, "2 new")
    await town.passes(minutes=1)
    await wang.reads("2 new, 0 changed")


SLOTS = st.lists(st.integers(0, 47), min_size=1, max_size=6, unique=True).flatmap(
    lambda halves: st.tuples(
        *(st.builds(Slot, st.just(at * 30), st.sampled_from(Channel), st.integers(1, 127)) for at in sorted(halves))
    )
)


@settings(deadline=None)
@given(SLOTS, st.sampled_from(Language), st.booleans() | st.none(), st.integers(15, 240))
def test_what_a_table_writes_it_reads_again(
    slots: tuple[Slot, ...], language: Language, may_enter: bool | None, grace: int
) -> None:
    written = cells(
        times=slots_cell(slots),
        language=language.value,
        may_enter=yes_cell(may_enter),
        ladder=ladder_cell(DEFAULT_LADDER),
        grace=str(grace),
        reminders="no",
        telephone="+8613800138000",
    )
    read = read_line(2, written)
    assert isinstance(read, Listed)
    assert (read.slots, read.language, read.may_enter, read.grace) == (slots, language, may_enter, grace)
    assert read.ladder == DEFAULT_LADDER
    assert read.telephone == "+8613800138000"


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("name", ""),
        ("telephone", "12"),
        ("telephone", "13800138000 or so"),
        ("language", "Klingon"),
        ("times", "soon"),
        ("times", "8:00 pigeon"),
        ("times", "8:00; 8:10"),
        ("times", "8:00 9"),
        ("grace", "an hour"),
        ("grace", "5"),
        ("reminders", "70"),
        ("early", "9999"),
        ("ladder", "0:duty"),
        ("ladder", "0:coordinators 5:coordinators"),
        ("ladder", "nobody"),
        ("may_enter", "perhaps"),
        ("contacts", "Chen Li"),
        ("notes", "x" * 501),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(column: str, words: str) -> None:
    faults = read_line(7, cells(**{column: words}))
    assert isinstance(faults, list)
    assert {fault.line for fault in faults} == {7}
    assert column in {fault.column for fault in faults} or {fault.column for fault in faults} == {"reminders"}


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_no_file_breaks_the_reader(content: bytes) -> None:
    try:
        found: list[Listed] | list[RosterFault] = rosters.read(content)
    except Refused as refused:
        found = refused.faults
    assert found, "either somebody, or why nobody"
