"""What is read of needs: the resident's card, the helper's, the group's, the coordinator's, and the words between them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.needs import (
    ClaimLapsed,
    ClosingCard,
    DeskCard,
    GroupCard,
    MineView,
    MyNeeds,
    NeedArrival,
    NeedCancelled,
    NeedClaimed,
    NeedConfirmedByItself,
    NeedDisputed,
    NeedExpired,
    NeedRated,
    NeedReopened,
    NeedsAround,
    NeedSettled,
    NeedsView,
    NeedTrouble,
    NeedUnclaimed,
    NeedView,
    NeedWaits,
    OfferCard,
    Outcome,
    OutcomeAsked,
    Reader,
    Release,
    ReleaseAsked,
    RemarkAsked,
    RemarkKept,
    ResidentCard,
    State,
    StillOnIt,
    Urgency,
    public_text,
)
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs, safe

# A need's text and a remark of emoji alone would be longer together than Telegram's 4,096 units.
REMARK_UNITS = 1500

# --- buttons ---


class Claim(Button, code="nc"):
    """I'll help."""

    need_id: int


class Decline(Button, code="nn"):
    """Not this time."""

    need_id: int


class Reveal(Button, code="nv"):
    """Show me the address on this message."""

    need_id: int


class Arrive(Button, code="na"):
    """I come in so many minutes."""

    need_id: int
    minutes: int


class ArriveOn(Button, code="no"):
    """I come on that day (days from the tap) at that full hour, local time."""

    need_id: int
    days: int
    hour: int


class Keep(Button, code="nk"):
    """I am still on it."""

    need_id: int


class AskRelease(Button, code="nr"):
    """I cannot do it after all."""

    need_id: int


class GiveBack(Button, code="nb"):
    """… because of this."""

    need_id: int
    reason: str


class AskFinish(Button, code="nf"):
    """I am done."""

    need_id: int


class Finish(Button, code="nd"):
    """… and this came of it."""

    need_id: int
    outcome: str


class Confirm(Button, code="ny"):
    """All is well."""

    need_id: int


class Dispute(Button, code="nw"):
    """Something is wrong."""

    need_id: int


class Stars(Button, code="ns"):
    """So many stars."""

    need_id: int
    stars: int


class Cancel(Button, code="nx"):
    """It is not needed any more."""

    need_id: int


class Decide(Button, code="nj"):
    """A coordinator decides: 1 once more, 0 closed."""

    need_id: int
    again: int


class Show(Button, code="nq"):
    """Show me this need."""

    need_id: int


class More(Button, code="nm"):
    """The list's next page."""

    offset: int


# --- parts ---


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
    who = view.claimer or words.say("somebody")
    names = {
        State.OPEN: words.say("waiting for a helper"),
        State.CLAIMED: words.say("{who} is going", who=who),
        State.DONE: words.say("{who} says “{outcome}”; the resident is asked", who=who, outcome=_outcome(view, words)),
        State.DISPUTED: words.say("a coordinator is looking into it"),
        State.CLOSED: _closed_name(view, who, words),
        State.CANCELLED: words.say("cancelled"),
        State.EXPIRED: words.say("nobody was found in two weeks"),
    }
    return names[need.state]


def _closed_name(view: NeedView, who: str, words: Words) -> Html:
    if view.need.outcome in (None, Outcome.DONE):
        return words.say("done by {who}", who=who)
    return words.say("closed; {who} said “{outcome}”", who=who, outcome=_outcome(view, words))


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


def title(view: NeedView, words: Words) -> Html:
    """Number, category and urgency."""
    category = words.home.catalogue[view.need.category].name(words.language)
    urgency = urgency_name(view.need.urgency, words)
    return bold(words.say("#{number} {category} · {urgency}", number=view.need.id, category=category, urgency=urgency))


def body(view: NeedView) -> Html:
    """What the resident wrote. Telephones and doors in it are read by themselves and by whoever may see the address here."""
    may_see = view.reader is Reader.RESIDENT or view.contact is not None
    text = view.need.text if may_see else public_text(view.need.text)
    return Html(f"<blockquote>{safe(text)}</blockquote>")


def arrival(view: NeedView, words: Words) -> Html | None:
    """When the helper comes; None as long as they have not said."""
    at = view.need.arrives_at
    return None if at is None else words.when(at, view.now)


def owner(view: NeedView, words: Words) -> Html:
    """Who sees to it when nobody takes it."""
    if view.owner is None:
        return words.say("If nobody takes it, please ask your community office; the request stays in the list.")
    return words.say("If nobody takes it, coordinator {name} sees to it.", name=view.owner)


