"""python-telegram-bot's own bot reaches this Telegram as it reaches the other."""

import io

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import ExtBot

from sandbox import Fault, Phone, Sandbox
from sandbox.samples import PICTURE
from tests.sandbox.conftest import Bot


@pytest.fixture(autouse=True)
def nothing_ignored(sandbox: Sandbox) -> object:
    """Telegram knows everything that the library sends."""
    yield
    assert sandbox.unknown_parameters == []


async def test_who_the_bot_is(bot: Bot, sandbox: Sandbox) -> None:
    assert (bot.id, bot.username, bot.first_name) == (sandbox.bot.id, "linli_bot", "邻里")


async def test_messages(bot: Bot, zhang: Phone) -> None:
    rows = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="ok")]])
    sent = await bot.send_message(
        zhang.id,
        "<b>你好</b>，<a href='https://example.com/'>这里</a>",
        parse_mode="HTML",
        reply_markup=rows,
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(1),
    )
    assert (sent.text_html, sent.has_protected_content) == (
        '<b>你好</b>，<a href="https://example.com/">这里</a>',
        True,
    )
    assert sent.reply_markup == rows
    assert sent.reply_to_message is not None
    edited = await sent.edit_text("再见")
    assert isinstance(edited, type(sent))
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    assert await edited.delete()
    keys = ReplyKeyboardMarkup([["平安"]], resize_keyboard=True, is_persistent=True, input_field_placeholder="按一下")
    await bot.send_message(zhang.id, "还好吗", reply_markup=keys)
    assert zhang.keyboard() == [["平安"]]


async def test_updates_of_every_kind(bot: Bot, sandbox: Sandbox, zhang: Phone, li: Phone) -> None:
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    group = sandbox.group("阳光社区", [zhang])
    await zhang.adds_bot(group, administrator=True)
    await li.joins(group)
    await zhang.edits(await zhang.sends("一"), "二")
    await zhang.sends_poll()
    await zhang.sends_sticker()
    await zhang.sends_album(2)
    await bot.send_message(
        zhang.id, "?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="ok")]])
    )
    await zhang.presses("好", timeout=0)
    await zhang.blocks()
    updates = await bot.get_updates()
    assert all(update.effective_user for update in updates)
    assert any(update.chat_member for update in updates)
    assert any(update.edited_message for update in updates)
    tap = next(update.callback_query for update in updates if update.callback_query)
    assert await tap.answer("好的", show_alert=True)


async def test_pictures_and_files(bot: Bot, zhang: Phone) -> None:
    sent = await bot.send_photo(zhang.id, io.BytesIO(PICTURE), caption="<i>门口</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.caption_html) == (16, "<i>门口</i>")
    again = await bot.send_photo(zhang.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    file = await sent.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PICTURE
    report = await bot.send_document(zhang.id, b"a,b\n", filename="月报.csv", caption="月报")
    assert report.document is not None
    assert (report.document.file_name, report.document.file_size) == ("月报.csv", 4)
    assert (await bot.send_voice(zhang.id, b"OggS0", duration=3)).voice is not None
    album = await bot.send_media_group(zhang.id, [InputMediaPhoto(PICTURE, caption=word) for word in "一二"])
    assert len({message.media_group_id for message in album}) == 1
    captioned = await sent.edit_caption("后门")
    assert isinstance(captioned, type(sent))
    assert captioned.caption == "后门"
    changed = await sent.edit_media(InputMediaPhoto(PICTURE, caption="新的"))
    assert isinstance(changed, type(sent))
    assert changed.caption == "新的"


async def test_the_rest(bot: Bot, sandbox: Sandbox, zhang: Phone) -> None:
    group = sandbox.group("阳光社区", [zhang])
    await zhang.adds_bot(group, administrator=True)
    assert (await bot.get_chat(group.id)).title == "阳光社区"
    assert (await bot.get_chat(zhang.id)).first_name == "张奶奶"
    assert len(await bot.get_chat_administrators(group.id)) == 2
    assert (await bot.get_chat_member(group.id, zhang.id)).status == "creator"
    assert await bot.get_chat_member_count(group.id) == 2
    assert await bot.send_chat_action(zhang.id, "typing")
    sent = await bot.send_location(zhang.id, 22.5, 114.0)
    assert await bot.pin_chat_message(group.id, (await bot.send_message(group.id, "公告")).message_id)
    assert await bot.unpin_chat_message(group.id)
    assert await bot.set_message_reaction(zhang.id, 1, ReactionTypeEmoji("👍"))
    assert (await bot.send_contact(zhang.id, "+8613800000000", "小李")).contact is not None
    assert (await bot.copy_message(zhang.id, zhang.id, sent.message_id)).message_id > sent.message_id
    assert (await bot.forward_message(zhang.id, zhang.id, sent.message_id)).forward_origin is not None
    assert await bot.delete_messages(zhang.id, [sent.message_id])
    assert await bot.set_my_commands([BotCommand("help", "帮助")], BotCommandScopeChat(zhang.id), "zh")
    assert await bot.get_my_commands(BotCommandScopeChat(zhang.id), "zh") == (BotCommand("help", "帮助"),)
    assert await bot.delete_my_commands(BotCommandScopeChat(zhang.id), "zh")
    assert await bot.set_my_name("邻里互助", "zh")
    assert (await bot.get_my_name("zh")).name == "邻里互助"
    assert await bot.set_my_description("社区服务台")
    assert await bot.set_my_short_description("服务台")
    assert (await bot.get_my_description("en")).description == "社区服务台"
    assert await bot.set_chat_menu_button(zhang.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(zhang.id)).type == "commands"
    assert await bot.set_webhook(
        "http://127.0.0.1:9/", allowed_updates=["message"], max_connections=5, secret_token="x"
    )
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)
    assert await bot.delete_webhook()
    assert await bot.leave_chat(group.id)


async def test_errors_become_the_librarys(
    bot: Bot, sandbox: Sandbox, zhang: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with pytest.raises(Forbidden, match="can't initiate"):
        await bot.send_message(sandbox.phone("生人").id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    sandbox.faults.add(Fault("429", retry_after=7))
    with pytest.raises(RetryAfter):
        await bot.send_message(zhang.id, "x")
    for kind in ("500", "502", "drop_after"):
        sandbox.faults.add(Fault(kind))
        with pytest.raises(NetworkError):
            await bot.send_message(zhang.id, "x")
    sandbox.faults.add(Fault("timeout"))
    with pytest.raises(TimedOut):
        await bot.send_message(zhang.id, "慢", read_timeout=0.05)
    assert zhang.sees("慢")
    stranger: Bot = ExtBot("1:wrong", base_url=f"{sandbox.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
