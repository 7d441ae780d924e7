"""What is read of a drill: that it is one stands first in every message."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.alerts import Whom
from bot.domain.drills import (
    DrillCard,
    DrillChoice,
    DrillEnd,
    DrillPeople,
    DrillPlace,
    DrillReport,
    DrillView,
    Part,
)
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

ARRIVALS = (5, 15, 30)
PARTS_AT_MOST, NAME_UNITS = 30, 20
MINUTE = 60


class StartChain(Button, code="yc"):
    """Practise with the whole chain; `quick` 1: a minute a rung."""

    area_id: int
    quick: int


class ChoosePerson(Button, code="yw"):
    """Practise with one volunteer: show me who could, from here on."""

    area_id: int
    offset: int


class StartOne(Button, code="yo"):
    """Practise with this volunteer."""

    area_id: int
    person_id: int


class StopDrill(Button, code="yx"):
    """The practice ends now."""

    drill_id: int


class ShowReport(Button, code="yr"):
    """Show me the report of this practice."""

    drill_id: int


class Practise(Button, code="yt"):
    """I'll look, in practice."""

    drill_id: int


class PractiseArrival(Button, code="ya"):
    """There in so many minutes, in practice."""

    drill_id: int
    minutes: int


class PractiseDone(Button, code="yd"):
    """I have done my part of the practice."""

    drill_id: int


def _marked(words: Words) -> Html:
    """What stands first in everything that is said of a drill."""
    return bold(words.say("🧪 Practice: nobody is in danger"))


# --- started ---


def choice(notice: DrillChoice, view: DrillPlace, words: Words) -> Message:
    """The whole chain, or one volunteer?"""
    if view.running is not None:
        runs = words.say("A practice alert is running in {place}.", place=bold(view.place))
        keys: Rows = (
            (Key(words.say("📋 How it stands"), ShowReport(view.running).code),),
            (Key(words.say("⏹ End the practice"), StopDrill(view.running).code),),
        )
        return Message(lines(_marked(words), runs), keys)
    asked = words.say("A practice alert in {place}: who is to practise?", place=bold(view.place))
    how = words.say("Each message says first that it is practice. Residents and their contacts hear nothing of it.")
    rows: Rows = (
        (Key(words.say("⛓ The whole chain, a minute a step"), StartChain(view.area_id, 1).code),),
        (Key(words.say("⛓ The whole chain, real minutes"), StartChain(view.area_id, 0).code),),
        (Key(words.say("👤 One volunteer"), ChoosePerson(view.area_id, 0).code),),
    )
    if view.last is not None:
        rows = (*rows, (Key(words.say("📋 The last practice"), ShowReport(view.last).code),))
    return Message(paragraphs(_marked(words), lines(asked, how)), rows)


def people(notice: DrillPeople, view: DrillPlace, words: Words) -> Message:
    """Who practises?"""
    if not view.people:
        nobody = words.say("There is no volunteer here yet. /invite brings in volunteers.")
        return Message(lines(_marked(words), nobody))
    rows: Rows = tuple(
        (Key(words.say("👤 {name}", name=name), StartOne(view.area_id, person_id).code),)
        for person_id, name in view.people
    )
    if view.has_more:
        more = ChoosePerson(view.area_id, notice.offset + len(view.people))
        rows = (*rows, (Key(words.say("More ↓"), more.code),))
    return Message(lines(_marked(words), words.say("Who is to practise? One tap starts it.")), rows)


# --- whoever practises ---


def card(notice: DrillCard, view: DrillView, words: Words) -> Message:
    """One tap as in an alert; nobody has to go anywhere."""
    drill, mine = view.drill, view.mine
    if mine is None or not drill.runs:
        over = words.say("The practice in {place} is over. Thank you for taking part!", place=view.place)
        return Message(lines(_marked(words), over, _own(mine, words)), protected=True)
    said = words.say("{who} practises an alert in {place}.", who=view.starter, place=bold(view.place))
    what = words.say("Imagine that somebody has not answered. Please stay where you are.")
    if mine.done_at is not None:
        return Message(paragraphs(_marked(words), lines(said, _own(mine, words))), protected=True)
    if mine.taken_at is None:
        asked = words.say("Who can look? One tap, and your time is noted.")
        keys: Rows = ((Key(words.say("🏃 I'll look (practice)"), Practise(drill.id).code),),)
        return Message(paragraphs(_marked(words), lines(said, what), asked), keys, protected=True)
    return Message(paragraphs(_marked(words), said, _next(mine, words)), _going_keys(mine, words), protected=True)


def _next(mine: Part, words: Words) -> Html:
    if mine.arrives_at is None:
        return words.say("Thank you! How soon would you be there? Then tap “Done”.")
    return words.say(
        "Noted: there at {time}. Now tap “Done”, and your part is over.", time=words.clock(mine.arrives_at)
    )