# --- the resident's cards ---


def resident_card(card: ResidentCard, view: NeedView, words: Words) -> Message:
    """The resident's need and where it stands, with the way to take it back."""
    need = view.need
    running = need.state in (State.OPEN, State.CLAIMED, State.DISPUTED)
    keys = ((Key(words.say("❌ Not needed any more"), Cancel(need.id).code),),) if running else ()
    return Message(paragraphs(title(view, words), body(view), resident_state(view, words)), keys)


def resident_state(view: NeedView, words: Words) -> Html:
    """Where a need stands, said to whoever asked for it, and what happens next."""
    who = view.claimer or words.say("a neighbour")
    match view.need.state:
        case State.OPEN:
            asked = words.say(
                "✅ Posted. Neighbours nearby are being asked; you will hear here as soon as somebody takes it."
            )
            return lines(asked, owner(view, words))
        case State.CLAIMED:
            return _helped(view, who, words)
        case State.DONE | State.CLOSED:
            return words.say("🌱 {who} says: {outcome}.", who=bold(who), outcome=_outcome(view, words))
        case State.DISPUTED:
            return words.say(
                "🔎 You said that something is wrong. {owner} looks into it.", owner=_owner_name(view, words)
            )
        case State.CANCELLED:
            return words.say("This request is cancelled.")
        case State.EXPIRED:
            return words.say("Nobody was found in two weeks. Is it still needed? Then please write it once more.")


def _helped(view: NeedView, who: str, words: Words) -> Html:
    when = arrival(view, words)
    if when is None:
        return words.say("🙋 {who} is helping you and will tell you here when they come.", who=bold(who))
    return words.say("🙋 {who} is helping you and comes {when}.", who=bold(who), when=bold(when))


def _outcome(view: NeedView, words: Words) -> Html:
    return outcome_name(view.need.outcome or Outcome.DONE, words)


def _owner_name(view: NeedView, words: Words) -> Html:
    return bold(view.owner) if view.owner else words.say("Your community office")


def closing_card(card: ClosingCard, view: NeedView, words: Words) -> Message:
    """Was it done well? Afterwards the stars; afterwards thanks."""
    need = view.need
    if need.state is State.DONE:
        asked = words.say(
            "{who} says: {outcome}. Is it all right?", who=_helper(view, words), outcome=_outcome(view, words)
        )
        hint = words.say("Without an answer it counts as all right after 48 hours.")
        keys: Rows = (
            (Key(words.say("👍 Yes, all well"), Confirm(need.id).code),),
            (Key(words.say("🤔 Something is wrong"), Dispute(need.id).code),),
        )
        return Message(paragraphs(title(view, words), lines(asked, hint)), keys)
    if need.state is State.CLOSED and need.stars is None:
        asked = words.say("How was it with {who}? One tap is enough.", who=_helper(view, words))
        keys = tuple((Key("⭐" * stars, Stars(need.id, stars).code),) for stars in (5, 4, 3, 2, 1))
        return Message(paragraphs(title(view, words), asked), keys)
    if need.state is State.CLOSED:
        return Message(paragraphs(title(view, words), words.say("{stars} Thank you!", stars="⭐" * (need.stars or 0))))
    return Message(paragraphs(title(view, words), resident_state(view, words)))


def _helper(view: NeedView, words: Words) -> Html:
    return bold(view.claimer) if view.claimer else words.say("your helper")


def claimed(notice: NeedClaimed, view: NeedView, words: Words) -> Message:
    """Somebody has taken it."""
    if view.claimer is None:
        return still(view, words)
    taken = words.say("🙋 {who} has taken your request #{number}.", who=bold(view.claimer), number=view.need.id)
    return Message(lines(taken, words.say("You will hear here when they come.")), _show(view, words))


def coming(notice: NeedArrival, view: NeedView, words: Words) -> Message:
    """When they come."""
    if view.claimer is None or view.need.arrives_at is None:
        return still(view, words)
    when = words.when(view.need.arrives_at, view.now)
    said = words.say(
        "🚶 {who} comes {when} (request #{number}).", who=bold(view.claimer), when=bold(when), number=view.need.id
    )
    return Message(said, _show(view, words))


def still(view: NeedView, words: Words) -> Message:
    """How it stands now, when what was to be said has been overtaken."""
    state = words.say("Request #{number}: {state}.", number=view.need.id, state=state_name(view, words))
    return Message(state, _show(view, words))


