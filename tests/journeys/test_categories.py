"""Kinds of requests: what only a few may see, what takes two, what the words do not decide, and a catalogue of one's own."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import opened_program
from bot.doctor import examine
from bot.domain.categories import PACKAGED, CatalogueBroken
from bot.domain.people import Role
from tests.journeys.conftest import DOOR, Town, told


async def test_a_mediation_is_found_by_nobody_but_the_mediator_and_the_coordinator(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhao = await town.helper("赵师傅", skills=("mediation",))
    far = await town.helper("钱师傅", code="c2", skills=("mediation",))
    zhang = await town.resident("张奶奶")
    group = await town.group(chen, "c1", li, zhao)
    await zhang.sends("楼上邻居天天吵架，想请人调解")
    card = await zhang.reads("这样写对吗")
    assert "邻里调解" in card.text
    assert "只有受过培训的志愿者和协调员看得到" in card.text
    assert "问邻居" not in card.text
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends(DOOR)
    await zhang.reads("只有受过培训的志愿者和协调员看得到，有进展")
    await town.quiet()

    offer = await zhao.reads("想请人调解")
    assert "要保密" in offer.text
    assert not told(li, "调解", group)
    for phone in (li, far, chen, zhang):
        await phone.sends("/needs")
        await town.quiet()
    for phone in (li, far, chen):
        assert not told(phone, "调解"), phone
        for code in ("nq:1", "nc:1", "nv:1", "nn:1", "nx:1", "ny:1", "nj:1:1", "ne:1:which", "nf:1", "nr:1", "ni:1"):
            toast = await phone.taps_code(code, phone.screen()[-1])
            assert toast
            assert "已经不在了" in (toast.text or ""), (code, toast.text)
    await wang.sends("/needs")
    await town.quiet()
    await wang.presses("邻里调解")
    card = await wang.reads("想请人调解")
    assert "要保密" in card.text

    await zhao.presses("我来帮忙")
    await zhang.reads("赵师傅")
    await zhao.reads("2单元301")
    await zhao.presses("办完了")
    await zhao.reads("办得怎么样")
    await zhao.presses("办好了")
    await town.quiet()
    for phone in (li, far, chen):
        assert not told(phone, "调解"), phone
    assert not told(li, "调解", group)


async def test_in_english_without_anybody_trained_the_coordinator_hears_at_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("Li", language="en")
    smith = await town.resident("Mrs Smith", language="en")
    await smith.sends("I quarrel with my neighbour, could somebody mediate")
    card = await smith.reads("Is this right?")
    assert "Mediation" in card.text
    assert "Only trained volunteers and your coordinator" in card.text
    await smith.presses("Post it")
    await smith.reads("door")
    await smith.sends(DOOR)
    await smith.reads("Only trained volunteers and your coordinator see it")
    await wang.reads("Nobody has taken request #1")
    await town.quiet()
    assert not told(li, "mediate")


async def test_what_becomes_confidential_vanishes_where_it_was_shown(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    group = await town.group(chen, "c1", li)
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("厨房的灯坏了")
    await li.reads("厨房的灯坏了", chat=group)
    await zhang.presses("修改")
    await zhang.reads("要改哪里")
    await zhang.presses("类别")
    await zhang.reads("哪一类")
    await zhang.presses("邻里调解")
    await town.quiet()
    for chat in (None, group):
        assert not told(li, "灯坏", chat)
        assert told(li, "不再显示在这里", chat)
    assert (await town.need(1)).guarded_by == "mediation"


async def test_two_people_must_go(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await zhang.sends("旧柜子要搬到楼下")
    card = await zhang.reads("这样写对吗")
    assert "要两个人来做" in card.text
    await town.asks(zhang, "沙发也要搬")
    offer = await li.reads("沙发也要搬")
    assert "请不要一个人去" in offer.text
    await li.presses("我来帮忙")
    card = await li.reads("2单元301")
    assert "请不要一个人去" in card.text
    assert (await town.need(1)).pair


async def test_the_two_likeliest_kinds_are_offered_when_the_words_do_not_decide(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("要去医院，还要去趟药店")
    card = await zhang.reads("是哪一类")
    assert "这样写对吗" in card.text
    await zhang.presses("买药取药")
    await town.quiet()
    card = zhang.screen()[-1]
    assert "💊 买药取药" in card.text
    assert "是哪一类" not in card.text
    await zhang.presses("不要了")
    await zhang.reads("收起来")

    smith = await town.resident("Mrs Smith", language="en")
    await smith.sends("to the hospital and to the pharmacy")
    await smith.reads("Which kind of help is it?")
    await smith.presses("Something else")
    await smith.reads("What kind of help")
    await smith.presses("Transport")
    card = await smith.reads("Is this right?")
    assert "Transport" in card.text
    await smith.presses("Post it")
    await smith.reads("door")


async def test_of_two_likely_kinds_the_confidential_one_comes_first(town: Town) -> None:
    """Whoever posts without looking shows nobody what only a few should read."""
    zhang = await town.resident("张奶奶")
    await zhang.sends("水管漏水，要跟邻居商量")
    card = await zhang.reads("是哪一类")
    assert "🤝 邻里调解\n" in card.text


async def test_the_place_is_known_however_it_is_said(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("三栋门口有个快递，帮我拿一下")
    card = await zhang.reads("这样写对吗")
    assert "3号楼" in card.text


# --- a catalogue of one's own ---

OWN = """
[mediation]
zh = "调解"
en = "Mediation"
icon = "🤝"
words_zh = ["吵"]
words_en = ["row"]
skills = ["mediation"]
confidential = true
minutes = { today = 30 }

