"""What is read about telephones: a new one, and one that serves several."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.domain.checkins import CheckInAnswer
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.relatives import LinkView
from bot.domain.telephones import (
    KeysView,
    NameThem,
    TelephoneKeys,
    TelephoneLink,
    TelephoneLinked,
    TelephoneMoved,
    TelephoneNews,
)
from bot.texts.big_keys import keys, named_keys
from bot.texts.message import Enclosure, Message
from bot.texts.words import Html, Words, bold, lines, safe

# A caption is shorter than a message; what names its reader must still fit.
TEXT_AT_MOST, CAPTION_AT_MOST = 3900, 850


def named(message: Message, name: str, words: Words) -> Message:
    """The same message, saying for whom it is, where its words do not say so already."""
    room = CAPTION_AT_MOST if isinstance(message, Enclosure) else TEXT_AT_MOST
    if safe(name) in message.text or len(message.text) > room:
        return message
    return replace(message, text=lines(bold(words.say("👤 For {name}:", name=name)), Html(message.text)))


def answer_named(text: str, labels: Sequence[str], home: Home) -> tuple[int, CheckInAnswer] | None:
    """Whose key was pressed, and which, in whatever language it was shown; None: it is no such key."""
    answers = (CheckInAnswer.WELL, CheckInAnswer.CALL_ME, CheckInAnswer.HELP)
    for place, label in enumerate(labels):
        for language in Language:
            for (key,), answer in zip(named_keys(label, Words(language, home)), answers, strict=True):
                if text.strip() in (key, key.split(" ", 1)[1]):
                    return place, answer
    return None


def link(notice: TelephoneLink, view: LinkView, words: Words) -> Message:
    """The link, with what to do with it."""
    said = words.say(
        "A link for the new telephone of {name}. Please open it on that telephone only:", name=bold(view.person)
    )
    then = words.say(
        "From then on I write there, and the old telephone shows nothing more. It works once, for seven days."
    )
    return Message(lines(said, words.home.link(view.payload), then))


def linked(notice: TelephoneLinked, view: str, words: Words) -> Message:
    """From now on I write here."""
    said = words.say("Hello, {name}! From now on I write to you on this telephone.", name=bold(view))
    return Message(lines(said, words.say("What I have asked you comes once more.")))


def moved(notice: TelephoneMoved, view: None, words: Words) -> Message:
    """Nothing more is said here."""
    said = words.say("I write to another telephone now; here nothing more is shown.")
    wrong = words.say("If that is not right, please ring your coordinator.")
    return Message(lines(said, wrong), big_rows=())


def news(notice: TelephoneNews, view: str, words: Words) -> Message:
    """It is linked."""
    said = words.say("📱 The new telephone of {name} is linked.", name=bold(view))
    return Message(lines(said, words.say("Was it not them? Then please make a new link at once: /care")))


def name_them(notice: NameThem, view: KeysView, words: Words) -> Message:
    """Please press a key with a name."""
    said = words.say("Several people use this telephone. Please press a key with the right name.")
    return Message(said, big_rows=big_rows(view, words))


def keys_changed(notice: TelephoneKeys, view: KeysView, words: Words) -> Message:
    """Who uses it now."""
    if view.label is None:
        return Message(words.say("📱 This telephone is yours alone again."), big_rows=big_rows(view, words))
    said = words.say("📱 This telephone is for {names} now.", names=words.listed(view.names))
    named = words.say("Every question and every key says whom it is about.")
    return Message(lines(said, named), big_rows=big_rows(view, words))


def big_rows(view: KeysView, words: Words) -> tuple[tuple[str, ...], ...]:
    """The keys of this moment: with a name, without one, or none."""
    if view.label is not None:
        return named_keys(view.label, words)
    return keys(words) if view.cared else ()


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    TelephoneLink: link,
    TelephoneLinked: linked,
    TelephoneMoved: moved,
    TelephoneNews: news,
    TelephoneKeys: keys_changed,
    NameThem: name_them,
}