def _going_keys(mine: Part, words: Words) -> Rows:
    soon = tuple(
        Key(words.count("{number} minute", "{number} minutes", minutes), PractiseArrival(mine.drill_id, minutes).code)
        for minutes in ARRIVALS
    )
    done = (Key(words.say("✅ Done (practice)"), PractiseDone(mine.drill_id).code),)
    return (done,) if mine.arrives_at is not None else (soon, done)


def _own(mine: Part | None, words: Words) -> Html | None:
    if mine is None or mine.taken_at is None:
        return None
    return words.say("You answered after {time}. Thank you!", time=took(mine.told_at, mine.taken_at, words))


# --- the report ---


def report(notice: DrillReport, view: DrillView, words: Words) -> Message:
    """Who was reached when, who took it, who could not be reached."""
    drill = view.drill
    if not view.may_stop:
        return Message(lines(_marked(words), words.say("Somebody else looks after this place now.")))
    who = words.say("one volunteer") if drill.person_id is not None else words.say("the whole chain")
    began = words.say(
        "In {place}, {who}, since {when}", place=bold(view.place), who=who, when=words.when(drill.started_at, view.now)
    )
    rows = [_row(name, part, words) for name, part in view.parts[:PARTS_AT_MOST]]
    more = len(view.parts) - PARTS_AT_MOST
    rest = words.count("and {number} more", "and {number} more", more) if more > 0 else None
    empty = [words.say("⚠️ Nobody there: {whom}", whom=whom_name(whom, words)) for whom in drill.empty]
    text = paragraphs(
        _marked(words), lines(began, _stands(view, words), _first(view, words)), lines(*rows, rest), lines(*empty)
    )
    keys: Rows = ((Key(words.say("⏹ End the practice"), StopDrill(drill.id).code),),) if drill.runs else ()
    return Message(text, keys, protected=True)


def _stands(view: DrillView, words: Words) -> Html:
    ending = view.drill.ending
    if ending is DrillEnd.DONE and all(part.failed_at for _, part in view.parts):
        return words.say("⚠️ Over: nobody could be reached. Please look at /duty and /invite.")
    endings = {
        DrillEnd.DONE: words.say("✅ Over: everybody who was reached has done their part."),
        DrillEnd.STOPPED: words.say("⏹ Over: it was ended by hand."),
        DrillEnd.TIME: words.say("⌛ Over: its time has passed."),
    }
    return endings[ending] if ending else words.say("It is running; this message keeps itself up to date.")


def _first(view: DrillView, words: Words) -> Html:
    taken = [(part.taken_at, name) for name, part in view.parts if part.taken_at is not None]
    if not taken:
        return words.say("Nobody has taken it yet.") if view.drill.runs else words.say("Nobody has taken it.")
    at, name = min(taken)
    time = took(view.drill.started_at, at, words)
    return words.say("🏃 Taken first by {name}, {time} after the start.", name=bold(clip(name, NAME_UNITS)), time=time)


def _row(name: str, part: Part, words: Words) -> Html:
    facts = {"name": clip(name, NAME_UNITS), "whom": whom_name(part.rung, words)}
    if part.failed_at is not None:
        return words.say("🔇 {name} ({whom}): could not be reached", **facts)
    if part.reached_at is None:
        return words.say("⏳ {name} ({whom}): the message is on its way", **facts)
    if part.taken_at is None:
        return words.say("⏳ {name} ({whom}): reached {time}, no answer", **facts, time=words.clock(part.reached_at))
    facts |= {"time": words.clock(part.reached_at), "took": took(part.told_at, part.taken_at, words)}
    if part.done_at is None:
        return words.say("🏃 {name} ({whom}): reached {time}, answered after {took}", **facts)
    return words.say("✅ {name} ({whom}): reached {time}, answered after {took}, done", **facts)


def took(since: datetime, until: datetime, words: Words) -> Html:
    """How long something took: seconds at first, then minutes."""
    spent = max(0, int((until - since).total_seconds()))
    if spent < 2 * MINUTE:
        return words.count("{number} second", "{number} seconds", spent)
    return words.count("{number} minute", "{number} minutes", round(spent / MINUTE))


def whom_name(whom: Whom, words: Words) -> Html:
    """Who stands on a rung."""
    names = {
        Whom.DUTY: words.say("on duty"),
        Whom.NEIGHBOUR: words.say("neighbour"),
        Whom.LEADERS: words.say("team leader"),
        Whom.COORDINATORS: words.say("coordinator"),
        Whom.CONTACTS: words.say("emergency contact"),
        Whom.STREET: words.say("street"),
    }
    return names[whom]


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    DrillCard: card,
    DrillReport: report,
    DrillChoice: choice,
    DrillPeople: people,
}