def reopened(notice: NeedReopened, view: NeedView, words: Words) -> Message:
    """Whoever had it cannot come."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    said = words.say(
        "Your helper for request #{number} cannot come after all. Other neighbours are being asked now.",
        number=view.need.id,
    )
    return Message(lines(said, owner(view, words)), _show(view, words))


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
    return Message(lines(said, told, danger if view.need.urgency is Urgency.NOW else None), _show(view, words))


def _show(view: NeedView, words: Words) -> Rows:
    return ((Key(words.say("🔍 Show the request"), Show(view.need.id).code),),)


# --- the helper's card ---


def offer_card(card: OfferCard, view: NeedView, words: Words) -> Message:
    """Why they are asked, what, where, when; after the claim the address and what to do next."""
    if view.reader is Reader.CLAIMER:
        return _claimers_card(view, words)
    need = view.need
    where = words.say("📍 {place}", place=view.place)
    if need.state is State.OPEN and view.answer is None:
        keys: Rows = (
            (Key(words.say("🙋 I'll help"), Claim(need.id).code),),
            (Key(words.say("Not this time"), Decline(need.id).code),),
        )
        return Message(paragraphs(title(view, words), body(view), lines(where, why(view, words))), keys, protected=True)
    if need.state is State.OPEN:
        said = words.say("Others are being asked. If you can after all, tap here:")
        keys = ((Key(words.say("🙋 I'll help"), Claim(need.id).code),),)
        return Message(paragraphs(title(view, words), lines(where, said)), keys, protected=True)
    taken = words.say("Thank you, nothing is left for you to do here: {state}.", state=state_name(view, words))
    return Message(paragraphs(title(view, words), lines(where, taken)), protected=True)


def why(view: NeedView, words: Words) -> Html | None:
    """Why this volunteer is asked; None when nobody asked them."""
    places = {
        "building": words.say("you live in the same building"),
        "grid": words.say("you live close by"),
        "community": words.say("you are a volunteer of this community"),
    }
    if view.reason is None:
        return None
    reason = places.get(view.reason, places["community"])
    if view.skilled:
        return words.say("💡 Why you: you can do this well, and {reason}.", reason=reason)
    return words.say("💡 Why you: {reason}.", reason=reason)


def _claimers_card(view: NeedView, words: Words) -> Message:
    need = view.need
    when = arrival(view, words)
    head = lines(
        words.say("🤝 It is yours. Thank you!"),
        when and words.say("You said that you come {when}.", when=when),
    )
    keys = [] if need.arrives_at else list(arrival_keys(view, words))
    if view.hidden:
        keys = [(Key(words.say("📍 Show the address"), Reveal(need.id).code),), *keys]
    keys.append((Key(words.say("✅ I'm done"), AskFinish(need.id).code),))
    keys.append((Key(words.say("↩️ I can't after all"), AskRelease(need.id).code),))
    ask = None if need.arrives_at else words.say("When do you come? The resident will be told.")
    text = paragraphs(title(view, words), body(view), contact(view, words), lines(head, ask))
    return Message(text, tuple(keys), protected=True)


def contact(view: NeedView, words: Words) -> Html:
    """Where and whom: the door and telephone when they may be shown on this message."""
    where = words.say("📍 {place}", place=view.place)
    if view.contact is None:
        return where
    door, telephone = view.contact
    return lines(
        words.say("📍 {place}, {door}", place=view.place, door=bold(door)) if door else where,
        words.say("👤 {name}", name=view.resident),
        words.say("📞 {telephone}", telephone=telephone) if telephone else words.say("📞 no telephone given"),
        None if door else words.say("The door was not given: please ask at the entrance or ring."),
    )


def arrival_keys(view: NeedView, words: Words) -> Rows:
    """The times one can promise with one tap: soon, and, unless it is for right now, this evening or tomorrow."""
    need = view.need
    soon = tuple(
        Key(words.count("in {number} minute", "in {number} minutes", minutes), Arrive(need.id, minutes).code)
        for minutes in (15, 30)
    )
    hours = tuple(
        Key(words.count("in {number} hour", "in {number} hours", number), Arrive(need.id, number * 60).code)
        for number in (1, 2)
    )
    if need.urgency is Urgency.NOW:
        return (soon, hours)
    local = view.now.astimezone(words.home.timezone)
    days = tuple(
        Key(_at(local, days, hour, view, words), ArriveOn(need.id, days, hour).code)
        for days, hour in ((0, 18), (1, 10), (1, 15))
        if days > 0 or local.hour < hour - 1
    )
    # Two in a row: three would be cut on a narrow phone.
    return (soon, hours, *(days[start : start + 2] for start in range(0, len(days), 2)))


def _at(local: datetime, days: int, hour: int, view: NeedView, words: Words) -> Html:
    return words.when(local.replace(hour=hour, minute=0) + timedelta(days=days), view.now)


def still_on_it(notice: StillOnIt, view: NeedView, words: Words) -> Message:
    """Nothing was heard: are they still on it?"""
    if view.reader is not Reader.CLAIMER:
        return still(view, words)
    asked = words.say(
        "Request #{number}: how is it going? If we hear nothing, others will be asked.", number=view.need.id
    )
    keys = (
        (Key(words.say("👍 I'm on it"), Keep(view.need.id).code),),
        (Key(words.say("✅ I'm done"), AskFinish(view.need.id).code),),
        (Key(words.say("↩️ I can't after all"), AskRelease(view.need.id).code),),
    )
    return Message(lines(asked), keys)


def release_reasons(notice: ReleaseAsked, view: None, words: Words) -> Message:
    """Why is it given back?"""
    need_id = notice.need_id
    names = {
        Release.NO_TIME: words.say("I have no time after all"),
        Release.TOO_FAR: words.say("It is too far"),
        Release.NOT_REACHED: words.say("I can't reach the resident"),
        Release.OTHER: words.say("Something else"),
    }
    keys = tuple((Key(name, GiveBack(need_id, reason.value).code),) for reason, name in names.items())
    back = (Key(words.say("← I'll do it after all"), Keep(need_id).code),)
    return Message(words.say("No harm done. Why? Others are asked as soon as you tap."), (*keys, back))


def outcomes(notice: OutcomeAsked, view: None, words: Words) -> Message:
    """What came of it?"""
    need_id = notice.need_id
    keys = tuple((Key(outcome_name(outcome, words), Finish(need_id, outcome.value).code),) for outcome in Outcome)
    return Message(words.say("What came of request #{number}?", number=need_id), keys)


def lapsed(notice: ClaimLapsed, view: NeedView, words: Words) -> Message:
    """It was given to others."""
    said = words.say(
        "We heard nothing about request #{number}, so others are asked. No harm done.", number=view.need.id
    )
    return Message(said, _show(view, words))


def cancelled(notice: NeedCancelled, view: NeedView, words: Words) -> Message:
    """It is not needed any more."""
    return Message(words.say("Request #{number} is not needed any more. Thank you all the same.", number=view.need.id))


def rated(notice: NeedRated, view: NeedView, words: Words) -> Message:
    """The resident's stars."""
    stars = "⭐" * (view.need.stars or 0)
    return Message(
        words.say(
            "{stars} from {name} for request #{number}.", stars=stars, name=bold(view.resident), number=view.need.id
        )
    )


