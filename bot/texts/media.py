"""What is read around voice notes and photos: who sent it, who has opened it, and what to do where none is waited for."""

from collections.abc import Callable, Mapping

from bot.domain.media import (
    Media,
    MediaCard,
    MediaKind,
    MediaShown,
    MediaState,
    MediaTaken,
    MediaUnasked,
    MediaView,
    numbered,
)
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.wellbeing import NeedHelpWith
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

# Of the 1,024 units under a photo so many are what its sender wrote.
WORDS_UNITS, NAME_UNITS, PLACE_UNITS = 400, 60, 120


class Opened(Button, code="mw"):
    """I have heard or seen it: all is well."""

    media_id: int


class Trouble(Button, code="mt"):
    """I have heard or seen it: somebody must go."""

    media_id: int


class ShowMedia(Button, code="ms"):
    """Show me what they sent."""

    media_id: int


def card(notice: MediaCard, view: MediaView, words: Words) -> Message:
    """Somebody answered with this: please open it."""
    media = view.media
    voice = media.kind is MediaKind.VOICE
    name = bold(clip(view.person, NAME_UNITS))
    head = _head(media, name, words)
    where = lines(_place(view, words), _quoted(media, words))
    if not media.open:
        return _enclosed(view, paragraphs(head, where, _opened(view, words)))
    asked = (
        words.say("Please listen to it by {time}. How is {name}?", time=_until(view, words), name=name)
        if voice
        else words.say("Please look at it by {time}. How is {name}?", time=_until(view, words), name=name)
    )
    late = words.say("Nobody has opened this yet. How is {name}?", name=name)
    waits = media.state is MediaState.WAITS
    return _enclosed(view, paragraphs(head, where, bold(asked if waits else late)), _keys(media.id, words))


def _head(media: Media, name: Html, words: Words) -> Html:
    if numbered(media.subject, "checkin") is None:
        if media.kind is MediaKind.VOICE:
            return words.say("🎙 {name} sent a voice note.", name=name)
        return words.say("🖼 {name} sent a photo.", name=name)
    if media.kind is MediaKind.VOICE:
        return words.say("🎙 {name} answered with a voice note.", name=name)
    return words.say("🖼 {name} answered with a photo.", name=name)


def _keys(media_id: int, words: Words) -> Rows:
    return (
        (Key(words.say("🌞 All is well"), Opened(media_id).code),),
        (Key(words.say("🆘 Somebody must go there"), Trouble(media_id).code),),
    )


def _place(view: MediaView, words: Words) -> Html:
    return words.say("📍 {place}", place=clip(view.place, PLACE_UNITS))


def _quoted(media: Media, words: Words) -> Html | None:
    return words.say("“{words}”", words=clip(media.words, WORDS_UNITS)) if media.words else None


def _until(view: MediaView, words: Words) -> str:
    return words.clock(view.media.act_at or view.now)


def _opened(view: MediaView, words: Words) -> Html:
    who, when = bold(clip(view.opened_by or "—", NAME_UNITS)), words.when(view.media.opened_at or view.now, view.now)
    if view.media.state is MediaState.WELL:
        return words.say("✅ Opened by {who}, {when}: all is well.", who=who, when=when)
    if view.media.state is MediaState.TROUBLE:
        return words.say("🔔 Opened by {who}, {when}: somebody is called.", who=who, when=when)
    if view.media.state is MediaState.SETTLED:
        return words.say("✅ {who} has looked after them, {when}.", who=who, when=when)
    return words.say("Sent {when}.", when=words.when(view.media.sent_at, view.now))


def _enclosed(view: MediaView, text: Html, rows: Rows = ()) -> Message:
    if view.file is None:
        return Message(text, rows, protected=True)
    return Enclosure(text, rows, protected=True, kind=view.media.kind.value, file_id=view.file)


def shown(notice: MediaShown, view: MediaView, words: Words) -> Message:
    """This very photo or voice note."""
    name = bold(clip(view.person, NAME_UNITS))
    head = words.say("📝 About {name}, from {who}", name=name, who=clip(view.by, NAME_UNITS)) if view.by else name
    return _enclosed(view, lines(head, _quoted(view.media, words), _opened(view, words)))


def taken(notice: MediaTaken, view: MediaView, words: Words) -> Message:
    """Thank you; somebody opens it."""
    said = (
        words.say("Thank you, {name}. Somebody listens to your voice note now.", name=view.person)
        if view.media.kind is MediaKind.VOICE
        else words.say("Thank you, {name}. Somebody looks at your photo now.", name=view.person)
    )
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    need: Rows = ((Key(words.say("🙋 I need help with this"), NeedHelpWith().code),),) if view.media.words else ()
    return Message(paragraphs(said, danger), need)


def unasked(notice: MediaUnasked, view: None, words: Words) -> Message:
    """Nobody waits for it here: what to do instead."""
    if notice.words:
        return Message(words.say("I read the words with it and kept those. What you sent itself goes to nobody."))
    what = (
        words.say("I have asked you something and wait for it in writing, so nobody has heard this voice note.")
        if notice.kind == MediaKind.VOICE.value
        else words.say("I have asked you something and wait for it in writing, so nobody has seen this photo.")
    )
    then = words.say("Please write the answer first, then send it once more. In danger write /sos.")
    return Message(lines(what, then))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    MediaCard: card,
    MediaShown: shown,
    MediaTaken: taken,
    MediaUnasked: unasked,
}
