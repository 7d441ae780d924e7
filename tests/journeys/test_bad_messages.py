"""Messages that are not what anybody expects: each gets a clear word in the sender's language, and nothing is lost in silence."""

from bot.domain.people import Role
from sandbox import posts
from tests.journeys.conftest import Town, told

CANNOT_READ = "这个我看不懂"
KINDS = {**dict.fromkeys(("sticker", "poll"), CANNOT_READ), "document": "请拍成照片发来"}


async def test_what_cannot_be_read_yet(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    smith = await town.resident("Mrs Smith", "b2", language="en")
    for kind, words in KINDS.items():
        zhang.sends_kind(kind)
        await zhang.reads(words)
        await town.quiet()
    smith.sends_kind("sticker")
    await smith.reads("I cannot read this")
    assert not told(zhang, "这样写对吗")


async def test_what_telegram_says_itself_is_not_answered(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await town.quiet()
    before = len(zhang.screen())
    posts.announce(town.sandbox.world, zhang.chat_at(None), zhang.id, {"write_access_allowed": {}})
    await town.quiet()
    assert len(zhang.screen()) == before + 1


async def test_edited_messages(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    sent = await zhang.sends("灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.edits(sent, "灯和水管都坏了")
    await zhang.reads("改过的消息我看不到")
    await zhang.sends("水管也坏了")
    card = await zhang.reads("水管也坏了")
    assert "灯坏了" in card.text


async def test_words_that_look_like_commands(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    for words in ("/nonsense", "/help_me", "/NEEDS2", "/weather@other_bot"):
        await zhang.sends(words)
        await zhang.reads("/mine —")
    for words in ("/买菜", "/ 灯坏了", "//", "/！"):
        await zhang.sends(words)
        await zhang.reads("您")
        await town.quiet()
    assert told(zhang, "/买菜"), "a stroke before Chinese words is no command"
    await zhang.presses("不要了")
    await zhang.reads("收起来")
    for words in ("/HELP", "/help@linli_bot", "/help now please"):
        await zhang.sends(words)
        await zhang.reads("/mine —")
    await zhang.sends("/need@LINLI_BOT 灯坏了")
    assert "/need" not in (await zhang.reads("这样写对吗")).text


STRANGE = (
    ("👍🏻👵🏻❤️", "我去问邻居"),
    ("。。。？！", "我去问邻居"),
    ("\u200b\u200d\u2060", "我去问邻居"),
    ("1", "我不知道您需要什么"),
    ("مرحبا، أحتاج مساعدة", "这样写对吗"),
    ("<script>alert(1)</script> & <b>灯", "<script>alert(1)</script> & <b>灯"),
    ("灯\x00坏\x07了", "这样写对吗"),
    ("a\u202eb\u202dc 灯坏了", "这样写对吗"),
    ("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘", "这样写对吗"),
)


async def test_strange_words(town: Town) -> None:
    for place, (words, answer) in enumerate(STRANGE):
        # Nobody has their hands full with the others' requests.
        li = await town.helper(f"小李{place}")
        zhang = await town.resident(f"邻居{place}")
        await zhang.sends(words)
        card = await zhang.reads(answer)
        if "这样写对吗" not in card.text:
            continue
        await zhang.presses("发出去")
        await zhang.reads("门牌号")
        await zhang.sends(f"<i>{place}单元</i> & 301")
        await zhang.reads("已经发出")
        await li.reads("为什么问您")
        await town.quiet()
        await li.presses("我来帮忙")
        await li.reads(f"<i>{place}单元</i> & 301")


async def test_thirty_at_once(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    sun = await town.resident("孙大爷", "b2")
    await town.quiet()
    for number in range(30):
        await zhang.sends(f"第{number}句")
    await sun.sends("水管漏水")
    await sun.reads("这样写对吗")
    await town.quiet()
    slow = [shown for shown in zhang.screen() if "请等 10 秒" in shown.text]
    assert len(slow) == 1, "told once"
    assert "没有回音" in slow[0].text, "and told truly: what came after has not been read"
    card = next(shown for shown in zhang.screen() if "这样写对吗" in shown.text)
    read = [number for number in range(30) if f"第{number}句" in card.text]
    assert read == list(range(len(read))), "what was read was read in order, without a gap"
    assert 10 <= len(read) < 30
    town.clock.advance(11)
    await zhang.sends("灯坏了")
    assert "灯坏了" in (await zhang.reads("灯坏了")).text


async def test_what_waited_while_we_slept_is_no_flood(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await town.quiet()
    await town.sleeps()
    for number in range(25):
        await zhang.sends(f"第{number}句")
        town.clock.advance(60)
    await town.wakes()
    await zhang.reads("第24句")
    await town.quiet()
    assert not told(zhang, "请等 10 秒")


async def test_html_and_other_scripts_in_names_go_everywhere_unharmed(town: Town) -> None:
    names = ("<b>小李</b> & Co", "محمد علي", "王<姐>")
    chen = await town.helper("陈 & 管理", Role.ADMINISTRATOR)
    wang = await town.helper(names[2], Role.COORDINATOR)
    li = await town.helper(names[0])
    group = await town.group(chen, "c1", wang, li)
    zhang = await town.resident(names[1])
    number = await town.asks(zhang, "灯 <坏> & 了", "<2>单元 & 301")
    await li.reads("灯 <坏> & 了", chat=group)
    assert told(zhang, names[2])
    await li.presses("我来帮忙")
    card = await li.reads("<2>单元 & 301")
    assert names[1] in card.text
    await zhang.reads(f"{names[0]}来帮您办")
    await li.reads(f"{names[0]}来帮忙", chat=group)
    await li.presses("办完了")
    await li.reads("办得怎么样？")
    await li.presses("家里没有人")
    assert names[0] in (await wang.reads("家里没有人")).text
    await zhang.reads("您看可以吗")
    await zhang.presses("有地方不对")
    await zhang.reads("哪里不对")
    await zhang.sends("</blockquote><a href='x'>点我</a>")
    await wang.reads("</blockquote><a href='x'>点我</a>")
    await zhang.sends("/me")
    await zhang.reads(names[0])
    await wang.sends("/needs")
    await wang.reads("您附近的需求")
    await wang.presses(f"#{number}")
    await wang.reads("点我")


async def test_somebody_without_a_username_and_with_a_surname(town: Town) -> None:
    phone = town.sandbox.phone("Anna", language="de")
    phone.person.last_name = "van der " + "Berg" * 20
    await phone.sends("/start")
    await phone.reads("Hello, Anna van der Berg")
    assert len((await town.person(phone)).name) == 40
    nobody = town.sandbox.phone("李", language="")
    await nobody.sends("灯坏了")
    await nobody.reads("这样写对吗")


async def test_a_long_text_comes_in_pieces(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("长" * 5000)
    await zhang.reads("4096 个字，最多可以写 1000 个字")
    card = await zhang.reads("这样写对吗")
    assert "长" * 900 in card.text
