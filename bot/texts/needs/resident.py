"""What a resident reads of their own need."""

from datetime import datetime

from bot.domain.enclosures import is_wordless
from bot.domain.needs import (
    ClosingCard,
    NeedArrival,
    NeedClaimed,
    NeedReopened,
    NeedStillNeeded,
    NeedView,
    NeedWaits,
    RemarkAsked,
    RemarkKept,
    ResidentCard,
    State,
    Urgency,
)
from bot.domain.relays import SPOKEN_ABOUT
from bot.texts import beneficiaries, enclosures
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.money import budget_key, paying
from bot.texts.needs import after
from bot.texts.needs.buttons import Cancel, Confirm, Dispute, Edit, Stay
from bot.texts.needs.door import known_by, there_since
from bot.texts.needs.parts import arrival, body, outcome_of, owner, owner_name, show_key, state_name, still, title
from bot.texts.needs.together import together
from bot.texts.relays import write_key
from bot.texts.repeats import repeat_key
from bot.texts.windows import another_day_key
from bot.texts.words import Html, Words, bold, lines, paragraphs


def resident_card(card: ResidentCard, view: NeedView, words: Words) -> Message:
    """The resident's need and where it stands, with the way to take it back."""
    need = view.need
    running = need.state in (State.OPEN, State.CLAIMED, State.DISPUTED)
    there = view.door is not None and view.door.begun_at is not None
    missed = need.state is State.CLAIMED and need.arrives_at is not None and not there
    not_come: Rows = ((Key(words.say("🚷 They did not come"), after.NotCome(need.id).code),),) if missed else ()
    change = Key(words.say("✏️ Change it"), Edit(need.id, "which").code)
    money = budget_key("need", need.id, words)
    asks = need.state in (State.OPEN, State.CLAIMED)
    edit: Rows = ((*((change,) if need.state is State.OPEN else ()), money),) if asks else ()
    cancel: Rows = ((Key(words.say("❌ Not needed any more"), Cancel(need.id).code),),) if running else ()
    passed = need.state is State.EXPIRED and need.window is not None
    beside = None if is_wordless(need.text) else enclosures.enclosed_line(view.enclosed, words)
    about = lines(beneficiaries.named(view.whom, words), beside, several(view, words))
    state = lines(about or None, resident_state(view, words), paying(view.budget, words))
    text = paragraphs(title(view, words), body(view, words), state)
    write: Rows = ((write_key(need.id, view.claimer, words),),) if need.state in SPOKEN_ABOUT else ()
    again = repeat_key(view, words) if running else ()
    other = another_day_key(need, words) if passed else ()
    return Message(text, (*write, *edit, *not_come, *again, *cancel, *other))


def several(view: NeedView, words: Words) -> Html | None:
    """That several come, and how many are missing."""
    seats = view.company.seats
    if view.need.state is State.OPEN and seats > 1:
        return words.count("👥 {number} person will come.", "👥 {number} people will come together.", seats)
    return together(view, words) if view.need.state is State.CLAIMED else None


def resident_state(view: NeedView, words: Words) -> Html:
    """Where a need stands, said to whoever asked for it, and what happens next."""
    who = view.claimer or words.say("a neighbour")
    match view.need.state:
        case State.OPEN if view.turn_at is not None:
            return waits_for_turn(view.turn_at, view, words)
        case State.OPEN if view.need.guarded_by is not None:
            asked = words.say(
                "✅ Posted. 🔒 Only trained volunteers and your coordinator see it; you will hear here what happens."
            )
            return lines(asked, owner(view, words))
        case State.OPEN:
            return lines(_asking(view, words), owner(view, words))
        case State.CLAIMED:
            return _helped(view, who, words)
        case State.DONE | State.CLOSED:
            return words.say("🌱 {who} says: {outcome}.", who=bold(who), outcome=outcome_of(view, words))
        case State.DISPUTED:
            return words.say(
                "🔎 You said that something is wrong. {owner} looks into it.", owner=owner_name(view, words)
            )
        case State.CANCELLED:
            return words.say("This request is cancelled.")
        case State.EXPIRED:
            return _expired(view, words)


def _expired(view: NeedView, words: Words) -> Html:
    if view.need.window is not None:
        return words.say("Nobody was found for that time. Is it still needed? Choose another day with one tap.")
    return words.say("Nobody was found in two weeks. Is it still needed? Then please write it once more.")


def _asking(view: NeedView, words: Words) -> Html:
    """Who is asked, and when."""
    window = view.need.window
    if window is not None and view.now < window.asked_from:
        day = window.asked_from.astimezone(words.home.timezone).date()
        return words.say("✅ Noted. From {day} on neighbours are asked; you will hear here.", day=words.date(day))
    return words.say("✅ Posted. Neighbours nearby are being asked; you will hear here as soon as somebody takes it.")


def waits_for_turn(at: datetime, view: NeedView, words: Words) -> Html:
    """Very many are asking: when neighbours are asked for this one, and what to do when it cannot wait."""
    return lines(
        words.say(
            "⏳ Very many are asking for help just now. Your request is kept; its turn is at about {when}.",
            when=bold(words.when(at, view.now)),
        ),
        words.say("Is it needed right now? “✏️ Change it” says so, and neighbours are asked at once."),
    )


