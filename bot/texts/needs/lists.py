"""Lists of needs, each one tap away."""

from bot.domain.needs import (
    MineView,
    MyNeeds,
    NeedsAround,
    NeedsView,
    NeedView,
    State,
)
from bot.texts import repeats
from bot.texts.message import Key, Message, Rows
from bot.texts.needs.buttons import More, Show
from bot.texts.needs.parts import state_mark
from bot.texts.windows import begins
from bot.texts.words import Words, bold, lines


def around(notice: NeedsAround, view: NeedsView, words: Words) -> Message:
    """Needs to choose from, each one tap away."""
    if not view.views:
        return Message(words.say("Nothing is waiting just now. You will be asked when somebody needs you."))
    keys: Rows = tuple((_row(one, words),) for one in view.views)
    if view.has_more:
        keys = (*keys, (Key(words.say("More ↓"), More(view.offset + len(view.views)).code),))
    return Message(bold(words.say("Requests around you")), keys)


def mine(notice: MyNeeds, view: MineView, words: Words) -> Message:
    """One's own requests and claims, and what comes again, each one tap away."""
    if not view.asked and not view.taken and not view.recurring:
        return Message(words.say("Nothing of yours is running. Simply write here what you need."))
    taken = view.taken and words.say("🤝 You are helping with: {list}", list=_numbers(view.taken, words))
    asked = view.asked and words.say("🙋 You asked for: {list}", list=_numbers(view.asked, words))
    again = view.recurring and words.say("🔁 Comes again: {number}", number=len(view.recurring))
    return Message(
        lines(taken or None, asked or None, again or None),
        (
            *((_row(one, words),) for one in (*view.taken, *view.asked)),
            *((repeats.row(one, words),) for one in view.recurring),
        ),
    )


def _numbers(views: tuple[NeedView, ...], words: Words) -> str:
    return words.listed(f"#{view.need.id}" for view in views)


def _row(view: NeedView, words: Words) -> Key:
    category, window = words.home.catalogue[view.need.category].name(words.language), view.need.window
    facts = {"number": view.need.id, "category": category, "state": state_mark(view.need.state, words)}
    if window is None or view.need.state not in (State.OPEN, State.CLAIMED):
        name = words.say("#{number} {category} · {state}", **facts)
    else:
        # A narrow phone has no room for a state beside the hour.
        mark = "" if view.need.state is State.OPEN else "🤝 "
        name = words.say("#{number} {category} · {when}", when=f"{mark}{begins(window, view.now, words)}", **facts)
    return Key(name, Show(view.need.id).code)
