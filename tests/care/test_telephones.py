"""Telephones: a new one in the place of the old, and one that serves two people."""

import asyncio

from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.people import Actor, Role
from bot.domain.plans import Channel, PlanState
from bot.domain.plans import Plan as CarePlan
from bot.services import contacts, telephones
from bot.storage import alerts, checkins, history, persons, plans, relatives
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for, cared_for_in_chinese
from tests.care.shifts import on_duty
from tests.care.test_relatives import contact, link_in
from tests.journeys.conftest import Town, told


async def shows_plan(town: Town, wang: Phone, name: str = "Zhang") -> None:
    """Who is in charge looks at somebody's family."""
    await wang.sends("/care")
    await town.quiet()
    await wang.presses(name)
    await town.quiet()
    await wang.presses("👪 Family")
    await town.quiet()


async def new_link(town: Town, wang: Phone) -> str:
    """A link for the new telephone of Zhang."""
    await shows_plan(town, wang)
    await wang.presses("A new telephone")
    await wang.reads("A link for the new telephone of Zhang")
    return link_in(wang)


async def of_person(town: Town, person_id: int) -> CheckIn:
    """The last check-in of somebody."""
    return (await town.read(lambda tx: checkins.of_person(tx, person_id, 1)))[0]


# --- a new telephone ---


