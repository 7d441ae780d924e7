"""What is read when somebody is asked to go instead of whoever has it."""

from collections.abc import Callable, Mapping

from bot.domain.assignments import WhomView
from bot.domain.handovers import (
    HandoverCard,
    HandoverDeclined,
    HandoverDone,
    HandoverNotice,
    HandoverRanOut,
    HandoverTold,
    HandoverWhom,
)
from bot.domain.needs import NeedView, State
from bot.domain.notices import Notice
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import unless_withheld
from bot.texts.needs.buttons import AcceptHandover, AskHandover, DeclineHandover, HandOver, Show
from bot.texts.needs.parts import body, particulars, show_key, state_name, still, title
from bot.texts.needs.together import together
from bot.texts.words import Words, bold, lines, paragraphs

__all__ = ["CARDS", "AcceptHandover", "AskHandover", "DeclineHandover", "HandOver"]


def whom(notice: HandoverWhom, view: WhomView, words: Words) -> Message:
    """People to choose from."""
    back = (Key(words.say("🔍 Show the request"), Show(notice.need_id).code),)
    if not view.people:
        return Message(words.say("Nobody else can be asked here just now."), (back,))
    keys: Rows = tuple(
        (Key(f"⏸ {name}" if rests else name, HandOver(notice.need_id, person_id).code),)
        for person_id, name, rests in view.people
    )
    if view.has_more:
        keys = (*keys, (Key(words.say("More ↓"), AskHandover(notice.need_id, view.offset + len(view.people)).code),))
    asked = bold(words.say("Who could go instead of you (request #{number})?", number=notice.need_id))
    stays = words.say("Until they say yes it stays yours. ⏸ means: they are resting just now.")
    return Message(lines(asked, stays), (*keys, back), protected=True)


def question(card: HandoverCard, view: NeedView, words: Words) -> Message:
    """Could you go instead? What, where, until when; once it is settled, how it stands."""
    need = view.need
    where = words.say("📍 {place}", place=view.place)
    if view.handing is None:
        settled = words.say("This question is settled: {state}.", state=state_name(view, words))
        return Message(paragraphs(title(view, words), lines(where, settled)), show_key(view, words), protected=True)
    asks = words.say("🤝 {who} has this and asks whether you could go instead.", who=bold(view.handing.name))
    until = words.say("Please answer before {when}.", when=words.when(view.handing.until, view.now))
    keys: Rows = (
        (Key(words.say("🤝 Yes, I go"), AcceptHandover(need.id).code),),
        (Key(words.say("Not this time"), DeclineHandover(need.id).code),),
    )
    said = lines(where, particulars(view, words), asks, until)
    return Message(paragraphs(title(view, words), body(view, words), said), keys, protected=True)


def declined(notice: HandoverDeclined, view: NeedView, words: Words) -> Message:
    """They cannot: it stays."""
    said = words.say("{name} cannot go instead.", name=bold(view.handing.name if view.handing else ""))
    return _stays(notice, view, said, words)


def ran_out(notice: HandoverRanOut, view: NeedView, words: Words) -> Message:
    """No answer: it stays."""
    said = words.say("{name} has not answered.", name=bold(view.handing.name if view.handing else ""))
    return _stays(notice, view, said, words)


def _stays(notice: HandoverNotice, view: NeedView, said: str, words: Words) -> Message:
    if view.need.state is not State.CLAIMED or not view.company.went:
        return still(view, words)
    stays = words.say("Request #{number} is still yours.", number=view.need.id)
    again = (Key(words.say("🤝 Ask somebody else"), AskHandover(notice.need_id, 0).code),)
    return Message(lines(said, stays), (again, *show_key(view, words)))


def done(notice: HandoverDone, view: NeedView, words: Words) -> Message:
    """They go instead."""
    said = words.say(
        "🤝 {name} goes instead of you (request #{number}). Thank you for arranging it!",
        name=bold(view.handing.name if view.handing else ""),
        number=view.need.id,
    )
    return Message(said, show_key(view, words))


def told(notice: HandoverTold, view: NeedView, words: Words) -> Message:
    """To the resident: who comes now."""
    if view.need.state is not State.CLAIMED:
        return still(view, words)
    said = words.say(
        "🤝 Your helpers for request #{number} have arranged it among themselves: {state}.",
        number=view.need.id,
        state=state_name(view, words),
    )
    return Message(lines(said, together(view, words)), show_key(view, words))


SHOWN: Mapping[type[Notice], Callable[..., Message]] = {
    HandoverWhom: whom,
    HandoverCard: question,
    HandoverDeclined: declined,
    HandoverRanOut: ran_out,
    HandoverDone: done,
    HandoverTold: told,
}
CARDS: Mapping[type[Notice], Callable[..., Message]] = {kind: unless_withheld(card) for kind, card in SHOWN.items()}
