"""What is read when somebody must look: the alert's card, and the words to everyone around it."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import (
    Alert,
    AlertAnsweredLate,
    AlertAskOutcome,
    AlertCard,
    AlertNews,
    AlertOutcome,
    AlertRaisedAgain,
    AlertReasonAsked,
    AlertState,
    AlertStillYours,
    AlertTakenOn,
    AlertView,
    Cause,
    HelpIsComing,
    PleaseRing,
    Reason,
    RungEmpty,
    SomebodyComes,
    VisitorAsked,
    VisitorSilent,
)
from bot.domain.notices import Notice
from bot.texts import companions, remarks
from bot.texts.alerts.buttons import (
    Arrive,
    AskFollowUp,
    AskHospital,
    AskOutcome,
    Because,
    Close,
    Details,
    Further,
    Leave,
    Take,
    There,
)
from bot.texts.alerts.names import answer_name, cause_name, outcome_name, reason_name, why_empty
from bot.texts.doors import entering
from bot.texts.message import Key, Message, Rows
from bot.texts.relatives import said_by
from bot.texts.words import Html, Words, bold, lines, paragraphs

ARRIVALS = (5, 15, 30)


def head(view: AlertView, words: Words) -> Html:
    """Who and why, in one line."""
    sign = "🆘" if view.alert.cause is Cause.HELP else "🔔"
    return bold(words.say("{sign} {name} {cause}", sign=sign, name=view.person, cause=cause_name(view.alert, words)))


def card(notice: AlertCard, view: AlertView, words: Words) -> Message:
    """Everything that whoever looks must know, and one tap to go."""
    alert = view.alert
    where = lines(
        words.say("📍 {place}", place=view.place),
        words.say("🕒 since {when}", when=words.when(alert.opened_at, view.now)),
        words.say("Told: {names}", names=words.listed(view.told)) if view.told else None,
        remarks.known(view, words),
        words.say("☎️ One telephone with {names}: it may be about them.", names=words.listed(view.sharing))
        if view.sharing
        else None,
    )
    sent = remarks.media_keys(view.sent, words)
    if alert.state is AlertState.CLOSED and view.family and alert.outcome is AlertOutcome.DECEASED:
        # Nobody reads this of their mother on a screen.
        return Message(words.say("This has ended. Somebody from the community speaks with you."), protected=True)
    if alert.state is AlertState.CLOSED:
        notes = remarks.noted(view.notes, words)
        again: Rows = ((Key(words.say("📅 Look again"), AskFollowUp(alert.id).code),),) if view.may_follow else ()
        return Message(
            paragraphs(head(view, words), where, _ended(view, words), notes), (*sent, *again), protected=True
        )
    if alert.state is AlertState.OPEN:
        asked = (
            words.say("Who can ring {name}? One tap, then the others know.", name=view.person)
            if _rings(alert)
            else words.say("Who can look? One tap, then the others know.")
        )
        rows: Rows = (_take_key(alert, words), *sent)
        if view.in_charge:
            rows = (*rows, (Key(words.say("📣 Call further people now"), Further(alert.id).code),))
        return Message(paragraphs(head(view, words), where, asked), rows, protected=True)
    return _taken(view, where, words)


def _rings(alert: Alert) -> bool:
    """Whether somebody is to ring, not to go."""
    return alert.cause is Cause.CALL_ME


def _take_key(alert: Alert, words: Words) -> tuple[Key, ...]:
    label = words.say("📞 I'll ring") if _rings(alert) else words.say("🏃 I'll look")
    return (Key(label, Take(alert.id).code),)


def _ended(view: AlertView, words: Words) -> Html:
    outcome = view.alert.outcome or AlertOutcome.OTHER
    return lines(
        words.say("✅ Ended: {outcome}", outcome=bold(outcome_name(outcome, words))),
        words.say("Why: {reason}", reason=reason_name(view.alert.reason, words)) if view.alert.reason else None,
        words.say("“{remark}”", remark=view.alert.remark) if view.alert.remark else None,
    )


def _taken(view: AlertView, where: Html, words: Words) -> Message:
    who = bold(view.taker or "—")
    if not view.mine:
        end: Rows = (
            ((Key(words.say("✅ Record what was found"), AskOutcome(view.alert.id).code),),) if view.in_charge else ()
        )
        end = (*_along_keys(view, words), *end, *remarks.media_keys(view.sent, words))
        going = lines(_going(view, who, words), companions.along(view, words))
        return Message(paragraphs(head(view, words), where, _details(view, words), going), end, protected=True)
    said = (
        words.say("You ring them. Thank you! Please record here how they are.")
        if _rings(view.alert)
        else words.say("You are going. Thank you! Please record here what you find.")
    )
    if view.alert.arrived_at is not None:
        on_the_way = words.say("You are there since {time}.", time=words.clock(view.alert.arrived_at))
    elif view.alert.arrives_at is not None:
        on_the_way = words.say("You said: there {when}.", when=words.when(view.alert.arrives_at, view.now))
    else:
        on_the_way = None
    rest = lines(on_the_way, said, companions.along(view, words))
    text = paragraphs(head(view, words), where, remarks.said(view, words), _details(view, words), rest)
    return Message(text, _holder_keys(view, words), protected=True)


def _going(view: AlertView, who: Html, words: Words) -> Html:
    if _rings(view.alert):
        return words.say("📞 {who} is ringing.", who=who)
    if view.alert.arrives_at:
        return words.say("🏃 {who} is going, there {when}.", who=who, when=words.when(view.alert.arrives_at, view.now))
    return words.say("🏃 {who} is going.", who=who)


def _along_keys(view: AlertView, words: Words) -> Rows:
    """To come along, or not after all."""
    if view.along:
        show = ((Key(words.say("📍 Show the address"), Details(view.alert.id).code),),) if view.hidden else ()
        return (*show, (Key(words.say("↩️ I don't come along"), companions.NotAlong(view.alert.id).code),))
    if _rings(view.alert) or view.taker is None:
        return ()
    return ((Key(words.say("🤝 I'll come along"), companions.Join(view.alert.id).code),),)


def _holder_keys(view: AlertView, words: Words) -> Rows:
    number = view.alert.id
    rows: list[tuple[Key, ...]] = []
    if view.hidden:
        rows.append((Key(words.say("📍 Show the address"), Details(number).code),))
    rows += remarks.media_keys(view.sent, words)
    if not _rings(view.alert):
        rows += _way_keys(view, words)
    rows.append((Key(words.say("✅ Record what I found"), AskOutcome(number).code),))
    cannot = words.say("↩️ I can't ring after all") if _rings(view.alert) else words.say("↩️ I can't go after all")
    rows.append((Key(words.say("🔁 Hand over"), companions.HandOver(number).code),))
    rows.append((Key(cannot, Leave(number).code),))
    return tuple(rows)


def _way_keys(view: AlertView, words: Words) -> list[tuple[Key, ...]]:
    """When they are there, in one row so that the address stays in sight; then that they are."""
    alert = view.alert
    if alert.arrived_at is not None:
        return []
    soon = tuple(
        Key(words.count("{number} minute", "{number} minutes", minutes), Arrive(alert.id, minutes).code)
        for minutes in ARRIVALS
    )
    there = (Key(words.say("🚪 I'm there"), There(alert.id).code),)
    return [there] if alert.arrives_at is not None else [soon, there]


def _details(view: AlertView, words: Words) -> Html | None:
    found = view.details
    if found is None:
        return None
    contacts = [
        words.say("☎️ {name} ({relation}): {telephone}", name=name, relation=relation, telephone=telephone or "—")
        for name, relation, telephone in found.contacts
    ]
    return lines(
        words.say("🚪 Door: {door}", door=bold(found.door or words.say("not given"))),
        words.say("📞 Telephone: {telephone}", telephone=found.telephone or words.say("not given")),
        entering(found.may_enter, words),
        words.say("📝 {notes}", notes=found.notes) if found.notes else None,
        *contacts,
        *(
            words.say(
                "🗓 {when}: {answer}",
                when=words.when(at, view.now),
                answer=said_by(answer_name(answer, words), at, view.proxies, words),
            )
            for at, answer in view.last
        ),
        words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers),
    )


def outcomes(notice: AlertAskOutcome, view: AlertView, words: Words) -> Message:
    """What did you find?"""
    choices = [outcome for outcome in AlertOutcome if outcome is not AlertOutcome.ANSWERED_LATE]
    keys = [Key(outcome_name(outcome, words), Close(notice.alert_id, outcome.value).code) for outcome in choices]
    rows = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    asked = (
        words.say("How is {name}?", name=view.person)
        if _rings(view.alert)
        else words.say("What did you find at {name}'s?", name=view.person)
    )
    return Message(bold(asked), rows)


def raised_again(notice: AlertRaisedAgain, view: AlertView, words: Words) -> Message:
    """It is open again, or graver."""
    if view.alert.state is AlertState.CLOSED:
        return Message(lines(head(view, words), _ended(view, words)))
    again = (
        words.say("Nobody has said yet how they are. Please ring, or ask somebody to.")
        if _rings(view.alert)
        else words.say("Nobody has said yet what they found. Please look, or ask somebody to.")
    )
    return Message(lines(head(view, words), again), (_take_key(view.alert, words),), protected=True)


def taken_on(notice: AlertTakenOn, view: AlertView, words: Words) -> Message:
    """Somebody is going."""
    return Message(words.say("🏃 {who} looks after {name}.", who=bold(view.taker or "—"), name=bold(view.person)))


def answered_late(notice: AlertAnsweredLate, view: AlertView, words: Words) -> Message:
    """The person has answered."""
    return Message(
        words.say("🌷 {name} has answered and is well. Nobody needs to go. Thank you!", name=bold(view.person))
    )


def still_yours(notice: AlertStillYours, view: AlertView, words: Words) -> Message:
    """The person has answered; please record it."""
    said = words.say("{name} has answered just now. Please record here what it was.", name=bold(view.person))
    return Message(said, ((Key(words.say("✅ Record what I found"), AskOutcome(notice.alert_id).code),),))


def rung_empty(notice: RungEmpty, view: AlertView, words: Words) -> Message:
    """Nobody stands on a rung."""
    empty = [why_empty(whom, words) for whom in notice.whom.split(",")]
    said = words.say(
        "⚠️ For {name} these could not be told, so the next ones are asked at once:", name=bold(view.person)
    )
    return Message(lines(said, *empty))


def please_ring(notice: PleaseRing, view: AlertView, words: Words) -> Message:
    """Contacts who have a telephone only."""
    if view.details is None:
        return Message(words.say("Contacts of {name}: nobody needs to ring any more.", name=bold(view.person)))
    asked = words.say("☎️ Please ring for {name}: they have no chat with me.", name=bold(view.person))
    listed = [
        words.say("☎️ {name} ({relation}): {telephone}", name=name, relation=relation, telephone=telephone or "—")
        for name, relation, telephone in view.details.contacts
    ]
    then = words.say("Whoever you reach: please record what you hear on the alert's card.")
    return Message(paragraphs(asked, lines(*listed), then), protected=True)


def news(notice: AlertNews, view: AlertView, words: Words) -> Message:
    """What was found; what comes next, and whose it is."""
    outcome = view.alert.outcome or AlertOutcome.OTHER
    said = words.say("🔔 {name}: {outcome}", name=bold(view.person), outcome=bold(outcome_name(outcome, words)))
    found = words.say("{who} was there.", who=view.taker) if view.taker else None
    pause: Rows = ()
    if view.in_charge and outcome is AlertOutcome.HOSPITAL:
        pause = ((Key(words.say("⏸ Pause their questions"), AskHospital(notice.alert_id).code),),)
    again: Rows = ((Key(words.say("📅 Look again"), AskFollowUp(notice.alert_id).code),),) if view.may_follow else ()
    return Message(lines(said, found, _next_step(view, words)), (*pause, *again))


def _next_step(view: AlertView, words: Words) -> Html | None:
    if not view.in_charge:
        return None
    steps = {
        AlertOutcome.HOSPITAL: words.say("Their questions can pause until they are home."),
    }
    default = words.say("Please see to what comes next; /care shows their plan and contacts.")
    return steps.get(view.alert.outcome or AlertOutcome.OTHER, default)


def reason_asked(notice: AlertReasonAsked, view: AlertView, words: Words) -> Message:
    """What was behind it?"""
    keys = [Key(reason_name(reason, words), Because(notice.alert_id, reason.value).code) for reason in Reason]
    asked = words.say("What was behind it? Then the next time goes better.")
    return Message(lines(asked, _other_channel(view, words)), tuple((key,) for key in keys))


def _other_channel(view: AlertView, words: Words) -> Html | None:
    """A telephone that stays out of order is no way to ask somebody."""
    if view.alert.outcome is not AlertOutcome.TELEPHONE:
        return None
    if view.in_charge:
        return words.say("Will it stay so? In /care they can be asked by a call or a knock instead.")
    return words.say("Will it stay so? Please tell a coordinator: they can be asked by a call or a knock instead.")


def visitor_asked(notice: VisitorAsked, view: AlertView, words: Words) -> Message:
    """Are you well yourself?"""
    asked = words.say("You have been at {name}'s for a while. Are you well yourself?", name=bold(view.person))
    rows: Rows = (
        (Key(words.say("👍 All is well, still here"), There(notice.alert_id).code),),
        (Key(words.say("✅ Record what I found"), AskOutcome(notice.alert_id).code),),
    )
    ring = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    return Message(lines(asked, ring), rows)


def visitor_silent(notice: VisitorSilent, view: AlertView, words: Words) -> Message:
    """Whoever went does not answer."""
    where = words.say("📍 {place}", place=view.place)
    keys = (_take_key(view.alert, words),) if view.alert.state is not AlertState.CLOSED else ()
    if view.visitor is None:
        said = words.say("⚠️ Whoever went to {name} does not answer. Please ring them now.", name=bold(view.person))
        return Message(lines(said, where), keys, protected=True)
    who, telephone = view.visitor
    said = words.say(
        "⚠️ {who} went to {name} and does not answer. Please ring them now.", who=bold(who), name=bold(view.person)
    )
    number = words.say("📞 Telephone: {telephone}", telephone=telephone or words.say("not given"))
    return Message(lines(said, number, where), keys, protected=True)


def help_is_coming(notice: HelpIsComing, view: AlertView, words: Words) -> Message:
    """Who has been told, and the public emergency number."""
    told = (
        words.say("I have told: {names}.", names=bold(words.listed(view.told)))
        if view.told
        else words.say("I am looking for somebody right now.")
    )
    ring = words.say("If you are in danger, ring {numbers} now.", numbers=bold(words.home.emergency_numbers))
    where = remarks.asked_where(view, words)
    return Message(paragraphs(bold(words.say("Help is being called.")), told, ring, where))


def somebody_comes(notice: SomebodyComes, view: AlertView, words: Words) -> Message:
    """Who comes, and when."""
    if _rings(view.alert):
        return Message(_who_rings(view, words))
    if view.taker is None:
        return Message(words.say("Somebody is being asked to look in on you."))
    when = view.alert.arrives_at
    if when is None:
        return Message(words.say("{who} looks in on you.", who=bold(view.taker)))
    return Message(words.say("{who} comes to you {when}.", who=bold(view.taker), when=bold(words.when(when, view.now))))


def _who_rings(view: AlertView, words: Words) -> Html:
    if view.taker is None:
        return words.say("Somebody is being asked to ring you.")
    return words.say("{who} rings you soon. Please keep your telephone close.", who=bold(view.taker))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    AlertCard: card,
    AlertAskOutcome: outcomes,
    AlertRaisedAgain: raised_again,
    AlertTakenOn: taken_on,
    AlertAnsweredLate: answered_late,
    AlertStillYours: still_yours,
    RungEmpty: rung_empty,
    PleaseRing: please_ring,
    AlertNews: news,
    AlertReasonAsked: reason_asked,
    VisitorAsked: visitor_asked,
    VisitorSilent: visitor_silent,
    HelpIsComing: help_is_coming,
    SomebodyComes: somebody_comes,
}
