"""What is known of somebody, in a file: a table to read, and the same for a machine."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import AlertOutcome
from bot.domain.exports import READABLE_ROWS, ExportPaper, ExportRecord, Record, Section, Value
from bot.domain.lapses import LapseKind
from bot.domain.notices import Notice
from bot.domain.sheets import Paper
from bot.texts.alerts.names import answer_name, outcome_name
from bot.texts.buttons import Button
from bot.texts.lapses import kind_name
from bot.texts.message import Document
from bot.texts.money import amount
from bot.texts.people import role_name
from bot.texts.words import Html, Words, plain, safe

WIDTHS = (2, 2, 7)
# Which fields are read on paper, kind by kind: when first, then what. The other file has all of them, and all kinds.
READABLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "person": ("created_at", ("name", "telephone", "place", "door")),
    "roles": ("granted_at", ("role", "place")),
    "skills": ("", ("skill",)),
    "volunteering": ("agreed_at", ("place", "reason")),
    "requests": ("posted_at", ("id", "category", "text", "remark", "stars")),
    "recurring": ("made_at", ("category", "text")),
    "help": ("claimed_at", ("id", "category")),
    "ratings given": ("rated_at", ("id", "stars", "words")),
    "ratings got": ("rated_at", ("id", "stars", "words")),
    "disputes": ("said_at", ("id", "words")),
    "lapses": ("at", ("id", "kind", "words")),
    "showcases": ("written_at", ("id", "words")),
    "unease": ("said_at", ("id", "words")),
    "once more": ("at", ("id", "words")),
    "visits": ("begun_at", ("need_id", "minutes")),
    "hints": ("made_at", ("need_id", "text")),
    "money": ("made_at", ("need_id", "spent")),
    "care": ("consent_at", ("notes", "witness")),
    "contacts": ("", ("name", "relation", "telephone")),
    "questions": ("asked_at", ("answer",)),
    "alerts": ("opened_at", ("id", "outcome", "remark")),
    "sent": ("sent_at", ("words",)),
    "beneficiaries": ("at", ("name", "door", "telephone")),
    "messages": ("sent_at", ("need_id", "text")),
    "duty": ("from_at", ("place",)),
    "showings": ("at", ("name",)),
}


class Export(Button, code="yex"):
    """Give me what is known of me."""


def export_paper(notice: ExportPaper, view: Record, words: Words) -> Document:
    """To be read."""
    said = words.say("📄 Everything that I know of you, to read. Keep it safe: it is about you only.")
    return Document(said, name=f"{_day(view)}.pdf", paper=paper(view, words))


def export_record(notice: ExportRecord, view: Record, words: Words) -> Document:
    """To be kept."""
    said = words.say(
        "🗂 The same for a computer, with every detail. Wrong somewhere? /me changes it, /forget erases it."
    )
    return Document(said, name=f"{_day(view)}.json", paper=view)


def _day(view: Record) -> str:
    return f"linli-{view.made_at.date().isoformat()}"


def paper(view: Record, words: Words) -> Paper:
    """The table: what, when, in words."""
    rows = [row for section in view.sections if section.name in READABLE for row in _rows(section, words)]
    notes = (
        words.say("Put together on {day}.", day=words.day(view.made_at)),
        words.say(
            "Of each kind at most {number} rows, the newest first; the other file has all.", number=READABLE_ROWS
        ),
    )
    return Paper(
        language=words.language.value,
        title=plain(words.say("What Linli knows of you")),
        notes=tuple(plain(note) for note in notes),
        widths=WIDTHS,
        header=tuple(plain(one) for one in (words.say("What"), words.say("When"), words.say("In words"))),
        rows=tuple(rows),
    )


def _rows(section: Section, words: Words) -> list[tuple[str, ...]]:
    when, fields = READABLE[section.name]
    title = plain(_title(section.name, words))
    found = [dict(zip(section.fields, row, strict=True)) for row in section.rows[:READABLE_ROWS]]
    return [(title, _time(row.get(when)), _words(row, fields, words)) for row in found]


def _time(value: Value) -> str:
    return "" if value is None else str(value).replace("T", " ")[:16]


def _words(row: Mapping[str, Value], fields: tuple[str, ...], words: Words) -> str:
    said = (_field(name, row[name], words) for name in fields if row.get(name) is not None)
    return " · ".join(plain(one) for one in said)


def _field(name: str, value: Value, words: Words) -> Html:
    """One value, in words where it is a code of ours."""
    if name in ("id", "need_id"):
        return safe(f"#{value}")
    if name == "category":
        return safe(words.home.catalogue[str(value)].name(words.language))
    if name == "role":
        return role_name(str(value), words)
    if name == "answer":
        return answer_name(str(value), words)
    if name == "kind" and value in set(LapseKind):
        return kind_name(LapseKind(str(value)), words)
    if name == "outcome" and value in set(AlertOutcome):
        return outcome_name(AlertOutcome(str(value)), words)
    if name == "spent":
        return amount(int(value or 0), words)
    if name == "minutes":
        return words.say("{minutes} min", minutes=value)
    return safe(f"{value} ★") if name == "stars" else safe(str(value))


def _title(name: str, words: Words) -> Html:
    titles: Mapping[str, Html] = {
        "person": words.say("You"),
        "roles": words.say("Your roles"),
        "skills": words.say("What you can do"),
        "volunteering": words.say("Helping"),
        "requests": words.say("What you asked for"),
        "recurring": words.say("What comes again"),
        "help": words.say("Where you helped"),
        "ratings given": words.say("Stars that you gave"),
        "ratings got": words.say("Stars that you got"),
        "disputes": words.say("Your side of a dispute"),
        "lapses": words.say("Visits that did not come about"),
        "showcases": words.say("Your thanks for the group"),
        "unease": words.say("When you did not feel safe"),
        "once more": words.say("What you needed once more"),
        "visits": words.say("Your visits"),
        "hints": words.say("Hints for the next helper"),
        "money": words.say("Money for requests"),
        "care": words.say("Being asked every day"),
        "contacts": words.say("Whom to tell"),
        "questions": words.say("Your answers"),
        "alerts": words.say("When somebody looked after you"),
        "sent": words.say("What you sent"),
        "beneficiaries": words.say("For whom you asked"),
        "messages": words.say("What you wrote to each other"),
        "duty": words.say("Your duty"),
        "showings": words.say("Who saw your door and telephone"),
    }
    return titles[name]


CARDS: Mapping[type[Notice], Callable[..., Document]] = {ExportPaper: export_paper, ExportRecord: export_record}
