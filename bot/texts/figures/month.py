"""A month in the chat."""

from bot.domain.alerts import AlertOutcome, Cause, Reason
from bot.domain.figures import Figures, FiguresView, MonthFigures, Part, Spread, Tally
from bot.texts.alerts import cause_label, outcome_name, reason_name
from bot.texts.figures.parts import MonthAsPicture, MonthAsTables, MonthAsWorkbook, OtherMonth, OtherPlace, month_name
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

KINDS_AT_MOST, PARTS_AT_MOST, NAME_UNITS = 10, 10, 24


def figures(notice: MonthFigures, view: FiguresView, words: Words) -> Message:
    """One month of a place."""
    named = month_name(view.month, words)
    head = bold(words.say("{month} in {place}", month=named, place=view.place))
    found = view.figures
    if found is None or found.empty:
        return Message(paragraphs(head, words.say("Nothing happened in this month.")), (_months(notice, view, words),))
    parts = (_questions(found.tally, words), _alerts(found, words), _work(found, words), _places(found.parts, words))
    return Message(paragraphs(head, *parts), _keys(notice, view, found, words), protected=True)


def _keys(notice: MonthFigures, view: FiguresView, found: Figures, words: Words) -> Rows:
    place = (notice.area_id, view.month.number)
    files = (
        Key(words.say("📊 As a picture"), MonthAsPicture(*place).code),
        Key(words.say("📗 As a workbook"), MonthAsWorkbook(*place).code),
    )
    plain = (Key(words.say("📄 As plain tables"), MonthAsTables(*place).code),)
    below = tuple(
        (Key(words.say("📍 {place}", place=clip(part.name, NAME_UNITS)), OtherPlace(part.id, view.month.number).code),)
        for part in found.parts[:PARTS_AT_MOST]
        if part.id != notice.area_id
    )
    return (_months(notice, view, words), files, plain, *below)


def _months(notice: MonthFigures, view: FiguresView, words: Words) -> tuple[Key, ...]:
    """‹ the month before, the month after ›, and the place above, as far as there are any."""
    before, after = view.month.before(), view.month.after()
    keys = []
    if view.earlier:
        label = words.say("‹ {month}", month=month_name(before, words))
        keys.append(Key(label, OtherMonth(notice.area_id, before.number).code))
    if view.above is not None:
        keys.append(Key(words.say("▲ Above"), OtherPlace(view.above, view.month.number).code))
    if view.later:
        label = words.say("{month} ›", month=month_name(after, words))
        keys.append(Key(label, OtherMonth(notice.area_id, after.number).code))
    return tuple(keys)


def _questions(found: Tally, words: Words) -> Html:
    return lines(
        words.count("{number} question", "{number} questions", found.asked),
        words.say(
            "answered in time {on_time}, late {late}, missed {missed}",
            on_time=found.in_time,
            late=found.late,
            missed=found.missed,
        ),
        words.say("waiting to be heard or seen: {number}", number=found.unheard) if found.unheard else None,
        words.say("not answered yet: {number}", number=found.waiting) if found.waiting else None,
        words.say("not asked, as the program was down: {number}", number=found.not_asked) if found.not_asked else None,
    )


def _alerts(found: Figures, words: Words) -> Html | None:
    if not found.alerts:
        return None
    outcomes = [(outcome_name(AlertOutcome(name), words), number) for name, number in found.outcomes]
    causes = [(cause_label(Cause(name), words), number) for name, number in found.causes]
    reasons = [(reason_name(Reason(name), words), number) for name, number in found.reasons]
    return lines(
        words.count("{number} alert", "{number} alerts", found.alerts),
        words.say(
            "reached people: {number}, of them ill or injured: {ill}",
            number=found.activations,
            ill=found.ill_or_injured,
        ),
        _took(words.say("until somebody went"), found.to_human, words),
        _took(words.say("until it was known how they are"), found.to_outcome, words),
        *_counted(words.say("Why somebody had to look:"), causes, words),
        *_counted(words.say("What was found:"), outcomes, words),
        *_counted(words.say("Behind false alarms:"), reasons, words),
    )


def _counted(head: Html, found: list[tuple[Html, int]], words: Words) -> list[Html]:
    if not found:
        return []
    return [
        head,
        *(words.say("· {what}: {number}", what=what, number=number) for what, number in found[:KINDS_AT_MOST]),
    ]


def _took(what: Html, found: Spread | None, words: Words) -> Html | None:
    if found is None:
        return None
    return words.say(
        "{what}: median {median} min, nine of ten {ninth} min, longest {longest} min",
        what=what,
        median=found.median,
        ninth=found.ninth,
        longest=found.longest,
    )


def _work(found: Figures, words: Words) -> Html:
    visits = found.visits
    return lines(
        words.say(
            "knock rounds {rounds}, doors knocked at {knocked}", rounds=visits.knock_rounds, knocked=visits.knocked
        ),
        words.say("call rounds {rounds}, people rung {rung}", rounds=visits.call_rounds, rung=visits.rung),
        words.count("{number} hour on duty", "{number} hours on duty", found.duty_hours),
        helped(found, words),
        words.count("{number} practice alert", "{number} practice alerts", found.drills) if found.drills else None,
    )


def helped(found: Figures, words: Words) -> Html | None:
    """How long volunteers were there for what people had asked for, in whole hours."""
    hours = round(found.help_minutes / 60)
    return words.count("{number} hour of help", "{number} hours of help", hours) if found.help_minutes else None


def _places(parts: tuple[Part, ...], words: Words) -> Html | None:
    if not parts:
        return None
    shown = [
        words.say(
            "📍 {place}: asked {asked}, in time {on_time}, late {late}, missed {missed}, alerts {alerts}",
            place=clip(part.name, NAME_UNITS),
            asked=part.tally.asked,
            on_time=part.tally.in_time,
            late=part.tally.late,
            missed=part.tally.missed,
            alerts=part.alerts,
        )
        for part in parts[:PARTS_AT_MOST]
    ]
    rest = len(parts) - PARTS_AT_MOST
    return lines(*shown, words.say("and {number} more places", number=rest) if rest > 0 else None)
