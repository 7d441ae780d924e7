"""What is read of visits: by whoever goes, by the resident, by whoever is in charge; and the taps between them."""

from collections.abc import Callable, Mapping

from bot.domain.needs import NeedView, State
from bot.domain.notices import Notice
from bot.domain.visits import (
    LOOK_CHOICES,
    MINUTES_CHOICES,
    VisitAgainAsked,
    VisitBegun,
    VisitCard,
    VisitHintAsked,
    VisitLookAsked,
    VisitLookDayAsked,
    VisitLookDue,
    VisitMinutesAsked,
    VisitOtherAsked,
    VisitPassedOn,
    VisitPhoto,
    VisitPhotoAsked,
    VisitPhotoView,
    VisitReasonAsked,
    VisitSilent,
    VisitView,
    VisitWellAsked,
)
from bot.texts.buttons import Button
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.needs.buttons import Finish, Show
from bot.texts.needs.door import known_by
from bot.texts.needs.parts import owner, show_key, still
from bot.texts.receipts import AskReceipt
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs, safe

NAME_UNITS, WORDS_UNITS = 60, 400


class Took(Button, code="vit"):
    """It took so many minutes."""

    visit_id: int
    minutes: int


class AskVisit(Button, code="via"):
    """I want to say more: minutes, hint, photo, other or look."""

    visit_id: int
    what: str


class PassOn(Button, code="vip"):
    """It needs this kind of help."""

    visit_id: int
    category: str


class LookIn(Button, code="vil"):
    """It is to be looked at again in so many days."""

    visit_id: int
    days: int


class StillWell(Button, code="viw"):
    """I am well, and still there."""

    visit_id: int


class Reached(Button, code="vir"):
    """I have reached them: they are well."""

    visit_id: int


class NeedAgain(Button, code="vin"):
    """I need it again."""

    visit_id: int


class NotAgain(Button, code="vix"):
    """I do not need it again."""

    visit_id: int


# --- at the door ---


def begun(notice: VisitBegun, view: NeedView, words: Words) -> Message:
    """Whoever helps is at the door."""
    if view.need.state is not State.CLAIMED or view.door is None or view.claimer is None:
        return still(view, words)
    said = words.say("👋 {name} is at your door now.", name=bold(view.claimer))
    hint = words.say("Please open when you hear these words.")
    return Message(lines(said, known_by(view.door, words), hint))


# --- are they well? ---


def well_asked(notice: VisitWellAsked, view: VisitView, words: Words) -> Message:
    """Are you well?"""
    since = words.clock(view.visit.begun_at or view.now)
    asked = words.say("🙂 You are at {name}'s since {time}. Are you well?", name=view.resident, time=since)
    then = words.say(
        "Without an answer in 20 minutes a coordinator rings you. In danger: /sos or {numbers}.",
        numbers=words.home.emergency_numbers,
    )
    keys: Rows = (
        (Key(words.say("👍 I'm well, still here"), StillWell(view.visit.id).code),),
        (Key(words.say("✅ Done"), Finish(view.visit.need_id, "done").code),),
    )
    return Message(lines(bold(asked), then), keys)


def silent(notice: VisitSilent, view: VisitView, words: Words) -> Message:
    """Somebody does not answer whether they are well."""
    visit = view.visit
    since = words.clock(visit.begun_at or view.now)
    went = words.say(
        "{helper} went to {resident} (request #{number}) and is there since {time}.",
        helper=bold(view.helper),
        resident=view.resident,
        number=visit.need_id,
        time=since,
    )
    where = lines(went, words.say("📍 {place}", place=view.place))
    if visit.ended_at is not None:
        return Message(lines(words.say("✅ The visit is over."), where), protected=True)
    if visit.told_at is None:
        return Message(lines(words.say("✅ They are well."), where), protected=True)
    ring = (
        words.say("📞 {telephone}", telephone=view.telephone)
        if view.telephone
        else words.say("📞 No telephone is known: please write to them, or send somebody.")
    )
    said = words.say("They do not answer whether they are well. Please ring them now, or look there.")
    keys: Rows = (
        (Key(words.say("✅ Reached, all is well"), Reached(visit.id).code),),
        (Key(words.say("🔍 Show the request"), Show(visit.need_id).code),),
    )
    return Message(
        paragraphs(bold(words.say("⚠️ A helper does not answer")), lines(where, said, ring)), keys, protected=True
    )


