"""What is read when a coordinator asks somebody in person, or lets the asking rest."""

from collections.abc import Callable, Mapping

from bot.domain.assignments import AssignmentDeclined, DeclinedView, NeedHeld, WhomToAsk, WhomView
from bot.domain.needs import NeedView, State
from bot.domain.notices import Notice
from bot.texts.message import Key, Message, Rows
from bot.texts.needs.buttons import AskWhom, Assign, Hold, Show, TakeOver
from bot.texts.needs.parts import owner_name, show_key, still
from bot.texts.words import Words, bold, lines


def whom(notice: WhomToAsk, view: WhomView, words: Words) -> Message:
    """People to choose from."""
    if not view.people:
        return Message(words.say("Nobody else can be asked here just now."), show(notice.need_id, words))
    keys: Rows = tuple(
        (Key(f"⏸ {name}" if rests else name, Assign(notice.need_id, person_id).code),)
        for person_id, name, rests in view.people
    )
    if view.has_more:
        keys = (*keys, (Key(words.say("More ↓"), AskWhom(notice.need_id, view.offset + len(view.people)).code),))
    asked = words.say("Whom shall I ask for request #{number}?", number=notice.need_id)
    return Message(lines(bold(asked), words.say("⏸ means: they are resting just now.")), keys, protected=True)


def show(need_id: int, words: Words) -> Rows:
    """The way back to the need."""
    return ((Key(words.say("🔍 Show the request"), Show(need_id).code),),)


def declined(notice: AssignmentDeclined, view: DeclinedView, words: Words) -> Message:
    """They cannot do it."""
    said = words.say("{name} cannot take request #{number}.", name=bold(view.name), number=notice.need_id)
    again = (Key(words.say("👉 Ask somebody else"), AskWhom(notice.need_id, 0).code),)
    return Message(said, (again, *show(notice.need_id, words)))


def held(notice: NeedHeld, view: NeedView, words: Words) -> Message:
    """A coordinator sees to it."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    said = words.say("{owner} sees to your request #{number}.", owner=owner_name(view, words), number=view.need.id)
    until = view.need.act_at
    when = (
        words.say("More neighbours are asked {when} if need be.", when=words.when(until, view.now)) if until else None
    )
    return Message(lines(said, when), show_key(view, words))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    WhomToAsk: whom,
    AssignmentDeclined: declined,
    NeedHeld: held,
}

__all__ = ["CARDS", "AskWhom", "Assign", "Hold", "TakeOver"]
