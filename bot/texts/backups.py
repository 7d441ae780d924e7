"""What is read of backups: that one failed, and that one was put back."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.domain.backups import AlertPutBack, BackupFailed, PutBack, Why
from bot.domain.notices import Notice
from bot.texts.message import Message
from bot.texts.words import Html, Words, bold, lines, paragraphs


def backup_failed(notice: BackupFailed, view: None, words: Words) -> Message:
    """No backup could be made; it is tried again."""
    said = words.say("⚠️ No backup could be made.")
    after = words.say("I try again each hour, and say no more about it until one was made.")
    return Message(lines(said, _reason(Why(notice.why), words), after))


def _reason(why: Why, words: Words) -> Html:
    return {
        Why.FULL: words.say("The disk is full: make room where the backups are kept."),
        Why.FOLDER: words.say("The folder for backups cannot be written: see the settings."),
        Why.TOOL: words.say("The database's own tool for it is missing or failed: the log says more."),
        Why.DATABASE: words.say("The database could not be read: the log says more."),
    }[why]


def put_back(notice: PutBack, view: str, words: Words) -> Message:
    """What is missing, and what to do by hand."""
    now = _at(notice.at)
    taken = words.when(_at(notice.taken_at), now)
    said = words.say(
        "⚠️ {place}: the program is as it was {taken}. It was put back from a backup.", place=view, taken=taken
    )
    gone = words.say("Whatever was answered, asked for or agreed after that is not known any more.")
    return Message(paragraphs(lines(bold(said), gone), lines(*_by_hand(notice, words))))


def _by_hand(notice: PutBack, words: Words) -> list[Html]:
    now, found = _at(notice.at), []
    if notice.questions:
        found.append(
            words.count(
                "• {number} person counts as not asked, from {first} to {last}. Please ring them: /today",
                "• {number} people count as not asked, from {first} to {last}. Please ring them: /today",
                notice.people,
                first=words.when(_at(notice.first), now),
                last=words.when(_at(notice.last), now),
            )
        )
    if notice.alerts:
        found.append(
            words.count(
                "• {number} alert was open then. It comes next: say whether it still is.",
                "• {number} alerts were open then. They come next: say whether they still are.",
                notice.alerts,
            )
        )
    if notice.needs:
        found.append(
            words.count(
                "• {number} request was open then. Please see whether it is settled: nobody new is asked before {time}.",
                "• {number} requests were open then. Please see whether they are settled: nobody new is asked before {time}.",
                notice.needs,
                time=words.when(_at(notice.needs_rest_until), now),
            )
        )
    if notice.letters:
        found.append(
            words.count(
                "• {number} message that waited then is not sent any more.",
                "• {number} messages that waited then are not sent any more.",
                notice.letters,
            )
        )
    return [*found, words.say("• What was written to me last, and I have not read yet, still arrives.")]


def alert_put_back(notice: AlertPutBack, view: str, words: Words) -> Message:
    """Is it still so?"""
    now = _at(notice.goes_on_at)
    said = words.say(
        "⚠️ The alert about {name} comes from a backup of {taken}. Is it still so?",
        name=bold(view),
        taken=words.when(_at(notice.taken_at), now),
    )
    after = words.say(
        "If it has ended, record below what was found. If not, go on: at {time} the next ones are told.",
        time=words.clock(_at(notice.goes_on_at)),
    )
    return Message(lines(said, after), protected=True)


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    BackupFailed: backup_failed,
    PutBack: put_back,
    AlertPutBack: alert_put_back,
}
