"""What a volunteer reads about when they are asked, and the taps that change it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.domain.helpers import (
    LEAVE_DAYS,
    OFFERS_CHOICES,
    AskedLess,
    HelperCard,
    HelperView,
    Rest,
    RestNoted,
    Word,
)
from bot.domain.matching import PARTS, Hours
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs

# Any Monday: only its name is used.
MONDAY = date(2026, 3, 2)
DAYS = 7
MARKS = ("🌅", "☀️", "🌆")


class TogglePart(Button, code="hlt"):
    """I have time in this part of the week, or have it no longer."""

    part: int


class TakeLeave(Button, code="hlv"):
    """Do not ask me for so many days."""

    days: int


class ComeBack(Button, code="hlb"):
    """Ask me again."""


class NightNow(Button, code="hlg"):
    """1: for what is needed right now you may wake me; 0: not any more."""

    wanted: int


class QuietHours(Button, code="hlq"):
    """Do not ask me between these minutes of the day; equal ones: ask me at any hour."""

    start: int
    end: int


class AtMost(Button, code="hlm"):
    """Ask me at most so often a day."""

    offers: int


def card(notice: HelperCard, view: HelperView, words: Words) -> Message:
    """When they are asked."""
    told = lines(
        words.say("Tap the times when you mostly have time. You are then asked first; nothing is promised."),
        words.say("🌅 is the morning, ☀️ the afternoon, 🌆 the evening."),
        words.say("🌙 Quiet hours: {start} to {end}.", start=_clock(view.quiet[0]), end=_clock(view.quiet[1]))
        if view.quiet[0] != view.quiet[1]
        else words.say("You are asked at any hour."),
        words.count(
            "You are asked at most {number} time a day.",
            "You are asked at most {number} times a day.",
            view.offers_a_day,
        ),
        _resting(view, words),
    )
    keys: Rows = (
        *_week(view, words),
        *_quiet(view, words),
        *_often(view, words),
        *_leave(view, words),
    )
    return Message(paragraphs(bold(words.say("When may I ask you?")), told), keys)


def _resting(view: HelperView, words: Words) -> Html | None:
    helper = view.helper
    if not helper.resting(view.now) or helper.rest_until is None:
        return None
    when = words.when(helper.rest_until, view.now)
    if helper.rest is Rest.LEAVE:
        return words.say("🏖 You are on leave and are asked again {when}.", when=when)
    return words.say("⏸ You are asked again {when}.", when=when)


def _week(view: HelperView, words: Words) -> Rows:
    return tuple(
        tuple(_part(view, day * len(PARTS) + part, day, part, words) for part in range(len(PARTS)))
        for day in range(DAYS)
    )


def _part(view: HelperView, number: int, day: int, part: int, words: Words) -> Key:
    mark = "✅ " if view.helper.has(number) else ""
    return Key(f"{mark}{words.weekday(MONDAY + timedelta(days=day))} {MARKS[part]}", TogglePart(number).code)


def _quiet(view: HelperView, words: Words) -> Rows:
    """Other quiet hours, two a row; whoever has none need not be woken."""
    keys = [Key(_span(hours, words), QuietHours(*hours).code) for hours in view.others]
    pairs = tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))
    none = view.quiet[0] == view.quiet[1]
    return pairs if none else (*pairs, _night(view.helper.night_now, words))


def _span(hours: Hours, words: Words) -> str:
    if hours.start == hours.end:
        return words.say("🌙 No quiet hours")
    return f"🌙 {_clock(hours.start)}–{_clock(hours.end)}"


def _night(night_now: bool, words: Words) -> tuple[Key, ...]:
    if night_now:
        return (Key(words.say("🌙 Do not wake me any more"), NightNow(0).code),)
    return (Key(words.say("🌙 For “right now” you may wake me"), NightNow(1).code),)


def _often(view: HelperView, words: Words) -> Rows:
    others = [offers for offers in OFFERS_CHOICES if offers != view.offers_a_day]
    keys = tuple(Key(words.say("≤ {number} a day", number=offers), AtMost(offers).code) for offers in others)
    return (keys[:3],)


def _leave(view: HelperView, words: Words) -> Rows:
    """Leave, and the way back; whoever rests for an hour or two may still go on leave."""
    resting, on_leave = view.helper.resting(view.now), view.helper.rest is Rest.LEAVE
    back: Rows = ((Key(words.say("👋 I'm back"), ComeBack().code),),) if resting else ()
    if resting and on_leave:
        return back
    off = (
        Key(words.count("🏖 {number} day off", "🏖 {number} days off", days), TakeLeave(days).code) for days in LEAVE_DAYS
    )
    return (tuple(off), *back)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def asked_less(notice: AskedLess, view: HelperView, words: Words) -> Message:
    """They are asked less."""
    if view.helper.silent == 0:
        return Message(words.say("You are asked as before. Thank you!"))
    said = words.say("The last few requests came at a bad time, it seems. From now on I ask you about once a week.")
    again = words.say("One tap, and I ask you as before. /available says when it suits you.")
    return Message(lines(said, again), ((Key(words.say("👋 I'm back"), ComeBack().code),),))


def noted(notice: RestNoted, view: HelperView, words: Words) -> Message:
    """What they wrote was understood."""
    until = view.helper.rest_until
    if notice.word == Word.NOT_NOW or until is None or not view.helper.resting(view.now):
        return Message(words.say("All right, somebody else is asked."))
    when = words.when(until, view.now)
    said = words.say("All right, somebody else is asked. I ask you again {when} at the earliest.", when=when)
    return Message(said, ((Key(words.say("👋 I'm back"), ComeBack().code),),))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {HelperCard: card, AskedLess: asked_less, RestNoted: noted}
