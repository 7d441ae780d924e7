"""A coordinator's file of places: all of it or nothing, each bad line named, and imported twice without harm."""

import asyncio
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.domain.areas import FIRST_CODE, Area, Faults, Kind, Plan
from bot.services.areas import Imported, ensure_first_area, import_areas, new_join_code, plan_import
from bot.storage import areas, history
from bot.storage.database import Database

ENGLISH = """code,parent,kind,name
happy,,community,幸福社区
g1,happy,grid,第一网格
b1,g1,building,1号楼
b2,g1,building,2号楼
"""
CHINESE = """编号,上级,类型,名称
happy,,社区,幸福社区
g1,happy,网格,第一网格
b1,g1,楼栋,1号楼
b2,g1,楼栋,2号楼
"""


def planned(content: bytes | str) -> Plan:
    """The plan of a file that has no faults of its own."""
    plan = plan_import(content)
    assert isinstance(plan, Plan), plan
    return plan


def complaints(content: bytes | str) -> list[str]:
    """What is wrong in a file, as lines for a person."""
    faults = plan_import(content)
    assert isinstance(faults, Faults), faults
    return [str(fault) for fault in faults.faults]


async def imported(database: Database, clock: StillClock, content: str) -> Imported | Faults:
    """Import a file that has no faults of its own."""
    plan = planned(content)
    return await database.transaction(lambda tx: import_areas(tx, plan, now=clock.now()))


async def tree(database: Database) -> dict[str, tuple[str, ...]]:
    """Every place's names from the top down, by its code."""
    whole: list[Area] = await database.read(areas.whole)
    return await database.read(lambda tx: {area.code: areas.path_names(tx, area.id) for area in whole})


@pytest.mark.parametrize(
    "content",
    [
        ENGLISH,
        CHINESE,
        CHINESE.replace(",", "\t"),
        CHINESE.replace(",", ";"),
        CHINESE.replace("\n", "\r\n"),
        "\ufeff" + CHINESE,
        CHINESE.encode(),
        CHINESE.encode("utf-8-sig"),
        CHINESE.encode("gb18030"),
        CHINESE.encode("utf-16"),
        CHINESE + "\n,,,\n  \n",
    ],
)
def test_a_file_is_read_however_the_spreadsheet_saved_it(content: bytes | str) -> None:
    assert [(area.code, area.parent, area.kind, area.name) for area in planned(content).areas] == [
        ("happy", None, Kind.COMMUNITY, "幸福社区"),
        ("g1", "happy", Kind.GRID, "第一网格"),
        ("b1", "g1", Kind.BUILDING, "1号楼"),
        ("b2", "g1", Kind.BUILDING, "2号楼"),
    ]


def test_the_order_of_the_lines_does_not_matter() -> None:
    first, *rest = ENGLISH.splitlines()
    assert [area.code for area in planned("\n".join([first, *reversed(rest)])).areas][:2] == ["happy", "g1"]


def test_each_bad_line_is_named_and_told_what_to_do() -> None:
    said = complaints(
        "code,parent,kind,name\n"
        "happy,,community,幸福社区\n"
        ",happy,building,1号楼\n"
        "b2,happy,tower,2号楼\n"
        "b3,happy,building,\n"
        "happy,,community,又一个\n"
        "b4,,building,4号楼\n"
        f"b5,happy,building,{'长' * 61}\n"
        'b6,happy,building,"6号\n楼"\n'
        "g1,b7,grid,第一网格\n"
        "b7,happy,building,7号楼\n"
        "b8,happy\n"
    )
    assert said == [
        "line 3: the code is empty; fill in the column code (编号)",
        "line 4: 'tower' is no kind of place;"
        " write district 区县, street 街道, community 社区, grid 网格 or building 楼栋",
        "line 5: the name is empty; fill in the column name (名称)",
        "line 6: the code happy is in line 2 already; give each its own",
        "line 7: the building b4 stands under nothing; it must stand under a grid or a community",
        "line 8: the name has 61 characters; at most 60 are possible",
        "line 9: the name holds a line break or an invisible character; type it anew",
        "line 11: the grid g1 stands under a building; it must stand under a community",
        "line 13: the name is empty; fill in the column name (名称)",
        "line 13: the kind is empty; write district 区县, street 街道, community 社区, grid 网格 or building 楼栋",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "line 1: no place in this file"),
        ("code,parent,kind,name\n", "line 1: no place in this file"),
        ("code,name\nb1,1号楼\n", "line 1: no column parent (上级), kind (类型)"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "line 1: not a text file"),
        (b"\xff\xff\xff", "line 1: not a text file"),
        ('code,parent,kind,name\nb1,,community,"x"y\n', "line 2: cannot be read as CSV"),
        ('code,parent,kind,name\nb1,,community,"x\n', "line 2: cannot be read as CSV"),
    ],
)
def test_a_file_that_is_none_says_what_to_do(content: bytes | str, said: str) -> None:
    complaint = complaints(content)
    assert len(complaint) == 1
    assert complaint[0].startswith(said)


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_whatever_is_in_a_file_it_is_a_plan_or_faults(content: bytes | str) -> None:
    assert isinstance(plan_import(content), Plan | Faults)


