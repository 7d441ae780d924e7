"""Family: contacts who agree or do not, who may answer for whom, and the daily word that somebody is well."""

from dataclasses import replace

from bot.domain.checkins import CheckIn, CheckInAnswer
from bot.domain.people import Role
from bot.domain.plans import Channel
from bot.domain.relatives import ContactState
from bot.storage import alerts as stored_alerts
from bot.storage import checkins, history, plans, relatives
from bot.storage.database import Transaction
from bot.storage.plans import Contact
from sandbox import Phone
from tests.care.enrolled import asked_by, cared_for, cared_for_in_chinese
from tests.care.shifts import on_duty
from tests.care.test_voices import plan_of
from tests.journeys.conftest import Town, told

NUMBER = "13900001111"


def link_in(phone: Phone) -> str:
    """The last link that the bot has shown on this phone."""
    shown = next(one for one in reversed(phone.screen()) if not one.mine and "https://t.me/" in one.text)
    return next(word for word in shown.text.split() if word.startswith("https://t.me/"))


async def contact(town: Town, wang: Phone, words: str = f"Chen Li, daughter, {NUMBER}") -> None:
    """Who is in charge writes down an emergency contact, and opens its card."""
    await wang.presses("Add a contact")
    await wang.reads("Who is to be told?")
    await wang.sends(words)
    await town.quiet()
    await wang.presses("👪 Family")
    await wang.reads("they are told in this order")


async def invited(town: Town, wang: Phone, name: str = "Chen Li") -> Phone:
    """The contact has opened their link, and is asked."""
    await wang.presses(f". {name}")
    await town.quiet()
    await wang.presses("A link for them")
    await wang.reads("A link for Chen Li only")
    chen = town.sandbox.phone(name, language="en")
    await chen.opens(link_in(wang))
    await chen.reads("Zhang has named you")
    return chen


async def family(town: Town) -> tuple[Phone, Phone, Phone]:
    """Wang is in charge, Zhang is cared for, Chen Li is her daughter and agrees to be told."""
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await contact(town, wang)
    chen = await invited(town, wang)
    await chen.presses("Yes, tell me")
    await chen.reads("If Zhang does not answer, I tell you here")
    await wang.reads("Chen Li (daughter) agrees to be told about Zhang")
    await town.quiet()
    return wang, zhang, chen


async def contacts(town: Town, zhang: Phone) -> list[Contact]:
    """The emergency contacts of somebody, in order."""
    number = await plan_of(town, zhang)
    return await town.read(lambda tx: plans.contacts(tx, number))


async def opens_card(town: Town, chen: Phone, name: str = "Zhang") -> None:
    """A relative looks at what they may do."""
    await chen.sends("/family")
    await chen.reads("My family")
    await chen.presses(f"👤 {name}")
    await town.quiet()


async def may_answer(town: Town, zhang: Phone, chen: Phone) -> None:
    """Zhang lets her daughter answer for her."""
    await opens_card(town, chen)
    await chen.presses("I would like to answer for them")
    await zhang.reads("Chen Li (daughter) would like to answer for you")
    await zhang.presses("👍 Yes")
    await chen.reads("Zhang agrees: you may answer for them")
    await town.quiet()


async def test_a_contact_agrees_in_their_own_chat_and_stands_on_the_ladder(town: Town) -> None:
    _, zhang, chen = await family(town)
    kept = (await contacts(town, zhang))[0]
    assert (kept.state, kept.person_id) == (ContactState.AGREED, (await town.person(chen)).id)
    await town.passes(hours=9)
    await town.passes(hours=1)
    for _ in range(5):
        await town.passes(minutes=15)
    assert told(chen, "Zhang has not answered the check-in")