# --- what came of it ---


def card(notice: VisitCard, view: VisitView, words: Words) -> Message:
    """Thank you; whatever else may be said."""
    visit = view.visit
    thanks = words.say(
        "🌱 Thank you for helping {name} (request #{number}).", name=bold(view.resident), number=visit.need_id
    )
    free = words.say("Nothing below has to be filled in.")
    facts = lines(_how_long(view, words), _left(view, words), _photos(view, words), _look(view, words))
    return Message(paragraphs(lines(thanks, free), facts), _card_keys(view, words), protected=True)


def _how_long(view: VisitView, words: Words) -> Html:
    visit = view.visit
    if visit.minutes is None:
        return words.say("⏱ How long did it take? One tap.")
    took = words.count("⏱ {number} minute", "⏱ {number} minutes", visit.minutes)
    if visit.begun_at is None or visit.ended_at is None:
        return took
    return words.say(
        "{took} (there {start} to {end})", took=took, start=words.clock(visit.begun_at), end=words.clock(visit.ended_at)
    )


def _left(view: VisitView, words: Words) -> Html | None:
    return words.say("📝 For the next helper: {text}", text=view.hint) if view.hint else None


def _photos(view: VisitView, words: Words) -> Html | None:
    return words.count("📷 {number} photo", "📷 {number} photos", view.photos) if view.photos else None


def _look(view: VisitView, words: Words) -> Html | None:
    return words.say("📅 Looked at again on {day}", day=words.date(view.visit.look_on)) if view.visit.look_on else None


def _card_keys(view: VisitView, words: Words) -> Rows:
    number = view.visit.id
    times = tuple(_minutes_key(number, minutes, view, words) for minutes in MINUTES_CHOICES)
    other = (Key(words.say("👥 Somebody else"), AskVisit(number, "other").code),) if view.may_pass_on else ()
    return (
        times[:3],
        times[3:],
        (
            Key(words.say("✏️ Other time"), AskVisit(number, "minutes").code),
            Key(words.say("📝 A hint"), AskVisit(number, "hint").code),
        ),
        (
            Key(words.say("📷 A photo"), AskVisit(number, "photo").code),
            Key(words.say("🧾 Money"), AskReceipt(number).code),
        ),
        (*other, Key(words.say("📅 Look again"), AskVisit(number, "look").code)),
    )


def _minutes_key(number: int, minutes: int, view: VisitView, words: Words) -> Key:
    mark = "✅ " if view.visit.minutes == minutes else ""
    return Key(f"{mark}{words.say('{minutes} min', minutes=minutes)}", Took(number, minutes).code)


def minutes_asked(notice: VisitMinutesAsked, view: VisitView, words: Words) -> Message:
    """How long did it take?"""
    return Message(words.say("How long did it take? Please write it, for example: 75, or 1h20."), asks=True)


def hint_asked(notice: VisitHintAsked, view: VisitView, words: Words) -> Message:
    """What should the next helper know?"""
    ask = words.say("What should the next helper know? For example: the lift is broken.")
    who = words.say("{name} reads it too and can correct it.", name=view.resident)
    return Message(lines(bold(ask), who), asks=True)


def photo_asked(notice: VisitPhotoAsked, view: VisitView, words: Words) -> Message:
    """Please send it now."""
    return Message(words.say("Please send the photo now. {name} gets to see it.", name=view.resident), asks=True)


def photo(notice: VisitPhoto, view: VisitPhotoView, words: Words) -> Message:
    """A photo of what was done."""
    said = words.say(
        "📷 {name} sends you a photo of request #{number}.",
        name=bold(clip(view.helper, NAME_UNITS)),
        number=view.need_id,
    )
    quoted = words.say("“{words}”", words=clip(view.words, WORDS_UNITS)) if view.words else None
    return Enclosure(lines(said, quoted), protected=True, kind="photo", file_id=view.file_id)


