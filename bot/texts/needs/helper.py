"""What a helper reads: why they are asked, and, once it is theirs, where, whom and when."""

from datetime import datetime, timedelta

from bot.domain.needs import (
    ArrivalAsked,
    ClaimLapsed,
    HelpSoon,
    NeedCancelled,
    NeedSettled,
    NeedView,
    OfferCard,
    Outcome,
    OutcomeAsked,
    Reader,
    Release,
    ReleaseAsked,
    State,
    StillOnIt,
    Urgency,
)
from bot.domain.relays import SPOKEN_ABOUT
from bot.domain.windows import Window
from bot.texts import enclosures
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import after
from bot.texts.needs.buttons import (
    Arrive,
    ArriveOn,
    AskArrival,
    AskFinish,
    AskHandover,
    AskRelease,
    Claim,
    Decline,
    Finish,
    GiveBack,
    Keep,
    Later,
    NoMoreToday,
    Reveal,
    There,
)
from bot.texts.needs.door import says_at_door
from bot.texts.needs.parts import arrival, body, outcome_name, particulars, show_key, state_name, still, title
from bot.texts.relays import write_key
from bot.texts.windows import coming_key, coming_keys, span
from bot.texts.words import Html, Words, bold, lines, paragraphs


def offer_card(card: OfferCard, view: NeedView, words: Words) -> Message:
    """Why they are asked, what, where, when; after the claim the address and what to do next."""
    if view.reader is Reader.CLAIMER:
        return _claimers_card(view, words)
    if view.reader is Reader.ALONG:
        return _companions_card(view, words)
    need = view.need
    where = words.say("📍 {place}", place=view.place)
    if view.wanting and view.answer is None:
        going = None if need.state is State.OPEN else words.say("Now: {state}", state=state_name(view, words))
        said = lines(where, going, particulars(view, words), after.once_more(view, words), why(view, words))
        return Message(
            paragraphs(title(view, words), body(view, words), said), _offer_keys(view, words), protected=True
        )
    if view.wanting:
        claim: Rows = ((Key(words.say("🙋 I'll help"), Claim(need.id).code),),)
        return Message(paragraphs(title(view, words), lines(where, _meanwhile(view, words))), claim, protected=True)
    taken = words.say("Thank you, nothing is left for you to do here: {state}.", state=state_name(view, words))
    rating, keys = after.for_helper(view, words)
    spoken = view.by_reader and need.state in SPOKEN_ABOUT
    write: Rows = ((write_key(need.id, view.resident, words),),) if spoken else ()
    return Message(paragraphs(title(view, words), lines(where, taken), rating), (*write, *keys), protected=True)


def _offer_keys(view: NeedView, words: Words) -> Rows:
    need_id = view.need.id
    return (
        (Key(words.say("🙋 I'll help"), Claim(need_id).code),),
        *enclosures.keys(need_id, view.enclosed, words),
        (Key(words.say("Not this time"), Decline(need_id).code),),
        (
            Key(words.say("🕑 In two hours"), Later(need_id).code),
            Key(words.say("🌙 No more today"), NoMoreToday(need_id).code),
        ),
    )


def _meanwhile(view: NeedView, words: Words) -> Html:
    """What happens after they said no, or that they want to be asked later."""
    if view.again_at is not None and view.again_at > view.now:
        when = words.when(view.again_at, view.now)
        return words.say(
            "I ask you again {when}; meanwhile others are asked. If you can after all, tap here:", when=when
        )
    return words.say("Others are being asked. If you can after all, tap here:")


def why(view: NeedView, words: Words) -> Html | None:
    """Why this volunteer is asked; None when nobody asked them."""
    places = {
        "before": words.say("you helped here before and it went well"),
        "again": words.say("you did this last time, and it went well"),
        "building": words.say("you live in the same building"),
        "grid": words.say("you live close by"),
        "community": words.say("you are a volunteer of this community"),
        "in person": words.say("a coordinator asks you in person"),
        "once more": words.say("you were there last time, and are wished for once more"),
        "near": words.say("you are a volunteer of the next community"),
    }
    if view.reason is None:
        return None
    reasons = [places.get(view.reason, places["community"])]
    if view.speaks:
        reasons.append(words.say("you speak the same language"))
    reason = words.listed(reasons)
    if view.skilled:
        return words.say("💡 Why you: you can do this well, and {reason}.", reason=reason)
    return words.say("💡 Why you: {reason}.", reason=reason)


