"""What comes again: wished with two taps, skipped, rested, changed or ended with one; rules can be written too."""

from datetime import date, timedelta
from typing import Any

from bot.domain.days import coming_day
from bot.domain.errors import ButtonInvalid, RuleUnclear, WindowUnclear
from bot.domain.recurrences import (
    Aspect,
    Every,
    Parsed,
    Recurrence,
    RecurrenceAsked,
    RecurrenceCard,
    RepeatAsked,
    RepeatHoursAsked,
    Rule,
    RuleAsked,
    parse_rule,
    rule_in,
)
from bot.domain.windows import PARTS, WHOLE_DAY, Part, local_day, minutes_of
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import people, recurrences
from bot.services.views import recurrences as views
from bot.texts import recurrences as texts
from bot.texts.repeats import ComeAgain, RecurrenceShow

RULE, HOURS, ASPECT = "repeat-rule", "repeat-hours", "recurrence"


# --- wishing it ---


def ask(turn: Turn[ComeAgain]) -> Reply:
    """Have this come again: how often? Where it does already, how it stands."""
    card = recurrences.of_need(turn.tx, turn.actor, turn.input.need_id)
    return reply(RepeatAsked(turn.input.need_id)) if card is None else reply(card, afresh=True)


def every(turn: Turn[texts.RepeatEvery]) -> Reply:
    """So often; in which hours, unless the need says so?"""
    chosen, need = _every(turn.input.every), recurrences.may_repeat(turn.tx, turn.actor, turn.input.need_id)
    hours = recurrences.hours_of(need, turn.home)
    if hours is not None:
        return _begin(turn, need.id, Parsed(Rule.every(chosen, recurrences.base_day(need, turn.home))), hours)
    people.ask(turn.tx, turn.actor, turn.home, f"{HOURS}:{need.id}:{chosen.value}", now=turn.now)
    return reply(RepeatHoursAsked(need.id, chosen.value), closes=True)


def part(turn: Turn[texts.RepeatPart]) -> Reply:
    """… in that part of the day."""
    need = recurrences.may_repeat(turn.tx, turn.actor, turn.input.need_id)
    wished = Parsed(Rule.every(_every(turn.input.every), recurrences.base_day(need, turn.home)))
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return _begin(turn, need.id, wished, PARTS[_part(turn.input.part)])