# --- somebody else ---


def other_asked(notice: VisitOtherAsked, view: VisitView, words: Words) -> Message:
    """What kind of help is it really?"""
    keys = [
        Key(one.name(words.language), PassOn(view.visit.id, one.code).code)
        for one in words.home.catalogue.categories
        if not view.kinds or one.code in view.kinds
    ]
    pairs = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    return Message(words.say("What kind of help does it need? It is asked for anew then."), pairs)


def reason_asked(notice: VisitReasonAsked, view: VisitView, words: Words) -> Message:
    """Why, and what is needed?"""
    ask = words.say("What is needed, and why? {name} and the next helper read it.", name=view.resident)
    return Message(
        lines(bold(ask), words.say("For example: the socket is burnt, this needs an electrician.")), asks=True
    )


def passed_on(notice: VisitPassedOn, view: NeedView, words: Words) -> Message:
    """It needs somebody else."""
    if view.need.state is not State.OPEN:
        return still(view, words)
    category = words.home.catalogue[view.need.category].name(words.language)
    said = words.say(
        "👥 Request #{number} needs somebody else: {category}. Others are being asked now.",
        number=view.need.id,
        category=category,
    )
    return Message(lines(said, owner(view, words)), show_key(view, words))


# --- another day ---


def look_asked(notice: VisitLookAsked, view: VisitView, words: Words) -> Message:
    """On which day?"""
    keys = tuple(
        Key(words.count("in {number} day", "in {number} days", days), LookIn(view.visit.id, days).code)
        for days in LOOK_CHOICES
    )
    day = (Key(words.say("✏️ On a day"), AskVisit(view.visit.id, "day").code),)
    asked = words.say("When shall it be looked at again? You and {name} are reminded that morning.", name=view.resident)
    return Message(asked, (keys[:2], keys[2:], day))


def look_day_asked(notice: VisitLookDayAsked, view: VisitView, words: Words) -> Message:
    """On another day."""
    return Message(words.say("On which day? Please write it like this: 12-03"), asks=True)


def look_due(notice: VisitLookDue, view: VisitView, words: Words) -> Message:
    """Today."""
    asked = words.say("{name} is asked here whether it is needed again.", name=view.resident)
    said = (
        words.say(
            "📅 Today you wanted to look at request #{number} of {name} again.",
            number=view.visit.need_id,
            name=bold(view.resident),
        )
        if view.mine
        else words.say(
            "📅 {helper} wanted to look at request #{number} of {name} again today and cannot be reached.",
            helper=view.helper,
            number=view.visit.need_id,
            name=bold(view.resident),
        )
    )
    return Message(lines(said, asked), ((Key(words.say("🔍 Show the request"), Show(view.visit.need_id).code),),))


def again_asked(notice: VisitAgainAsked, view: VisitView, words: Words) -> Message:
    """Do you need it again?"""
    asked = words.say("📅 {name} wanted to ask today: do you need this again?", name=bold(view.helper))
    quoted = Html(f"<blockquote>{safe(view.text)}</blockquote>") if view.text else None
    keys: Rows = (
        (Key(words.say("🙋 Yes, once more"), NeedAgain(view.visit.id).code),),
        (Key(words.say("🙏 No, thank you"), NotAgain(view.visit.id).code),),
    )
    return Message(lines(asked, quoted), keys)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    VisitCard: card,
    VisitSilent: silent,
    VisitWellAsked: well_asked,
    VisitMinutesAsked: minutes_asked,
    VisitHintAsked: hint_asked,
    VisitPhotoAsked: photo_asked,
    VisitPhoto: photo,
    VisitOtherAsked: other_asked,
    VisitReasonAsked: reason_asked,
    VisitLookAsked: look_asked,
    VisitLookDayAsked: look_day_asked,
    VisitLookDue: look_due,
    VisitAgainAsked: again_asked,
    VisitBegun: begun,
    VisitPassedOn: passed_on,
}
