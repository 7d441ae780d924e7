"""What is read of a month: counts and minutes, nobody's name."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import AlertOutcome, Reason
from bot.domain.figures import Figures, FiguresView, MonthFigures, Spread
from bot.domain.notices import Notice
from bot.texts.alerts import outcome_name, reason_name
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.words import Html, Words, bold, lines, paragraphs

KINDS_AT_MOST = 10


class OtherMonth(Button, code="fm"):
    """This month of this place (202611)."""

    area_id: int
    month: int


def figures(notice: MonthFigures, view: FiguresView, words: Words) -> Message:
    """One month of a place."""
    head = bold(words.say("{month}/{year} in {place}", month=view.month.month, year=view.month.year, place=view.place))
    keys = [Key(words.say("← Month before"), OtherMonth(notice.area_id, view.month.before().number).code)]
    if view.later:
        keys.append(Key(words.say("Month after →"), OtherMonth(notice.area_id, view.month.after().number).code))
    if view.figures is None or not view.figures.anything:
        return Message(paragraphs(head, words.say("Nothing happened in this month.")), (tuple(keys),))
    parts = (_questions(view.figures, words), _alerts(view.figures, words), _work(view.figures, words))
    return Message(paragraphs(head, *parts), (tuple(keys),), protected=True)


def _questions(found: Figures, words: Words) -> Html:
    return lines(
        words.count("{number} question", "{number} questions", found.asked),
        words.say(
            "answered in time {on_time}, late {late}, missed {missed}",
            on_time=found.on_time,
            late=found.late,
            missed=found.missed,
        ),
        words.say("not asked, as the program was down: {number}", number=found.not_asked) if found.not_asked else None,
    )


def _alerts(found: Figures, words: Words) -> Html | None:
    if not found.alerts:
        return None
    outcomes = [
        words.say("· {what}: {number}", what=outcome_name(AlertOutcome(name), words), number=number)
        for name, number in found.outcomes[:KINDS_AT_MOST]
    ]
    reasons = [
        words.say("· {what}: {number}", what=reason_name(Reason(name), words), number=number)
        for name, number in found.reasons[:KINDS_AT_MOST]
    ]
    return lines(
        words.count("{number} alert", "{number} alerts", found.alerts),
        words.say(
            "reached people: {number}, of them ill or injured: {ill}",
            number=found.activations,
            ill=found.ill_or_injured,
        ),
        _took(words.say("until somebody went"), found.to_human, words),
        _took(words.say("until it was known how they are"), found.to_outcome, words),
        *outcomes,
        words.say("Behind false alarms:") if reasons else None,
        *reasons,
    )


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
    return lines(
        words.say("knocked at {knocked}, rung {rung}", knocked=found.knocked, rung=found.rung),
        words.count("{number} hour on duty", "{number} hours on duty", found.duty_hours),
        words.count("{number} practice alert", "{number} practice alerts", found.drills) if found.drills else None,
    )


CARDS: Mapping[type[Notice], Callable[..., Message]] = {MonthFigures: figures}
