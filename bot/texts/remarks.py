"""What is read around additions: the invitation to add something, where somebody is, and what was noted."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.domain.alerts import AlertView
from bot.domain.media import MediaKind
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.remarks import (
    AskRemark,
    Remark,
    RemarkAdded,
    RemarkKind,
    RemarkTold,
    RemarkView,
    SaidAlong,
    WhereKept,
    WhereKnown,
    place_in,
)
from bot.texts.buttons import Button
from bot.texts.media import ShowMedia
from bot.texts.message import Key, Message, Rows
from bot.texts.wellbeing import NeedHelpWith, answers
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

# A card has room for so many additions, each of so many units; the rest is in the history.
SHOWN_AT_MOST, SHOWN_UNITS, NAME_UNITS = 4, 400, 60
MAPS = {
    Language.CHINESE: "https://uri.amap.com/marker?position={longitude},{latitude}&coordinate=wgs84",
    Language.ENGLISH: "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}",
}


class AddRemark(Button, code="ra"):
    """I want to add something."""

    noun: str
    number: int


class EndRemark(Button, code="rx"):
    """That is all."""


def _clock(until: int, words: Words) -> str:
    return words.clock(datetime.fromtimestamp(until, UTC))


def ask(notice: AskRemark, view: None, words: Words) -> Message:
    """Is there anything to add?"""
    asked = words.say("Is there anything to add? Write it here, or send a photo.")
    then = words.say("Until {time} it belongs to this. Only those in charge see it.", time=_clock(notice.until, words))
    rows: Rows = ((Key(words.say("Nothing to add"), EndRemark().code),),)
    return Message(lines(bold(asked), then), rows)


def kept(notice: RemarkAdded, view: None, words: Words) -> Message:
    """Noted; perhaps there is more."""
    said = words.say("Noted. Until {time} you can add more.", time=_clock(notice.until, words))
    return Message(said, ((Key(words.say("That is all"), EndRemark().code),),))


def told(notice: RemarkTold, view: RemarkView, words: Words) -> Message:
    """Something was noted on a visit."""
    head = lines(
        bold(words.say("📝 About {name}", name=clip(view.person, NAME_UNITS))),
        words.say("📍 {place}", place=view.place),
    )
    return Message(paragraphs(head, noted(view.remarks, words)), media_keys(view.sent, words), protected=True)


def where_kept(notice: WhereKept, view: None, words: Words) -> Message:
    """Whoever comes sees where they are."""
    return Message(words.say("Thank you. Whoever comes to you sees where you are."))


def said_along(notice: SaidAlong, view: None, words: Words) -> Message:
    """Whoever looks after them reads it."""
    said = words.say("Thank you. Whoever looks after you reads this.")
    return Message(said, ((Key(words.say("🙋 I need help with this"), NeedHelpWith().code),),))


def where_known(notice: WhereKnown, view: AlertView, words: Words) -> Message:
    """They have said where they are."""
    said = words.say("📍 {name} has said where they are. Whoever goes sees it on the card.", name=bold(view.person))
    return Message(said)


# --- parts of other cards ---


def noted(remarks: tuple[Remark, ...], words: Words) -> Html | None:
    """What whoever was there noted."""
    said = [
        words.say("📝 {who}: “{text}”", who=clip(one.by, NAME_UNITS), text=clip(one.text, SHOWN_UNITS))
        for one in remarks[-SHOWN_AT_MOST:]
    ]
    return lines(*said) if said else None


def said(view: AlertView, words: Words) -> Html | None:
    """What the person themselves said, and where they are: for whoever has the alert."""
    rows = [_said(one, words) for one in view.said[-SHOWN_AT_MOST:]]
    return lines(*rows, answers(view.wellbeing, words)) or None


def _said(remark: Remark, words: Words) -> Html:
    text = clip(remark.text, SHOWN_UNITS)
    if remark.kind is not RemarkKind.WHERE:
        return words.say("💬 They wrote: “{text}”", text=text)
    place = place_in(remark.text)
    if place is None:
        return words.say("📍 They say where they are: {text}", text=bold(text))
    link = MAPS[words.language].format(latitude=place[0], longitude=place[1])
    return lines(words.say("📍 They say where they are: {text}", text=bold(text)), link)


def known(view: AlertView, words: Words) -> Html | None:
    """To the others: that it is known, and no more."""
    return words.say("📍 Where they are is known to whoever goes.") if view.where_known and not view.said else None


def asked_where(view: AlertView, words: Words) -> Html | None:
    """To whoever called for help and whose door nobody knows."""
    if not view.where_asked:
        return None
    asked = words.say("Where are you?")
    return lines(bold(asked), words.say("Please write building and door, or send your location."))


def media_keys(sent: tuple[tuple[int, str], ...], words: Words) -> Rows:
    """One key for each photo and voice note."""
    return tuple(
        (
            Key(
                words.say("🎙 Listen to what was sent, {number}", number=at)
                if kind == MediaKind.VOICE.value
                else words.say("🖼 See what was sent, {number}", number=at),
                ShowMedia(media_id).code,
            ),
        )
        for at, (media_id, kind) in list(enumerate(sent, start=1))[-SHOWN_AT_MOST:]
    )


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    AskRemark: ask,
    RemarkAdded: kept,
    RemarkTold: told,
    SaidAlong: said_along,
    WhereKept: where_kept,
    WhereKnown: where_known,
}
