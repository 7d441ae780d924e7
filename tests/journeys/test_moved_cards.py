"""A card that comes back to a message it had left: what was to blank that message must not blank the card."""

from bot.domain.people import Role
from sandbox import Fault
from tests.journeys.conftest import Town


async def test_a_card_that_comes_back_to_an_old_message_is_not_blanked(town: Town) -> None:
    li = await town.helper("小李", Role.VOLUNTEER)
    zhang = await town.resident("张奶奶")
    need_id = await town.asks(zhang, "灯坏了")
    await li.presses("我来帮忙")
    await town.quiet()
    card = next(shown for shown in reversed(li.screen()) if shown.says(f"#{need_id} "))
    await li.sends("/mine")
    await town.quiet()
    listed = next(shown for shown in reversed(li.screen()) if not shown.mine)
    town.sandbox.faults.add(Fault("429", chat_id=li.id, retry_after=1))
    await li.sends("/me")
    # While the chat has to wait, the card is sent afresh and then called back to the message where it was.
    await li.taps_code(f"nq:{need_id}", listed)
    await li.taps_code(f"nv:{need_id}", card)
    await town.quiet()
    there = next(shown for shown in li.screen() if shown.id == card.id)
    assert there.says("2单元301")
    assert any(button["callback_data"] == f"nf:{need_id}" for row in there.buttons for button in row)
    await town.blameless()