@given(st.text(max_size=100))
def test_whatever_is_in_a_line_it_is_a_plan_or_faults(words: str) -> None:
    assert isinstance(plan_import(f"code,parent,kind,name\n{words}"), Plan | Faults)


async def test_a_file_becomes_a_tree(database: Database, clock: StillClock) -> None:
    assert await imported(database, clock, ENGLISH) == Imported(added=4, renamed=0)
    assert await tree(database) == {
        "happy": ("幸福社区",),
        "g1": ("幸福社区", "第一网格"),
        "b1": ("幸福社区", "第一网格", "1号楼"),
        "b2": ("幸福社区", "第一网格", "2号楼"),
    }
    events = await database.read(lambda tx: history.of(tx, "areas"))
    assert [(event.event, event.after) for event in events] == [("imported", "4 added, 0 renamed")]


async def test_importing_again_renames_and_adds_and_deletes_nothing(database: Database, clock: StillClock) -> None:
    await imported(database, clock, ENGLISH)
    before = {area.code: area for area in await database.read(areas.whole)}
    again = "code,parent,kind,name\nb1,g1,building,一号楼\nb3,g1,building,3号楼\n"
    assert await imported(database, clock, again) == Imported(added=1, renamed=1)
    after = {area.code: area for area in await database.read(areas.whole)}
    assert sorted(after) == ["b1", "b2", "b3", "g1", "happy"]
    assert after["b1"].name == "一号楼"
    assert (after["b1"].id, after["b1"].join_code) == (before["b1"].id, before["b1"].join_code)
    assert await imported(database, clock, again) == Imported(added=0, renamed=0)


async def test_what_does_not_fit_the_places_we_have_changes_nothing(database: Database, clock: StillClock) -> None:
    await imported(database, clock, ENGLISH)
    before = await tree(database)
    faults = await imported(
        database,
        clock,
        "code,parent,kind,name\n"
        "b1,happy,building,1号楼\n"
        "g1,happy,building,第一网格\n"
        "b3,nowhere,building,3号楼\n"
        "g2,b2,grid,第二网格\n"
        "b9,happy,building,9号楼\n",
    )
    assert isinstance(faults, Faults)
    assert [str(fault) for fault in faults.faults] == [
        "line 2: b1 stands under g1 already and cannot move; give the new place a code of its own",
        "line 3: g1 is a grid already; give the building a code of its own",
        "line 4: the parent nowhere is not known; add a line for it or correct its code",
        "line 5: the grid g2 stands under a building; it must stand under a community",
    ]
    assert await tree(database) == before


async def test_an_empty_database_gets_one_community(database: Database) -> None:
    area = await database.transaction(ensure_first_area)
    assert (area.kind, area.name) == (Kind.COMMUNITY, "邻里社区")
    assert await database.transaction(ensure_first_area) == area
    assert len(await database.read(areas.whole)) == 1


async def test_copies_that_start_together_make_one_first_community(database: Database) -> None:
    made = await asyncio.gather(*(database.transaction(ensure_first_area) for _ in range(8)))
    assert len(set(made)) == 1
    assert len(await database.read(areas.whole)) == 1


@pytest.mark.parametrize("content", [ENGLISH, ENGLISH.replace("happy,,", "happy,s,") + "s,,street,幸福街道\n"])
async def test_the_first_community_becomes_the_one_of_the_file(
    database: Database, clock: StillClock, content: str
) -> None:
    first = await database.transaction(ensure_first_area)
    done = await imported(database, clock, content)
    assert done == Imported(added=content.count("\n") - 1, renamed=0)
    community = await database.read(lambda tx: areas.get(tx, first.id))
    assert (community.code, community.name, community.join_code) == ("happy", "幸福社区", first.join_code)
    places = await tree(database)
    assert FIRST_CODE not in places
    assert places["b1"][-3:] == ("幸福社区", "第一网格", "1号楼")
    line = await database.read(lambda tx: areas.line(tx, first.id))
    assert len(line) == len(places["happy"])


async def test_a_file_of_two_communities_leaves_the_first_one_alone(database: Database, clock: StillClock) -> None:
    await database.transaction(ensure_first_area)
    await imported(database, clock, ENGLISH + "peace,,community,平安社区\n")
    assert sorted(await tree(database)) == ["b1", "b2", FIRST_CODE, "g1", "happy", "peace"]


def test_codes_of_posters_fit_into_links_and_differ() -> None:
    codes = {new_join_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", code) for code in codes)
