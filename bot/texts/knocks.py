"""What whoever knocks or rings reads, and what the person reads who is visited."""

from collections.abc import Callable, Mapping

from bot.domain.checkins import CheckInAnswer, CheckInState
from bot.domain.knocks import (
    AWAY,
    TRIES,
    KnockAnnounced,
    KnockCard,
    KnockDeclined,
    KnockHelpers,
    KnockListCard,
    KnockListView,
    KnockOffered,
    KnockSplit,
    KnockTaken,
    KnockTryAgain,
    KnockUnfinished,
    KnockView,
    NoRounds,
    waits,
)
from bot.domain.notices import Notice
from bot.domain.plans import Channel
from bot.texts import visitors
from bot.texts.buttons import Button
from bot.texts.doors import entering
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.remarks import AddRemark, noted
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

# A list of forty names still fits into one message.
NAMES_AT_MOST = 40
NAME_UNITS, PLACE_UNITS, NOTES_UNITS = 24, 40, 1000


class Begin(Button, code="kb"):
    """I set out: show me the addresses of this list."""

    list_id: int


class ShowAddress(Button, code="ks"):
    """The same, on the card of one person."""

    checkin_id: int


class Record(Button, code="kr"):
    """Somebody has knocked or rung, and this is what they found."""

    checkin_id: int
    answer: str


class NotThere(Button, code="kn"):
    """Somebody has knocked or rung, and nobody answered."""

    checkin_id: int


class UndoFound(Button, code="ku"):
    """I pressed the wrong one."""

    checkin_id: int


class HandOver(Button, code="kh"):
    """Who could take this list?"""

    list_id: int


class Split(Button, code="kp"):
    """Who could take half of this list?"""

    list_id: int


class OfferList(Button, code="ko"):
    """Ask this person to take it; `half` 1: half of it."""

    list_id: int
    person_id: int
    half: int


class AcceptList(Button, code="ka"):
    """I take it."""

    list_id: int


class DeclineList(Button, code="kd"):
    """I cannot."""

    list_id: int


class TakeList(Button, code="kt"):
    """I take over what is left."""

    list_id: int


def found_words(state: str, words: Words) -> Html:
    """What became of somebody on a list, in a word or two."""
    known = {
        CheckInAnswer.SEEN.value: words.say("✅ seen and well"),
        CheckInAnswer.SPOKEN.value: words.say("🗣 spoken, well"),
        CheckInAnswer.HELP.value: words.say("🆘 needs help"),
        AWAY: words.say("🚪 nobody answered"),
        CheckInState.ASKED.value: words.say("waiting"),
        CheckInState.ANSWERED.value: words.say("✅ answered in the chat"),
        CheckInState.EXCUSED.value: words.say("not needed today"),
        CheckInState.ALERT.value: words.say("🔔 not reached"),
    }
    return known.get(state, words.say("waiting"))


# --- one person ---


def card(notice: KnockCard, view: KnockView, words: Words) -> Message:
    """One person to knock at or to ring."""
    head = lines(bold(view.person), words.say("📍 {place}", place=view.place))
    if not view.mine and waits(view.knock, view.checkin):
        return Message(lines(head, words.say("{who} goes there now.", who=view.holder)), protected=True)
    if view.knock.found is not None or view.checkin.state in (CheckInState.ANSWERED, CheckInState.EXCUSED):
        return _done(view, head, words)
    late = view.checkin.state is CheckInState.ALERT
    due = (
        words.say("🔔 The time is over and an alert is open. Please go all the same.")
        if late
        else words.say("By {time}", time=words.clock(view.checkin.due_at))
    )
    word = view.word and words.say("🔑 Code word of the day: {word}", word=bold(view.word))
    return Message(
        paragraphs(head, lines(due, word or None, *_tries(view, words)), lines(*_contact(view, words))),
        _keys(view, words, late=late),
        protected=True,
    )


def _done(view: KnockView, head: Html, words: Words) -> Message:
    state = view.knock.found or view.checkin.state.value
    at = view.checkin.answered_at
    said = found_words(state, words)
    when = words.say("{who}, {time}", who=view.by, time=words.clock(at)) if view.by and at else None
    may_undo = view.checkin.state is CheckInState.ANSWERED and state in (CheckInAnswer.SEEN, CheckInAnswer.SPOKEN)
    undo: Rows = ((Key(words.say("↩️ I pressed the wrong one"), UndoFound(view.checkin.id).code),),) if may_undo else ()
    add: Rows = ((Key(words.say("📝 Add a note or a photo"), AddRemark("checkin", view.checkin.id).code),),)
    notes = noted(view.notes, words) if view.mine else None
    return Message(
        lines(head, said, when, notes), (*undo, *(add if view.mine and view.knock.found else ())), protected=True
    )


