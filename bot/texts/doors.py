"""What is read of somebody's home: by whoever plans it, and by the person who is asked whether one may come in."""

from collections.abc import Callable, Mapping

from bot.domain.doors import AskDoorOf, DoorCard, DoorView, DoorWanted, EnterCard
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.plans import PlanState
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.neighbours import ChooseNeighbour, NoNeighbour
from bot.texts.people import ChangeContact
from bot.texts.words import Html, Words, bold, lines, paragraphs

OTHER = {Language.CHINESE: Language.ENGLISH, Language.ENGLISH: Language.CHINESE}


class ShowDoor(Button, code="hod"):
    """What is known of this person's home?"""

    plan_id: int


class WriteDoor(Button, code="how"):
    """Door and telephone: I write them."""

    plan_id: int


class MayEnter(Button, code="hoe"):
    """Somebody may come in when they do not answer: 1 yes, 0 no."""

    plan_id: int
    yes: int


class SpeakTo(Button, code="hol"):
    """This person is asked in this language."""

    plan_id: int
    language: str


def door_card(card: DoorCard, view: DoorView, words: Words) -> Message:
    """What is known, and what can be changed; door and telephone themselves are shown to whoever goes only."""
    plan = view.plan
    if plan.state is PlanState.ENDED:
        return Message(words.say("This has ended. /care shows who is cared for."))
    known, unknown = words.say("known"), words.say("not known yet")
    told = lines(
        words.say("🚪 Door: {door}", door=known if view.has_door else unknown),
        words.say("📞 Telephone: {telephone}", telephone=known if view.has_telephone else unknown),
        entering(plan.may_enter, words) or words.say("🔑 Whether somebody may come in is not known yet."),
        _neighbour(view, words),
        words.say("🌐 Is asked in {language}", language=_called(view.language, words)),
        None if view.reached else words.say("💬 No chat reaches them: they are rung or knocked at."),
    )
    head = bold(words.say("At {name}'s", name=view.person))
    return Message(paragraphs(head, told), _keys(view, words), protected=True)


def _called(language: Language, words: Words) -> Html:
    return words.say("Chinese") if language is Language.CHINESE else words.say("English")


def _neighbour(view: DoorView, words: Words) -> Html:
    return lines(
        words.say("🏘 Neighbour: {name}", name=view.neighbour)
        if view.neighbour
        else words.say("🏘 No neighbour is chosen."),
        words.say("🏘 {name} is asked and has not answered yet.", name=view.asked) if view.asked else None,
    )


def _keys(view: DoorView, words: Words) -> Rows:
    plan, other = view.plan, OTHER[view.language]
    chosen = view.neighbour or view.asked
    yes = Key(words.say("🔑 They agree that one comes in"), MayEnter(plan.id, 1).code)
    no = Key(words.say("🔒 They would rather not"), MayEnter(plan.id, 0).code)
    return (
        (Key(words.say("✏️ Door and telephone"), WriteDoor(plan.id).code),),
        *((key,) for key, shown in ((yes, plan.may_enter is not True), (no, plan.may_enter is not False)) if shown),
        (Key(words.say("🏘 Choose a neighbour"), ChooseNeighbour(plan.id, 0).code),),
        *(((Key(words.say("⏹ No neighbour any more"), NoNeighbour(plan.id).code),),) if chosen else ()),
        (Key(words.say("🌐 Ask in {language}", language=_called(other, words)), SpeakTo(plan.id, other.value).code),),
    )


def entering(may_enter: bool | None, words: Words) -> Html | None:
    """Whether one may come in, for whoever stands at the door; None: nobody has said."""
    if may_enter is None:
        return None
    if may_enter:
        return words.say("🔑 They agree that somebody comes in when they do not answer.")
    return words.say("🔒 They would rather not have somebody come in. Please ring and knock first.")


def enter_card(card: EnterCard, view: DoorView, words: Words) -> Message:
    """May somebody come in?"""
    plan = view.plan
    yes = (Key(words.say("🔑 Yes, they may come in"), MayEnter(plan.id, 1).code),)
    no = (Key(words.say("🔒 No, please ring first"), MayEnter(plan.id, 0).code),)
    if plan.state is PlanState.ENDED:
        return Message(words.say("This has ended. Thank you!"))
    if plan.may_enter is None:
        asked = words.say("If you do not answer and somebody comes: may they come in to look after you?")
        return Message(bold(asked), (yes, no))
    if plan.may_enter:
        return Message(words.say("Thank you. If you do not answer, they may come in."), (no,))
    return Message(words.say("Thank you. They ring and knock first, and come in only in danger."), (yes,))


def door_wanted(notice: DoorWanted, view: None, words: Words) -> Message:
    """Which door is yours?"""
    asked = words.say("So that they find you: which door is yours?")
    return Message(bold(asked), ((Key(words.say("✏️ Write my door"), ChangeContact().code),),))


def ask_door(notice: AskDoorOf, view: None, words: Words) -> Message:
    """Which door, which telephone?"""
    asked = words.say("Which door, and which telephone? Please write both in one message.")
    return Message(lines(bold(asked), words.say("For example: 2-301 13800138000")), asks=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    DoorCard: door_card,
    EnterCard: enter_card,
    DoorWanted: door_wanted,
    AskDoorOf: ask_door,
}
