"""What is read when it is planned how long somebody is waited for."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.patience import AskPatience, PatienceCard
from bot.domain.plans import Channel, PlanState, PlanView
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs

GRACES = (30, 60, 90, 120)
NUDGES: tuple[tuple[int, ...], ...] = ((), (10,), (30, 10), (45, 20, 5))
EARLY = (0, 60, 120, 240)


class ShowPatience(Button, code="iw"):
    """How long is this person waited for?"""

    plan_id: int


class SetGrace(Button, code="pg"):
    """So many minutes to answer."""

    plan_id: int
    minutes: int


class SetNudges(Button, code="in"):
    """Reminded so many minutes before the end ("30-10"; empty: not at all)."""

    plan_id: int
    nudges: str


class SetEarly(Button, code="ie"):
    """A sign of life so many minutes before the question answers it."""

    plan_id: int
    minutes: int


class WritePatience(Button, code="ip"):
    """Other minutes: I write them."""

    plan_id: int


def patience_card(card: PatienceCard, view: PlanView, words: Words) -> Message:
    """The time to answer, the reminders, and how early a sign of life counts."""
    plan = view.plan
    if plan.state is PlanState.ENDED:
        return Message(words.say("This has ended. /care shows who is cared for."))
    graces = tuple(
        Key(_chosen(words.say("⏳ {number} min", number=one), one == plan.grace_minutes), SetGrace(plan.id, one).code)
        for one in GRACES
    )
    nudges = tuple(
        Key(_chosen(_reminders(one), one == plan.nudges), SetNudges(plan.id, "-".join(map(str, one))).code)
        for one in NUDGES
        if all(minutes < plan.grace_minutes for minutes in one)
    )
    early = tuple(
        Key(_chosen(Html(f"🌅 {one}"), one == plan.early_minutes), SetEarly(plan.id, one).code) for one in EARLY
    )
    other = (Key(words.say("✏️ Other minutes"), WritePatience(plan.id).code),)
    head = bold(words.say("How long {name} is waited for", name=view.person))
    rows: Rows = (*pairs(graces), *pairs(nudges), *pairs(early), other)
    return Message(paragraphs(head, patience(view, words)), rows, protected=True)


def pairs(keys: tuple[Key, ...]) -> Rows:
    """Two to a row: wide enough for a thumb on a narrow telephone."""
    return tuple(keys[at : at + 2] for at in range(0, len(keys), 2))


def patience(view: PlanView, words: Words) -> Html:
    """How long somebody is waited for, a line each."""
    plan = view.plan
    grace = words.count("⏳ {number} minute to answer", "⏳ {number} minutes to answer", plan.grace_minutes)
    asked = any(slot.channel is Channel.CHAT for slot in plan.slots)
    minutes = words.listed(str(one) for one in plan.nudges)
    reminded = words.say("🔔 reminded {minutes} minutes before the end", minutes=minutes)
    signs = words.say("🌅 a sign of life up to {number} minutes before counts as an answer", number=plan.early_minutes)
    return lines(
        grace,
        None if not asked else reminded if plan.nudges else words.say("🔕 not reminded"),
        signs if plan.early_minutes else words.say("🌅 a sign of life before the question does not answer it"),
    )


def _reminders(nudges: tuple[int, ...]) -> Html:
    return Html(f"🔔 {' · '.join(map(str, nudges))}" if nudges else "🔕")


def _chosen(label: Html, chosen: bool) -> Html:
    return Html(f"✓ {label}") if chosen else label


def ask(notice: AskPatience, view: None, words: Words) -> Message:
    """How many minutes?"""
    asked = words.say("How many minutes to answer, and how many before the end a reminder?")
    return Message(lines(bold(asked), words.say("For example: 45 20 5")), asks=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {PatienceCard: patience_card, AskPatience: ask}