def _helped(view: NeedView, who: str, words: Words) -> Html:
    return lines(there_since(view.door, who, words) or _coming(view, who, words), known_by(view.door, words))


def _coming(view: NeedView, who: str, words: Words) -> Html:
    when = arrival(view, words)
    if len(view.company.going) > 1:
        names = words.listed(bold(name) for name in view.company.going)
        if when is None:
            return words.say("🙋 {names} are helping you and will tell you here when they come.", names=names)
        return words.say("🙋 {names} are helping you and come {when}.", names=names, when=bold(when))
    if when is None:
        return words.say("🙋 {who} is helping you and will tell you here when they come.", who=bold(who))
    return words.say("🙋 {who} is helping you and comes {when}.", who=bold(who), when=bold(when))


def closing_card(card: ClosingCard, view: NeedView, words: Words) -> Message:
    """Was it done well? Afterwards the stars; afterwards thanks."""
    need = view.need
    if need.state is State.DONE:
        asked = words.say(
            "{who} says: {outcome}. Is it all right?", who=after.helper(view, words), outcome=outcome_of(view, words)
        )
        hint = words.say("Without an answer it counts as all right after 48 hours.")
        keys: Rows = (
            (Key(words.say("👍 Yes, all well"), Confirm(need.id).code),),
            (Key(words.say("🤔 Something is wrong"), Dispute(need.id).code),),
            after.unease_key(view, words),
            (write_key(need.id, view.claimer, words),),
        )
        return Message(paragraphs(title(view, words), lines(asked, hint)), keys)
    if need.state is State.CLOSED:
        return after.resident(view, words)
    return Message(paragraphs(title(view, words), resident_state(view, words)))


def claimed(notice: NeedClaimed, view: NeedView, words: Words) -> Message:
    """Somebody has taken it."""
    if view.claimer is None:
        return still(view, words)
    taken = words.say("🙋 {who} has taken your request #{number}.", who=bold(view.claimer), number=view.need.id)
    door = known_by(view.door, words)
    said = lines(taken, together(view, words), door, words.say("You will hear here when they come."))
    keys = show_key(view, words)
    if view.door is None or view.door.face is None:
        return Message(said, keys)
    return Enclosure(said, keys, protected=True, kind="photo", file_id=view.door.face)


def coming(notice: NeedArrival, view: NeedView, words: Words) -> Message:
    """When they come."""
    if view.claimer is None or view.need.arrives_at is None:
        return still(view, words)
    when = words.when(view.need.arrives_at, view.now)
    said = words.say(
        "🚶 {who} comes {when} (request #{number}).", who=bold(view.claimer), when=bold(when), number=view.need.id
    )
    waits_for = words.say("The second person is still being looked for; they are asked to come as two.")
    return Message(lines(said, waits_for if view.company.alone else None), show_key(view, words))


def reopened(notice: NeedReopened, view: NeedView, words: Words) -> Message:
    """Whoever had it cannot come."""
    if view.need.state is State.CLAIMED:
        changed = words.say(
            "Something has changed for your request #{number}: {state}.",
            number=view.need.id,
            state=state_name(view, words),
        )
        return Message(lines(changed, together(view, words)), show_key(view, words))
    if view.need.state is not State.OPEN:
        return still(view, words)
    if view.need.window is not None and view.need.window.over(view.now):
        return still(view, words)
    said = words.say(
        "Your helper for request #{number} cannot come after all. Other neighbours are being asked now.",
        number=view.need.id,
    )
    return Message(lines(said, owner(view, words)), show_key(view, words))


def waits(notice: NeedWaits, view: NeedView, words: Words) -> Message:
    """Nobody yet; what happens next."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    said = words.say(
        "Nobody has taken your request #{number} yet. More neighbours are being asked.", number=view.need.id
    )
    told = (
        words.say("Coordinator {name} has been told and sees to it.", name=bold(view.owner))
        if view.owner
        else words.say("If it is pressing, please ring your community office.")
    )
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    return Message(lines(said, told, danger if view.need.urgency is Urgency.NOW else None), show_key(view, words))


def still_needed(notice: NeedStillNeeded, view: NeedView, words: Words) -> Message:
    """Is it still needed? Without an answer it ends."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    asked = words.say("🕰 Nobody has been found for request #{number} yet. Is it still needed?", number=view.need.id)
    then = words.say("Without an answer it ends within two days; you will be told.")
    keys: Rows = (
        (Key(words.say("👍 Yes, still needed"), Stay(view.need.id).code),),
        (Key(words.say("❌ Not needed any more"), Cancel(view.need.id).code),),
    )
    return Message(paragraphs(title(view, words), body(view, words), lines(asked, then)), keys)


def remark_asked(notice: RemarkAsked, view: None, words: Words) -> Message:
    """What is wrong?"""
    said = words.say(
        "I'm sorry. What is wrong with request #{number}? Please write it here in your own words.",
        number=notice.need_id,
    )
    return Message(lines(said, words.say("Only the coordinators read it.")), asks=True)


def remark_kept(notice: RemarkKept, view: NeedView, words: Words) -> Message:
    """A coordinator has it now."""
    said = words.say(
        "Thank you. {owner} has your words about request #{number} and will answer you here.",
        owner=owner_name(view, words),
        number=view.need.id,
    )
    return Message(said)