async def test_a_link_works_once_for_a_week_and_not_for_the_person_themselves(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await contact(town, wang)
    await wang.presses(". Chen Li")
    await town.quiet()
    await wang.presses("A link for them")
    await wang.reads("A link for Chen Li only")
    link = link_in(wang)
    assert link.split("=")[1] not in str(
        await town.read(lambda tx: tx.all("SELECT token_hash, purpose FROM invitations"))
    )
    await zhang.opens(link)
    await zhang.reads("for somebody else's telephone")
    chen = town.sandbox.phone("Chen Li", language="en")
    await chen.opens(link)
    await chen.reads("May I tell you then?")
    stranger = town.sandbox.phone("Stranger", language="en")
    await stranger.opens(link)
    await stranger.reads("used by somebody else")
    await stranger.opens(link.replace("=f", "=i"))
    await stranger.reads("does not exist")
    await chen.opens(link)
    await town.quiet()
    await chen.presses("Yes, tell me")
    await chen.reads("If Zhang does not answer")
    late = town.sandbox.phone("Late", language="en")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await town.quiet()
    await contact(town, wang, f"Zhao, friend, {NUMBER}")
    await wang.presses("2. Zhao")
    await wang.reads("For Zhang")
    await wang.presses("A link for them")
    await wang.reads("A link for Zhao only")
    town.clock.advance(8 * 86400)
    await late.opens(link_in(wang))
    await late.reads("has run out")


async def test_who_declines_or_leaves_is_shown_so_and_the_ladder_says_why(town: Town) -> None:
    wang, zhang, chen = await family(town)
    await opens_card(town, chen)
    await chen.presses("Tell me no more")
    await wang.reads("Chen Li (daughter) does not want to be told about Zhang any more")
    kept = (await contacts(town, zhang))[0]
    assert (kept.state, kept.person_id) == (ContactState.LEFT, None)
    await town.passes(hours=9)
    await town.passes(hours=1)
    for _ in range(4):
        await town.passes(minutes=15)
    assert not told(chen, "has not answered the check-in")
    await wang.reads("For Zhang these contacts were not told")
    assert told(wang, "Chen Li (daughter): does not want to be told any more")
    assert not told(wang, "Please ring for Zhang")
    # They think again: a new link.
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await town.quiet()
    await wang.presses("👪 Family")
    await wang.reads("Chen Li (daughter): does not want to be told any more")
    await wang.presses(". Chen Li")
    await wang.reads("They do not stand on the ladder")
    await wang.presses("A link for them")
    await wang.reads("A link for Chen Li only")
    await chen.opens(link_in(wang))
    await town.quiet()
    assert (await contacts(town, zhang))[0].state is ContactState.LEFT, "until they say so themselves"
    await chen.presses("Tell me after all")
    await town.quiet()
    assert (await contacts(town, zhang))[0].state is ContactState.AGREED


async def test_a_contact_with_a_telephone_only_is_rung_and_written_down(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await contact(town, wang)
    await contact_two(town, wang)
    await wang.presses("1. Chen Li")
    await town.quiet()
    await wang.presses("I rang them, they agree")
    await wang.reads("Wang rang them, today 09:00")
    await wang.presses("← Back")
    await wang.reads("1. Chen Li (daughter): agrees, by telephone")
    await wang.presses("2. Zhao")
    await town.quiet()
    await wang.presses("I rang them, they would rather not")
    await wang.reads("They do not stand on the ladder")
    await wang.presses("Tell them earlier")
    await town.quiet()
    first, second = await contacts(town, zhang)
    assert (first.name, first.state, second.name, second.state) == (
        "Zhao",
        ContactState.DECLINED,
        "Chen Li",
        ContactState.AGREED,
    )
    assert first.recorded_by == second.recorded_by == (await town.person(wang)).id
    await town.passes(hours=9)
    await town.passes(hours=1)
    for _ in range(3):
        await town.passes(minutes=15)
    ring = await wang.reads("Please ring for Zhang")
    assert "Chen Li (daughter)" in ring.text
    assert "Zhao" not in ring.text
    await wang.presses("Remove")
    await town.quiet()
    assert [one.name for one in await contacts(town, zhang)] == ["Chen Li"]


async def contact_two(town: Town, wang: Phone) -> None:
    """A second contact."""
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await town.quiet()
    await contact(town, wang, f"Zhao, friend, {NUMBER}")


async def test_a_contact_whom_the_chat_reaches_no_more_is_rung(town: Town) -> None:
    wang, _, chen = await family(town)
    await chen.blocks()
    await town.passes(hours=9)
    await town.passes(hours=1)
    for _ in range(3):
        await town.passes(minutes=15)
    ring = await wang.reads("Please ring for Zhang")
    assert "Chen Li (daughter): +8613900001111" in ring.text
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await town.quiet()
    await wang.presses("👪 Family")
    await wang.reads("agrees, but the chat does not reach them")


async def test_a_second_link_does_not_unsay_what_the_first_has_said(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await contact(town, wang)
    chen = await invited(town, wang)
    await wang.presses("A link for them")
    await town.quiet()
    other = town.sandbox.phone("Other", language="en")
    await other.opens(link_in(wang))
    await other.reads("May I tell you then?")
    await chen.presses("Yes, tell me")
    await chen.reads("I tell you here")
    await other.presses("No, rather not")
    await town.quiet()
    kept = (await contacts(town, zhang))[0]
    assert (kept.state, kept.person_id) == (ContactState.AGREED, (await town.person(chen)).id)
    assert not told(wang, "✉️ A link for them"), "who is in the chat needs none"


async def test_family_answers_with_consent_and_everybody_sees_who_did(town: Town) -> None:
    wang, zhang, chen = await family(town)
    await may_answer(town, zhang, chen)
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await opens_card(town, chen)
    assert told(chen, "A question waits for an answer")
    await chen.presses("I know: Zhang is well")
    await town.quiet()
    last = await last_of(town, zhang)
    assert (last.answer, last.answered_by) == (CheckInAnswer.PROXY, (await town.person(chen)).id)
    await wang.sends("/today")
    await wang.reads("Zhang: answered by Chen Li (daughter)")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang")
    await wang.reads("answered by Chen Li (daughter)")
    # Whoever goes later sees it too.
    li = await on_duty(town, wang, "Li")
    await zhang.sends("/sos")
    await li.reads("Zhang asks for help")
    await town.quiet()
    await li.presses("I'll look")
    await li.reads("is well, says family, answered by Chen Li (daughter)")
    # Taken back by the person: it is not allowed any more, at once.
    await zhang.sends("/family")
    await zhang.reads("My family")
    await zhang.presses("Chen Li")
    await zhang.reads("may answer for you")
    await zhang.presses("Not answer for me any more")
    await chen.reads("has ended")
    toast = await chen.taps_code("fl:1", next(shown for shown in chen.screen() if not shown.mine))
    assert toast
    assert toast.alert


async def last_of(town: Town, phone: Phone) -> CheckIn:
    """The last check-in of whoever has this phone."""
    person = await town.person(phone)
    return (await town.read(lambda tx: checkins.of_person(tx, person.id, 1)))[0]


async def test_what_family_says_ends_no_alert_and_comes_to_them_to_record(town: Town) -> None:
    _, zhang, chen = await family(town)
    await may_answer(town, zhang, chen)
    await town.passes(hours=9)
    await town.passes(hours=1)
    await opens_card(town, chen)
    await chen.presses("I know: Zhang is well")
    await chen.reads("Who can look?")
    person = await town.person(zhang)
    assert await town.read(lambda tx: stored_alerts.open_for(tx, person.id)) is not None
    await chen.presses("I'll look")
    await chen.reads("You are going")
    await chen.presses("Record what I found")
    await chen.reads("What did you find")
    await chen.presses("Well, had forgotten")
    await town.quiet()
    assert await town.read(lambda tx: stored_alerts.open_for(tx, person.id)) is None


async def test_family_who_cannot_reach_somebody_raises_an_alert(town: Town) -> None:
    wang, zhang, chen = await family(town)
    li = await on_duty(town, wang, "Li")
    await opens_card(town, chen)
    await chen.presses("I cannot reach Zhang")
    await li.reads("Zhang cannot be reached by family")
    said = await chen.reads("Somebody is asked to look after Zhang now")
    assert "I have told: Li" in said.text
    person, daughter = await town.person(zhang), await town.person(chen)

    def story(tx: Transaction) -> list[int | None]:
        alert = stored_alerts.open_for(tx, person.id)
        assert alert is not None
        return [one.actor_id for one in history.of(tx, f"alert:{alert.id}") if one.event == "raised"]

    assert await town.read(story) == [daughter.id]
    # "I'm well" of the person does not close what family has called for.
    await zhang.sends("🌞 I'm well")
    await town.quiet()
    assert await town.read(lambda tx: stored_alerts.open_for(tx, person.id)) is not None


async def test_daily_news_with_consent_once_a_day_and_true(town: Town) -> None:
    wang, zhang, chen = await family(town)
    await opens_card(town, chen)
    await chen.presses("Tell me each day that they are well")
    await chen.reads("waits for their yes")
    await town.passes(hours=9)  # 18:00
    await zhang.reads("Good evening")
    await zhang.presses("I'm well")
    await town.passes(minutes=1)
    assert not told(chen, "is well: answered"), "nobody has agreed yet"
    await zhang.presses("👍 Yes")
    await chen.reads("you hear each day that they are well")
    await town.passes(hours=13, minutes=59)  # 08:00
    await zhang.reads("Good morning")
    await town.passes(minutes=5)
    await zhang.presses("I'm well")
    await chen.reads("Zhang is well: answered at 08:05")
    # Pressed by mistake: what was said is taken back, and said anew.
    await zhang.reads("Take care")
    await town.quiet()
    await zhang.presses("I pressed the wrong one")
    await chen.reads("has taken today's answer back")
    await zhang.presses("I'm well")
    await town.quiet()
    assert sum("is well: answered" in shown.text for shown in chen.screen()) == 2
    await town.passes(hours=10)  # 18:05
    await zhang.reads("Good evening")
    await zhang.presses("I'm well")
    await town.quiet()
    assert sum("is well: answered" in shown.text for shown in chen.screen()) == 2, "once a day"
    # A day without an answer: nothing is said.
    await town.passes(hours=14)
    await town.passes(hours=2)
    assert sum("is well: answered" in shown.text for shown in chen.screen()) == 2
    # One tap ends it, and the other side hears.
    await chen.presses("No news each day any more")
    await zhang.reads("The daily news with Chen Li has ended")
    await wang.reads("Zhang has not answered the check-in")


async def test_in_chinese_from_the_link_to_the_daily_word(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await cared_for_in_chinese(town, wang, "张奶奶")
    await wang.presses("加联系人")
    await town.quiet()
    await wang.sends(f"陈丽，女儿，{NUMBER}")
    await town.quiet()
    await wang.presses("👪")
    await wang.reads("没有回音时，按这个顺序通知")
    await wang.presses("1、陈丽")
    await town.quiet()
    await wang.presses("✉️")
    await town.quiet()
    chen = town.sandbox.phone("陈丽")
    await chen.opens(link_in(wang))
    await chen.reads("张奶奶")
    await chen.presses("👍")
    await town.quiet()
    await chen.sends("/family")
    await chen.reads("我的家人")
    await chen.presses("👤 张奶奶")
    await town.quiet()
    await chen.presses("🌷")
    await town.quiet()
    await zhang.presses("👍")
    await town.passes(hours=9)
    await zhang.reads("晚上好")
    await zhang.presses("我很好")
    await chen.reads("张奶奶平安")


async def test_strangers_and_forged_taps_reach_nobodys_family(town: Town) -> None:
    wang, zhang, chen = await family(town)
    stranger = await town.resident("Stranger", "b2", language="en")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    message = next(shown for shown in stranger.screen() if not shown.mine)
    codes = [
        *("fa:1", "fb:1", "fc:1", "fd:1:1", "fe:1", "ff:1", "fg:1:1", "fg:1:0", "fh:1", "fi:1:news", "fi:1:proxy"),
        *("fj:1:news", "fk:1:news", "fq:1:news", "fp:1", "fl:1", "fn:1", "ft:1", "fv:1", "fh:99", "fn:99", "fb:99"),
    ]
    for phone in (stranger, sunny):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in codes:
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    # A relative agrees to nothing in the person's place, and answers for nobody who has not agreed.
    message = next(shown for shown in chen.screen() if not shown.mine)
    for code in ("fj:1:proxy", "fk:1:proxy", "fl:1", "fi:1:shared", "fa:1"):
        toast = await chen.taps_code(code, message)
        assert toast
        assert toast.alert, code
    kept = (await contacts(town, zhang))[0]
    assert kept.state is ContactState.AGREED
    assert not await town.read(lambda tx: tx.all("SELECT 1 AS one FROM alerts"))
    assert not told(wang, "cannot be reached by family")


async def test_what_is_known_of_family_is_sealed(town: Town) -> None:
    await family(town)
    rows = await town.read(lambda tx: str([dict(row) for row in tx.all("SELECT * FROM relatives")]))
    rows += await town.read(lambda tx: str([dict(row) for row in tx.all("SELECT * FROM contacts")]))
    assert not any(word in rows for word in ("Chen", "daughter", NUMBER))


async def test_a_no_of_the_person_is_heard_and_can_be_asked_again(town: Town) -> None:
    _, zhang, chen = await family(town)
    await opens_card(town, chen)
    await chen.presses("I would like to answer for them")
    await zhang.reads("would like to answer for you")
    await zhang.presses("No, rather not")
    await chen.reads("Answering for each other with Zhang has ended")
    await zhang.reads("All right, nothing changes")
    await opens_card(town, chen)
    assert not told(chen, "I know: Zhang is well")
    await chen.presses("I would like to answer for them")
    await town.quiet()
    assert zhang.screen()[-1].says("would like to answer for you"), "asked anew, at the end of the chat"
    await zhang.presses("👍 Yes")
    await chen.reads("you may answer for them")


async def test_the_daily_word_says_through_whom_it_is_known(town: Town) -> None:
    _, zhang, chen = await family(town)
    await may_answer(town, zhang, chen)
    zhao = await town.resident("Zhao Min", "b2", language="en")
    number, friend = await plan_of(town, zhang), await town.person(zhao)
    person = await town.person(zhang)

    def know(tx: Transaction) -> None:
        found = relatives.make(tx, person.id, friend.id, "son")
        assert relatives.save(tx, found, replace(found, news=3))
        assert plans.find(tx, number) is not None

    await town.write(know)
    await town.passes(hours=9)
    await opens_card(town, chen)
    await chen.presses("I know: Zhang is well")
    await zhao.reads("Zhang is well, says Chen Li (daughter), 18:00")
    # The next day by a knock.
    wang = await town.helper("Wu", Role.COORDINATOR, language="en")
    await asked_by(town, wang, zhang, Channel.KNOCK)
    li = await on_duty(town, wang, "Li")
    await town.passes(hours=13, minutes=30)  # 07:30
    await li.reads("Visits")
    await town.passes(minutes=35)
    await li.presses("Seen and well")
    await zhao.reads("Zhang is well: Li was there or rang at 08:05")
