"""Family proposes: the person agrees, who is in charge looks at it first, and nothing begins before."""

from bot.domain.people import Role
from bot.domain.plans import Plan, PlanState
from bot.storage import persons, plans
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.test_relatives import link_in
from tests.journeys.conftest import Town, told


async def proposes(town: Town, chen: Phone, words: str = "Zhang, daughter, 13900001111") -> None:
    """Chen Li asks that her mother be looked after."""
    await chen.sends("/family")
    await chen.reads("My family")
    await chen.presses("Care for somebody of mine")
    await chen.reads("Where do they live?")
    await chen.presses("Where I live")
    await chen.reads("Whom shall we look after?")
    await chen.sends(words)
    await town.quiet()


async def plan(town: Town) -> Plan:
    """The only plan that there is."""

    def look(tx: Transaction) -> Plan:
        row = tx.one("SELECT id FROM plans")
        assert row is not None
        found = plans.find(tx, row["id"])
        assert found is not None
        return found

    return await town.read(look)


async def test_a_mother_without_a_chat_agrees_before_the_coordinator(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    chen = await town.resident("Chen Li", language="en")
    await proposes(town, chen)
    await chen.reads("It begins when both have said yes")
    card = await wang.reads("Chen Li (daughter) asks us to look after Zhang")
    assert "Zhang has no chat" in card.text
    assert (await plan(town)).state is PlanState.PROPOSED
    await wang.presses("I have heard them agree")
    await chen.reads("Zhang agrees and is asked every day")
    assert (await plan(town)).state is PlanState.ACTIVE
    await wang.reads("Wang has looked at it")
    # Whoever proposed it is asked to be told, too.
    assert told(chen, "You have asked us to look after Zhang")
    await chen.presses("Yes, tell me")
    await wang.reads("Chen Li (daughter) agrees to be told about Zhang")


async def test_whoever_has_a_chat_is_asked_there_and_it_waits_to_be_looked_at(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang", language="en")
    mother = await town.person(zhang)
    await town.write(lambda tx: _telephone(tx, mother.id))
    chen = await town.resident("Chen Li", language="en")
    await proposes(town, chen)
    await zhang.reads("may I ask you every day")
    await zhang.presses("Yes, please")
    await zhang.reads("Your coordinator looks at it")
    await town.passes(hours=9)
    assert (await plan(town)).state is PlanState.PROPOSED, "nobody in charge has seen it"
    assert not told(zhang, "Good evening")
    await wang.reads("Zhang agrees")
    await wang.presses("I have looked at it")
    await zhang.reads("I will ask you every day")
    await chen.reads("Zhang agrees and is asked every day")
    await town.passes(hours=14)
    await zhang.reads("Good morning")


def _telephone(tx: Transaction, person_id: int) -> None:
    person = persons.get(tx, person_id)
    assert persons.save(tx, person, person.__class__(**{**vars(person), "telephone": "+8613900001111"}))


async def test_looked_at_first_it_begins_with_their_yes(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    chen = await town.resident("Chen Li", language="en")
    await proposes(town, chen)
    await wang.reads("asks us to look after Zhang")
    await wang.presses("I have looked at it")
    await wang.reads("Wang has looked at it")
    await wang.presses("A link for their telephone")
    await wang.reads("A link for the new telephone of Zhang")
    zhang = town.sandbox.phone("Granny", language="en")
    await zhang.opens(link_in(wang))
    await zhang.reads("Dear Zhang, may I ask you every day")
    await zhang.presses("Yes, please")
    await zhang.reads("I will ask you every day")
    await chen.reads("Zhang agrees and is asked every day")
    await town.passes(hours=9)
    await zhang.reads("Good evening, Zhang")


async def test_nobody_learns_a_name_from_a_telephone_and_nobody_floods(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang Mei", language="en")
    mother = await town.person(zhang)
    await town.write(lambda tx: _telephone(tx, mother.id))
    chen = await town.resident("Chen Li", language="en")
    await proposes(town, chen, "Somebody, niece, 13900001111")
    await wang.reads("Their telephone is known here from: Zhang Mei")
    assert not told(chen, "Zhang Mei")
    assert not told(zhang, "may I ask you every day")
    for name in ("Second", "Third"):
        await proposes(town, chen, f"{name}, nephew, 1390000222{len(name)}")
    await chen.sends("/family")
    await chen.reads("My family")
    toast = await chen.presses("Care for somebody of mine")
    assert toast
    assert "3 people already" in (toast.text or "")


async def test_where_nobody_would_be_told_it_is_refused_and_says_who_is_missing(town: Town) -> None:
    chen = await town.resident("Chen Li", language="en")
    await proposes(town, chen)
    await chen.reads("Nobody would be told if they do not answer")
    assert not await town.read(lambda tx: tx.all("SELECT 1 AS one FROM plans"))
    assert not await town.read(lambda tx: tx.all("SELECT 1 AS one FROM relatives"))
    # An administrator alone could not look at it either.
    await town.helper("Chief", Role.ADMINISTRATOR, language="en")
    await proposes(town, chen)
    assert not await town.read(lambda tx: tx.all("SELECT 1 AS one FROM plans"))
    stranger = town.sandbox.phone("Stranger", language="en")
    await stranger.sends("/family")
    await stranger.reads("My family")
    toast = await stranger.presses("Care for somebody of mine")
    assert toast
    assert toast.alert


async def test_another_building_is_chosen_and_a_no_ends_it(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    chen = await town.resident("陈丽")
    await chen.sends("/family")
    await chen.reads("我的家人")
    await chen.presses("➕")
    await chen.reads("住在哪里")
    await chen.presses("幸福社区")
    await town.quiet()
    await chen.presses("第二网格")
    await town.quiet()
    await chen.presses("3号楼")
    await chen.reads("照看谁")
    await chen.sends("没有名字")
    await chen.reads("没有看到文字")
    await chen.sends("张芳 女儿 13900001111")
    await town.quiet()
    card = await wang.reads("张芳")
    assert "3号楼" in card.text
    await wang.presses("结束")
    await town.quiet()
    assert (await plan(town)).state is PlanState.ENDED


async def test_nobody_else_lets_it_begin(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    chen = await town.resident("Chen Li", language="en")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    await proposes(town, chen)
    await wang.reads("asks us to look after Zhang")
    number = (await plan(town)).id
    for phone in (chen, sunny):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in ("fv:1", f"py:{number}:1", f"pw:{number}", "fl:1", "fn:1", "fv:99"):
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    assert (await plan(town)).state is PlanState.PROPOSED
    await wang.presses("I have looked at it")
    await town.quiet()
    assert (await plan(town)).state is PlanState.PROPOSED, "they have not agreed"
