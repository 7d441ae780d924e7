"""What comes again: by which rule (RFC 5545), in which hours, until when; and what is said about it."""

from bot.domain.recurrences.notices import (
    ASPECTS_TYPED,
    Aspect,
    RecurrenceAsked,
    RecurrenceCard,
    RecurrenceLine,
    RecurrenceNotice,
    RecurrenceOver,
    RecurrenceRests,
    RecurrenceView,
    RepeatAsked,
    RepeatHoursAsked,
    RuleAsked,
)
from bot.domain.recurrences.plain import rule_in
from bot.domain.recurrences.recurrence import (
    AGAIN,
    ALONE_AT_MOST,
    AT_ONCE,
    FOUR_WEEKS,
    RUNNING_LIMIT,
    Recurrence,
    RecurrenceState,
    alone_until,
)
from bot.domain.recurrences.rule import TIMES_AT_MOST, Every, Freq, Parsed, Rule, last_day, parse_rule

__all__ = [
    "AGAIN",
    "ALONE_AT_MOST",
    "ASPECTS_TYPED",
    "AT_ONCE",
    "FOUR_WEEKS",
    "RUNNING_LIMIT",
    "TIMES_AT_MOST",
    "Aspect",
    "Every",
    "Freq",
    "Parsed",
    "Recurrence",
    "RecurrenceAsked",
    "RecurrenceCard",
    "RecurrenceLine",
    "RecurrenceNotice",
    "RecurrenceOver",
    "RecurrenceRests",
    "RecurrenceState",
    "RecurrenceView",
    "RepeatAsked",
    "RepeatHoursAsked",
    "Rule",
    "RuleAsked",
    "alone_until",
    "last_day",
    "parse_rule",
    "rule_in",
]
