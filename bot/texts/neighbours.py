"""What is read when a neighbour is chosen, asked, and steps back."""

from collections.abc import Callable, Mapping

from bot.domain.neighbours import NeighbourAnswered, NeighbourCard, NeighbourChoice, NeighboursView, NeighbourView
from bot.domain.notices import Notice
from bot.domain.plans import PlanState
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Words, bold, paragraphs


class ChooseNeighbour(Button, code="hon"):
    """Who is to be the neighbour? From this place in the list on."""

    plan_id: int
    offset: int


class AskNeighbour(Button, code="hoa"):
    """This one is asked."""

    plan_id: int
    person_id: int


class BeNeighbour(Button, code="hob"):
    """The neighbour answers: 1 yes, 0 no or not any more."""

    plan_id: int
    yes: int


class NoNeighbour(Button, code="hox"):
    """Nobody is the neighbour any more."""

    plan_id: int


def choice(notice: NeighbourChoice, view: NeighboursView, words: Words) -> Message:
    """Who lives near."""
    number = view.plan.id
    rows: Rows = tuple(
        (Key(words.say("{name} · {place}", name=name, place=place), AskNeighbour(number, person_id).code),)
        for person_id, name, place in view.rows
    )
    if view.has_more:
        rows = (*rows, (Key(words.say("More ↓"), ChooseNeighbour(number, view.offset + len(view.rows)).code),))
    if not view.rows:
        return Message(words.say("Nobody near has this chat yet. Neighbours come in by the poster at their door."))
    head = words.say("Whom has {name} chosen? They are asked first whether they agree.", name=view.person)
    return Message(bold(head), rows, protected=True)


def card(notice: NeighbourCard, view: NeighbourView, words: Words) -> Message:
    """Would you look?"""
    number = view.plan.id
    over = view.plan.state is PlanState.ENDED or not (view.asked or view.agreed)
    if over:
        return Message(words.say("Thank you! Nobody counts on you as a neighbour here now."))
    if view.agreed:
        kept = words.say(
            "You are the neighbour {name} counts on. If there is no answer, I write to you.", name=view.person
        )
        return Message(kept, ((Key(words.say("I can't any more"), BeNeighbour(number, 0).code),),), protected=True)
    asked = words.say("{name} ({place}) has chosen you as a neighbour.", name=bold(view.person), place=view.place)
    then = words.say("When they do not answer their check-in, may I ask you to look? You can say no each time.")
    rows: Rows = (
        (Key(words.say("👍 Yes, gladly"), BeNeighbour(number, 1).code),),
        (Key(words.say("Rather not"), BeNeighbour(number, 0).code),),
    )
    return Message(paragraphs(asked, then), rows, protected=True)


def answered(notice: NeighbourAnswered, view: NeighbourView, words: Words) -> Message:
    """What the neighbour said."""
    if notice.yes:
        return Message(
            words.say(
                "{neighbour} looks after {name} as a neighbour from now on.", neighbour=view.named, name=view.person
            )
        )
    return Message(
        words.say(
            "{neighbour} cannot be {name}'s neighbour. /care, then “Home”, asks somebody else.",
            neighbour=view.named,
            name=view.person,
        )
    )


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    NeighbourChoice: choice,
    NeighbourCard: card,
    NeighbourAnswered: answered,
}