def _claimers_card(view: NeedView, words: Words) -> Message:
    need = view.need
    there = view.door is not None and view.door.begun_at is not None
    keys = [] if there else list(_when_keys(view, words))
    if view.hidden:
        keys = [(Key(words.say("📍 Show the address"), Reveal(need.id).code),), *keys]
    keys += enclosures.keys(need.id, view.enclosed, words)
    keys.append(
        (*(() if there else (Key(words.say("👋 I'm there"), There(need.id).code),)), write_key(need.id, None, words))
    )
    keys.append(
        (
            Key(words.say("✅ Done"), Finish(need.id, Outcome.DONE.value).code),
            Key(words.say("🤔 I'm done, but …"), AskFinish(need.id).code),
        )
    )
    keys.append((Key(words.say("↩️ I can't after all"), AskRelease(need.id).code),))
    head = lines(words.say("🤝 It is yours. Thank you!"), _going(view, words))
    ask = None if need.arrives_at or there else words.say("When do you come? The resident will be told.")
    here = says_at_door(view.door, words, address=view.contact is not None)
    again = after.once_more(view, words)
    about = lines(contact(view, words), here, particulars(view, words), again, handing(view, words))
    text = paragraphs(title(view, words), body(view, words), about, lines(head, ask))
    return Message(text, tuple(keys), protected=True)


def _companions_card(view: NeedView, words: Words) -> Message:
    """Somebody else leads; they see the same, and can give their seat back."""
    when = arrival(view, words)
    leads = words.say("{who} leads: when you come, and what came of it, they say here.", who=bold(view.claimer or ""))
    head = lines(words.say("🤝 You come along. Thank you!"), leads, when and words.say("Arrival: {when}", when=when))
    here = says_at_door(view.door, words, address=view.contact is not None)
    about = lines(contact(view, words), here, particulars(view, words), handing(view, words))
    reveal: Rows = ((Key(words.say("📍 Show the address"), Reveal(view.need.id).code),),) if view.hidden else ()
    back = (Key(words.say("↩️ I can't after all"), AskRelease(view.need.id).code),)
    keys = (*reveal, (write_key(view.need.id, view.resident, words),), back)
    return Message(paragraphs(title(view, words), body(view, words), about, head), keys, protected=True)


def handing(view: NeedView, words: Words) -> Html | None:
    """Whom they have asked to go instead, until when."""
    if view.handing is None:
        return None
    until = words.when(view.handing.until, view.now)
    return words.say("🤝 {name} is asked to go instead, until {when}.", name=view.handing.name, when=until)


def _going(view: NeedView, words: Words) -> Html | None:
    """Since when they are there, or when they said that they come."""
    if view.door is not None and view.door.begun_at is not None:
        return words.say("👋 You are there since {time}.", time=words.clock(view.door.begun_at))
    when = arrival(view, words)
    return None if when is None else words.say("You said that you come {when}.", when=when)


def _when_keys(view: NeedView, words: Words) -> Rows:
    """The likeliest times, few enough to leave the address in sight; the others wait behind one key."""
    other = (Key(words.say("🕒 Another time"), AskArrival(view.need.id).code),)
    if view.need.arrives_at:
        return (other,)
    then = coming_key(view.need, view.now, words)
    return (*then, other) if then else (_soon(view, words, (30, 60)), other)


def _soon(view: NeedView, words: Words, minutes: tuple[int, ...]) -> tuple[Key, ...]:
    return tuple(Key(_in(one, words), Arrive(view.need.id, one).code) for one in minutes)