def settled(notice: NeedSettled, view: NeedView, words: Words) -> Message:
    """The coordinator has decided."""
    said = words.say(
        "A coordinator has looked into request #{number}. Now: {state}.",
        number=view.need.id,
        state=state_name(view, words),
    )
    return Message(said, _show(view, words))


# --- the group's card ---


def group_card(card: GroupCard, view: NeedView, words: Words) -> Message:
    """The need for everybody to see: no name, no door, no telephone."""
    need = view.need
    where = words.say("📍 {place}", place=view.place)
    text = paragraphs(
        title(view, words), body(view), lines(where, words.say("Now: {state}", state=state_name(view, words)))
    )
    keys = ((Key(words.say("🙋 I'll help"), Claim(need.id).code),),) if need.state is State.OPEN else ()
    return Message(text, keys)


# --- the coordinator's card ---


def desk_card(card: DeskCard, view: NeedView, words: Words) -> Message:
    """Where it stands, and what a coordinator can do."""
    need, when = view.need, arrival(view, words)
    state = lines(
        words.say("📍 {place}", place=view.place),
        words.say("👤 {name}", name=view.resident),
        words.say("Now: {state}", state=state_name(view, words)),
        when and words.say("Arrival: {when}", when=when),
        need.remark and words.say("The resident says: {remark}", remark=clip(need.remark, REMARK_UNITS)),
    )
    return Message(paragraphs(title(view, words), body(view), state), _desk_keys(view, words), protected=True)


def _desk_keys(view: NeedView, words: Words) -> Rows:
    need = view.need
    cancel = (Key(words.say("❌ Cancel it"), Cancel(need.id).code),)
    match need.state:
        case State.OPEN:
            return ((Key(words.say("🙋 I see to it myself"), Claim(need.id).code),), cancel)
        case State.CLAIMED:
            return ((Key(words.say("↩️ Give it to others"), GiveBack(need.id, Release.OTHER.value).code),), cancel)
        case State.DISPUTED:
            again = (Key(words.say("🔁 Have it done once more"), Decide(need.id, 1).code),)
            return (again, (Key(words.say("✅ Close it"), Decide(need.id, 0).code),))
        case _:
            return ()


