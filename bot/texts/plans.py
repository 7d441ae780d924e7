"""What is read of care plans: who is cared for, the question whether they agree, and the coordinator's card."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.absences import AbsenceReason
from bot.domain.notices import Notice
from bot.domain.plans import (
    AskContactOf,
    AskNotesOf,
    CareCandidates,
    CareList,
    Channel,
    ConsentCard,
    PlanCard,
    PlanDeclined,
    PlanStarted,
    PlanState,
    PlansView,
    PlanView,
)
from bot.domain.rungs import Owner
from bot.texts.absences import Away, Back
from bot.texts.buttons import Button
from bot.texts.doors import ShowDoor
from bot.texts.enrolments import EnrolIn
from bot.texts.farewells import AskFarewell
from bot.texts.histories import OpenHistory
from bot.texts.message import Key, Message, Rows
from bot.texts.patience import ShowPatience, patience
from bot.texts.relatives import ShowFamily, not_told, said_by
from bot.texts.rosters import SendRoster
from bot.texts.rungs import ShowLadder
from bot.texts.slots import ShowSlots
from bot.texts.voices import ShowVoice
from bot.texts.wellbeing import SwitchSecond, answers
from bot.texts.words import Html, Words, bold, lines, paragraphs


class ShowPlan(Button, code="ps"):
    """Show me this plan."""

    plan_id: int


class Candidates(Button, code="pk"):
    """Somebody new: show me who could be cared for."""

    offset: int


class MorePlans(Button, code="pm"):
    """The list's next page."""

    offset: int


class Propose(Button, code="pq"):
    """Ask this resident whether they would like it."""

    person_id: int


class Consent(Button, code="py"):
    """The resident answers: 1 yes, 0 no."""

    plan_id: int
    yes: int


class Witness(Button, code="pw"):
    """A coordinator has heard them agree."""

    plan_id: int


class AddContact(Button, code="pt"):
    """Somebody more to be told."""

    plan_id: int


class AddNotes(Button, code="pe"):
    """Notes for whoever goes."""

    plan_id: int


class EndPlan(Button, code="px"):
    """Nobody asks any more."""

    plan_id: int


def state_name(state: PlanState, words: Words) -> Html:
    """Where a plan stands."""
    names = {
        PlanState.PROPOSED: words.say("waiting for their yes"),
        PlanState.ACTIVE: words.say("is asked"),
        PlanState.PAUSED: words.say("paused"),
        PlanState.ENDED: words.say("ended"),
    }
    return names[state]


def channel_name(channel: Channel, words: Words) -> Html:
    """How somebody is asked."""
    names = {
        Channel.CHAT: words.say("💬 in the chat"),
        Channel.CALL: words.say("📞 by a call"),
        Channel.KNOCK: words.say("🚪 by a knock at the door"),
    }
    return names[channel]


def care_list(notice: CareList, view: PlansView, words: Words) -> Message:
    """Who is cared for here."""
    rows: Rows = tuple(
        (Key(words.say("{name}: {state}", name=name, state=state_name(state, words)), ShowPlan(plan_id).code),)
        for plan_id, name, state in view.rows
    )
    if view.has_more:
        rows = (*rows, (Key(words.say("More ↓"), MorePlans(view.offset + len(view.rows)).code),))
    rows = (*rows, (Key(words.say("➕ Somebody new"), Candidates(0).code),))
    rows = (*rows, *(row for number, name in view.places for row in _place_keys(number, name, words)))
    head = (
        words.say("Who is asked every day whether they are well:")
        if view.rows
        else words.say("Nobody is cared for here yet.")
    )
    return Message(bold(head), rows, protected=True)


def _place_keys(number: int, name: str, words: Words) -> Rows:
    """What holds for everybody in a place that the reader coordinates."""
    ladder = ShowLadder(Owner("area", number).code)
    return (
        (Key(words.say("🪜 Who is told in {place}", place=name), ladder.code),),
        (Key(words.say("📄 Table of {place}", place=name), SendRoster(number).code),),
    )


def candidates(notice: CareCandidates, view: PlansView, words: Words) -> Message:
    """Residents who have no plan yet."""
    rows: Rows = tuple((Key(name, Propose(person_id).code),) for person_id, name, _ in view.rows)
    if view.has_more:
        rows = (*rows, (Key(words.say("More ↓"), Candidates(view.offset + len(view.rows)).code),))
    rows = (*rows, (Key(words.say("📇 Somebody without this chat"), EnrolIn(0, 0).code),))
    if not view.rows:
        return Message(words.say("Everybody who has scanned a poster here is cared for already."), rows)
    return Message(
        bold(words.say("Who would like to be asked every day? They are asked first whether they agree.")), rows
    )


def consent(card: ConsentCard, view: PlanView, words: Words) -> Message:
    """Would you like it?"""
    if view.plan.state is not PlanState.PROPOSED:
        return Message(words.say("Thank you for your answer. You can change it at any time: tell your coordinator."))
    times = words.listed(slot.name for slot in view.plan.slots)
    asked = words.say(
        "Dear {name}, may I ask you every day at {times} whether you are well?", name=bold(view.person), times=times
    )
    then = words.say("You answer with one tap. If you do not answer, somebody from the community comes and looks.")
    kept = words.say("Your answers are seen only by those who look after you.")
    rows: Rows = (
        (Key(words.say("👍 Yes, please"), Consent(view.plan.id, 1).code),),
        (Key(words.say("No, thank you"), Consent(view.plan.id, 0).code),),
    )
    return Message(paragraphs(asked, lines(then, kept)), rows)


