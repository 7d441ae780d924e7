"""What several cards about needs have in common: names, states, places."""

from collections.abc import Callable

from bot.domain.enclosures import is_wordless
from bot.domain.needs import (
    NeedView,
    Outcome,
    Reader,
    State,
    Urgency,
    public_text,
)
from bot.domain.notices import Notice
from bot.texts import enclosures
from bot.texts.message import Key, Message, Rows
from bot.texts.money import paying
from bot.texts.needs.buttons import Show
from bot.texts.needs.together import goers, together
from bot.texts.windows import window_name
from bot.texts.words import Html, Words, bold, lines, safe


def urgency_name(urgency: Urgency, words: Words) -> Html:
    """How soon, in a word or two."""
    names = {
        Urgency.NOW: words.say("⏰ right now"),
        Urgency.TODAY: words.say("📅 today"),
        Urgency.WEEK: words.say("🗓 this week"),
    }
    return names[urgency]


def outcome_name(outcome: Outcome, words: Words) -> Html:
    """What came of it."""
    names = {
        Outcome.DONE: words.say("Done"),
        Outcome.PARTLY: words.say("Partly done"),
        Outcome.NOBODY_HOME: words.say("Nobody was at home"),
        Outcome.NOT_NEEDED: words.say("Not needed any more"),
    }
    return names[outcome]


def state_name(view: NeedView, words: Words) -> Html:
    """Where it stands, in a few words."""
    need = view.need
    if view.by_reader and need.state in (State.CLAIMED, State.DONE, State.CLOSED):
        return _own_name(view, words)
    if view.company.went and need.state is State.CLAIMED:
        return words.say("you are going")
    who = view.claimer or words.say("somebody")
    names = {
        State.OPEN: words.say("waiting for a helper"),
        State.CLAIMED: _going(view, words),
        State.DONE: words.say(
            "{who} says “{outcome}”; the resident is asked", who=who, outcome=outcome_of(view, words)
        ),
        State.DISPUTED: words.say("a coordinator is looking into it"),
        State.CLOSED: _closed_name(view, goers(view, words), words),
        State.CANCELLED: words.say("cancelled"),
        State.EXPIRED: nobody_found(view, words),
    }
    return names[need.state]


def nobody_found(view: NeedView, words: Words) -> Html:
    """How it ended when nobody took it."""
    if view.need.window is not None:
        return words.say("nobody was found for that time")
    return words.say("nobody was found in two weeks")


def _own_name(view: NeedView, words: Words) -> Html:
    """The same, to whoever helped: nobody reads of themselves by name."""
    if view.need.state is State.CLAIMED:
        return words.say("you are going")
    if view.need.state is State.DONE:
        return words.say("you said “{outcome}”; the resident is asked", outcome=outcome_of(view, words))
    if view.need.outcome in (None, Outcome.DONE):
        return words.say("done by you")
    return words.say("closed; you said “{outcome}”", outcome=outcome_of(view, words))


def _going(view: NeedView, words: Words) -> Html:
    if len(view.company.going) > 1:
        return words.say("{names} are going", names=goers(view, words))
    return words.say("{who} is going", who=goers(view, words))


def _closed_name(view: NeedView, who: str, words: Words) -> Html:
    if view.need.outcome in (None, Outcome.DONE):
        return words.say("done by {who}", who=who)
    return words.say("closed; {who} said “{outcome}”", who=who, outcome=outcome_of(view, words))


def state_mark(state: State, words: Words) -> Html:
    """Where it stands, in a word: for a button in a list."""
    names = {
        State.OPEN: words.say("waiting"),
        State.CLAIMED: words.say("help is coming"),
        State.DONE: words.say("to be confirmed"),
        State.DISPUTED: words.say("under review"),
        State.CLOSED: words.say("done"),
        State.CANCELLED: words.say("cancelled"),
        State.EXPIRED: words.say("ended"),
    }
    return names[state]


def unless_withheld(card: Callable[..., Message]) -> Callable[..., Message]:
    """A card for readers who may see the need; to anybody else it says that there is nothing here for them."""

    def shown(notice: Notice, view: object, words: Words) -> Message:
        return withheld(words) if isinstance(view, NeedView) and view.withheld else card(notice, view, words)

    return shown


def withheld(words: Words) -> Message:
    """In the place of a card of what has become confidential."""
    said = words.say("🔒 This request is not shown here any more; the right people see to it. /needs shows the others.")
    return Message(said, protected=True)


def particulars(view: NeedView, words: Words) -> Html | None:
    """What helpers must know beforehand: how many are to go, that it is nobody else's business, and who pays."""
    guarded = view.need.guarded_by
    secret = words.say("🔒 This is confidential: please talk to nobody else about it.") if guarded else None
    return lines(_beside(view, words), together(view, words), secret, paying(view.budget, words)) or None


def _beside(view: NeedView, words: Words) -> Html | None:
    if view.reader is Reader.GROUP:
        return enclosures.for_groups(view.enclosed, words)
    return None if is_wordless(view.need.text) else enclosures.enclosed_line(view.enclosed, words)


def title(view: NeedView, words: Words) -> Html:
    """Number, category and when."""
    category = words.home.catalogue[view.need.category].name(words.language)
    window = view.need.window
    urgency = window_name(window, view.now, words) if window else urgency_name(view.need.urgency, words)
    return bold(words.say("#{number} {category} · {urgency}", number=view.need.id, category=category, urgency=urgency))


def body(view: NeedView, words: Words) -> Html:
    """What the resident wrote. Telephones and doors in it are read by themselves and by whoever may see the address here.

    In the place of words that there are none of stands what can be heard and seen.
    """
    if is_wordless(view.need.text):
        told = enclosures.enclosed_line(view.enclosed, words) or safe(view.need.text)
        return Html(f"<blockquote>{told}</blockquote>")
    may_see = view.reader is Reader.RESIDENT or view.contact is not None
    text = view.need.text if may_see else public_text(view.need.text)
    return Html(f"<blockquote>{safe(text)}</blockquote>")


def arrival(view: NeedView, words: Words) -> Html | None:
    """When the helper comes; None as long as they have not said."""
    at = view.need.arrives_at
    return None if at is None else words.when(at, view.now)


def owner(view: NeedView, words: Words) -> Html:
    """Who sees to it when nobody takes it."""
    if view.owner is None and view.need.window is not None:
        return words.say("If nobody takes it, please ask your community office.")
    if view.owner is None:
        return words.say("If nobody takes it, please ask your community office; the request stays in the list.")
    return words.say("If nobody takes it, coordinator {name} sees to it.", name=view.owner)


def still(view: NeedView, words: Words) -> Message:
    """How it stands now, when what was to be said has been overtaken."""
    state = words.say("Request #{number}: {state}.", number=view.need.id, state=state_name(view, words))
    return Message(state, show_key(view, words))


def show_key(view: NeedView, words: Words) -> Rows:
    return ((Key(words.say("🔍 Show the request"), Show(view.need.id).code),),)


def outcome_of(view: NeedView, words: Words) -> Html:
    return outcome_name(view.need.outcome or Outcome.DONE, words)


def owner_name(view: NeedView, words: Words) -> Html:
    return bold(view.owner) if view.owner else words.say("Your community office")
