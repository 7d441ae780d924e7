"""What is read when somebody must look: the alert's card, and the words to everyone around it."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import (
    Alert,
    AlertAnsweredLate,
    AlertAskOutcome,
    AlertCard,
    AlertOutcome,
    AlertRaisedAgain,
    AlertState,
    AlertStillYours,
    AlertTakenOn,
    AlertView,
    Cause,
    HelpIsComing,
    RungEmpty,
    SomebodyComes,
    Whom,
)
from bot.domain.notices import Notice
from bot.texts import remarks
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs

ARRIVALS = (5, 10, 20, 30)


class Take(Button, code="at"):
    """I'll look."""

    alert_id: int


class Arrive(Button, code="aa"):
    """I am there in so many minutes."""

    alert_id: int
    minutes: int


class Leave(Button, code="al"):
    """I cannot go after all."""

    alert_id: int


class AskOutcome(Button, code="ao"):
    """I have looked."""

    alert_id: int


class Close(Button, code="ac"):
    """… and this is what I found."""

    alert_id: int
    outcome: str


class Details(Button, code="av"):
    """Show me the address on this message."""

    alert_id: int


class Further(Button, code="af"):
    """Call further people now."""

    alert_id: int


def cause_name(alert: Alert, words: Words) -> Html:
    """Why somebody must look."""
    names = {
        Cause.MISSED: words.say("has not answered the check-in"),
        Cause.UNVISITED: words.say("was not met at the door or on the telephone"),
        Cause.UNOPENED: words.say("sent something that nobody has opened"),
        Cause.WORRY: words.say("wrote something worrying"),
        Cause.CALL_ME: words.say("asks for a call"),
        Cause.HELP: words.say("asks for help"),
    }
    return names[alert.cause]


def outcome_name(outcome: AlertOutcome, words: Words) -> Html:
    """What was found."""
    names = {
        AlertOutcome.WELL_FORGOT: words.say("Well, had forgotten"),
        AlertOutcome.AWAY: words.say("Was away"),
        AlertOutcome.TELEPHONE: words.say("Telephone trouble"),
        AlertOutcome.ILL: words.say("Ill"),
        AlertOutcome.FALLEN: words.say("Had fallen"),
        AlertOutcome.HOSPITAL: words.say("In hospital"),
        AlertOutcome.EMERGENCY: words.say("Ambulance called"),
        AlertOutcome.DECEASED: words.say("Has died"),
        AlertOutcome.OTHER: words.say("Other"),
        AlertOutcome.ANSWERED_LATE: words.say("Answered late"),
    }
    return names[outcome]


def whom_name(whom: str, words: Words) -> Html:
    """Who stands on a rung."""
    names: Mapping[str, Html] = {
        Whom.DUTY: words.say("whoever is on duty"),
        Whom.NEIGHBOUR: words.say("the chosen neighbour"),
        Whom.COORDINATORS: words.say("the coordinators"),
        Whom.CONTACTS: words.say("the emergency contacts"),
        Whom.STREET: words.say("the street's coordinators"),
    }
    return names[whom]


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
    )
    sent = remarks.media_keys(view.sent, words)
    if alert.state is AlertState.CLOSED:
        notes = remarks.noted(view.notes, words)
        return Message(paragraphs(head(view, words), where, _ended(view, words), notes), sent, protected=True)
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
        words.say("“{remark}”", remark=view.alert.remark) if view.alert.remark else None,
    )


def _taken(view: AlertView, where: Html, words: Words) -> Message:
    who = bold(view.taker or "—")
    if not view.mine:
        end: Rows = (
            ((Key(words.say("✅ Record what was found"), AskOutcome(view.alert.id).code),),) if view.in_charge else ()
        )
        end = (*end, *remarks.media_keys(view.sent, words))
        return Message(paragraphs(head(view, words), where, _going(view, who, words)), end, protected=True)
    said = (
        words.say("You ring them. Thank you! Please record here how they are.")
        if _rings(view.alert)
        else words.say("You are going. Thank you! Please record here what you find.")
    )
    text = paragraphs(head(view, words), where, remarks.said(view, words), _details(view, words), said)
    return Message(text, _holder_keys(view, words), protected=True)


def _going(view: AlertView, who: Html, words: Words) -> Html:
    if _rings(view.alert):
        return words.say("📞 {who} is ringing.", who=who)
    if view.alert.arrives_at:
        return words.say("🏃 {who} is going, there {when}.", who=who, when=words.when(view.alert.arrives_at, view.now))
    return words.say("🏃 {who} is going.", who=who)


def _holder_keys(view: AlertView, words: Words) -> Rows:
    number = view.alert.id
    rows: list[tuple[Key, ...]] = []
    if view.hidden:
        rows.append((Key(words.say("📍 Show the address"), Details(number).code),))
    rows += remarks.media_keys(view.sent, words)
    if view.alert.arrives_at is None and not _rings(view.alert):
        rows.append(
            tuple(
                Key(words.count("in {number} minute", "in {number} minutes", minutes), Arrive(number, minutes).code)
                for minutes in ARRIVALS[:2]
            )
        )
        rows.append(
            tuple(
                Key(words.count("in {number} minute", "in {number} minutes", minutes), Arrive(number, minutes).code)
                for minutes in ARRIVALS[2:]
            )
        )
    rows.append((Key(words.say("✅ Record what I found"), AskOutcome(number).code),))
    cannot = words.say("↩️ I can't ring after all") if _rings(view.alert) else words.say("↩️ I can't go after all")
    rows.append((Key(cannot, Leave(number).code),))
    return tuple(rows)


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
        words.say("📝 {notes}", notes=found.notes) if found.notes else None,
        *contacts,
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
    said = words.say(
        "⚠️ For {name} nobody could be told here: {whom}. The next ones are asked at once.",
        name=bold(view.person),
        whom=whom_name(notice.whom, words),
    )
    return Message(said)


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
    HelpIsComing: help_is_coming,
    SomebodyComes: somebody_comes,
}
