"""What is read when care plans come as a table."""

from collections.abc import Callable, Mapping

from bot.domain.figures import Sheet
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.rosters import (
    HEADERS,
    LINES_AT_MOST,
    AskRoster,
    Problem,
    Roster,
    RosterComing,
    RosterFault,
    RosterKept,
    RosterLost,
    RosterRefused,
    RosterView,
)
from bot.texts.buttons import Button
from bot.texts.message import Document, Key, Message
from bot.texts.words import Html, Words, bold, lines, paragraphs


class SendRoster(Button, code="tr"):
    """Import a table of care plans for this place."""

    area_id: int


class ExportRoster(Button, code="te"):
    """Send me the table of this place as it stands."""

    area_id: int


def roster(notice: Roster, view: RosterView, words: Words) -> Document:
    """Everybody, as a file."""
    caption = words.count(
        "📄 {number} person is cared for in {place}. This is confidential: please keep it safe, and delete old ones.",
        "📄 {number} people are cared for in {place}. This is confidential: please keep it safe, and delete old ones.",
        len(view.rows),
        place=view.place,
    )
    day = view.now.astimezone(words.home.timezone).date()
    table = Sheet(day.isoformat(), tuple(columns(words)), view.rows)
    return Document(caption, protected=True, name=f"{day.isoformat()}.csv", paper=table)


def ask(notice: AskRoster, view: None, words: Words) -> Message:
    """Please send it."""
    head = words.say("Please send me the table as a file (CSV, at most {number} lines).", number=LINES_AT_MOST)
    named = words.say("The first line names the columns: {columns}", columns=", ".join(columns(words)))
    times = words.say("Times look like this: 08:00 chat; 18:00 knock 12345 (weekdays from Monday, 1)")
    then = words.say("If one line is wrong, nothing is imported, and I name each wrong line.")
    standing = (Key(words.say("📤 Send me the table as it stands"), ExportRoster(notice.area_id).code),)
    return Message(paragraphs(bold(head), lines(named, times), then), (standing,))


def columns(words: Words) -> list[str]:
    """What the columns are called in this language."""
    place = 1 if words.language is Language.CHINESE else 0
    return [known[place] for known in HEADERS.values()]


def column_name(column: str, words: Words) -> str:
    """What a column is called in this language."""
    return HEADERS[column][1 if words.language is Language.CHINESE else 0]


def coming(notice: RosterComing, view: None, words: Words) -> Message:
    """It is being read."""
    return Message(words.say("Thank you. I am reading the table…"))


def kept(notice: RosterKept, view: None, words: Words) -> Message:
    """Everybody is in."""
    return Message(
        lines(
            bold(words.say("The table is imported.")),
            words.say(
                "{added} new, {changed} changed. /care shows everybody.", added=notice.added, changed=notice.changed
            ),
            words.say("Whoever has not agreed yet is not asked until they do.") if notice.added else None,
        )
    )


def refused(notice: RosterRefused, view: None, words: Words) -> Message:
    """Nothing was imported, and why."""
    faults = [_fault(fault, words) for fault in notice.parsed()]
    more = words.count("… and {number} more", "… and {number} more", notice.more) if notice.more else None
    head = bold(words.say("Nothing was imported. Please correct these lines and send the table again:"))
    return Message(paragraphs(head, lines(*faults, more)))


def _fault(fault: RosterFault, words: Words) -> Html:
    what = problem_name(fault.problem, words)
    if not fault.column:
        return words.say("· line {line}: {what}", line=fault.line, what=what)
    column = column_name(fault.column, words)
    return words.say("· line {line}, {column}: {what}", line=fault.line, column=column, what=what)


def problem_name(problem: Problem, words: Words) -> Html:
    """What is wrong."""
    names = {
        Problem.EMPTY: words.say("nothing stands there"),
        Problem.LONG: words.say("too long"),
        Problem.UNREADABLE: words.say("cannot be read"),
        Problem.PLACE: words.say("there is no such building here, or there are two"),
        Problem.ELSEWHERE: words.say("you are not in charge there"),
        Problem.NO_CHAT: words.say("no chat reaches them: write call or knock"),
        Problem.TWICE: words.say("stands there twice"),
        Problem.LADDER: words.say("nobody would be told if they do not answer"),
        Problem.NO_COLUMN: words.say("there is no such column"),
        Problem.NO_TABLE: words.say("this is no table; please save it as CSV"),
        Problem.NO_LINES: words.say("there is nobody in it"),
        Problem.TOO_MANY: words.say("too many lines; please send it in parts"),
    }
    return names[problem]


def lost(notice: RosterLost, view: None, words: Words) -> Message:
    """It could not be had."""
    if notice.too_large:
        return Message(words.say("This file is too large. Please send the table in parts."))
    return Message(words.say("I could not get this file. Please send it once more: /care, then “Table”."))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    Roster: roster,
    AskRoster: ask,
    RosterComing: coming,
    RosterKept: kept,
    RosterRefused: refused,
    RosterLost: lost,
}
