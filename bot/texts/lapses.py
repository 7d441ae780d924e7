"""What is read of visits that did not come about: facts, until when they are kept, and the person's own word."""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.lapses import Lapse, LapseKind, LapsesView, LapseWordAsked, MyLapses, NotComeSaid
from bot.domain.needs import NeedView
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.needs import unless_withheld
from bot.texts.needs.parts import show_key
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

SHOWN, KEYS, WORDS_UNITS = 8, 4, 150


class AnswerLapse(Button, code="cla"):
    """I want to say a word to this."""

    lapse_id: int


def kind_name(kind: LapseKind, words: Words) -> Html:
    """What happened, and nothing else."""
    names = {
        LapseKind.NOBODY_HOME: words.say("nobody was at home when the helper came"),
        LapseKind.QUIET: words.say("nothing was heard, so others were asked"),
        LapseKind.LATE: words.say("given back shortly before the announced time"),
        LapseKind.NOT_COME: words.say("the resident says that nobody came at the announced time"),
    }
    return names[kind]


def listed(lapses: Iterable[Lapse], words: Words) -> list[Html]:
    """Each in a line or two, with when it fades."""
    return [
        lines(
            words.say(
                "· {day}, request #{number}: {what} (kept until {until})",
                day=words.day(one.at),
                number=one.need_id,
                what=kind_name(one.kind, words),
                until=words.day(one.fades_at),
            ),
            one.words and words.say("“{words}”", words=clip(one.words, WORDS_UNITS)),
        )
        for one in list(lapses)[:SHOWN]
    ]


def mine(notice: MyLapses, view: LapsesView, words: Words) -> Message:
    """What is kept of the reader."""
    if not view.lapses:
        return Message(words.say("Nothing is noted of your visits."))
    head = bold(words.say("📌 Noted of your visits"))
    why = words.say(
        "After half a year each is forgotten. You and who is in charge see it. Nobody is excluded for it: "
        "helpers with several are asked a little later than others."
    )
    open_ = [one for one in view.lapses[:SHOWN] if one.words is None][:KEYS]
    keys = tuple(
        (
            Key(
                words.say("✍️ My word to #{number}, {day}", number=one.need_id, day=words.day(one.at)),
                AnswerLapse(one.id).code,
            ),
        )
        for one in open_
    )
    return Message(paragraphs(head, lines(*listed(view.lapses, words)), why), keys, protected=True)


def word_asked(notice: LapseWordAsked, view: None, words: Words) -> Message:
    """Please write it."""
    return Message(
        words.say("Please write your word to it. It can be said once, and who is in charge reads it too."), asks=True
    )


def not_come(notice: NotComeSaid, view: NeedView, words: Words) -> Message:
    """Others are asked."""
    said = words.say(
        "Request #{number}: the resident says that nobody came, so others are asked. No harm done.",
        number=notice.need_id,
    )
    word = words.say("Was it otherwise? /me shows what is noted, and you can add your word.")
    return Message(lines(said, word), show_key(view, words))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    MyLapses: mine,
    LapseWordAsked: word_asked,
    NotComeSaid: unless_withheld(not_come),
}
