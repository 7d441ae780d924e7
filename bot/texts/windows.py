"""A day and hours as people read and choose them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.domain.needs import Need, NeedView
from bot.domain.windows import PARTS, Part, Window, days_ahead, parts_left
from bot.texts.buttons import Button
from bot.texts.message import Key, Rows
from bot.texts.words import Html, Words

# Of longer windows whole hours are offered, of shorter ones half hours.
SHORT_MINUTES, HALF_HOUR, HOUR = 120, 30, 60
TIMES_AT_MOST = 6


class DraftDay(Button, code="wdd"):
    """It is wanted on that day (counted as the calendar does)."""

    number: int
    day: int


class DraftPart(Button, code="wdp"):
    """… in that part of the day."""

    number: int
    day: int
    part: str


class NeedDay(Button, code="wnd"):
    """An open need is wanted on that day instead."""

    need_id: int
    day: int


class NeedPart(Button, code="wnp"):
    """… in that part of the day."""

    need_id: int
    day: int
    part: str


class ComeAt(Button, code="wna"):
    """I come so many minutes after the window begins: 0, I come then."""

    need_id: int
    minutes: int


class AskAnotherDay(Button, code="wno"):
    """It is over; I still need it, on another day."""

    need_id: int


def span(window: Window, now: datetime, words: Words) -> Html:
    """From when to when: "tomorrow 15:00–17:00", "Sat, Nov 28, 15:00–17:00"."""
    zone = words.home.timezone
    first, last = window.from_at.astimezone(zone), window.until_at.astimezone(zone)
    hours = f"{words.clock(window.from_at)}–{words.clock(window.until_at)}"
    ahead = (first.date() - now.astimezone(zone).date()).days
    if ahead == 0:
        return words.say("today {time}", time=hours)
    if ahead == 1:
        return words.say("tomorrow {time}", time=hours)
    if (last.date() - first.date()).days > 1:
        return words.say("{day}, {time}", day=words.date(first.date()), time=words.clock(window.from_at))
    return words.say("{day}, {time}", day=words.date(first.date()), time=hours)


def begins(window: Window, now: datetime, words: Words) -> Html:
    """When it begins, short enough for a button."""
    local = window.from_at.astimezone(words.home.timezone)
    ahead = (local.date() - now.astimezone(words.home.timezone).date()).days
    if ahead in (0, 1):
        return words.when(window.from_at, now)
    return Html(f"{day_name(local.date(), words)} {words.clock(local)}")


def window_name(window: Window, now: datetime, words: Words) -> Html:
    """A window, as it stands where else "today" or "this week" stands."""
    return words.say("📆 {span}", span=span(window, now, words))


def day_name(day: date, words: Words) -> str:
    """A day, short: "Sat 11/28", "周六 11/28"."""
    return f"{words.weekday(day)} {day.month}/{day.day}"


def day_keys(now: datetime, code: Callable[[int], str], words: Words) -> Rows:
    """The next days, three a row."""
    today = now.astimezone(words.home.timezone).date()
    named = {0: words.say("Today"), 1: words.say("Tomorrow")}
    keys = [
        Key(named.get((day - today).days, day_name(day, words)), code(day.toordinal()))
        for day in days_ahead(now, words.home.timezone)
    ]
    return tuple(tuple(keys[at : at + 3]) for at in range(0, len(keys), 3))


def part_keys(day: date, now: datetime, code: Callable[[str], str], words: Words) -> Rows:
    """The parts of a day that are not over, two a row."""
    keys = [Key(part_name(part, words), code(part.value)) for part in parts_left(day, now, words.home.timezone)]
    return tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))


def part_name(part: Part, words: Words) -> Html:
    """A part of the day with its hours."""
    hours = "–".join(str(minutes // 60) for minutes in PARTS[part])
    names = {
        Part.MORNING: words.say("🌅 Morning {hours}", hours=hours),
        Part.NOON: words.say("🍚 Noon {hours}", hours=hours),
        Part.AFTERNOON: words.say("🌤 Afternoon {hours}", hours=hours),
        Part.EVENING: words.say("🌆 Evening {hours}", hours=hours),
        Part.ANY: words.say("🕰 Any time {hours}", hours=hours),
    }
    return names[part]


def part_hint(words: Words) -> Html:
    """That hours can also be written."""
    return words.say("Or simply write from when to when, for example 15:00-17:00.")


def coming_key(need: Need, now: datetime, words: Words) -> Rows:
    """One tap: I come when it begins. Nothing once it has begun."""
    if need.window is None or need.window.begun(now):
        return ()
    when = begins(need.window, now, words)
    return ((Key(words.say("👍 I come {when}", when=when), ComeAt(need.id, 0).code),),)


def coming_keys(view: NeedView, words: Words) -> Rows:
    """Times in the window that one can promise with a tap; none that are over."""
    window = view.need.window
    if window is None:
        return ()
    minutes = int((window.until_at - window.from_at).total_seconds() // 60)
    apart = HALF_HOUR if minutes <= SHORT_MINUTES else HOUR
    passed = int((view.now - window.from_at).total_seconds() // 60)
    offered = [at for at in range(0, minutes, apart) if at > passed][:TIMES_AT_MOST]
    keys = [Key(_after(window, at, words), ComeAt(view.need.id, at).code) for at in offered]
    return tuple(tuple(keys[at : at + 3]) for at in range(0, len(keys), 3))


def _after(window: Window, minutes: int, words: Words) -> str:
    return words.clock(window.from_at + timedelta(minutes=minutes))


def another_day_key(need: Need, words: Words) -> Rows:
    """What somebody does whose window has passed: ask for another day."""
    return ((Key(words.say("📆 Ask for another day"), AskAnotherDay(need.id).code),),)