def _tries(view: KnockView, words: Words) -> list[Html]:
    return [
        words.say("📵 No answer at {time} (try {number} of {all})", time=words.clock(at), number=number, all=TRIES)
        for number, at in enumerate(view.knock.tries, start=1)
    ]


def _contact(view: KnockView, words: Words) -> list[Html]:
    contact = view.contact
    if contact is None:
        return []
    notes = contact.notes and clip(contact.notes, NOTES_UNITS)
    found = (
        contact.door and words.say("🚪 Door: {door}", door=contact.door),
        contact.telephone and words.say("📞 Telephone: {telephone}", telephone=contact.telephone),
        None if view.checkin.channel is Channel.CALL else entering(contact.may_enter, words),
        notes and words.say("📝 {notes}", notes=notes),
    )
    return [one for one in found if one] or [words.say("No door or telephone is known.")]


def _keys(view: KnockView, words: Words, *, late: bool) -> Rows:
    number = view.checkin.id
    by_telephone = view.checkin.channel is Channel.CALL
    rows: list[tuple[Key, ...]] = []
    if view.hidden:
        rows.append((Key(words.say("📍 I set out: show the address"), ShowAddress(number).code),))
    if by_telephone:
        rows.append((Key(words.say("✅ Answered, is well"), Record(number, CheckInAnswer.SPOKEN.value).code),))
    else:
        rows.append((Key(words.say("✅ Seen and well"), Record(number, CheckInAnswer.SEEN.value).code),))
        rows.append((Key(words.say("🗣 Spoken through the door"), Record(number, CheckInAnswer.SPOKEN.value).code),))
    if not late:
        label = words.say("📵 No answer") if by_telephone else words.say("🚪 Not at home")
        rows.append((Key(label, NotThere(number).code),))
    rows.append((Key(words.say("🆘 Needs help"), Record(number, CheckInAnswer.HELP.value).code),))
    return tuple(rows)


def announced(notice: KnockAnnounced, view: KnockView, words: Words) -> Message:
    """Who comes, and by which word you know them: as much as the person wishes to be told."""
    word = view.word and words.say("They know the code word of the day: {word}", word=bold(view.word))
    care = words.say("Please ask for it before you open.") if word and view.checkin.channel is Channel.KNOCK else None
    hello = words.say("Hello {name}.", name=view.person)
    text = paragraphs(hello, _comes(view, words), lines(word or None, care))
    rows = visitors.change(words) if view.checkin.channel is Channel.KNOCK else ()
    if view.face is not None:
        return Enclosure(text, rows, protected=True, kind="photo", file_id=view.face)
    return Message(text, rows)


def _comes(view: KnockView, words: Words) -> Html:
    time, by_telephone = words.clock(view.checkin.due_at), view.checkin.channel is Channel.CALL
    if view.named:
        who = bold(view.holder)
        if by_telephone:
            return words.say("📞 {who} rings you by {time}.", who=who, time=time)
        return words.say("🚪 {who} knocks at your door by {time}.", who=who, time=time)
    if by_telephone:
        return words.say("📞 Somebody from the community rings you by {time}.", time=time)
    return words.say("🚪 Somebody from the community knocks at your door by {time}.", time=time)


def try_again(notice: KnockTryAgain, view: KnockView, words: Words) -> Message:
    """Once more, please."""
    return Message(
        words.say(
            "📞 Please ring {name} once more now. The card is above; /rounds shows it again.", name=bold(view.person)
        )
    )


# --- a list ---


def list_card(notice: KnockListCard, view: KnockListView, words: Words) -> Message:
    """How many are left, and who."""
    rows = [
        words.say("{name} ({place}): {state}", name=clip(name, NAME_UNITS), place=clip(place, PLACE_UNITS), state=state)
        for name, place, state in (
            (name, place, found_words(state, words)) for name, place, state, _ in view.rows[:NAMES_AT_MOST]
        )
    ]
    more = len(view.rows) - NAMES_AT_MOST
    rest = words.count("and {number} more", "and {number} more", more) if more > 0 else None
    offered = view.offered and words.say("{who} is asked to take it.", who=view.offered)
    return Message(
        paragraphs(_head(view, words), lines(*rows, rest), offered or None), _list_keys(view, words), protected=True
    )