def ask_rule(turn: Turn[texts.RepeatRule]) -> Reply:
    """By a rule that is written."""
    need = recurrences.may_repeat(turn.tx, turn.actor, turn.input.need_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{RULE}:{need.id}", now=turn.now)
    return reply(RuleAsked(need.id), closes=True)


def _begin(turn: Turn[Any], need_id: int, wished: Parsed, hours: tuple[int, int]) -> Reply:
    card = recurrences.begin(turn.tx, turn.actor, turn.home, need_id, wished, hours, now=turn.now)
    return Reply((card,), lambda words: words.say("Noted. Thank you!"), afresh=True, closes=True)


# --- what is written ---


def written(turn: Turn[Said]) -> Reply | None:
    """A rule, hours or a last day, in answer to a question."""
    question, _, rest = (turn.question or "").partition(":")
    number, _, more = rest.partition(":")
    if question == RULE:
        answered = _write_rule(turn, int(number))
    elif question == HOURS:
        answered = _write_hours(turn, int(number), more)
    elif question == ASPECT:
        answered = _write_aspect(turn, int(number), Aspect(more))
    else:
        return None
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return answered


def _write_rule(turn: Turn[Said], need_id: int) -> Reply:
    need = recurrences.may_repeat(turn.tx, turn.actor, need_id)
    wished = _rule(turn.input.text, recurrences.base_day(need, turn.home))
    hours = minutes_of(turn.input.text) or recurrences.hours_of(need, turn.home) or WHOLE_DAY
    return _begin(turn, need_id, wished, hours)


def _write_hours(turn: Turn[Said], need_id: int, chosen: str) -> Reply:
    need = recurrences.may_repeat(turn.tx, turn.actor, need_id)
    wished = Parsed(Rule.every(Every(chosen), recurrences.base_day(need, turn.home)))
    return _begin(turn, need_id, wished, _hours(turn.input.text))


def _write_aspect(turn: Turn[Said], number: int, aspect: Aspect) -> Reply:
    text, zone = turn.input.text, turn.home.timezone
    today = local_day(turn.now, zone)
    if aspect is Aspect.RULE:
        wished = _rule(text, today)
        return _changed(turn, number, lambda old: _ruled(turn, old, wished), "rule")
    if aspect is Aspect.HOURS:
        starts, ends = _hours(text)
        return _changed(turn, number, lambda old: old.at(starts, ends, turn.now, zone), "hours")
    until = coming_day(text, today)
    return _changed(turn, number, lambda old: old.lasting(until, turn.now, zone), "until")


def _ruled(turn: Turn[Said], old: Recurrence, wished: Parsed) -> Recurrence:
    new = old.by(wished.rule, turn.now, turn.home.timezone).numbered(wished.count)
    return new if wished.until is None else new.lasting(wished.until, turn.now, turn.home.timezone)


def _rule(text: str, day: date) -> Parsed:
    """A rule as RFC 5545 writes it, or in plain words."""
    if "=" in text:
        return parse_rule(text)
    plain = rule_in(text, day)
    if plain is None:
        raise RuleUnclear
    return Parsed(plain)


def _hours(text: str) -> tuple[int, int]:
    hours = minutes_of(text)
    if hours is None:
        raise WindowUnclear
    return hours


def _every(value: str) -> Every:
    if value not in set(Every):
        raise ButtonInvalid
    return Every(value)


def _part(value: str) -> Part:
    if value not in set(Part):
        raise ButtonInvalid
    return Part(value)


# --- what comes again ---


def show(turn: Turn[RecurrenceShow]) -> Reply:
    """How it stands."""
    recurrences.get(turn.tx, turn.actor, turn.input.recurrence_id)
    return reply(RecurrenceCard(turn.input.recurrence_id), afresh=True)


def skip(turn: Turn[texts.Skip]) -> Reply:
    """Not on its next date."""
    if not 1 <= turn.input.day <= date.max.toordinal():
        raise ButtonInvalid
    day = date.fromordinal(turn.input.day)
    recurrences.skip(turn.tx, turn.actor, turn.home, turn.input.recurrence_id, day, now=turn.now)
    return reply(toast=lambda words: words.say("Good, not on that day."))


def rest(turn: Turn[texts.Rest]) -> Reply:
    """It rests, or comes again."""
    zone = turn.home.timezone
    if turn.input.rests == 1:
        recurrences.change(
            turn.tx, turn.actor, turn.input.recurrence_id, lambda old: old.paused(), "paused", now=turn.now
        )
        return reply(toast=lambda words: words.say("It rests."))
    recurrences.change(
        turn.tx,
        turn.actor,
        turn.input.recurrence_id,
        lambda old: old.taken_up(turn.now, zone),
        "taken up",
        now=turn.now,
    )
    return reply(toast=lambda words: words.say("It comes again."))


def end(turn: Turn[texts.End]) -> Reply:
    """It does not come again."""
    recurrences.end(turn.tx, turn.actor, turn.input.recurrence_id, now=turn.now)
    return reply(toast=lambda words: words.say("It has ended."))


def ask_aspect(turn: Turn[texts.AskAspect]) -> Reply:
    """What is to be different, and to what?"""
    if turn.input.aspect not in set(Aspect):
        raise ButtonInvalid
    aspect, number = Aspect(turn.input.aspect), turn.input.recurrence_id
    recurrences.get(turn.tx, turn.actor, number)
    if aspect is not Aspect.WHICH:
        people.ask(turn.tx, turn.actor, turn.home, f"{ASPECT}:{number}:{aspect.value}", now=turn.now)
    return reply(RecurrenceAsked(number, aspect.value), closes=aspect is not Aspect.WHICH)


def set_every(turn: Turn[texts.SetEvery]) -> Reply:
    """So often instead, on the weekday or date of its next date."""
    chosen, zone = _every(turn.input.every), turn.home.timezone

    def by(old: Recurrence) -> Recurrence:
        return old.by(Rule.every(chosen, old.next_day or local_day(turn.now, zone)), turn.now, zone)

    return _changed(turn, turn.input.recurrence_id, by, "rule")


def set_part(turn: Turn[texts.SetPart]) -> Reply:
    """In that part of the day instead."""
    starts, ends = PARTS[_part(turn.input.part)]
    zone = turn.home.timezone
    return _changed(turn, turn.input.recurrence_id, lambda old: old.at(starts, ends, turn.now, zone), "hours")


def set_weeks(turn: Turn[texts.SetWeeks]) -> Reply:
    """For so many weeks more, or until it is ended."""
    if turn.input.weeks not in (0, 4):
        raise ButtonInvalid
    zone, weeks = turn.home.timezone, timedelta(weeks=turn.input.weeks)
    until = local_day(turn.now, zone) + weeks if weeks else None
    return _changed(turn, turn.input.recurrence_id, lambda old: old.lasting(until, turn.now, zone), "until")


def _changed(turn: Turn[Any], number: int, rule: Any, event: str) -> Reply:
    recurrences.change(turn.tx, turn.actor, number, rule, event, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return Reply((RecurrenceCard(number),), lambda words: words.say("Changed."), afresh=True, closes=True)


CAPABILITY = Capability(
    commands={},
    taps={
        ComeAgain: ask,
        RecurrenceShow: show,
        texts.RepeatEvery: every,
        texts.RepeatPart: part,
        texts.RepeatRule: ask_rule,
        texts.Skip: skip,
        texts.Rest: rest,
        texts.End: end,
        texts.AskAspect: ask_aspect,
        texts.SetEvery: set_every,
        texts.SetPart: set_part,
        texts.SetWeeks: set_weeks,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
