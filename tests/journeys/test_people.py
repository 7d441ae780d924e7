"""Arriving by poster and invitation, names, languages, what each role is shown, and what is known of oneself."""

from functools import partial

from bot.domain.people import Actor, Language, Person, Role
from bot.storage import persons
from bot.storage.database import Transaction
from sandbox.phones import Phone
from tests.journeys.conftest import Town, told


def menu(town: Town, phone: Phone) -> dict[str, str]:
    """The newest command menu of this person's chat: command → description."""
    calls = [
        call
        for call in town.sandbox.calls_of("setMyCommands")
        if dict(call.parameters.get("scope") or {}).get("chat_id") == phone.id
    ]
    return {entry["command"]: entry["description"] for entry in calls[-1].parameters["commands"]}


async def test_a_poster_enrols_in_two_taps_and_knows_whoever_comes_back(town: Town) -> None:
    zhang = town.sandbox.phone("张奶奶")
    await zhang.opens(await town.poster("b1"))
    assert "1号楼" in (await zhang.reads("您好")).text
    await zhang.presses("中文")
    await zhang.reads("怎么称呼您")
    await zhang.presses("张奶奶")
    assert "第一网格 1号楼" in (await zhang.reads("欢迎您，张奶奶")).text
    await zhang.sends("/start")
    await zhang.reads("直接写在这里")
    await town.asks(zhang, "灯坏了")
    await zhang.opens(await town.poster("b1"))
    await zhang.reads("您好")
    assert (await town.person(zhang)).door == "2单元301", "one's own poster changes nothing"
    await zhang.opens(await town.poster("b3"))
    await zhang.reads("您搬到幸福社区 第二网格 3号楼了吗")
    await zhang.presses("我还住原处")
    await town.quiet()
    assert (await town.person(zhang)).door == "2单元301", "a poster that is read in passing moves nobody"
    await zhang.opens(await town.poster("b3"))
    await zhang.reads("您搬到")
    await zhang.presses("我现在住这里")
    assert "3号楼" in (await zhang.reads("欢迎您")).text
    assert (await town.person(zhang)).door is None, "the old door is not the new one"


async def test_another_name_and_second_thoughts(town: Town) -> None:
    zhang = town.sandbox.phone("A🌟lice \u202eevil\u202c")
    await zhang.opens(await town.poster("b1"))
    await zhang.reads("您好")
    await zhang.presses("中文")
    await zhang.reads("怎么称呼您")
    await zhang.presses("换个称呼")
    await zhang.reads("请写下")
    await zhang.sends("名" * 200)
    await zhang.reads("200 个字，最多可以写 40")
    await zhang.sends("\u200b\u202e")
    await zhang.reads("没有看到文字")
    await zhang.sends("张<b>奶奶</b> & 老伴")
    await zhang.reads("欢迎您，张<b>奶奶</b> & 老伴")
    await zhang.sends("/me")
    await zhang.reads("张<b>奶奶</b> & 老伴")
    await zhang.presses("换个称呼")
    await zhang.reads("请写下")
    await zhang.opens(await town.poster("b1"))
    await zhang.reads("您好")
    await zhang.presses("中文")
    await zhang.reads("怎么称呼您")
    await zhang.presses("张<b>奶奶</b>")
    await zhang.reads("欢迎您")
    await zhang.sends("家里的灯坏了")
    await zhang.reads("这样写对吗")
    assert (await town.person(zhang)).name == "张<b>奶奶</b> & 老伴"


async def test_names_as_telephones_bring_them(town: Town) -> None:
    for name, kept in [
        *(("　", "邻居"), ("\u202d\u200f", "邻居"), ("阿" * 64, "阿" * 40), ("👵🏻", "👵🏻"), ("مريم", "مريم")),
    ]:
        phone = town.sandbox.phone(name)
        await phone.opens(await town.poster("b1"))
        await phone.reads(f"您好，{kept}！")
        assert (await town.person(phone)).name == kept


async def test_language_changes_everything_and_the_menu_too(town: Town) -> None:
    li = await town.helper("Li")
    zhang = await town.resident("张奶奶")
    assert menu(town, zhang)["need"] == "一步一步说出需求"
    number = await town.asks(zhang, "灯坏了")
    await zhang.sends("/language")
    await zhang.reads("我跟您说中文")
    await zhang.presses("English")
    await zhang.reads("I speak English with you")
    await town.quiet()
    assert menu(town, zhang)["need"] == "Ask for help, step by step"
    assert (await town.person(zhang)).language is Language.ENGLISH
    await li.presses("我来帮忙")
    await zhang.reads("Li has taken your request")
    await zhang.sends("/mine")
    assert (await zhang.reads("You asked for")).says(f"#{number} 🔧 Repairs")
    await zhang.sends("/help")
    await zhang.reads("Simply write here")
    toast = await zhang.taps_code("pl:fr:0", next(shown for shown in zhang.screen() if shown.labels))
    assert toast
    assert "does not work" in (toast.text or "")
    await zhang.sends("/language")
    await zhang.presses("中文")
    await zhang.reads("我跟您说中文")
    await town.quiet()
    assert menu(town, zhang)["mine"] == "我的需求和我在帮的忙"


