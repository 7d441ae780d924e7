"""The phones' page in a real browser, against the sandbox; the test plays the bot."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from sandbox import Sandbox
from sandbox.phones import Phone
from sandbox.samples import PICTURE
from tests.page.conftest import BotByHand, on

pytestmark = pytest.mark.asyncio(loop_scope="module")

SHOWN_WORDS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest('.text, [lang=en]')) found.push(node.data);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'aria-description'])
    document.querySelectorAll(`[${name}]`).forEach((element) => found.push(element.getAttribute(name)));
  return found;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('button, input, select, textarea')]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.dataset.testid, element.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([name]) => name)"""
PLAYED = """(audio) => new Promise((resolve, reject) => {
  audio.addEventListener('loadedmetadata', () => resolve(Math.round(audio.duration)));
  audio.addEventListener('error', () => reject(new Error('it cannot be played')));
  audio.load();
})"""
FOCUSED = "document.activeElement.dataset.testid"


async def write(page: Page, phone: Phone, text: str) -> None:
    await on(page, phone).get_by_test_id("input").fill(text)
    await on(page, phone).get_by_test_id("input").press("Enter")


async def test_what_is_typed_reaches_the_bot_and_stays_text(page: Page, zhang: Phone, bot: BotByHand) -> None:
    await write(page, zhang, "<b>灯</b>坏了")
    while (await bot.hears("message"))["text"] != "<b>灯</b>坏了":
        pass
    await expect(on(page, zhang).get_by_test_id("log")).to_contain_text("<b>灯</b>坏了")
    await bot.says(zhang, "<b>收到</b>，请看 /help", parse_mode="HTML")
    await expect(on(page, zhang).locator(".text strong", has_text="收到")).to_be_visible()
    await on(page, zhang).get_by_test_id("text-command").last.click()
    assert (await bot.hears("message"))["text"] == "/help"


async def test_a_tap_is_answered_by_a_toast_and_the_edit_is_seen_at_once(page: Page, li: Phone, bot: BotByHand) -> None:
    keyboard = {"inline_keyboard": [[{"text": "我来帮忙", "callback_data": "take"}]]}
    message = await bot.says(li, "家里的灯坏了", reply_markup=keyboard)
    await on(page, li).get_by_test_id("inline-button").click()
    tap = await bot.hears("callback_query")
    await bot.call("editMessageText", chat_id=li.id, message_id=message["message_id"], text="您接了这一单")
    await bot.call("answerCallbackQuery", callback_query_id=tap["id"], text="谢谢您")
    await expect(on(page, li).get_by_test_id("toast")).to_have_text("谢谢您")
    await expect(on(page, li).get_by_test_id("message").last).to_contain_text("您接了这一单")
    await expect(on(page, li).get_by_test_id("inline-button")).to_have_count(0)