def _head(view: KnockListView, words: Words) -> Html:
    title = words.say("📞 Calls") if view.listed.channel is Channel.CALL else words.say("🚪 Visits")
    slot = f"{view.listed.slot // 60:02}:{view.listed.slot % 60:02}"
    what = words.say("{title}, {slot}, {place}", title=title, slot=slot, place=view.place)
    who = None if view.mine else words.say("{who} has this list.", who=view.holder)
    if not view.rows:
        return lines(bold(what), words.say("Nobody is on this list any more."))
    left = (
        words.count(
            "{number} left, by {time}", "{number} left, by {time}", view.left, time=words.clock(view.listed.due_at)
        )
        if view.left
        else words.say("All reached. Thank you!")
    )
    return lines(bold(what), who, left)


def _list_keys(view: KnockListView, words: Words) -> Rows:
    number = view.listed.id
    if not view.left or view.listed.act_at is None:
        return ()
    if not view.mine:
        return ((Key(words.say("✋ I take it over"), TakeList(number).code),),) if view.may_take else ()
    rows: list[tuple[Key, ...]] = []
    if view.listed.begun_at is None:
        rows.append((Key(words.say("▶️ I set out: show the addresses"), Begin(number).code),))
    if view.left > 1:
        rows.append((Key(words.say("✂️ Share it with somebody"), Split(number).code),))
    rows.append((Key(words.say("🤝 Hand it over"), HandOver(number).code),))
    return tuple(rows)


def helpers(notice: KnockHelpers | KnockSplit, view: KnockListView, words: Words) -> Message:
    """Who could take it?"""
    if not view.others:
        return Message(words.say("There is nobody else here who could be asked."))
    half = isinstance(notice, KnockSplit)
    ask = words.say("Who could take half of the list?") if half else words.say("Who could take the list?")
    rows: Rows = tuple(
        (Key(name, OfferList(view.listed.id, person_id, int(half)).code),) for person_id, name in view.others
    )
    return Message(bold(ask), rows)


def offered(notice: KnockOffered, view: KnockListView, words: Words) -> Message:
    """Would you take it?"""
    time = words.clock(view.listed.due_at)
    values = {"who": bold(view.holder), "place": view.place, "time": time}
    if view.listed.offered_half:
        ask = words.say("{who} asks you to take half of a list: {place}, by {time}.", **values)
    else:
        ask = words.say("{who} asks you to take a list: {place}, by {time}.", **values)
    left = words.count("{number} person is left on it.", "{number} people are left on it.", view.left)
    rows: Rows = (
        (Key(words.say("👍 Yes, I take it"), AcceptList(view.listed.id).code),),
        (Key(words.say("🙏 I cannot"), DeclineList(view.listed.id).code),),
    )
    return Message(lines(ask, left), rows)


def declined(notice: KnockDeclined, view: KnockListView, words: Words) -> Message:
    """It stays with you."""
    return Message(words.say("The one you asked cannot. The list is still yours; /rounds lets you ask somebody else."))


def taken(notice: KnockTaken, view: KnockListView, words: Words) -> Message:
    """Somebody else goes."""
    return Message(
        words.count(
            "{who} goes to {number} person of your list now. Thank you!",
            "{who} goes to {number} people of your list now. Thank you!",
            notice.count,
            who=bold(view.holder),
        )
    )


def unfinished(notice: KnockUnfinished, view: KnockListView, words: Words) -> Message:
    """Whose list was not finished."""
    slot = f"{view.listed.slot // 60:02}:{view.listed.slot % 60:02}"
    said = words.count(
        "⚠️ The list of {who} for {slot} is not finished: {number} person was not reached.",
        "⚠️ The list of {who} for {slot} is not finished: {number} people were not reached.",
        view.left,
        who=bold(view.holder),
        slot=slot,
    )
    waiting = [name for name, _, _, left in view.rows if left][:NAMES_AT_MOST]
    names = words.listed(tuple(clip(name, NAME_UNITS) for name in waiting))
    then = words.say("An alert is open for each of them. /rounds lets you take over.")
    return Message(lines(said, names, then), protected=True)


def no_rounds(notice: NoRounds, view: None, words: Words) -> Message:
    """Nothing to do."""
    return Message(words.say("No list is open now. A list comes to you by itself, half an hour before the round."))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    KnockCard: card,
    KnockAnnounced: announced,
    KnockTryAgain: try_again,
    KnockListCard: list_card,
    KnockHelpers: helpers,
    KnockSplit: helpers,
    KnockOffered: offered,
    KnockDeclined: declined,
    KnockTaken: taken,
    KnockUnfinished: unfinished,
    NoRounds: no_rounds,
}