async def test_help_and_menu_are_what_this_person_can_do(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    li = await town.helper("小李")
    wang = await town.helper("王姐", Role.COORDINATOR)
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    for phone, shown, hidden in [
        (zhang, {"need", "mine", "me", "language", "help"}, {"needs", "invite"}),
        (li, {"need", "needs", "mine"}, {"invite"}),
        (wang, {"needs", "invite"}, set()),
        (chen, {"needs", "invite"}, set()),
    ]:
        await phone.sends("/help")
        said = await phone.reads("120")
        await town.quiet()
        commands = set(menu(town, phone))
        assert commands >= shown, phone.name
        assert not commands & hidden, phone.name
        assert all(f"/{command}" in said.text for command in commands)
    await zhang.sends("/needs")
    await zhang.reads("您现在没有在办的事")
    await zhang.sends("/invite")
    await zhang.reads("由别人来办")
    await zhang.opens(await town.invitation(Role.VOLUNTEER))
    await zhang.reads("志愿者")
    await town.quiet()
    assert "needs" in menu(town, zhang), "the menu follows the role"


async def test_what_is_mine_and_what_is_around(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    for words in ("/mine", "/needs"):
        await zhang.sends(words)
        await zhang.reads("您现在没有在办的事")
    await li.sends("/needs")
    await li.reads("现在没有等着帮忙的事")
    neighbours = [await town.resident(f"邻居{number}", "b2") for number in range(3)]
    for number in range(9):
        await town.asks(neighbours[number % 3], f"不急，第{number}件", **({} if number < 3 else {"door": None}))
    urgent = await town.asks(zhang, "马上要人，漏水了")
    await li.sends("/needs")
    first = await li.reads("您附近的需求")
    assert first.labels[0][0].startswith(f"#{urgent} "), "the most pressing first"
    assert len(first.labels) == 9
    await li.presses("更多")
    second = await li.reads("您附近的需求")
    assert len(second.labels) == 2
    assert not {row[0] for row in first.labels[:8]} & {row[0] for row in second.labels}
    for code in ("nm:-1", "nm:99999999999999", "nm:0:0"):
        toast = await li.taps_code(code, first)
        assert toast
    await li.presses(f"#{urgent}")
    await li.reads("漏水了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await li.sends("/mine")
    assert (await li.reads("您正在帮忙")).says(f"#{urgent} ")
    await zhang.sends("/mine")
    await zhang.reads("您的需求")
    await zhang.presses(f"#{urgent}")
    await zhang.reads("小李来帮您")


async def test_what_is_running_is_listed_however_much_came_after(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    first = await town.asks(zhang, "不急，柜子坏了")
    for number in range(11):
        if number == 6:
            await town.passes(days=1)  # ten a day are possible
        await town.asks(zhang, f"第{number}件事", door=None)
        await zhang.presses("不需要了")
        await zhang.reads("已经取消")
    await zhang.sends("/mine")
    assert (await zhang.reads("您的需求")).says(f"#{first} ")
    assert not told(li, "第11件事")


# --- invitations ---


def _roles(person: Person, tx: Transaction) -> Actor:
    return persons.actor(tx, person)


async def test_each_role_is_given_once_by_a_link(town: Town) -> None:
    names = {"volunteer": "志愿者", "leader": "志愿队长", "coordinator": "协调员", "administrator": "管理员"}
    thief = town.sandbox.phone("路人", language="en")
    for role in Role:
        link = await town.invitation(role)
        li = town.sandbox.phone(f"小李{role.value}")
        await li.opens(link)
        assert "幸福社区" in (await li.reads(f"的{names[role.value]}了")).text
        await li.opens(link)
        await li.reads(f"的{names[role.value]}了")
        await thief.opens(link)
        await thief.reads("has been used by somebody else")
        actor = await town.read(partial(_roles, await town.person(li)))
        assert [grant.role for grant in actor.grants] == [role]
    kept = await town.read(lambda tx: tx.all("SELECT after FROM history WHERE event = 'role' ORDER BY id"))
    assert [row["after"] for row in kept] == [role.value for role in Role]


async def test_links_that_do_not_open(town: Town) -> None:
    late = await town.invitation(Role.COORDINATOR)
    await town.passes(days=7, minutes=1)
    li = town.sandbox.phone("小李")
    for link, words in [
        (late, "已经过期"),
        (f"{late}x", "没有找到这个邀请"),
        (f"{late[:-3]}abc", "没有找到这个邀请"),
        ("https://t.me/linli_bot?start=i", "没有找到这个邀请"),
        ("https://t.me/linli_bot?start=bnothing", "不认识这个链接"),
        ("https://t.me/linli_bot?start=b", "不认识这个链接"),
        ("https://t.me/linli_bot?start=hello", "您好"),
        ("https://t.me/linli_bot?start=-_-", "您好"),
    ]:
        await li.opens(link)
        await li.reads(words)
    for words in ("/start 你好 <b>", "/start  '; DROP TABLE persons; --"):
        await li.sends(words)
        await li.reads("您好")
    await town.quiet()
    assert await town.read(lambda tx: tx.all("SELECT * FROM roles")) == []


async def test_a_coordinator_invites_and_an_administrator_invites_coordinators(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    await wang.sends("/invite")
    said = await wang.reads("邀请一位幸福社区志愿者")
    link = said.text[said.text.index("https://t.me") :].split()[0]
    li = town.sandbox.phone("小李")
    await li.opens(link)
    await li.reads("您现在是幸福社区的志愿者了")
    await chen.sends("/invite")
    await chen.reads("邀请一位幸福社区志愿者")
    said = await chen.reads("邀请一位幸福社区协调员")
    link = said.text[said.text.index("https://t.me") :].split()[0]
    zhao = town.sandbox.phone("小赵")
    await zhao.opens(link)
    await zhao.reads("您现在是幸福社区的协调员了")
    row = await town.read(lambda tx: tx.one("SELECT granted_by FROM roles WHERE role = 'volunteer'"))
    assert row is not None
    assert row["granted_by"] == (await town.person(wang)).id
