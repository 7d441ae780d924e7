"""What is read while a need is being written: what was understood, and one tap to post it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.domain.categories import OTHER, Category
from bot.domain.drafts import Draft, DraftCard, DraftView, Greeted, Stage, WordsWanted
from bot.domain.needs import Urgency
from bot.domain.notices import Notice
from bot.domain.seats import PAIR, SEATS_AT_MOST
from bot.texts import beneficiaries, enclosures, windows
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.money import budget_key, paying
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


class SetDraftSeats(Button, code="xsd"):
    """So many are to go."""

    number: int
    count: int


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
        _people(draft, category, words),
        where,
        beneficiaries.about(view.whom, words),
        *_beside(view, words),
        paying(draft.budget, words),
    )
    text = paragraphs(_heading(draft, view, words), facts, _before(view, words), lines(*_hints(view, category, words)))
    return Message(text, _ready_keys(draft, view, words))


def _when(draft: Draft, view: DraftView, words: Words) -> Html:
    if draft.window is None or view.now is None:
        return urgency_name(draft.urgency, words)
    return windows.window_name(draft.window, view.now, words)


def _beside(view: DraftView, words: Words) -> Iterator[Html | None]:
    """What lies with it beside words; a draft without any shows voice notes and photos in their place."""
    if view.draft is not None and view.draft.text:
        yield enclosures.enclosed_line(view.enclosed, words)
    if view.pinned:
        yield words.say("🗺 The place on the map is kept; only whoever comes sees it.")
    if view.ring is not None:
        yield words.say("📇 To ring for this: {name}. Only whoever comes sees the number.", name=view.ring)


def _people(draft: Draft, category: Category, words: Words) -> Html | None:
    if draft.seats is None or (category.pair and draft.seats <= PAIR):
        return words.say("👥 This takes two people.") if category.pair else None
    return words.count("👥 {number} person is wanted.", "👥 {number} people are wanted.", draft.seats)


def _ready_keys(draft: Draft, view: DraftView, words: Words) -> Rows:
    post_words = words.say("✅ Post it") if view.before is None else words.say("✅ Post it all the same")
    post = beneficiaries.first_key(draft.number, view.whom, words) or Key(post_words, Post(draft.number).code)
    same = (
        () if view.before is None else (Key(words.say("🔁 It is the same"), Same(draft.number, view.before.id).code),)
    )
    two = doubtful(draft, words)
    all_kinds = Ask(draft.number, Stage.CATEGORY.value).code
    rows = (
        (post,),
        same,
        tuple(Key(one.name(words.language), SetCategory(draft.number, one.code).code) for one in two),
        (Key(words.say("✏️ Something else"), all_kinds),) if two else (),
        (Key(words.say("🤔 Which kind of help?"), all_kinds),) if unknown(draft, words) else (),
        (
            *(() if two or unknown(draft, words) else (Key(words.say("✏️ Kind"), all_kinds),)),
            Key(words.say("✏️ When"), Ask(draft.number, Stage.URGENCY.value).code),
            Key(words.say("✏️ Where"), Ask(draft.number, Stage.PLACE.value).code),
        ),
        (beneficiaries.switch(draft.number, view.whom, words),),
        (
            budget_key("draft", draft.number, words),
            Key(words.say("👥 How many people"), Ask(draft.number, Stage.SEATS.value).code),
        ),
        (Key(words.say("❌ Throw it away"), Discard(draft.number).code),),
    )
    return tuple(row for row in rows if row)


def doubtful(draft: Draft, words: Words) -> tuple[Category, ...]:
    """The two kinds that a draft may be of when its words do not decide and nobody has chosen; else nothing."""
    return () if "category" in draft.chosen else words.home.catalogue.doubtful(draft.text)


def unknown(draft: Draft, words: Words) -> bool:
    """Whether nothing is known that its words could speak for, as in another language, and nobody has chosen."""
    return "category" not in draft.chosen and bool(draft.text) and not words.home.catalogue.recognises(draft.text)


def _hints(view: DraftView, category: Category, words: Words) -> Iterator[Html]:
    draft, whom = view.draft, view.whom
    if draft is None:
        return
    if whom is not None and beneficiaries.first_key(draft.number, whom, words) is not None:
        yield beneficiaries.hint(whom, words)
        return
    if doubtful(draft, words):
        yield words.say("🤔 Which kind of help is it? Please tap it.")
    if unknown(draft, words):
        yield words.say("🤔 I could not tell which kind of help it is; choosing it finds the right neighbours sooner.")
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
    beside = lines(*_beside(view, words)) or None
    return Message(paragraphs(beside, lines(bold(asked), example)), _discard(draft, words))


def _category(draft: Draft, view: DraftView, words: Words) -> Message:
    keys = [
        Key(category.name(words.language), SetCategory(draft.number, category.code).code)
        for category in words.home.catalogue.categories
    ]
    pairs = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    return Message(
        paragraphs(_heading(draft, view, words), words.say("What kind of help is it?")),
        (*pairs, *_discard(draft, words)),
    )


def _urgency(draft: Draft, view: DraftView, words: Words) -> Message:
    keys = tuple(
        (Key(urgency_name(urgency, words), SetUrgency(draft.number, urgency.value).code),) for urgency in Urgency
    )
    asked = paragraphs(_heading(draft, view, words), words.say("How soon is it needed?"))
    day = (Key(words.say("📆 On a day…"), Ask(draft.number, Stage.DAY.value).code),)
    return Message(asked, (*keys, day, *_discard(draft, words)))


def _day(draft: Draft, view: DraftView, words: Words) -> Message:
    asked = paragraphs(_heading(draft, view, words), words.say("📆 On which day?"))
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
        paragraphs(_heading(draft, view, words), lines(asked, windows.part_hint(words))),
        (*keys, *_discard(draft, words)),
    )


def _now(draft: Draft, view: DraftView) -> datetime:
    return view.now or draft.updated_at


def _place(draft: Draft, view: DraftView, words: Words) -> Message:
    return Message(
        paragraphs(_heading(draft, view, words), words.say("📍 Please choose the place below.")), _discard(draft, words)
    )


def _seats(draft: Draft, view: DraftView, words: Words) -> Message:
    fewest = PAIR if words.home.catalogue[draft.category].pair else 1
    keys = tuple(
        (Key(words.count("{number} person", "{number} people", count), SetDraftSeats(draft.number, count).code),)
        for count in range(fewest, SEATS_AT_MOST + 1)
    )
    asked = paragraphs(_heading(draft, view, words), words.say("How many people are to go?"))
    return Message(asked, (*keys, *_discard(draft, words)))


def _heading(draft: Draft, view: DraftView, words: Words) -> Html:
    told = safe(draft.text) or enclosures.enclosed_line(view.enclosed, words)
    quoted = Html(f"<blockquote>{told}</blockquote>") if told else None
    return lines(bold(words.say("Your request")), quoted)


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
    Stage.SEATS: _seats,
}


def greeted(notice: Greeted, view: None, words: Words) -> Message:
    """A greeting back, and what this is for."""
    hello = words.say("Hello! 🌱 Write here what you need, in your own words, and neighbours will be asked.")
    return Message(lines(hello, words.say("For example: the lamp in my kitchen is broken.")))


def words_wanted(notice: WordsWanted, view: None, words: Words) -> Message:
    """A number and nothing else: what to write."""
    said = words.say("That is only a number to me. What do you need? Please write it in a few words.")
    example = words.say("For example: the lamp in my kitchen is broken.")
    door = words.say("Door and telephone I ask for by myself; /me changes them.")
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    return Message(paragraphs(lines(said, example), lines(door, danger)))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    DraftCard: draft_card,
    Greeted: greeted,
    WordsWanted: words_wanted,
}
