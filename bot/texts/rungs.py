"""What is read when it is planned who is told, and after how many minutes."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import Rung, Whom
from bot.domain.notices import Notice
from bot.domain.rungs import RUNGS_AT_MOST, LadderCard, LadderView, RungCard, addable
from bot.texts.alerts.names import rung_name
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs

OFFERED_MINUTES = (0, 5, 10, 15, 20, 25, 30, 45, 60)
# More to a row would break their words on a narrow telephone.
IN_A_ROW = 3


class ShowLadder(Button, code="rl"):
    """Who is told, and when? (`owner`: a plan's or a place's, as "plan-12")."""

    owner: str


class ShowRung(Button, code="rg"):
    """This one: after how many minutes?"""

    owner: str
    rung: str


class SetRung(Button, code="rs"):
    """They are told after so many minutes."""

    owner: str
    rung: str
    minutes: int


class DropRung(Button, code="ru"):
    """They are not told."""

    owner: str
    rung: str


class FollowCommunity(Button, code="rf"):
    """The community's ladder is right for this person too."""

    plan_id: int


def ladder_card(card: LadderCard, view: LadderView, words: Words) -> Message:
    """The ladder, a rung a line; a tap on a rung changes it."""
    owner = view.owner.code
    head = (
        words.say("Who is told when {name} does not answer", name=view.name)
        if view.owner.noun == "plan"
        else words.say("Who is told when somebody in {name} does not answer", name=view.name)
    )
    then = words.say("Then it starts again from the coordinators, every 20 minutes, until somebody looks.")
    keys: Rows = tuple((Key(_rung(rung, words), ShowRung(owner, rung.name).code),) for rung in view.ladder)
    more = [rung for rung in addable(view.ladder) if _makes_sense(rung, view)]
    if len(view.ladder) < RUNGS_AT_MOST:
        named = (
            Key(words.say("➕ {whom}", whom=rung_name(rung, words)), ShowRung(owner, rung.name).code) for rung in more
        )
        keys = (*keys, *((key,) for key in named))
    if view.owner.noun == "plan" and view.own:
        keys = (*keys, (Key(words.say("↩️ As in the whole community"), FollowCommunity(view.owner.id).code),))
    whose = words.say("This is the community's ladder. A tap gives {name} one of their own.", name=view.name)
    told = lines(*(_line(rung, view, words) for rung in view.ladder))
    return Message(paragraphs(bold(head), told, then, None if view.own else whose), keys, protected=True)


def _makes_sense(rung: Rung, view: LadderView) -> bool:
    """A numbered contact only where there are so many; for a whole community none."""
    return rung.nth <= len(view.contacts)


def _rung(rung: Rung, words: Words) -> Html:
    return words.say("{minutes} min: {whom}", minutes=rung.after_minutes, whom=rung_name(rung, words))


def _line(rung: Rung, view: LadderView, words: Words) -> Html:
    names = view.contacts[rung.nth - 1 : rung.nth] if rung.nth else view.contacts
    who = {Whom.NEIGHBOUR: view.neighbour, Whom.CONTACTS: ", ".join(names) or None}.get(rung.whom)
    line = Html(f"🪜 {_rung(rung, words)}")
    return words.say("{rung} ({who})", rung=line, who=who) if who else line


def rung_card(notice: RungCard, view: LadderView, words: Words) -> Message:
    """After how many minutes, or not at all?"""
    owner, rung = view.owner.code, Rung.named(notice.rung, 0)
    asked = words.say("After how many minutes do I tell {whom}?", whom=bold(rung_name(rung, words)))
    keys = [
        Key(
            words.say("at once") if at == 0 else words.say("{number} min", number=at),
            SetRung(owner, rung.name, at).code,
        )
        for at in OFFERED_MINUTES
    ]
    rows: Rows = tuple(tuple(keys[at : at + IN_A_ROW]) for at in range(0, len(keys), IN_A_ROW))
    there = any(one.name == rung.name for one in view.ladder)
    if there and rung.whom is not Whom.COORDINATORS:
        rows = (*rows, (Key(words.say("⏹ Do not tell them"), DropRung(owner, rung.name).code),))
    rows = (*rows, (Key(words.say("↩️ Back"), ShowLadder(owner).code),))
    counted = words.say("The minutes count from the beginning of the alert.")
    return Message(paragraphs(asked, counted), rows, protected=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {LadderCard: ladder_card, RungCard: rung_card}
