"""What is read while a need is being written: what was understood, and one tap to post it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.domain.categories import OTHER, Category
from bot.domain.drafts import Draft, DraftCard, DraftView, Greeted, Stage
from bot.domain.needs import Urgency
from bot.domain.notices import Notice
from bot.texts import windows
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import state_mark, urgency_name
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs, safe

# Enough of what was asked before to know it again.
BEFORE_UNITS = 60


class Post(Button, code="dp"):
    """Post it."""

    number: int


class PostWithoutDoor(Button, code="dw"):
    """Post it; I would rather not give a door."""

    number: int


class Ask(Button, code="da"):
    """Change this field."""

    number: int
    stage: str


class SetCategory(Button, code="dc"):
    """It is of this category."""

    number: int
    category: str


class SetUrgency(Button, code="du"):
    """It is wanted so soon."""

    number: int
    urgency: str


class Same(Button, code="dq"):
    """It is what I asked for before."""

    number: int
    need_id: int


class Discard(Button, code="dx"):
    """Throw it away."""

    number: int


def draft_card(card: DraftCard, view: DraftView, words: Words) -> Message:
    """What was understood, and one tap to post it; or the question that is being asked."""
    if view.draft is None:
        return gone(view, words)
    return STAGES[view.draft.stage](view.draft, view, words)


def gone(view: DraftView, words: Words) -> Message:
    """It is posted, or thrown away."""
    if view.posted_as is not None:
        return Message(words.say("✅ Posted: request #{number}, see below.", number=view.posted_as))
    return Message(words.say("This draft is closed. Write here whenever you need something."))


def _ready(draft: Draft, view: DraftView, words: Words) -> Message:
    category = words.home.catalogue[draft.category]
    where = words.say("📍 {place}", place=view.place) if view.place else words.say("📍 place not known yet")
    facts = lines(
        safe(category.name(words.language)),
        _when(draft, view, words),
        words.say("👥 This takes two people.") if category.pair else None,
        where,
    )
    text = paragraphs(_heading(draft, words), facts, _before(view, words), lines(*_hints(draft, category, words)))
    return Message(text, _ready_keys(draft, view, words))


def _when(draft: Draft, view: DraftView, words: Words) -> Html:
    if draft.window is None or view.now is None:
        return urgency_name(draft.urgency, words)
    return windows.window_name(draft.window, view.now, words)


def _ready_keys(draft: Draft, view: DraftView, words: Words) -> Rows:
    post = words.say("✅ Post it") if view.before is None else words.say("✅ Post it all the same")
    same = (
        () if view.before is None else (Key(words.say("🔁 It is the same"), Same(draft.number, view.before.id).code),)
    )
    two = doubtful(draft, words)
    all_kinds = Ask(draft.number, Stage.CATEGORY.value).code
    rows = (
        (Key(post, Post(draft.number).code),),
        same,
        tuple(Key(one.name(words.language), SetCategory(draft.number, one.code).code) for one in two),
        (Key(words.say("✏️ Something else"), all_kinds),) if two else (),
        (
            *(() if two else (Key(words.say("✏️ Kind"), all_kinds),)),
            Key(words.say("✏️ When"), Ask(draft.number, Stage.URGENCY.value).code),
            Key(words.say("✏️ Where"), Ask(draft.number, Stage.PLACE.value).code),
        ),
        (Key(words.say("❌ Throw it away"), Discard(draft.number).code),),
    )
    return tuple(row for row in rows if row)


def doubtful(draft: Draft, words: Words) -> tuple[Category, ...]:
    """The two kinds that a draft may be of when its words do not decide and nobody has chosen; else nothing."""
    return () if "category" in draft.chosen else words.home.catalogue.doubtful(draft.text)


def _hints(draft: Draft, category: Category, words: Words) -> Iterator[Html]:
    if doubtful(draft, words):
        yield words.say("🤔 Which kind of help is it? Please tap it.")
    if category.confidential:
        yield words.say("🔒 Only trained volunteers and your coordinator will see this.")
        yield words.say("Is this right? Tap the first button and they will be asked.")
        return
    if category.code == OTHER and "category" not in draft.chosen:
        yield words.say("🔒 Should only a few read it? Then please choose the kind first.")
    yield words.say("Is this right? Tap the first button and your neighbours will be asked.")


def _before(view: DraftView, words: Words) -> Html | None:
    """What was asked before and seems to be asked again."""
    if view.before is None or view.now is None:
        return None
    when = words.when(view.before.posted_at, view.now)
    told = words.say("🔁 You asked for this {when}: “{text}”", when=when, text=clip(view.before.text, BEFORE_UNITS))
    state = state_mark(view.before.state, words)
    return lines(told, words.say("That is request #{number}: {state}.", number=view.before.id, state=state))


def _text(draft: Draft, view: DraftView, words: Words) -> Message:
    asked = words.say("What do you need? Please write it here in one message.")
    example = words.say("For example: the lamp in my kitchen is broken.")
    return Message(lines(bold(asked), example), _discard(draft, words))


def _category(draft: Draft, view: DraftView, words: Words) -> Message:
    keys = [
        Key(category.name(words.language), SetCategory(draft.number, category.code).code)
        for category in words.home.catalogue.categories
    ]
    pairs = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    return Message(
        paragraphs(_heading(draft, words), words.say("What kind of help is it?")), (*pairs, *_discard(draft, words))
    )


def _urgency(draft: Draft, view: DraftView, words: Words) -> Message:
    keys = tuple(
        (Key(urgency_name(urgency, words), SetUrgency(draft.number, urgency.value).code),) for urgency in Urgency
    )
    asked = paragraphs(_heading(draft, words), words.say("How soon is it needed?"))
    day = (Key(words.say("📆 On a day…"), Ask(draft.number, Stage.DAY.value).code),)
    return Message(asked, (*keys, day, *_discard(draft, words)))


def _day(draft: Draft, view: DraftView, words: Words) -> Message:
    asked = paragraphs(_heading(draft, words), words.say("📆 On which day?"))
    keys = windows.day_keys(_now(draft, view), lambda day: windows.DraftDay(draft.number, day).code, words)
    return Message(asked, (*keys, *_discard(draft, words)))


def _hours(draft: Draft, view: DraftView, words: Words) -> Message:
    if draft.window is None:
        return _day(draft, view, words)
    day = draft.window.from_at.astimezone(words.home.timezone).date()
    asked = words.say("📆 {day}: at what time?", day=bold(words.date(day)))

    def code(part: str) -> str:
        return windows.DraftPart(draft.number, day.toordinal(), part).code

    keys = windows.part_keys(day, _now(draft, view), code, words)
    return Message(
        paragraphs(_heading(draft, words), lines(asked, windows.part_hint(words))), (*keys, *_discard(draft, words))
    )


def _now(draft: Draft, view: DraftView) -> datetime:
    return view.now or draft.updated_at


def _place(draft: Draft, view: DraftView, words: Words) -> Message:
    return Message(
        paragraphs(_heading(draft, words), words.say("📍 Please choose the place below.")), _discard(draft, words)
    )


def _heading(draft: Draft, words: Words) -> Html:
    return Html(f"{bold(words.say('Your request'))}\n<blockquote>{safe(draft.text)}</blockquote>")


def _discard(draft: Draft, words: Words) -> Rows:
    return ((Key(words.say("❌ Throw it away"), Discard(draft.number).code),),)


STAGES: Mapping[Stage, Callable[[Draft, DraftView, Words], Message]] = {
    Stage.READY: _ready,
    Stage.TEXT: _text,
    Stage.CATEGORY: _category,
    Stage.URGENCY: _urgency,
    Stage.DAY: _day,
    Stage.HOURS: _hours,
    Stage.PLACE: _place,
}


def greeted(notice: Greeted, view: None, words: Words) -> Message:
    """A greeting back, and what this is for."""
    hello = words.say("Hello! 🌱 Write here what you need, in your own words, and neighbours will be asked.")
    return Message(lines(hello, words.say("For example: the lamp in my kitchen is broken.")))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {DraftCard: draft_card, Greeted: greeted}
