"""Whoever knocks is announced as the person wishes and the visitor allows; the code word is always there."""

from bot.domain.people import Role
from bot.domain.plans import Channel
from bot.domain.visitors import Wish, announced
from bot.storage import visitors
from sandbox import Phone, Shown
from tests.care.enrolled import asked_by, cared_for
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told


def last_announced(zhang: Phone) -> Shown:
    """The newest announcement."""
    return [shown for shown in zhang.screen() if not shown.mine and shown.says("code word of the day:")][-1]


async def next_round(town: Town, li: Phone, hours: float) -> None:
    """The list that is there is finished, and the next one comes."""
    await li.presses("Seen and well")
    await town.quiet()
    await town.passes(hours=hours)


async def test_the_person_wishes_the_visitor_allows_and_both_change_their_mind(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await asked_by(town, wang, zhang, Channel.KNOCK)
    await town.passes(hours=8, minutes=30)  # 17:30

    # Before anybody has said anything: the name and the code word. Both are asked, once.
    first = await zhang.reads("Li knocks at your door by 19:00")
    assert first.kind == "text"
    await zhang.reads("What shall I tell you before somebody knocks?")
    await li.reads("May I show them your photo beforehand?")

    # She wishes a photo, and he has given none yet.
    await zhang.presses("Their name and photo")
    await zhang.reads("a photo of those who have given one")
    await next_round(town, li, hours=14)  # 07:30
    assert last_announced(zhang).kind == "text"
    assert last_announced(zhang).says("Li knocks at your door by 09:00")

    # He gives one; what is no photo is none.
    await li.presses("Send a photo of me")
    await li.reads("Please send a photo of your face now")
    await li.sends_voice()
    await li.reads("That was no photo")
    await li.sends("/me")
    await town.quiet()
    await li.presses("My photo for visits")
    await li.reads("No photo of you is shown")
    await li.presses("Send a photo of me")
    await li.reads("Please send a photo of your face now")
    await li.sends_photo()
    await li.reads("This photo is shown to those whom you visit")
    await next_round(town, li, hours=10)  # 17:30
    shown = last_announced(zhang)
    assert shown.kind == "photo"
    assert shown.says("Li knocks at your door by 19:00")
    await li.sends("/me")
    await li.reads("Who saw your door and telephone")
    assert told(li, "· Zhang, ")

    # He takes it back: the name only.
    await li.presses("My photo for visits")
    await town.quiet()
    await li.presses("Take my photo back")
    await li.reads("No photo of you is shown")
    await next_round(town, li, hours=14)  # 07:30
    assert last_announced(zhang).kind == "text"
    assert last_announced(zhang).says("Li knocks")

    # She changes her mind: only the code word.
    await zhang.presses("Change what I am told")
    await zhang.reads("What shall I tell you before somebody knocks?")
    await zhang.presses("Only the code word")
    await zhang.reads("you get the code word and nothing else")
    await next_round(town, li, hours=10)
    assert last_announced(zhang).says("Somebody from the community knocks at your door by 19:00")
    assert not last_announced(zhang).says("Li")
    assert sum("May I show them your photo" in shown.text for shown in li.screen()) == 1


async def test_a_consent_that_was_not_given_shows_nothing_and_forged_taps_do_nothing(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    message = next(shown for shown in zhang.screen() if not shown.mine)
    for code in ("kg", "kf:nonsense"):
        toast = await zhang.taps_code(code, message)
        assert toast
        assert toast.alert, "whoever helps nowhere gives no photo"
    await zhang.sends("/me")
    await town.quiet()
    assert zhang.nothing_says("上门照片")
    await wang.sends("/me")
    await town.quiet()
    await wang.presses("我的上门照片")
    await wang.reads("不会给人看您的照片")
    await wang.presses("发一张我的照片")
    await wang.reads("正面照")
    await wang.sends_photo()
    await wang.reads("就会看到这张照片")
    number = (await town.person(wang)).id
    assert await town.read(lambda tx: visitors.face_given(tx, number))
    kept = await town.read(lambda tx: tx.all("SELECT id FROM media WHERE subject LIKE 'face:%'"))
    boss = await town.helper("李主任", Role.ADMINISTRATOR)
    toast = await boss.taps_code(f"ms:{kept[0]['id']}", next(shown for shown in boss.screen() if not shown.mine))
    assert toast
    assert toast.alert, "it was given for those on a list, not for who is in charge"
    await wang.presses("收回我的照片")
    await wang.reads("不会给人看您的照片")
    assert not await town.read(lambda tx: visitors.face_given(tx, number))
    kept = await town.read(lambda tx: tx.all("SELECT id FROM media WHERE subject LIKE 'face:%'"))
    assert kept == [], "what was taken back is gone"


def test_no_wish_shows_a_face_that_was_not_given() -> None:
    for wish in (None, *Wish):
        assert not announced(wish, face_given=False).face
        assert announced(wish, face_given=True).face is (wish is Wish.FACE)
        assert announced(wish, face_given=True).name is (wish is not Wish.WORD)
