"""What is read of what comes again: how often, in which hours, until when, and what can be done about it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.domain.needs import NeedView, Reader, public_text
from bot.domain.notices import Notice
from bot.domain.recurrences import (
    Aspect,
    Every,
    Freq,
    Recurrence,
    RecurrenceAsked,
    RecurrenceCard,
    RecurrenceLine,
    RecurrenceOver,
    RecurrenceRests,
    RecurrenceState,
    RecurrenceView,
    RepeatAsked,
    RepeatHoursAsked,
    Rule,
    RuleAsked,
)
from bot.domain.windows import PARTS
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.needs import Show, unless_withheld
from bot.texts.needs.parts import body, title
from bot.texts.repeats import ComeAgain, RecurrenceShow
from bot.texts.windows import part_hint, part_name
from bot.texts.words import Html, Words, bold, lines, paragraphs, safe

# A Monday, to name weekdays by.
MONDAY = date(2024, 1, 1)
TEXT_UNITS = 300


class RepeatEvery(Button, code="rpe"):
    """It comes again so often."""

    need_id: int
    every: str


class RepeatRule(Button, code="rpt"):
    """By a rule that I write."""

    need_id: int


class RepeatPart(Button, code="rpp"):
    """… in that part of the day."""

    need_id: int
    every: str
    part: str


class Skip(Button, code="rps"):
    """Not on its next date (counted as the calendar does)."""

    recurrence_id: int
    day: int


class Rest(Button, code="rpz"):
    """It rests: 1; it comes again: 0."""

    recurrence_id: int
    rests: int


class End(Button, code="rpx"):
    """It does not come again."""

    recurrence_id: int


class AskAspect(Button, code="rpc"):
    """I want to change it: what about it?"""

    recurrence_id: int
    aspect: str


class SetEvery(Button, code="rpo"):
    """So often instead."""

    recurrence_id: int
    every: str


class SetPart(Button, code="rph"):
    """In that part of the day instead."""

    recurrence_id: int
    part: str


class SetWeeks(Button, code="rpu"):
    """For so many weeks more; 0: until it is ended."""

    recurrence_id: int
    weeks: int


# --- how often, in words ---


def rule_name(rule: Rule, words: Words) -> Html:
    """A rule as people say it."""
    several, number = rule.interval > 1, rule.interval
    if rule.freq is Freq.DAILY:
        return words.say("every {number} days", number=number) if several else words.say("every day")
    if rule.freq is Freq.WEEKLY:
        days = words.listed(_weekday(day, words) for day, _ in rule.weekdays)
        if several:
            return words.say("every {number} weeks on {days}", number=number, days=days)
        return words.say("every week on {days}", days=days)
    days = _in_month(rule, words)
    if several:
        return words.say("every {number} months {days}", number=number, days=days)
    return words.say("every month {days}", days=days)


def _in_month(rule: Rule, words: Words) -> Html:
    if rule.month_days:
        return words.listed(_month_day(day, words) for day in rule.month_days)
    if rule.position:
        days = words.listed(_weekday(day, words) for day, _ in rule.weekdays)
        return words.say("on {nth} of these: {days}", nth=_nth(rule.position, words), days=days)
    return words.listed(_nth_weekday(day, nth, words) for day, nth in rule.weekdays)


def _month_day(day: int, words: Words) -> Html:
    if day == -1:
        return words.say("on the last day")
    if day < 0:
        return words.say("{number} days before its end", number=-day - 1)
    return words.say("on day {number}", number=day)


def _nth_weekday(day: int, nth: int, words: Words) -> Html:
    name = _weekday(day, words)
    if nth == 0:
        return words.say("on each {weekday}", weekday=name)
    return words.say("on {weekday}, {nth}", nth=_nth(nth, words), weekday=name)


def _nth(nth: int, words: Words) -> Html:
    return words.say("no. {number}", number=nth) if nth > 0 else words.say("{number} from the end", number=-nth)


def _weekday(day: int, words: Words) -> str:
    return words.weekday(MONDAY + timedelta(days=day))


def hours_name(one: Recurrence, words: Words) -> str:
    """From when to when."""
    return "–".join(f"{minutes % 1440 // 60:02d}:{minutes % 60:02d}" for minutes in (one.starts, one.ends))


def _every_name(every: Every, day: date, words: Words) -> Html:
    names = {
        Every.DAY: words.say("Every day"),
        Every.WEEK: words.say("Every week on {weekday}", weekday=words.weekday(day)),
        Every.FORTNIGHT: words.say("Every two weeks on {weekday}", weekday=words.weekday(day)),
        Every.MONTH: words.say("Every month"),
    }
    return names[every]


def _every_keys(day: date, code: Callable[[str], str], words: Words) -> Rows:
    return tuple((Key(_every_name(every, day, words), code(every.value)),) for every in Every)


# --- wishing it ---


def repeat_asked(notice: RepeatAsked, view: NeedView, words: Words) -> Message:
    """How often?"""
    need = view.need
    at = need.posted_at if need.window is None else need.window.from_at
    day = at.astimezone(words.home.timezone).date()
    keys = _every_keys(day, lambda every: RepeatEvery(need.id, every).code, words)
    own = () if view.reader is Reader.RESIDENT else ((Key(words.say("✍️ Write a rule"), RepeatRule(need.id).code),),)
    asked = words.say("🔁 How often shall this come again? Each time neighbours are asked the day before.")
    back = (Key(words.say("← Not at all"), Show(need.id).code),)
    return Message(paragraphs(title(view, words), body(view, words), asked), (*keys, *own, back))


def repeat_hours_asked(notice: RepeatHoursAsked, view: NeedView, words: Words) -> Message:
    """In which hours?"""
    asked = words.say("🔁 At what time of the day?")
    keys = _part_keys(lambda part: RepeatPart(view.need.id, notice.every, part).code, words)
    return Message(lines(bold(asked), part_hint(words)), keys, asks=True)


def rule_asked(notice: RuleAsked, view: NeedView, words: Words) -> Message:
    """By which rule?"""
    asked = words.say("✍️ How often? Please write it, with its hours.")
    return Message(lines(bold(asked), rule_examples(words)), asks=True)


def rule_examples(words: Words) -> Html:
    """How a rule can be written."""
    return words.say(
        "For example: every Tuesday and Friday 15:00-17:00; every two weeks; every month on the 15th. A calendar's rule will do."
    )


def _part_keys(code: Callable[[str], str], words: Words) -> Rows:
    keys = [Key(part_name(part, words), code(part.value)) for part in PARTS]
    return tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))


# --- what comes again ---


def card(card: RecurrenceCard, view: RecurrenceView, words: Words) -> Message:
    """What comes again, when next, and what can be done about it."""
    one = view.recurrence
    if one is None:
        return _gone(words)
    return Message(
        paragraphs(_heading(view, one, words), _facts(view, one, words)), _keys(one, words), protected=not view.own
    )


def _gone(words: Words) -> Message:
    return Message(words.say("This does not come again any more. /mine shows yours."))


def _heading(view: RecurrenceView, one: Recurrence, words: Words) -> Html:
    category = words.home.catalogue[one.category].name(words.language)
    head = bold(words.say("🔁 {category} · {rule}", category=category, rule=rule_name(one.rule, words)))
    text = one.text if view.own else public_text(one.text)
    return Html(f"{head}\n<blockquote>{safe(text)}</blockquote>")


def _facts(view: RecurrenceView, one: Recurrence, words: Words) -> Html:
    return lines(
        words.say("🕰 {hours}", hours=hours_name(one, words)),
        words.say("📍 {place}", place=view.place),
        None if view.own else words.say("👤 {name}", name=view.resident),
        _lasts(one, words),
        _next(view, one, words),
    )


def _lasts(one: Recurrence, words: Words) -> Html | None:
    if one.state is RecurrenceState.ENDED:
        return None
    if one.until is None:
        return words.say("Until you end it.")
    return words.say("Until {day}.", day=words.date(one.until))


def _next(view: RecurrenceView, one: Recurrence, words: Words) -> Html:
    if one.state is RecurrenceState.ENDED:
        return words.say("It has ended and does not come again.")
    if one.state is RecurrenceState.PAUSED or one.next_day is None:
        return words.say("⏸ It rests: nobody is asked until you take it up again.")
    posted = words.date(one.next_day - timedelta(days=1))
    said = words.say(
        "Next: {day}. Neighbours are asked on {posted}.", day=bold(words.date(one.next_day)), posted=posted
    )
    first = view.helper and words.say("{name}, who helped last time, is asked first.", name=bold(view.helper))
    return lines(said, first or None)


def _keys(one: Recurrence, words: Words) -> Rows:
    if one.state is RecurrenceState.ENDED:
        return ()
    end = (Key(words.say("❌ End it"), End(one.id).code),)
    change = (Key(words.say("✏️ Change it"), AskAspect(one.id, Aspect.WHICH.value).code),)
    if one.state is RecurrenceState.PAUSED or one.next_day is None:
        return ((Key(words.say("▶️ Take it up again"), Rest(one.id, 0).code),), change, end)
    skip = Key(words.say("⏭ Not on {day}", day=words.date(one.next_day)), Skip(one.id, one.next_day.toordinal()).code)
    return ((skip,), (Key(words.say("⏸ Let it rest"), Rest(one.id, 1).code),), change, end)


# --- changing it ---


def asked(notice: RecurrenceAsked, view: RecurrenceView, words: Words) -> Message:
    """What is to be different, and to what?"""
    one = view.recurrence
    if one is None or one.state is RecurrenceState.ENDED:
        return _gone(words)
    said, keys = ASPECTS[Aspect(notice.aspect)](view, one, words)
    back = (Key(words.say("← Leave it as it is"), RecurrenceShow(one.id).code),)
    text = paragraphs(_heading(view, one, words), said)
    return Message(text, (*keys, back), asks=notice.aspect != Aspect.WHICH, protected=not view.own)


Asked = tuple[Html, Rows]


def _which(view: RecurrenceView, one: Recurrence, words: Words) -> Asked:
    names = {
        Aspect.RULE: words.say("✏️ How often"),
        Aspect.HOURS: words.say("✏️ At what time"),
        Aspect.UNTIL: words.say("✏️ Until when"),
    }
    keys = tuple((Key(name, AskAspect(one.id, aspect.value).code),) for aspect, name in names.items())
    return words.say("What should be different?"), keys


def _rule(view: RecurrenceView, one: Recurrence, words: Words) -> Asked:
    day = one.next_day or view.now.astimezone(words.home.timezone).date()
    keys = _every_keys(day, lambda every: SetEvery(one.id, every).code, words)
    asked = words.say("🔁 How often shall this come again?")
    return (asked if view.own else lines(asked, rule_examples(words))), keys


def _hours(view: RecurrenceView, one: Recurrence, words: Words) -> Asked:
    keys = _part_keys(lambda part: SetPart(one.id, part).code, words)
    return lines(words.say("🔁 At what time of the day?"), part_hint(words)), keys


def _until(view: RecurrenceView, one: Recurrence, words: Words) -> Asked:
    keys = (
        (Key(words.say("Until I end it"), SetWeeks(one.id, 0).code),),
        (Key(words.say("For four weeks"), SetWeeks(one.id, 4).code),),
    )
    return lines(words.say("🔁 Until when?"), words.say("Or simply write the last day, for example: 12-31")), keys


ASPECTS: Mapping[Aspect, Callable[[RecurrenceView, Recurrence, Words], Asked]] = {
    Aspect.WHICH: _which,
    Aspect.RULE: _rule,
    Aspect.HOURS: _hours,
    Aspect.UNTIL: _until,
}


def over(notice: RecurrenceOver, view: RecurrenceView, words: Words) -> Message:
    """It has come for the last time."""
    one = view.recurrence
    if one is None:
        return _gone(words)
    said = words.say("🔁 This was the last time, as agreed: {rule}.", rule=rule_name(one.rule, words))
    return Message(lines(said, words.say("Shall it go on? Tap 🔁 on the request, or on any of /mine.")))


def rests(notice: RecurrenceRests, view: RecurrenceView, words: Words) -> Message:
    """The resident cannot be reached, so nothing is posted for them."""
    one = view.recurrence
    if one is None:
        return _gone(words)
    said = words.say("🔁 {name} cannot be reached here any more, so nothing comes again for them.", name=view.resident)
    told = words.say("Have they moved away? Then end it; otherwise please ask them and take it up again.")
    keys = ((Key(words.say("🔍 Show it"), RecurrenceShow(one.id).code),),)
    return Message(paragraphs(_heading(view, one, words), lines(said, told)), keys, protected=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    RepeatAsked: unless_withheld(repeat_asked),
    RepeatHoursAsked: unless_withheld(repeat_hours_asked),
    RuleAsked: unless_withheld(rule_asked),
    RecurrenceCard: card,
    RecurrenceAsked: asked,
    RecurrenceOver: over,
    RecurrenceRests: rests,
}

__all__ = ["CARDS", "ComeAgain", "RecurrenceLine", "RecurrenceShow"]