async def test_an_alert_waits_until_it_was_read(page: Page, li: Phone, bot: BotByHand) -> None:
    await bot.says(li, "?", reply_markup={"inline_keyboard": [[{"text": "好", "callback_data": "x"}]]})
    await on(page, li).get_by_test_id("inline-button").click()
    tap = await bot.hears("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=tap["id"], text="已经有人去了", show_alert=True)
    await expect(on(page, li).get_by_test_id("alert")).to_contain_text("已经有人去了")
    await page.keyboard.press("Enter")
    await expect(on(page, li).get_by_test_id("alert")).to_have_count(0)


async def test_the_keys_under_a_chat_send_their_words(page: Page, zhang: Phone, bot: BotByHand) -> None:
    await bot.says(zhang, "您好吗？", reply_markup={"keyboard": [[{"text": "我很好"}], [{"text": "需要帮忙"}]]})
    await on(page, zhang).get_by_test_id("reply-key").first.click()
    while (await bot.hears("message"))["text"] != "我很好":
        pass


async def test_a_narrow_screen_shows_one_phone_and_counts_what_waits_on_the_other(
    narrow: Page, zhang: Phone, li: Phone, bot: BotByHand
) -> None:
    await expect(on(narrow, zhang)).to_be_visible()
    await expect(on(narrow, li)).to_be_hidden()
    await bot.says(li, "有人需要帮忙")
    chip = narrow.locator(f'[data-chip="{li.id}"]')
    await expect(chip.get_by_test_id("person-unread")).to_contain_text("1")
    await chip.click()
    await expect(on(narrow, li)).to_be_visible()
    await expect(on(narrow, zhang)).to_be_hidden()
    await expect(chip.get_by_test_id("person-unread")).to_have_count(0)
    assert await narrow.evaluate("document.documentElement.scrollWidth") == 360
    assert not await narrow.evaluate(SMALL_TARGETS)


async def test_everything_can_be_done_with_the_keyboard(page: Page, zhang: Phone, bot: BotByHand) -> None:
    await bot.says(zhang, "请回复")
    await expect(on(page, zhang).get_by_test_id("log")).to_contain_text("请回复")
    await on(page, zhang).get_by_test_id("log").focus()
    await page.keyboard.press("ArrowUp")
    assert await page.evaluate(FOCUSED) == "message"
    await page.keyboard.press("Enter")
    await expect(on(page, zhang).get_by_test_id("message-sheet")).to_be_visible()
    await page.keyboard.press("Enter")
    assert await page.evaluate(FOCUSED) == "input"
    await page.keyboard.type("好的")
    await page.keyboard.press("Enter")
    await expect(on(page, zhang).get_by_test_id("quote")).to_contain_text("请回复")


async def test_a_new_phone_starts_the_bot(page: Page, sandbox: Sandbox, bot: BotByHand) -> None:
    await page.get_by_test_id("add-phone").click()
    await page.get_by_test_id("add-name").fill("陈阿姨")
    await page.get_by_test_id("add-submit").click()
    await expect(page.get_by_test_id("phone")).to_have_count(3)
    await page.get_by_test_id("phone").last.get_by_test_id("start").click()
    while (await bot.hears("message"))["from"]["first_name"] != "陈阿姨":
        pass


async def test_a_group_is_made_and_the_bot_comes_in(page: Page, li: Phone, bot: BotByHand) -> None:
    await page.get_by_test_id("groups-open").click()
    await page.get_by_test_id("group-title").fill("三号楼")
    await page.locator(f'[data-person-pick="{li.id}"]').check()
    await page.get_by_test_id("group-create").click()
    await page.get_by_test_id("group-bot-add").click()
    await expect(page.get_by_test_id("group-bot-remove")).to_be_visible()
    assert (await bot.hears("my_chat_member"))["chat"]["title"] == "三号楼"
    await page.get_by_test_id("groups-close").click()
    await expect(on(page, li).get_by_test_id("chat-tab")).to_have_count(2)


async def test_time_moves_and_trouble_is_switched_on_and_off(page: Page, sandbox: Sandbox) -> None:
    before = sandbox.clock.now()
    await page.get_by_test_id("clock-3600").click()
    await expect(page.get_by_test_id("notice")).to_be_visible()
    assert (sandbox.clock.now() - before).total_seconds() >= 3600
    await page.get_by_test_id("limits").click()
    await expect(page.get_by_test_id("limits")).to_have_attribute("aria-checked", "true")
    assert sandbox.limits
    await page.get_by_test_id("faults-open").click()
    await page.get_by_test_id("fault-kind").select_option("drop_after")
    await page.get_by_test_id("fault-add").click()
    await expect(page.get_by_test_id("fault")).to_have_count(1)
    assert [fault.kind for fault in sandbox.faults] == ["drop_after"]
    await page.get_by_test_id("fault-remove").click()
    await expect(page.get_by_test_id("fault")).to_have_count(0)


async def test_somebody_blocks_the_bot_and_takes_it_back(page: Page, zhang: Phone) -> None:
    await on(page, zhang).get_by_test_id("menu").click()
    await on(page, zhang).get_by_test_id("menu-block").click()
    await on(page, zhang).get_by_test_id("unblock").click()
    await expect(on(page, zhang).get_by_test_id("input")).to_be_visible()


async def test_the_chinese_page_speaks_chinese_and_switches_to_english(page: Page, zhang: Phone) -> None:
    names = re.compile(r"Telegram|https?://\S*|t\.me/\S*|/\w+")
    shown = [names.sub("", words) for words in await page.evaluate(SHOWN_WORDS)]
    assert not [words for words in shown if re.search("[A-Za-z]{2}", words)]
    await on(page, zhang).get_by_test_id("input").fill("半句话")
    await page.get_by_test_id("page-language").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(on(page, zhang).get_by_test_id("input")).to_have_value("半句话")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_a_voice_note_is_sent_with_words_and_played_and_a_photo_of_ones_own_is_seen(
    page: Page, zhang: Phone, bot: BotByHand, tmp_path: Path
) -> None:
    phone = on(page, zhang)
    await phone.get_by_test_id("input").fill("我很好")
    await phone.get_by_test_id("attach").click()
    await phone.get_by_test_id("attach-voice").click()
    heard = await bot.hears("message")
    while "voice" not in heard:
        heard = await bot.hears("message")
    assert heard["caption"] == "我很好"
    await bot.call("sendVoice", chat_id=zhang.id, voice=heard["voice"]["file_id"], caption="张奶奶的语音")
    voice = phone.get_by_test_id("voice").last
    await expect(voice).to_be_visible()
    # It plays: the browser knows how long it lasts.
    assert await voice.evaluate(PLAYED) == 1
    await expect(phone.get_by_test_id("input")).to_have_value("")

    picture = tmp_path / "breakfast.png"
    picture.write_bytes(PICTURE)
    await phone.get_by_test_id("attach").click()
    async with page.expect_file_chooser() as chooser:
        await phone.get_by_test_id("attach-own-photo").click()
    await (await chooser.value).set_files(picture)
    while "photo" not in await bot.hears("message"):
        pass
    await expect(phone.locator("img.photo")).to_have_count(1)
