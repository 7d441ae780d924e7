"""A month as a picture: six numbers, a bar a day, and what else there is to say in a few lines."""

from collections.abc import Mapping
from datetime import date

from bot.domain.figures import Bar, Figures, FiguresView, Month, MonthPicture, Picture, Spread, Tally
from bot.texts.figures.parts import month_name
from bot.texts.message import Drawing
from bot.texts.words import Html, Words, plain

LABEL_EVERY_DAYS = 5


def picture(notice: MonthPicture, view: FiguresView, words: Words) -> Drawing:
    """The month's picture, with what it is below it."""
    named = month_name(view.month, words)
    caption = words.say(
        "📊 {month} in {place}. There is no name in it: you can pass it on.", month=named, place=view.place
    )
    return Drawing(caption, picture=_picture(view, words))


def _picture(view: FiguresView, words: Words) -> Picture:
    found = view.figures
    days = dict(found.days) if found else {}
    return Picture(
        language=words.language.value,
        title=plain(month_name(view.month, words)),
        place=view.place,
        facts=tuple((plain(label), value) for label, value in _facts(found, words)) if found else (),
        bars_title=plain(words.say("Answers, day by day")),
        legend=(plain(words.say("in time")), plain(words.say("late")), plain(words.say("missed"))),
        bars=_bars(view.month, days) if days else (),
        lines=tuple(plain(line) for line in _lines(found, words)) if found else (),
    )


def _facts(found: Figures, words: Words) -> tuple[tuple[Html, str], ...]:
    tally = found.tally
    return (
        (words.say("questions"), str(tally.asked)),
        (words.say("answered in time"), _share(tally.in_time, tally.asked)),
        (words.say("late"), str(tally.late)),
        (words.say("missed"), str(tally.missed)),
        (words.say("alerts"), str(found.alerts)),
        (words.say("ill or injured"), str(found.ill_or_injured)),
    )


def _share(number: int, of: int) -> str:
    """ "97 %"; never rounded up to all of them."""
    return f"{100 * number // of} %" if of else "–"


def _bars(month: Month, days: Mapping[date, Tally]) -> tuple[Bar, ...]:
    """A bar for each day of the month, every fifth one with its number."""
    return tuple(
        Bar(
            str(day.day) if day.day == 1 or day.day % LABEL_EVERY_DAYS == 0 else "",
            days.get(day, Tally()).in_time,
            days.get(day, Tally()).late,
            days.get(day, Tally()).missed,
        )
        for day in month.days()
    )


def _lines(found: Figures, words: Words) -> tuple[Html, ...]:
    visits = found.visits
    said = (
        _took(words.say("Until somebody went"), found.to_human, words),
        _took(words.say("Until it was known how they are"), found.to_outcome, words),
        words.say("Alerts that reached people: {number}", number=found.activations) if found.alerts else None,
        words.say(
            "Knock rounds {rounds} (doors {doors}), call rounds {calls} (people {people})",
            rounds=visits.knock_rounds,
            doors=visits.knocked,
            calls=visits.call_rounds,
            people=visits.rung,
        ),
        words.count("{number} hour on duty", "{number} hours on duty", found.duty_hours),
    )
    return tuple(line for line in said if line is not None)


def _took(what: Html, found: Spread | None, words: Words) -> Html | None:
    if found is None:
        return None
    return words.say(
        "{what}: {median} min (nine of ten {ninth}, longest {longest})",
        what=what,
        median=found.median,
        ninth=found.ninth,
        longest=found.longest,
    )