def plan_card(card: PlanCard, view: PlanView, words: Words) -> Message:
    """One plan, with what can be changed."""
    plan = view.plan
    slots = [words.say("⏰ {time} {how}", time=slot.name, how=channel_name(slot.channel, words)) for slot in plan.slots]
    last = [
        words.say(
            "· {when}: {what}",
            when=words.when(at, view.now),
            what=said_by(_answer(what, words), at, view.proxies, words),
        )
        for at, what in view.last
    ]
    text = paragraphs(
        lines(
            bold(words.say("{name}: {state}", name=view.person, state=state_name(plan.state, words))),
            words.say("📍 {place}", place=view.place),
            hospital(view.hospital_since, view.home_since, words),
        ),
        lines(
            *slots,
            patience(view, words),
            words.say("Paused until {when}", when=words.when(plan.paused_until, view.now))
            if plan.paused_until
            else None,
            plan.notes and words.say("📝 {notes}", notes=plan.notes),
            *(words.say("☎️ {name} ({relation})", name=name, relation=relation) for name, relation in view.contacts),
            *not_told(view.silent, words),
        ),
        lines(*last, answers(view.wellbeing, words)),
    )
    return Message(text, _plan_keys(view, words), protected=True)


def hospital(since: datetime | None, home_since: datetime | None, words: Words) -> Html | None:
    """In hospital, or home from it, and since when."""
    if since is not None:
        return words.say("🏥 In hospital since {day}", day=words.day(since))
    return words.say("🏠 Home from hospital since {day}", day=words.day(home_since)) if home_since else None


def _answer(what: str, words: Words) -> Html:
    names = {
        "asked": words.say("no answer yet"),
        "answered": words.say("well"),
        "excused": words.say("excused"),
        "alert": words.say("no answer, somebody looked"),
        "not_asked": words.say("not asked"),
    }
    return names.get(what, words.say("no answer yet"))


def _plan_keys(view: PlanView, words: Words) -> Rows:
    plan = view.plan
    if plan.state is PlanState.ENDED:
        return ()
    if plan.state is PlanState.PROPOSED:
        agreed = (Key(words.say("✍️ I have heard them agree"), Witness(plan.id).code),)
        family = (Key(words.say("👪 Family"), ShowFamily(plan.id).code),)
        return (agreed, family, (Key(words.say("⏹ End it"), EndPlan(plan.id).code),))
    ladder = ShowLadder(Owner("plan", plan.id).code)
    rest: Rows = (
        (Key(words.say("⏰ Times"), ShowSlots(plan.id).code), Key(words.say("⏳ Waiting"), ShowPatience(plan.id).code)),
        (Key(words.say("🪜 Who is told"), ladder.code), Key(words.say("👪 Family"), ShowFamily(plan.id).code)),
        (
            Key(words.say("☎️ Add a contact"), AddContact(plan.id).code),
            Key(words.say("🚪 Home"), ShowDoor(plan.id).code),
        ),
        (Key(words.say("📝 Notes"), AddNotes(plan.id).code), Key(words.say("📖 History"), OpenHistory(plan.id).code)),
        (Key(words.say("🎙 A familiar voice"), ShowVoice(plan.id).code),),
        (_second(view, words),),
        (Key(words.say("⏹ End it"), EndPlan(plan.id).code), Key(words.say("🕯 Has died"), AskFarewell(plan.id).code)),
    )
    if plan.state is PlanState.PAUSED:
        again = (
            words.say("🏠 Home from hospital")
            if plan.pause_reason == AbsenceReason.HOSPITAL
            else words.say("▶️ Ask again")
        )
        return ((Key(again, Back(plan.id).code),), (Key(words.say("⏸ Away longer"), Away(plan.id).code),), *rest)
    return ((Key(words.say("⏸ Away for some days"), Away(plan.id).code),), *rest)


def _second(view: PlanView, words: Words) -> Key:
    if view.second:
        return Key(words.say("🌤 No second question any more"), SwitchSecond(view.plan.id, 0).code)
    return Key(words.say("🌤 One more question each morning"), SwitchSecond(view.plan.id, 1).code)


def started(notice: PlanStarted, view: PlanView, words: Words) -> Message:
    """It begins."""
    when = view.plan.asks_at(words.home.timezone)
    first = words.say("The first question comes {when}.", when=words.when(when, view.now)) if when else None
    if view.about_me:
        away = ((Key(words.say("⏸ Away for some days"), Away(view.plan.id).code),),)
        return Message(lines(words.say("Thank you, {name}. I will ask you every day.", name=view.person), first), away)
    return Message(lines(words.say("{name} agrees and is asked every day.", name=bold(view.person)), first))


def declined(notice: PlanDeclined, view: PlanView, words: Words) -> Message:
    """They would rather not."""
    return Message(
        words.say("{name} would rather not be asked. Perhaps visit and talk about it.", name=bold(view.person))
    )


def ask_contact(notice: AskContactOf, view: None, words: Words) -> Message:
    """Who is to be told?"""
    asked = words.say("Who is to be told? Please write name, relation and telephone.")
    return Message(lines(bold(asked), words.say("For example: Chen Li, daughter, 13900001111")), asks=True)


def ask_notes(notice: AskNotesOf, view: None, words: Words) -> Message:
    """What helps whoever goes?"""
    asked = words.say("What helps whoever goes? For example: hard of hearing, the key is with Aunt Liu.")
    return Message(bold(asked), asks=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    CareList: care_list,
    CareCandidates: candidates,
    ConsentCard: consent,
    PlanCard: plan_card,
    PlanStarted: started,
    PlanDeclined: declined,
    AskContactOf: ask_contact,
    AskNotesOf: ask_notes,
}