[other]
zh = "别的"
en = "Other"
icon = "🙏"
words_zh = []
words_en = []
"""


def catalogue(town: Town, folder: Path, text: str) -> None:
    """The program uses these categories when it starts next."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    town.settings = replace(town.settings, categories=path)


async def test_a_category_goes_while_requests_use_it(town: Town, tmp_path: Path) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李", skills=("repairs",))
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await zhang.sends("心里难受，想做心理咨询")
    await zhang.reads("这样写对吗")
    await town.quiet()
    await town.sleeps()
    catalogue(town, tmp_path, OWN)
    await town.wakes()
    await li.sends("/needs")
    await li.reads("您附近的需求")
    await li.presses("别的")
    await li.reads("灯坏了")
    await town.quiet()
    assert told(li, "🙏 别的")
    await zhang.presses("发出去")
    await zhang.reads("哪一类")
    await town.quiet()
    assert len(await town.needs_of((await town.person(zhang)).id)) == 1, "a secret of a kind that is gone is not posted"
    await zhang.presses("调解")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("只有受过培训的志愿者")
    await town.quiet()
    need = await town.need(2)
    assert (need.category, need.guarded_by, need.within_minutes) == ("mediation", "mediation", 30)
    await town.passes(minutes=31)
    await zhang.reads("还没有人来帮忙")
    await wang.reads("#2")
    assert not told(li, "心里难受")
    assert (await town.need(1)).category == "repairs", "it stays as it was stored"

    await town.sleeps()
    catalogue(town, tmp_path, PACKAGED.read_text(encoding="utf-8"))
    await town.wakes()
    await li.sends("/needs")
    await town.quiet()
    await li.presses("#1 🔧 维修")
    await li.reads("灯坏了")


async def test_what_a_new_catalogue_calls_confidential_is_so_from_now_on(town: Town, tmp_path: Path) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await town.sleeps()
    text = PACKAGED.read_text(encoding="utf-8")
    catalogue(town, tmp_path, text.replace('skills = ["repairs"]', 'skills = ["repairs"]\nconfidential = true'))
    await town.wakes()
    await town.quiet()
    assert not told(li, "灯坏了")
    assert told(li, "不再显示在这里")
    assert [event.event for event in await town.story(1)] == ["posted", "guarded"]
    await town.sleeps()
    town.settings = replace(town.settings, categories=None)
    await town.wakes()
    assert (await town.need(1)).guarded_by == "repairs", "a secret stays one"


async def test_a_broken_file_stops_the_start_and_the_doctor_names_every_fault(town: Town, tmp_path: Path) -> None:
    broken = OWN.replace('icon = "🤝"\n', "").replace("confidential = true", 'confidential = "yes"')
    catalogue(town, tmp_path, broken.replace('skills = ["mediation"]', 'skils = ["mediation"]'))
    with pytest.raises(CatalogueBroken) as error:
        async with opened_program(town.settings):
            pass
    assert len(error.value.faults) == 3
    told_by_doctor = [one.text for one in await examine(town.settings) if one.name == "categories"]
    assert told_by_doctor == list(error.value.faults)
    assert any("did you mean skills?" in fault for fault in told_by_doctor)
    town.settings = replace(town.settings, categories=tmp_path / "missing.toml")
    assert ["cannot be read" in one.text for one in await examine(town.settings) if one.name == "categories"] == [True]
    town.settings = replace(town.settings, categories=None)
    assert [one.text for one in await examine(town.settings) if one.name == "categories"] == ["18"]


async def test_a_category_goes_while_the_door_is_asked_for(town: Town, tmp_path: Path) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("心里难受，想做心理咨询")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await town.quiet()
    await town.sleeps()
    catalogue(town, tmp_path, OWN)
    await town.wakes()
    await zhang.sends(DOOR)
    await zhang.reads("哪一类")
    await zhang.presses("别的")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("已经发出")
    assert (await town.person(zhang)).door == "2单元301"