def _in(minutes: int, words: Words) -> Html:
    if minutes % 60:
        return words.count("in {number} minute", "in {number} minutes", minutes)
    return words.count("in {number} hour", "in {number} hours", minutes // 60)


def contact(view: NeedView, words: Words) -> Html:
    """Where and whom: the door and telephone when they may be shown on this message."""
    where = words.say("📍 {place}", place=view.place)
    if view.contact is None:
        return where
    door, telephone = view.contact
    return lines(
        words.say("📍 {place}, {door}", place=view.place, door=bold(door)) if door else where,
        words.say("👤 {name}", name=view.whom or view.resident),
        words.say("📞 {telephone}", telephone=telephone) if telephone else words.say("📞 no telephone given"),
        None if door else words.say("The door was not given: please ask at the entrance or ring."),
        enclosures.behind_lines(view.behind, words),
    )


def arrivals(notice: ArrivalAsked, view: NeedView, words: Words) -> Message:
    """When do they come, if not then?"""
    if view.reader is not Reader.CLAIMER:
        return still(view, words)
    return Message(words.say("When do you come? The resident will be told."), arrival_keys(view, words))


def arrival_keys(view: NeedView, words: Words) -> Rows:
    """The times one can promise with one tap: soon, and, unless it is for right now, this evening or tomorrow."""
    in_window = coming_keys(view, words)
    if in_window:
        return in_window
    soon, hours = _soon(view, words, (15, 30)), _soon(view, words, (60, 120))
    if view.need.urgency is Urgency.NOW:
        return (soon, hours)
    local = view.now.astimezone(words.home.timezone)
    days = tuple(
        Key(_at(local, days, hour, view, words), ArriveOn(view.need.id, days, hour).code)
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
    if view.need.window is not None and not view.need.window.begun(view.now):
        return _do_you_come(view, view.need.window, words)
    asked = words.say(
        "Request #{number}: how is it going? If we hear nothing, others will be asked.", number=view.need.id
    )
    keys = (
        (Key(words.say("👍 I'm on it"), Keep(view.need.id).code),),
        (Key(words.say("✅ I'm done"), AskFinish(view.need.id).code),),
        (Key(words.say("↩️ I can't after all"), AskRelease(view.need.id).code),),
    )
    return Message(lines(asked), keys)


def _do_you_come(view: NeedView, window: Window, words: Words) -> Message:
    """They have not said that they come, and it is soon."""
    when = bold(span(window, view.now, words))
    asked = words.say("You have request #{number}: {when}. Do you come?", number=view.need.id, when=when)
    then = words.say("If we hear nothing, others will be asked.")
    return Message(lines(asked, then), (*coming_key(view.need, view.now, words), *_other_ways(view, words)))


def help_soon(notice: HelpSoon, view: NeedView, words: Words) -> Message:
    """They are expected soon."""
    need = view.need
    if view.reader is not Reader.CLAIMER or need.window is None:
        return still(view, words)
    when = words.when(need.arrives_at, view.now) if need.arrives_at else span(need.window, view.now, words)
    said = words.say(
        "📆 {when}: {name} expects you (request #{number}).", when=bold(when), name=view.resident, number=need.id
    )
    keys = () if need.arrives_at else coming_key(need, view.now, words)
    return Message(lines(said, words.say("Thank you for keeping the time free!")), (*keys, *_other_ways(view, words)))


def _other_ways(view: NeedView, words: Words) -> Rows:
    cannot = (Key(words.say("↩️ I can't after all"), AskRelease(view.need.id).code),)
    return (cannot, *show_key(view, words))


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
    hand_over = (Key(words.say("🤝 I ask somebody to go instead"), AskHandover(need_id, 0).code),)
    unsafe = (Key(words.say("😟 I did not feel safe"), after.AskUnease(need_id).code),)
    back = (Key(words.say("← I'll do it after all"), Keep(need_id).code),)
    return Message(
        words.say("No harm done. Why? Others are asked as soon as you tap."), (*keys, hand_over, unsafe, back)
    )


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
    return Message(said, show_key(view, words))


def cancelled(notice: NeedCancelled, view: NeedView, words: Words) -> Message:
    """It is not needed any more."""
    return Message(words.say("Request #{number} is not needed any more. Thank you all the same.", number=view.need.id))


def settled(notice: NeedSettled, view: NeedView, words: Words) -> Message:
    """The coordinator has decided."""
    said = words.say(
        "A coordinator has looked into request #{number}. Now: {state}.",
        number=view.need.id,
        state=state_name(view, words),
    )
    return Message(said, show_key(view, words))