async def test_a_new_telephone_takes_over_and_the_old_one_sees_nothing_more(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    old = await cared_for(town, wang, "Zhang")
    before = await town.person(old)
    await town.passes(hours=9)
    await old.reads("Good evening")
    link = await new_link(town, wang)
    await wang.opens(link)
    await wang.reads("for somebody else's telephone")
    new = town.sandbox.phone("Granny", language="en")
    await new.opens(link)
    await new.reads("Hello, Zhang! From now on I write to you on this telephone")
    await new.reads("Good evening, Zhang")
    await old.reads("I write to another telephone now")
    await wang.reads("The new telephone of Zhang is linked")
    await town.quiet()
    assert not old.keyboard(), "its big keys are gone"
    assert (await town.person(new)).id == before.id, "the history stays"
    assert (await town.person(old)).id != before.id
    # The old chat has no access: what is pressed there is nobody's answer.
    await old.sends("🌞 I'm well")
    await town.quiet()
    assert (await of_person(town, before.id)).state is CheckInState.ASKED
    await new.presses("I'm well")
    await new.reads("Thank you, Zhang")
    assert (await of_person(town, before.id)).answer is CheckInAnswer.WELL
    # The link is used up.
    other = town.sandbox.phone("Other", language="en")
    await other.opens(link)
    await other.reads("used by somebody else")
    await town.passes(hours=14)
    await new.reads("Good morning")
    assert not told(old, "Good morning")


async def test_a_telephone_that_is_gone_does_not_stop_the_new_one(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    old = await cared_for(town, wang, "Zhang")
    person = await town.person(old)
    await old.blocks()
    await town.quiet()
    link = await new_link(town, wang)
    new = town.sandbox.phone("Granny", language="en")
    await new.opens(link)
    await new.reads("From now on I write to you on this telephone")
    await town.passes(hours=9)
    await new.reads("Good evening, Zhang")
    assert (await of_person(town, person.id)).channel is Channel.CHAT


async def test_what_a_helper_had_on_the_old_telephone_is_blanked_there(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    old = await cared_for(town, wang, "Zhang")
    assert told(old, "Thank you for your answer"), "a card lives there"
    link = await new_link(town, wang)
    new = town.sandbox.phone("Granny", language="en")
    await new.opens(link)
    await new.reads("From now on I write to you")
    await town.quiet()
    assert not told(old, "Thank you for your answer")
    message = next(shown for shown in old.screen() if not shown.mine)
    plan = await town.read(lambda tx: tx.one("SELECT id FROM plans"))
    assert plan is not None
    for code in (f"py:{plan['id']}:0", f"wa:{plan['id']}", "cu:1"):
        toast = await old.taps_code(code, message)
        assert toast
        assert toast.text
    kept = await town.read(lambda tx: plans.find(tx, plan["id"]))
    assert kept is not None
    assert kept.state is PlanState.ACTIVE


async def test_nobody_else_links_a_telephone(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    for phone in (zhang, sunny):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in ("ft:1", "fa:1", "fb:1", "fc:1", "fd:1:1", "fe:1", "ff:1", "fp:1", "fk:1:proxy", "fh:99", "fv:1"):
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    assert not await town.read(lambda tx: tx.all("SELECT 1 AS one FROM invitations WHERE purpose IS NOT NULL"))


# --- one telephone for two ---


async def two_on_one(town: Town) -> tuple[Phone, Phone, int, int]:
    """Zhang and her husband Chen are both cared for, and Zhang's telephone reaches both: agreed by both."""
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    speaker = await town.person(zhang)
    chen_id = await town.write(lambda tx: _chen(tx, town, speaker.id))
    await shows_plan(town, wang, "Chen")
    await wang.presses("👤 Zhang (wife)")
    await town.quiet()
    await wang.presses("They agree to share this telephone")
    await zhang.reads("Chen has no telephone of their own")
    await zhang.presses("👍 Yes")
    await zhang.reads("I reach you on the telephone of Zhang now")
    await zhang.reads("This telephone is for Zhang and Chen now")
    await town.quiet()
    assert zhang.keyboard()[0][0] == "🌞 Zhang is well"
    return wang, zhang, speaker.id, chen_id


def _chen(tx: Transaction, town: Town, wife_id: int, name: str = "Chen", relation: str = "wife") -> int:
    """Chen, who has no chat, agreed before a witness."""
    now, home = town.clock.now(), town.program.home
    wife = persons.get(tx, wife_id)
    chen = persons.make_without_chat(
        tx, name=name, language=wife.language, telephone=None, building_id=wife.building_id, now=now
    )
    plan = CarePlan(0, home.bot_id, chen.id, wife.building_id or 0, PlanState.PROPOSED)
    made = plans.make(tx, plan, proposed_by=wife_id)
    assert made is not None
    plans.consented(tx, made.id, consent="witness:1", witness="Wang", now=now)
    assert plans.save(tx, made, made.activate(now, home.timezone))
    relatives.make(tx, chen.id, wife_id, relation)
    return chen.id


async def test_each_question_names_who_is_asked_and_each_key_who_is_answered_for(town: Town) -> None:
    _, zhang, wife, husband = await two_on_one(town)
    await town.passes(hours=9)
    await zhang.reads("Good evening, Zhang")
    await zhang.reads("Good evening, Chen")
    keys = [row[0] for row in zhang.keyboard()]
    name, other = ("Zhang", "Chen") if "Zhang" in keys[0] else ("Chen", "Zhang")
    assert keys == [f"🌞 {name} is well", f"📞 Please call {name}", f"🆘 {name} needs help"]
    # A key without a name, of the time before, counts for nobody.
    await zhang.sends("🌞 I'm well")
    await zhang.reads("Several people use this telephone")
    for person in (wife, husband):
        assert (await of_person(town, person)).state is CheckInState.ASKED
    await zhang.sends("🌞 Chen is well")
    await zhang.reads("Thank you, Chen")
    assert (await of_person(town, husband)).answer is CheckInAnswer.WELL
    assert (await of_person(town, wife)).state is CheckInState.ASKED
    await town.quiet()
    assert zhang.keyboard()[0][0] == "🌞 Zhang is well", "whoever is still asked is asked now"
    assert other != name
    # The wrong one: taken back, for the right person.
    await zhang.presses("I pressed the wrong one")
    await town.quiet()
    assert (await of_person(town, husband)).state is CheckInState.ASKED
    await zhang.sends("🌞 Zhang is well")
    await zhang.reads("Thank you, Zhang")
    assert (await of_person(town, wife)).answer is CheckInAnswer.WELL
    assert (await of_person(town, husband)).state is CheckInState.ASKED


async def test_the_silence_of_one_is_an_alert_about_that_one(town: Town) -> None:
    wang, zhang, wife, husband = await two_on_one(town)
    await town.passes(hours=9)
    await zhang.reads("Good evening, Zhang")
    await zhang.sends("🌞 Zhang is well")
    await zhang.reads("Thank you, Zhang")
    await zhang.sends("We had noodles today")
    await town.passes(hours=1)
    card = await wang.reads("Chen has not answered the check-in")
    assert "One telephone with Zhang" in card.text
    assert (await of_person(town, wife)).state is CheckInState.ANSWERED
    assert await town.read(lambda tx: alerts.open_for(tx, husband)) is not None
    # What was written this evening is no early sign of life for either of them.
    await town.passes(hours=12, minutes=30)
    await zhang.sends("Hello")
    await town.passes(minutes=30)
    assert (await of_person(town, wife)).state is CheckInState.ASKED


async def test_a_cry_for_help_names_both(town: Town) -> None:
    wang, zhang, wife, husband = await two_on_one(town)
    li = await on_duty(town, wang, "Li")
    await zhang.sends("/sos")
    card = await li.reads("Zhang asks for help")
    assert "One telephone with Chen" in card.text
    await zhang.reads("Help is being called")
    await li.presses("I'll look")
    await zhang.reads("For Zhang:")
    assert told(zhang, "Li looks in on you")
    await zhang.sends("🆘 Chen needs help")
    card = await li.reads("Chen asks for help")
    assert "One telephone with Zhang" in card.text
    assert await town.read(lambda tx: alerts.open_for(tx, wife)) is not None
    assert await town.read(lambda tx: alerts.open_for(tx, husband)) is not None


async def test_blocked_moves_both(town: Town) -> None:
    _, zhang, wife, husband = await two_on_one(town)
    await town.passes(hours=9)
    await zhang.reads("Good evening, Chen")
    await zhang.blocks()
    await town.quiet()
    for person in (wife, husband):
        assert (await of_person(town, person)).channel is Channel.KNOCK


async def test_a_question_refused_for_good_moves_both(town: Town) -> None:
    _, zhang, wife, husband = await two_on_one(town)
    zhang.deactivates()
    await town.passes(hours=9)
    for person in (wife, husband):
        assert (await of_person(town, person)).channel is Channel.KNOCK


async def test_either_side_ends_it_and_what_was_asked_there_is_knocked_for(town: Town) -> None:
    _, zhang, _, husband = await two_on_one(town)
    await town.passes(hours=9)
    await zhang.reads("Good evening, Chen")
    await zhang.sends("/family")
    await zhang.reads("My family")
    await zhang.presses("👤 Chen")
    await zhang.reads("Your telephone is theirs too")
    await zhang.presses("Not on my telephone any more")
    await town.quiet()
    assert (await of_person(town, husband)).channel is Channel.KNOCK
    assert await town.read(lambda tx: persons.chat_of(tx, husband)) is None
    assert told(zhang, "This telephone is yours alone again")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")


async def test_their_own_telephone_ends_the_sharing(town: Town) -> None:
    wang, zhang, wife, husband = await two_on_one(town)
    await shows_plan(town, wang, "Chen")
    await wang.presses("A new telephone")
    await wang.reads("A link for the new telephone of Chen")
    chen = town.sandbox.phone("Old Chen", language="en")
    await chen.opens(link_in(wang))
    await chen.reads("Hello, Chen!")
    await town.passes(hours=9)
    await chen.reads("Good evening, Chen")
    assert chen.keyboard()[0][0] == "🌞 I'm well"
    assert not told(zhang, "Good evening, Chen")
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    assert (await of_person(town, wife)).answer is CheckInAnswer.WELL
    assert (await of_person(town, husband)).state is CheckInState.ASKED


async def test_sharing_is_written_down_with_who_agreed(town: Town) -> None:
    wang, zhang, wife, husband = await two_on_one(town)
    found = await town.read(lambda tx: relatives.between(tx, husband, wife))
    assert found is not None
    story = await town.read(lambda tx: history.of(tx, f"relative:{found.id}"))
    said = [(one.event, one.actor_id) for one in story]
    assert ("shared: agreed before a witness, text 1", (await town.person(wang)).id) in said
    assert ("shared: wished", (await town.person(zhang)).id) in said


async def test_in_chinese_each_key_names_who_it_is_about(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await cared_for_in_chinese(town, wang, "张奶奶")
    wife = (await town.person(zhang)).id
    husband = await town.write(lambda tx: _chen(tx, town, wife, "陈爷爷", "老伴"))
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("陈爷爷")
    await town.quiet()
    await wang.presses("👪 家人")
    await town.quiet()
    await wang.presses("👤 张奶奶（老伴）")
    await town.quiet()
    await wang.presses("本人同意共用这部手机")
    await zhang.reads("陈爷爷自己没有手机")
    await zhang.presses("👍 是的")
    await zhang.reads("现在我用张奶奶的手机问候您")
    await town.passes(hours=9)
    await zhang.reads("陈爷爷")
    await zhang.sends("🌞 陈爷爷很好")
    await zhang.reads("谢谢您，陈爷爷")
    await town.quiet()
    assert [row[0] for row in zhang.keyboard()] == ["🌞 张奶奶很好", "📞 请给张奶奶打电话", "🆘 张奶奶需要帮助"]
    await zhang.presses("📞 请给张奶奶打电话")
    await town.quiet()
    assert (await of_person(town, husband)).answer is CheckInAnswer.WELL
    assert (await of_person(town, wife)).answer is CheckInAnswer.CALL_ME
    # Moved to a new telephone, both are reached there.
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("张奶奶")
    await town.quiet()
    await wang.presses("👪 家人")
    await town.quiet()
    await wang.presses("换了新手机")
    await wang.reads("新手机用的链接")
    new = town.sandbox.phone("新手机")
    await new.opens(link_in(wang))
    await new.reads("从现在起，我在这部手机上和您说话")
    await zhang.reads("我现在在另一部手机上说话")
    await town.passes(hours=14)
    await new.reads("陈爷爷")
    assert not told(zhang, "早上好")


async def test_words_and_voice_notes_answer_for_nobody_and_are_heard(town: Town) -> None:
    wang, zhang, wife, husband = await two_on_one(town)
    li = await on_duty(town, wang, "Li")
    await town.passes(hours=9)
    await zhang.reads("Good evening, Chen")
    await zhang.sends("Hello, it rains and rains")
    await zhang.reads("Several people use this telephone")
    await zhang.sends("The lamp in the kitchen is broken")
    await zhang.reads("Your request")
    await zhang.sends_voice()
    await li.reads("Zhang")
    await town.quiet()
    for person in (wife, husband):
        assert (await of_person(town, person)).state is CheckInState.ASKED
    assert await town.read(lambda tx: tx.all("SELECT id FROM media WHERE state = 'waits'"))
    await zhang.sends("I feel dizzy today")
    card = await li.reads("Zhang wrote something worrying")
    assert "One telephone with Chen" in card.text
    await zhang.sends_location()
    await town.quiet()
    assert told(li, "Zhang")


async def test_a_key_of_the_time_before_still_calls_for_help(town: Town) -> None:
    wang, zhang, _, _ = await two_on_one(town)
    await zhang.sends("/family")
    await zhang.reads("My family")
    await zhang.presses("👤 Chen")
    await zhang.reads("Your telephone is theirs too")
    await zhang.presses("Not on my telephone any more")
    await town.quiet()
    await zhang.sends("🆘 Chen needs help")
    await wang.reads("Zhang asks for help")


async def test_sharing_needs_both_and_nobody_agrees_for_the_other(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    speaker = await town.person(zhang)
    husband = await town.write(lambda tx: _chen(tx, town, speaker.id))
    found = await town.read(lambda tx: relatives.between(tx, husband, speaker.id))
    assert found is not None
    message = next(shown for shown in zhang.screen() if not shown.mine)
    for code in (
        *(f"fi:{found.id}:shared", f"fj:{found.id}:shared", f"fk:{found.id}:shared", f"fp:{found.id}"),
        *(f"fj:{found.id}:proxy", f"fi:{found.id}:nonsense", "fl:1", "fq:99:news"),
    ):
        toast = await zhang.taps_code(code, message)
        assert toast
        assert toast.alert, code
    # The wife wishes to answer for him: he has no chat, so who is in charge hears him agree.
    await zhang.taps_code(f"fi:{found.id}:proxy", message)
    await wang.reads("may answer for them: Chen has to agree")
    await wang.presses("I heard their yes: answering")
    await zhang.reads("Chen agrees: you may answer for them")
    await shows_plan(town, wang, "Chen")
    await wang.presses("👤 Zhang (wife)")
    await town.quiet()
    await wang.presses("They agree to share this telephone")
    await zhang.reads("May I ask them on yours")
    await zhang.presses("No, rather not")
    await town.quiet()
    assert await town.read(lambda tx: persons.chat_of(tx, husband)) is None
    assert told(wang, "Zhang (wife) of Chen")


async def test_two_telephones_that_open_one_link_at_once_are_one(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    old = await cared_for(town, wang, "Zhang")
    person = await town.person(old)
    payload = (await new_link(town, wang)).split("=")[1]
    phones = [town.sandbox.phone(name, language="en") for name in ("One", "Two")]
    for phone in phones:
        await phone.sends("/start")
        await phone.reads("Hello")
    await town.quiet()
    home, now = town.program.home, town.clock.now()

    async def opens(phone: Phone) -> None:
        actor = Actor(await town.person(phone))
        await town.write(lambda tx: telephones.open_link(tx, actor, home, phone.id, payload, now=now))

    done = await asyncio.gather(*map(opens, phones), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["InvitationUsed", "NoneType"]
    accounts = await town.read(lambda tx: persons.accounts_of(tx, person.id))
    assert len(accounts) == 1
    assert accounts[0][1] in {phone.id for phone in phones}


async def test_two_relatives_that_open_one_link_at_once_are_one(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await cared_for(town, wang, "Zhang")
    await contact(town, wang)
    await wang.presses(". Chen Li")
    await town.quiet()
    await wang.presses("A link for them")
    await wang.reads("A link for Chen Li only")
    payload = link_in(wang).split("=")[1]
    others = [await town.resident(name, "b2", language="en") for name in ("One", "Two")]

    async def opens(phone: Phone) -> None:
        actor = Actor(await town.person(phone))
        await town.write(lambda tx: contacts.open_link(tx, actor, payload, now=town.clock.now()))

    done = await asyncio.gather(*map(opens, others), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["InvitationUsed", "NoneType"]
    assert len(await town.read(lambda tx: tx.all("SELECT id FROM relatives"))) == 1
