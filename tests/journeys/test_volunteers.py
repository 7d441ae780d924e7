"""Volunteers: from the wish to help to the first tap, suspended in the middle of something, renewed, resting, back again."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alerts import AlertState, Cause
from bot.domain.errors import NotAllowed, VolunteerNotSo
from bot.domain.needs import State
from bot.domain.people import Actor, Language, Role
from bot.domain.volunteers import (
    PACKAGED,
    About,
    Rules,
    RulesBroken,
    Standing,
    Step,
    Volunteer,
    by_invitation,
    load_rules,
)
from bot.services import alerts as alert_cases
from bot.services import volunteers as cases
from bot.storage import alerts, erasures, history, persons, volunteers, watches
from sandbox import Phone
from tests.care.shifts import on_duty
from tests.conftest import MORNING
from tests.journeys.conftest import Town, told


async def applies(town: Town, phone: Phone, place: str = "幸福社区", *, adult: bool = True) -> int:
    """Somebody taps through the whole application, in Chinese; its number."""
    await phone.sends("/volunteer")
    await phone.reads("想在哪里帮")
    await phone.presses(place)
    await phone.reads("您会做什么")
    await phone.presses("维修")
    await town.quiet()
    await phone.presses("下一步")
    await phone.reads("会说什么话")
    await phone.presses("普通话")
    await town.quiet()
    await phone.presses("下一步")
    await phone.reads("什么时候有空")
    await phone.presses("上午")
    await town.quiet()
    await phone.presses("周末")
    await town.quiet()
    await phone.presses("下一步")
    await phone.reads("多大了")
    await phone.presses("满 18 岁" if adult else "不满 18 岁")
    if not adult:
        await phone.reads("家长的姓名和电话")
        await phone.sends("王大力 13900001111")
    await phone.reads("请看一看")
    await town.quiet()
    await phone.presses("我同意")
    await phone.reads("协调员已经收到")
    await town.quiet()
    who = await town.person(phone)
    return (await town.read(lambda tx: volunteers.of_person(tx, who.id)))[-1].id


async def one(town: Town, number: int) -> Volunteer:
    """A volunteer as it stands."""
    found = await town.read(lambda tx: volunteers.see(tx, number))
    assert found is not None
    return found


async def acting(town: Town, phone: Phone) -> Actor:
    """Whoever has this telephone, with their roles."""
    who = await town.person(phone)
    return await town.read(lambda tx: persons.actor(tx, who))


async def test_somebody_applies_is_approved_and_is_asked_for_what_they_can_do(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang, chen = await town.resident("张奶奶"), await town.resident("小陈", "b2")
    number = await applies(town, chen)
    card = await wang.reads("小陈，幸福社区")
    assert "会做：🔧 维修" in card.text
    assert "有空：上午和周末" in card.text
    assert "满 18 岁" in card.text
    await wang.sends("/volunteers")
    await wang.reads("有 1 份申请等您看")
    await town.quiet()
    await wang.presses("小陈 · 想帮忙")
    await town.quiet()
    await wang.presses("同意")
    await chen.reads("欢迎您，小陈！您现在是幸福社区的志愿者")
    standing = await one(town, number)
    assert (standing.state, standing.rules) == (Standing.ACTIVE, 1)
    assert await town.read(lambda tx: persons.skills_of(tx, standing.person_id)) == ("repairs",)
    await town.asks(zhang, "厨房的灯坏了")
    await chen.reads("灯坏了")
    await chen.presses("我来帮忙")
    await chen.reads("301")


async def test_the_same_in_english_for_somebody_under_age_who_is_declined_and_tries_again(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    ann = await town.resident("Ann", language="en")
    await ann.sends("/volunteer")
    await ann.reads("How good that you would like to help! Where?")
    await ann.presses("1号楼")
    for question in ("What could you do?", "What do you speak?", "When can you mostly help?"):
        await ann.reads(question)
        await ann.presses("next →")
    await ann.reads("How old are you?")
    await ann.presses("Younger than 18")
    await ann.reads("A parent has to agree")
    await ann.sends("Mary, 13900001111")
    await ann.reads("Please read what we ask")
    await ann.presses("I agree")
    await ann.reads("is with the coordinators")
    card = await wang.reads("A parent's word: Mary, 13900001111")
    assert "Younger than 18" in card.text
    await wang.presses("Decline")
    await wang.reads("Why is Ann not approved?")
    await wang.sends("Please come with your mother on Friday.")
    await ann.reads("Why: Please come with your mother on Friday.")
    await ann.sends("/volunteer")
    await ann.reads("Where?")
    await ann.presses("1号楼")
    await ann.reads("What could you do?")
    await ann.presses("Nothing of it")
    await ann.reads("What do you speak?")
    await town.quiet()
    who = await town.person(ann)
    held = await town.read(lambda tx: volunteers.of_person(tx, who.id))
    assert [each.state for each in held] == [Standing.WRITING]


async def test_who_vouches_is_asked_where_the_community_wants_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    chen = await town.resident("小陈", "b2")
    home = town.program.home
    object.__setattr__(home, "rules", replace(home.rules, references=True, version=7))
    await chen.sends("/volunteer")
    await chen.reads("想在哪里帮")
    await chen.presses("2号楼")
    for question in ("您会做什么", "会说什么话", "什么时候有空"):
        await chen.reads(question)
        await chen.presses("下一步")
    await chen.reads("多大了")
    await chen.presses("满 18 岁")
    await chen.reads("谁能为您担保")
    await chen.sends("李大爷，5号楼")
    await chen.reads("请看一看")
    # The community changes its rules while somebody reads them: nobody agrees to what they have not read.
    object.__setattr__(home, "rules", replace(home.rules, version=8, texts=dict.fromkeys(Language, "新的约定")))
    await town.quiet()
    await chen.presses("我同意")
    await chen.reads("新的约定")
    await town.quiet()
    await chen.presses("我同意")
    await wang.reads("担保人：李大爷，5号楼")
    who = await town.person(chen)
    held = await town.read(lambda tx: volunteers.of_person(tx, who.id))
    assert [(each.state, each.rules) for each in held] == [(Standing.APPLIED, 8)]


async def test_suspended_in_the_middle_of_a_claim_it_goes_back_and_the_resident_hears(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhang.reads("小李来帮您")
    await town.quiet()
    await wang.sends("/volunteers")
    await wang.reads("志愿者")
    await town.quiet()
    await wang.presses("小李")
    await town.quiet()
    await wang.presses("暂停")
    await wang.reads("为什么暂停小李")
    await wang.sends("请先来社区谈一谈")
    await li.reads("您接下的事会请别人去")
    await zhang.reads("原来那位邻居来不了了")
    await town.quiet()
    need = await town.need(number)
    assert (need.state, need.claimed_by) == (State.OPEN, None)
    assert not li.sees("301"), "the address is gone from their card"
    story = [event.event for event in await town.story(number)]
    assert story[-1] == "released"
    # Nothing more is asked of them, and they cannot help themselves to it.
    await li.presses("我来帮忙")
    await town.quiet()
    assert (await town.need(number)).state is State.OPEN
    await li.sends("/volunteer")
    await li.reads("暂时不请您帮忙")
    await zhao.presses("我来帮忙")
    await zhao.reads("301")
    await town.quiet()
    await wang.presses("可以再帮忙")
    await li.reads("您又是幸福社区的志愿者了")
    assert (await town.person(li)).id in await town.read(lambda tx: persons.holding(tx, Role.VOLUNTEER, need.area_id))


async def test_suspended_on_duty_and_on_an_alert_both_go_to_others(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await town.resident("Zhang", language="en")
    who, person = await acting(town, li), await town.person(zhang)
    home = town.program.home
    alert = await town.write(lambda tx: alert_cases.raise_alert(tx, home, person.id, Cause.HELP, now=town.clock.now()))
    await li.reads("Zhang")
    await town.write(lambda tx: alert_cases.take(tx, who, alert.id, now=town.clock.now()))
    await town.quiet()
    number = (await town.read(lambda tx: volunteers.of_person(tx, who.id)))[0].id
    boss = await acting(town, wang)
    await town.write(
        lambda tx: cases.decide(tx, boss, home, number, "suspend", "Please come by first.", now=town.clock.now())
    )
    await li.reads("What you had taken on goes back to others")
    after = await town.read(lambda tx: alerts.see(tx, alert.id))
    assert after is not None
    assert (after.state, after.taken_by) == (AlertState.OPEN, None)
    assert not await town.read(lambda tx: watches.held_by(tx, who.id, town.clock.now()))
    assert not await town.read(lambda tx: erasures.shift_places(tx, who.id))
    await wang.reads("nobody is on duty now")
    await town.quiet()
    assert told(wang, "asks for help")
    assert who.id not in await town.read(lambda tx: alerts.told(tx, alert.id))


async def test_a_year_is_asked_for_lapses_kindly_and_comes_back(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li, zhao = await town.helper("小李"), await town.helper("小赵")
    await town.passes(days=334)
    assert not told(li, "快满一年")
    await town.passes(days=1, hours=1)
    for phone in (li, zhao):
        await phone.reads("快满一年了。还继续吗")
    await li.presses("继续，我同意约定")
    await li.reads("您是幸福社区的志愿者")
    await town.quiet()
    await town.passes(days=30)
    await zhao.reads("一年到期了")
    assert not told(li, "到期了")
    gone = await town.person(zhao)
    assert not (await town.read(lambda tx: persons.actor(tx, gone))).grants
    await zhao.presses("我想继续")
    await wang.reads("小赵，幸福社区")
    await town.quiet()
    await wang.presses("同意")
    await zhao.reads("欢迎您，小赵")
    assert (await town.read(lambda tx: persons.actor(tx, gone))).grants


async def test_nobody_lapses_in_the_middle_of_something(town: Town) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    await town.passes(days=336)
    await li.reads("还继续吗")
    zhang = await town.resident("张奶奶")
    await town.passes(days=28)
    number = await town.asks(zhang, "这周修灯")
    await li.reads("修灯")
    await li.presses("我来帮忙")
    await li.reads("301")
    await town.quiet()
    at = town.clock.now() + timedelta(days=3)
    await town.write(lambda tx: tx.run("UPDATE needs SET act_at = :at", {"at": int(at.timestamp())}))
    await town.passes(days=2)
    assert not told(li, "到期了")
    assert (await town.need(number)).state is State.CLAIMED
    await li.presses("办完了")
    await li.reads("办得怎么样")
    await li.presses("办好了")
    await zhang.reads("您看可以吗")
    await town.passes(days=1)
    await li.reads("到期了")


async def test_an_application_that_waits_is_shown_again_and_one_never_sent_is_forgotten(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    chen, zhou = await town.resident("小陈"), await town.resident("小周")
    await applies(town, chen)
    await wang.reads("小陈，幸福社区")
    await zhou.sends("/volunteer")
    await zhou.reads("想在哪里帮")
    await zhou.presses("幸福社区")
    await zhou.reads("您会做什么")
    shown = len(town.sandbox.calls_of("sendMessage", wang.id))
    await town.passes(days=3, minutes=1)
    assert len(town.sandbox.calls_of("sendMessage", wang.id)) > shown
    await town.passes(days=28)
    half = await town.person(zhou)
    assert not await town.read(lambda tx: volunteers.of_person(tx, half.id))
    await chen.sends("/volunteer")
    await chen.reads("协调员已经收到")
    await chen.presses("收回申请")
    await chen.reads("您现在不是幸福社区的志愿者了")


async def test_an_applicant_who_is_forgotten_leaves_no_name_with_the_coordinator(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    chen = await town.resident("小陈")
    number = await applies(town, chen, adult=False)
    await wang.reads("家长：王大力 13900001111")
    await town.quiet()
    await chen.sends("/forget")
    await chen.reads("要我忘记您吗")
    await chen.presses("请忘记我")
    await chen.reads("真的吗")
    await chen.presses("永远忘记我")
    await chen.reads("已经忘记您了")
    await town.quiet()
    assert not told(wang, "小陈")
    assert not told(wang, "王大力")
    assert (await one(town, number)).about is None


async def test_nobody_decides_about_themselves_or_elsewhere(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    far = await town.helper("远姐", Role.COORDINATOR, "c2")
    chen = await town.resident("小陈")
    number = await applies(town, chen)
    await wang.reads("小陈，幸福社区")
    for phone in (far, chen):
        other = await acting(town, phone)
        for decision in (cases.approve, cases.resume):
            with pytest.raises(NotAllowed):
                await town.write(partial(decision, actor=other, volunteer_id=number, now=MORNING))
    actor = await acting(town, wang)
    with pytest.raises(VolunteerNotSo):
        await town.write(lambda tx: cases.resume(tx, actor, number, now=MORNING))
    await town.write(lambda tx: cases.approve(tx, actor, number, now=MORNING))
    with pytest.raises(VolunteerNotSo):
        await town.write(lambda tx: cases.approve(tx, actor, number, now=MORNING))
    story = await town.read(lambda tx: [event.event for event in history.of(tx, f"volunteer:{number}")])
    assert story == ["applied", "approved"]
    # An invitation brings back whoever had stopped.
    await town.write(lambda tx: cases.retire(tx, actor, town.program.home, number, now=MORNING))
    await chen.opens(await town.invitation(Role.VOLUNTEER))
    await chen.reads("小陈，您现在是幸福社区的志愿者了")
    assert (await one(town, number)).state is Standing.ACTIVE


# --- the rules as a file, and the states ---


def test_the_rules_are_a_file_of_the_communitys_own(tmp_path: Path) -> None:
    packaged = load_rules()
    assert packaged.version == 1
    assert set(packaged.texts) == set(Language)
    own = tmp_path / "rules.toml"
    own.write_text('version = 2\nreferences = true\nzh = "好好帮忙"\nen = "Help well."\n', encoding="utf-8")
    assert load_rules(own) == Rules(2, {Language.CHINESE: "好好帮忙", Language.ENGLISH: "Help well."}, True)
    long = "x" * 3001
    for broken in (
        'version = 2\nzh = "好"\n',
        'version = 0\nzh = "好"\nen = "x"\n',
        f'version = 1\nzh = "好"\nen = "{long}"\n',
    ):
        own.write_text(broken, encoding="utf-8")
        with pytest.raises(RulesBroken):
            load_rules(own)
    assert PACKAGED.exists()


@given(
    st.lists(
        st.sampled_from(["approve", "decline", "suspend", "resume", "retire", "lapse", "renew", "apply"]), max_size=12
    )
)
def test_whoever_may_help_has_agreed_is_asked_again_and_nobody_else_is_waited_for(moves: list[str]) -> None:
    rules, now = load_rules(), MORNING
    volunteer = Volunteer(0, 1, 1, Standing.WRITING).write(replace(About(), step=Step.RULES), now)
    rule = {
        "apply": lambda: volunteer.apply(rules, now),
        "approve": lambda: volunteer.approve(2, now),
        "decline": lambda: volunteer.decline(2, "x"),
        "suspend": lambda: volunteer.suspend(2, "x"),
        "resume": lambda: volunteer.resume(2, now),
        "retire": lambda: volunteer.retire(None),
        "lapse": lambda: volunteer.lapse(),
        "renew": lambda: volunteer.renew(rules, now),
    }
    for move in moves:
        try:
            volunteer = rule[move]()
        except VolunteerNotSo:
            continue
        if volunteer.state is Standing.ACTIVE:
            assert volunteer.rules == rules.version
            assert volunteer.renew_at is not None
            assert volunteer.act_at is not None
            assert volunteer.act_at < volunteer.renew_at
        elif volunteer.state is not Standing.APPLIED:
            assert volunteer.act_at is None
        assert (
            volunteer.state in (Standing.DECLINED, Standing.SUSPENDED) or volunteer.reason is None or move == "retire"
        )


def test_whoever_is_asked_late_has_as_long_to_answer() -> None:
    old = by_invitation(1, 1, MORNING - timedelta(days=3000))
    asked = old.asked(MORNING)
    assert asked.renew_at == MORNING + timedelta(days=30)
    assert asked.act_at == asked.renew_at
