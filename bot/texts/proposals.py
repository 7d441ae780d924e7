"""What is read when family asks for somebody to be looked after."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.plans import PlanState
from bot.domain.proposals import (
    AskProposal,
    ProposalCard,
    ProposalPlace,
    ProposalPlaceView,
    ProposalTaken,
    ProposalView,
    ProposalWaits,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.plans import EndPlan, ShowPlan, Witness
from bot.texts.relatives import NewTelephone
from bot.texts.words import Words, bold, lines, paragraphs


class ProposalPlaces(Button, code="fs"):
    """Show what lies in this place (0: the top), from this page on."""

    area_id: int
    page: int


class ProposalHere(Button, code="fu"):
    """They live here."""

    area_id: int


class Seen(Button, code="fv"):
    """Who is in charge has looked at it."""

    relative_id: int


def place(notice: ProposalPlace, view: ProposalPlaceView, words: Words) -> Message:
    """Where do they live?"""
    choice, rows = view.choice, list[tuple[Key, ...]]()
    if view.home is not None and choice.here_id is None:
        rows.append((Key(words.say("🏡 Where I live"), ProposalHere(view.home).code),))
    for area_id, name, has_children in choice.choices:
        button: Button = ProposalPlaces(area_id, 0) if has_children else ProposalHere(area_id)
        rows.append((Key(name, button.code),))
    if choice.has_more:
        rows.append((Key(words.say("More ↓"), ProposalPlaces(choice.here_id or 0, choice.page + 1).code),))
    if choice.back_to is not None:
        rows.append((Key(words.say("← Back"), ProposalPlaces(choice.back_to, 0).code),))
    return Message(bold(words.say("Where do they live? Please choose the building.")), tuple(rows))


def ask(notice: AskProposal, view: None, words: Words) -> Message:
    """Who is it?"""
    asked = words.say("Whom shall we look after? Please write their name, what you are to them, and their telephone.")
    return Message(lines(bold(asked), words.say("For example: Chen Fang, daughter, 13900001111")), asks=True)


def taken(notice: ProposalTaken, view: ProposalView, words: Words) -> Message:
    """Who is asked now, and what comes next."""
    said = words.say("Thank you! The coordinator of {place} looks at it.", place=view.place)
    then = words.say("{name} is asked too. It begins when both have said yes; you hear it then.", name=view.person)
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    return Message(lines(said, then, danger))


def waits(notice: ProposalWaits, view: ProposalView, words: Words) -> Message:
    """Who is in charge looks at it first."""
    return Message(words.say("Thank you! Your coordinator looks at it; then I ask you every day."))


def card(notice: ProposalCard, view: ProposalView, words: Words) -> Message:
    """Family proposes care for somebody."""
    if not view.mine:
        return Message(words.say("Somebody else looks after this now."))
    names = {"name": bold(view.name), "relation": view.relative.relation, "person": bold(view.person)}
    head = words.say("👪 {name} ({relation}) asks us to look after {person}.", **names)
    where = words.say("📍 {place}", place=view.place)
    plan_id = view.relative.plan_id
    if view.state is PlanState.ENDED or plan_id is None:
        return Message(lines(head, where, words.say("This has ended.")), protected=True)
    seen = words.say("👀 {name} has looked at it.", name=view.seen) if view.seen else None
    if view.state is not PlanState.PROPOSED:
        begun = words.say("✅ It has begun.")
        return Message(
            lines(head, where, seen, begun),
            ((Key(words.say("Show the plan"), ShowPlan(plan_id).code),),),
            protected=True,
        )
    agreed = (
        words.say("👍 {person} agrees.", **names)
        if view.agreed
        else words.say("{person} is asked in the chat whether they agree.", **names)
        if view.in_chat
        else words.say("{person} has no chat. Please ring or visit them, and ask whether they agree.", **names)
    )
    rows: list[tuple[Key, ...]] = []
    if view.seen is None:
        rows.append((Key(words.say("👀 I have looked at it"), Seen(view.relative.id).code),))
    if not view.agreed:
        rows.append((Key(words.say("✍️ I have heard them agree"), Witness(plan_id).code),))
        if not view.in_chat:
            rows.append((Key(words.say("✉️ A link for their telephone"), NewTelephone(plan_id).code),))
    rows.append((Key(words.say("Show the plan"), ShowPlan(plan_id).code),))
    rows.append((Key(words.say("⏹ End it"), EndPlan(plan_id).code),))
    alike = (
        words.say("☎️ Their telephone is known here from: {names}.", names=words.listed(view.alike))
        if view.alike
        else None
    )
    then = words.say("It begins when they agree and you have looked at it.")
    return Message(paragraphs(lines(head, where), lines(agreed, alike, seen, then)), tuple(rows), protected=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    ProposalPlace: place,
    AskProposal: ask,
    ProposalTaken: taken,
    ProposalWaits: waits,
    ProposalCard: card,
}
