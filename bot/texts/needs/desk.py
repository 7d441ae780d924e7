"""What the group sees of a need, and what a coordinator reads and can do."""

from bot.domain.assignments import HOLD_DAYS
from bot.domain.needs import (
    DeskCard,
    GroupCard,
    NeedConfirmedByItself,
    NeedDisputed,
    NeedExpired,
    NeedTrouble,
    NeedUnclaimed,
    NeedView,
    Reader,
    Release,
    State,
    public_text,
)
from bot.domain.windows import Window
from bot.texts import beneficiaries, enclosures
from bot.texts.message import Key, Message, Rows
from bot.texts.needs.buttons import AskSeats, AskWhom, Cancel, Claim, Decide, GiveBack, Hold, TakeOver
from bot.texts.needs.parts import arrival, body, outcome_of, particulars, show_key, state_name, still, title
from bot.texts.needs.together import goers
from bot.texts.repeats import repeat_key
from bot.texts.windows import another_day_key, span
from bot.texts.words import Html, Words, clip, lines, paragraphs

# A need's text and a remark of emoji alone would be longer together than Telegram's 4,096 units.
REMARK_UNITS, SIDE_UNITS = 850, 450


def group_card(card: GroupCard, view: NeedView, words: Words) -> Message:
    """The need for everybody to see: no name, no door, no telephone."""
    need = view.need
    where = words.say("📍 {place}", place=view.place)
    state = words.say("Now: {state}", state=state_name(view, words))
    text = paragraphs(title(view, words), body(view, words), lines(where, particulars(view, words), state))
    keys = ((Key(words.say("🙋 I'll help"), Claim(need.id).code),),) if view.wanting else ()
    return Message(text, keys)


def desk_card(card: DeskCard, view: NeedView, words: Words) -> Message:
    """Where it stands, and what a coordinator can do."""
    need, when = view.need, arrival(view, words)
    state = lines(
        words.say("📍 {place}", place=view.place),
        words.say("👤 {name}", name=view.resident),
        beneficiaries.named(view.whom, words),
        particulars(view, words),
        words.say("Now: {state}", state=state_name(view, words)),
        _turn(view, words),
        when and words.say("Arrival: {when}", when=when),
        need.remark and words.say("The resident says: {remark}", remark=clip(need.remark, REMARK_UNITS)),
        helper_side(view, words),
    )
    keys = (*enclosures.keys(need.id, view.enclosed, words), *_desk_keys(view, words))
    return Message(paragraphs(title(view, words), body(view, words), state), keys, protected=True)


def _turn(view: NeedView, words: Words) -> Html | None:
    """That neighbours were not asked yet, and when they are."""
    if view.turn_at is None:
        return None
    when = words.when(view.turn_at, view.now)
    return words.say("⏳ Very many are asking: neighbours are asked at about {when}.", when=when)


def _desk_keys(view: NeedView, words: Words) -> Rows:
    need = view.need
    cancel = (Key(words.say("❌ Cancel it"), Cancel(need.id).code),)
    how_many = Key(words.say("👥 How many"), AskSeats(need.id).code)
    match need.state:
        case State.OPEN:
            return (
                (Key(words.say("🙋 I see to it myself"), Claim(need.id).code),),
                (Key(words.say("👉 Ask somebody in person"), AskWhom(need.id, 0).code),),
                tuple(
                    Key(words.count("⏸ Hold {number} day", "⏸ Hold {number} days", days), Hold(need.id, days).code)
                    for days in HOLD_DAYS
                ),
                repeat_key(view, words)[0],
                (how_many, *cancel),
            )
        case State.CLAIMED:
            others = (Key(words.say("↩️ Give it to others"), GiveBack(need.id, Release.OTHER.value).code),)
            mine = (Key(words.say("🙋 I take it over"), TakeOver(need.id).code),)
            more = _more_keys(view, words) if view.wanting else ()
            return (*more, others, *(() if view.by_reader else (mine,)), (how_many, *cancel))
        case State.DISPUTED:
            again = (Key(words.say("🔁 Have it done once more"), Decide(need.id, 1).code),)
            return (again, (Key(words.say("✅ Close it"), Decide(need.id, 0).code),))
        case State.CLOSED:
            return repeat_key(view, words)
        case _:
            return ()


