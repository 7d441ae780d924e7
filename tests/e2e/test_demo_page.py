"""The whole journey on the demo's page, as a stranger plays it: in Chinese, in English, on a narrow screen, after a restart."""

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo.community import BUILDINGS, COMMUNITY
from tests.e2e.conftest import NARROW, WIDE, demo, visit
from tests.e2e.telephone import PATIENCE_MILLISECONDS, Telephone

pytestmark = pytest.mark.asyncio(loop_scope="module")

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "demo.png"
# Set it to have the README's picture taken anew; a test run by itself leaves the tree as it is.
WANTED = "DEMO_PICTURE"

DOCUMENT_SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"

LATIN = re.compile("[A-Za-z]{2,}")
HAN = re.compile("[\u4e00-\u9fff]")
COMMANDS = re.compile(r"/[a-z]+")
# What people and places are called stays as it is in every language.
NAMES = re.compile(f"Emma|Tom|Grace|Mary|邻里|{COMMUNITY}|第.网格|{'|'.join(BUILDINGS.values())}|王姐|小李")


async def test_a_need_goes_all_the_way_round(browser: Browser, address: str) -> None:
    async with visit(browser, address, WIDE) as page:
        zhang, li, wang = Telephone(page, "张奶奶"), Telephone(page, "小李"), Telephone(page, "王姐")
        await asks(zhang)
        await li.reads("家里的灯坏了")
        assert not await says(li, "301")
        await li.taps("我来帮忙")
        await li.reads("2单元301")
        await zhang.reads("小李来帮您")
        await li.taps("30 分钟后")
        await zhang.reads("到您这里")
        await wang.opens_chat("邻里群")
        await wang.reads("小李")
        await photograph(page)

        await li.taps("办完了")
        await li.reads("办得怎么样")
        await li.taps("办好了")
        await zhang.reads("您看可以吗")
        assert not await says(li, "301")
        await zhang.taps("都好")
        await zhang.taps("⭐⭐⭐⭐⭐")
        await zhang.reads("谢谢您")
        assert not await says(li, "给需求 #"), "not before both have said"
        for one in (zhang, li, wang):
            assert await foreign(one, LATIN) == []


async def asks(zhang: Telephone) -> None:
    """张奶奶 writes what she needs, and where."""
    await zhang.writes("家里的灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.taps("发出去")
    await zhang.reads("单元和门牌号")
    await zhang.writes("2单元301 13800138000")
    await zhang.reads("已经发出")


async def test_the_same_in_english_with_somebody_who_has_just_moved_in(browser: Browser, address: str) -> None:
    async with visit(browser, address, WIDE) as page:
        await page.get_by_test_id("page-language").click()
        mary, tom = Telephone(page, "Mary"), Telephone(page, "Tom")
        await moves_in(page, mary)
        await mary.writes("The lamp in my kitchen is broken")
        await mary.taps("Post it")
        await mary.reads("unit and door")
        await mary.writes("unit 2 door 301, +44 7700 900123")
        await tom.taken_up()
        await tom.reads("The lamp in my kitchen is broken")
        await tom.taps("I'll help")
        await tom.reads("unit 2 door 301")
        await mary.reads("Tom has taken your request")
        await tom.taps("in 30 minutes")
        await tom.taps("I'm done")
        await tom.reads("What came of")
        await tom.taps("Done")
        await mary.taken_up()
        await mary.taps("Yes, all well")
        await mary.taps("⭐⭐⭐⭐⭐")
        await mary.reads("Thank you!")
        await expect(mary.element.get_by_test_id("inline-button").filter(has_text="⭐")).to_have_count(0)
        assert await foreign(mary, HAN) == []


async def moves_in(page: Page, mary: Telephone) -> None:
    """A new telephone whose owner has scanned the poster of a building."""
    await page.get_by_test_id("add-phone").click()
    await page.get_by_test_id("add-name").fill(mary.name)
    await page.get_by_test_id("add-language").select_option("en")
    await page.get_by_test_id("add-link").select_option(label=f"Poster: {BUILDINGS['b1']}")
    await page.get_by_test_id("add-submit").click()
    await mary.taps("English")
    await mary.reads("call you")
    await mary.taps(mary.name)
    await mary.reads("Welcome")


async def test_a_narrow_screen_has_room_for_all_of_it(browser: Browser, address: str) -> None:
    async with visit(browser, address, NARROW) as page:
        grandpa, sun = Telephone(page, "李爷爷"), Telephone(page, "小孙")
        await grandpa.taken_up()
        await expect(sun.element).to_be_hidden()
        await grandpa.writes("水龙头一直漏水")
        await grandpa.reads("这样写对吗")
        await grandpa.taps("✅ 发出去")
        await grandpa.reads("已经发出")
        await expect(page.get_by_test_id("person-unread").last).to_be_attached(timeout=PATIENCE_MILLISECONDS)
        await sun.taken_up()
        await expect(grandpa.element).to_be_hidden()
        assert await page.evaluate(DOCUMENT_SIZE) == list(NARROW)


async def test_time_goes_on_to_the_next_event_and_a_second_start_finds_everything_again(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path, "--reset") as address, visit(browser, address, WIDE) as page:
        chen, li = Telephone(page, "陈阿姨"), Telephone(page, "小李")
        nudges = chen.messages.filter(has_text="还没有收到您的回答")
        await expect(nudges).to_have_count(1)
        await goes_on(page, until="08:50")
        await expect(nudges).to_have_count(2, timeout=PATIENCE_MILLISECONDS)
        await goes_on(page, until="09:00")
        await li.reads("陈阿姨")
    async with demo(tmp_path) as address, visit(browser, address, WIDE) as page:
        chen, li = Telephone(page, "陈阿姨"), Telephone(page, "小李")
        await li.taps("我去看看")
        await chen.reads("小李")


async def goes_on(page: Page, *, until: str) -> None:
    """To the next event, which is at this time of day."""
    await page.get_by_test_id("clock-next").click()
    await expect(page.get_by_test_id("notice")).to_contain_text(until, timeout=PATIENCE_MILLISECONDS)


async def says(telephone: Telephone, words: str) -> bool:
    """Whether this stands anywhere in the open chat now."""
    return any(words in line for line in await telephone.shown_words())


async def foreign(telephone: Telephone, script: re.Pattern[str]) -> list[str]:
    """The lines that hold words of the other language, names and commands apart."""
    lines = await telephone.shown_words()
    return [line for line in lines if script.search(COMMANDS.sub("", NAMES.sub("", line)))]


async def photograph(page: Page) -> None:
    """The README's picture, where it is wanted or missing."""
    if PICTURE.exists() and not os.environ.get(WANTED):
        return
    await expect(page.get_by_test_id("toast")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=PICTURE)
