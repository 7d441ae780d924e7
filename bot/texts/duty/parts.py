"""What several cards about duty have in common: hours, weekdays, dates."""

from collections.abc import Callable
from datetime import date

from bot.domain.duty import DutyView, Planned
from bot.domain.plans import EVERY_DAY, WEEKEND, WORKDAYS
from bot.texts.message import Key, Rows
from bot.texts.words import Html, Words, safe


def hours(starts: int, ends: int, words: Words) -> Html:
    """ "08:00–20:00"."""
    if starts == ends:
        return words.say("round the clock")
    return Html(f"{_clock(starts)}–{_clock(ends)}")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def weekdays(bits: int, words: Words) -> Html:
    """Which days of the week."""
    named = {EVERY_DAY: words.say("every day"), WORKDAYS: words.say("workdays"), WEEKEND: words.say("weekends")}
    if bits in named:
        return named[bits]
    return words.listed([weekday(place, words) for place in range(7) if bits >> place & 1])


def weekday(place: int, words: Words) -> Html:
    """One day of the week; 0 is Monday."""
    names = (
        words.say("Mondays"),
        words.say("Tuesdays"),
        words.say("Wednesdays"),
        words.say("Thursdays"),
        words.say("Fridays"),
        words.say("Saturdays"),
        words.say("Sundays"),
    )
    return names[place]


def on_line(line: int, words: Words) -> Html | None:
    """Which line, where there are several."""
    return words.say("line {number}", number=line) if line > 1 else None


def piece(planned: Planned, view: DutyView, words: Words) -> Html:
    """ "08:00–20:00 Li, Zhao"."""
    names = words.listed([view.name(one) for one in planned.people]) if planned.people else words.say("nobody")
    when = hours(planned.starts, planned.ends, words)
    line = on_line(planned.line, words)
    return Html(f"{when} {names}" if line is None else f"{when} {names} ({safe(line)})")


def leaf(offset: int, shown: int, all_: int, code: Callable[[int], str], words: Words) -> Rows:
    """To the page before, and to the next; nothing where everything is shown. `code` is that of the page from there on."""
    turns = [Key(words.say("← Earlier"), code(max(0, offset - shown)))] if offset > 0 else []
    if offset + shown < all_:
        turns.append(Key(words.say("Later →"), code(offset + shown)))
    return (tuple(turns),) if turns else ()


def number(day: date) -> int:
    """A date as a button carries it: 20261126."""
    return day.year * 10_000 + day.month * 100 + day.day