def _more_keys(view: NeedView, words: Words) -> Rows:
    """A seat is empty: who comes along?"""
    along = Key(words.say("🙋 I come along"), Claim(view.need.id).code)
    ask = Key(words.say("👉 Ask somebody"), AskWhom(view.need.id, 0).code)
    return ((ask,) if view.company.went else (along, ask),)


def unclaimed(notice: NeedUnclaimed, view: NeedView, words: Words) -> Message:
    """Nobody has taken it in time."""
    if not view.wanting:
        return still(view, words)
    since = words.when(view.need.posted_at, view.now)
    said = (
        words.say("🔔 Nobody has taken request #{number} yet (posted {since}).", number=view.need.id, since=since)
        if view.need.state is State.OPEN
        else too_few(view, words)
    )
    return Message(
        paragraphs(lines(said, title(view, words)), words.say("📍 {place}", place=view.place)), show_key(view, words)
    )


def helper_side(view: NeedView, words: Words) -> Html | None:
    """How it was for whoever helped, in their words; or until when they are asked."""
    side = view.helper_side
    if side is None:
        return None
    if side.words:
        return words.say("Whoever helped says: {words}", words=clip(public_text(side.words), SIDE_UNITS))
    if side.said:
        return words.say("Whoever helped has nothing to add.")
    if side.until <= view.now:
        return words.say("Whoever helped was asked, and has not answered in 24 hours.")
    return words.say("Whoever helped is asked for their side until {when}.", when=words.when(side.until, view.now))


def too_few(view: NeedView, words: Words) -> Html:
    """Some go, and others are missing."""
    return words.say(
        "🔔 Request #{number}: {found} of {seats} found ({names}).",
        number=view.need.id,
        found=len(view.company.going),
        seats=view.company.seats,
        names=goers(view, words),
    )


def disputed(notice: NeedDisputed, view: NeedView, words: Words) -> Message:
    """The resident says that something is wrong."""
    said = words.say("🔔 Request #{number}: the resident says that something is wrong.", number=view.need.id)
    remark = view.need.remark and words.say("“{remark}”", remark=view.need.remark)
    decide = words.say("Please decide: the request shows how.")
    return Message(lines(said, remark, helper_side(view, words), decide), show_key(view, words))


def trouble(notice: NeedTrouble, view: NeedView, words: Words) -> Message:
    """Partly done, or nobody at home."""
    said = words.say("🔔 Request #{number}: {outcome}.", number=view.need.id, outcome=outcome_of(view, words))
    helper = words.say("Helper: {who}", who=view.claimer or "—")
    return Message(lines(said, helper, words.say("The resident is asked whether all is well.")), show_key(view, words))


def by_itself(notice: NeedConfirmedByItself, view: NeedView, words: Words) -> Message:
    """Nobody confirmed it for 48 hours."""
    said = words.say(
        "Request #{number} was closed by itself: the resident did not answer for 48 hours.", number=view.need.id
    )
    return Message(said, show_key(view, words))


def expired(notice: NeedExpired, view: NeedView, words: Words) -> Message:
    """Nobody was found in two weeks, or for its day and hours."""
    if view.need.window is not None:
        return _window_passed(view, view.need.window, words)
    said = words.say("Nobody was found for request #{number} in two weeks, so it has ended.", number=view.need.id)
    again = words.say("Is it still needed? Then please write it once more.") if view.reader is Reader.RESIDENT else None
    return Message(lines(said, again), show_key(view, words))


def _window_passed(view: NeedView, window: Window, words: Words) -> Message:
    when = span(window, view.now, words)
    said = words.say(
        "Nobody was found for request #{number} ({when}), so it has ended.", number=view.need.id, when=when
    )
    if view.reader is not Reader.RESIDENT:
        told = words.say("The resident has been told and can ask for another day; a call from you may help.")
        return Message(lines(said, told), show_key(view, words))
    again = words.say("I'm sorry. Is it still needed? Choose another day with one tap.")
    return Message(lines(said, again), (*another_day_key(view.need, words), *show_key(view, words)))