def unclaimed(notice: NeedUnclaimed, view: NeedView, words: Words) -> Message:
    """Nobody has taken it in time."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    since = words.when(view.need.posted_at, view.now)
    said = words.say("🔔 Nobody has taken request #{number} yet (posted {since}).", number=view.need.id, since=since)
    return Message(
        paragraphs(lines(said, title(view, words)), words.say("📍 {place}", place=view.place)), _show(view, words)
    )


def disputed(notice: NeedDisputed, view: NeedView, words: Words) -> Message:
    """The resident says that something is wrong."""
    said = words.say("🔔 Request #{number}: the resident says that something is wrong.", number=view.need.id)
    remark = view.need.remark and words.say("“{remark}”", remark=view.need.remark)
    return Message(lines(said, remark, words.say("Please decide: the request shows how.")), _show(view, words))


def trouble(notice: NeedTrouble, view: NeedView, words: Words) -> Message:
    """Partly done, or nobody at home."""
    said = words.say("🔔 Request #{number}: {outcome}.", number=view.need.id, outcome=_outcome(view, words))
    helper = words.say("Helper: {who}", who=view.claimer or "—")
    return Message(lines(said, helper, words.say("The resident is asked whether all is well.")), _show(view, words))


def by_itself(notice: NeedConfirmedByItself, view: NeedView, words: Words) -> Message:
    """Nobody confirmed it for 48 hours."""
    said = words.say(
        "Request #{number} was closed by itself: the resident did not answer for 48 hours.", number=view.need.id
    )
    return Message(said, _show(view, words))


def expired(notice: NeedExpired, view: NeedView, words: Words) -> Message:
    """Nobody was found in two weeks."""
    said = words.say("Nobody was found for request #{number} in two weeks, so it has ended.", number=view.need.id)
    again = words.say("Is it still needed? Then please write it once more.") if view.reader is Reader.RESIDENT else None
    return Message(lines(said, again), _show(view, words))


# --- asking back ---


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
        owner=_owner_name(view, words),
        number=view.need.id,
    )
    return Message(said)


# --- lists ---


def around(notice: NeedsAround, view: NeedsView, words: Words) -> Message:
    """Needs to choose from, each one tap away."""
    if not view.views:
        return Message(words.say("Nothing is waiting just now. You will be asked when somebody needs you."))
    keys: Rows = tuple((_row(one, words),) for one in view.views)
    if view.has_more:
        keys = (*keys, (Key(words.say("More ↓"), More(view.offset + len(view.views)).code),))
    return Message(bold(words.say("Requests around you")), keys)


def mine(notice: MyNeeds, view: MineView, words: Words) -> Message:
    """One's own requests and claims, each one tap away."""
    if not view.asked and not view.taken:
        return Message(words.say("Nothing of yours is running. Simply write here what you need."))
    taken = view.taken and words.say("🤝 You are helping with: {list}", list=_numbers(view.taken, words))
    asked = view.asked and words.say("🙋 You asked for: {list}", list=_numbers(view.asked, words))
    return Message(
        lines(taken or None, asked or None), tuple((_row(one, words),) for one in (*view.taken, *view.asked))
    )


def _numbers(views: tuple[NeedView, ...], words: Words) -> str:
    return words.listed(f"#{view.need.id}" for view in views)


def _row(view: NeedView, words: Words) -> Key:
    category = words.home.catalogue[view.need.category].name(words.language)
    return Key(
        words.say(
            "#{number} {category} · {state}",
            number=view.need.id,
            category=category,
            state=state_mark(view.need.state, words),
        ),
        Show(view.need.id).code,
    )


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    ResidentCard: resident_card,
    ClosingCard: closing_card,
    OfferCard: offer_card,
    GroupCard: group_card,
    DeskCard: desk_card,
    NeedClaimed: claimed,
    NeedArrival: coming,
    NeedReopened: reopened,
    NeedWaits: waits,
    NeedUnclaimed: unclaimed,
    NeedExpired: expired,
    NeedCancelled: cancelled,
    NeedDisputed: disputed,
    NeedSettled: settled,
    NeedTrouble: trouble,
    NeedConfirmedByItself: by_itself,
    NeedRated: rated,
    StillOnIt: still_on_it,
    ClaimLapsed: lapsed,
    ReleaseAsked: release_reasons,
    OutcomeAsked: outcomes,
    RemarkAsked: remark_asked,
    RemarkKept: remark_kept,
    NeedsAround: around,
    MyNeeds: mine,
}
