"""What is read of a person's history: a month at a glance, check-ins, alerts, how they were and when they were away."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.absences import Absence
from bot.domain.checkins import CheckInState
from bot.domain.histories import (
    Chapter,
    DayGlance,
    HistoriesView,
    HistoryList,
    HistoryView,
    PastAlert,
    PastCheckIn,
    PersonHistory,
    Sign,
)
from bot.domain.notices import Notice
from bot.texts.absences import reason_name as absence_name
from bot.texts.alerts import cause_label, outcome_name, reason_name
from bot.texts.alerts.names import answer_name
from bot.texts.buttons import Button
from bot.texts.figures.parts import month_name
from bot.texts.message import Key, Message, Rows
from bot.texts.wellbeing import answers
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

NAME_UNITS, PLACE_UNITS, REMARK_UNITS = 40, 100, 200

SIGNS: Mapping[Sign, str] = {
    Sign.CHAT: "✅",
    Sign.CALL: "📞",
    Sign.KNOCK: "🚪",
    Sign.LATE: "🕒",
    Sign.MISSED: "❗",
    Sign.UNHEARD: "👂",
    Sign.CALLING: "🆘",
    Sign.WAITING: "⏳",
    Sign.EXCUSED: "➖",
    Sign.NOT_ASKED: "⚠️",
    Sign.ALERT: "🔔",
    Sign.AWAY: "⏸",
}


class OpenHistory(Button, code="jo"):
    """Show me this person's history, in a new message."""

    plan_id: int


class ShowHistory(Button, code="jh"):
    """This page of this chapter of a person's history."""

    plan_id: int
    chapter: int
    page: int


class MoreHistories(Button, code="jl"):
    """The list's next page."""

    offset: int


def whose(notice: HistoryList, view: HistoriesView, words: Words) -> Message:
    """Whose history?"""
    rows: Rows = tuple((Key(name, OpenHistory(plan_id).code),) for plan_id, name, _ in view.rows)
    if view.has_more:
        rows = (*rows, (Key(words.say("More ↓"), MoreHistories(view.offset + len(view.rows)).code),))
    if not view.rows:
        return Message(words.say("Nobody is cared for here yet."))
    return Message(bold(words.say("Whose history would you like to see?")), rows, protected=True)


def chapter_name(chapter: Chapter, words: Words) -> Html:
    """What a chapter is called."""
    names = {
        Chapter.MONTH: words.say("📅 Month"),
        Chapter.CHECK_INS: words.say("💬 Answers"),
        Chapter.ALERTS: words.say("🔔 Alerts"),
        Chapter.REST: words.say("🌤 How they were"),
    }
    return names[chapter]


def page(notice: PersonHistory, view: HistoryView, words: Words) -> Message:
    """One page of it."""
    chapter = Chapter(notice.chapter)
    head = lines(
        bold(words.say("📖 {name}", name=clip(view.person, NAME_UNITS))),
        words.say("📍 {place}", place=clip(view.place, PLACE_UNITS)),
    )
    body = BODIES[chapter](view, words) or words.say("There is nothing here.")
    text = paragraphs(head, bold(_title(chapter, view, words)), body)
    return Message(text, _keys(notice, view, words), protected=True)


def _title(chapter: Chapter, view: HistoryView, words: Words) -> Html:
    named = chapter_name(chapter, words)
    if chapter is Chapter.MONTH:
        return words.say("{chapter}: {month}", chapter=named, month=month_name(view.month, words))
    return words.say("{chapter}, page {page}", chapter=named, page=view.page + 1) if view.page else named


def _keys(notice: PersonHistory, view: HistoryView, words: Words) -> Rows:
    turn = []
    if view.has_more:
        turn.append(Key(words.say("‹ Earlier"), ShowHistory(notice.plan_id, notice.chapter, view.page + 1).code))
    if view.page:
        turn.append(Key(words.say("Later ›"), ShowHistory(notice.plan_id, notice.chapter, view.page - 1).code))
    others = [
        Key(chapter_name(one, words), ShowHistory(notice.plan_id, one, 0).code)
        for one in Chapter
        if one != notice.chapter
    ]
    rows: Rows = ((others[0], others[1]), (others[2],))
    return (tuple(turn), *rows) if turn else rows


# --- a month at a glance ---


def _month(view: HistoryView, words: Words) -> Html | None:
    if not view.days:
        return None
    return paragraphs(lines(*(_day(day, words) for day in view.days)), _legend(view.days, words))


def _day(day: DayGlance, words: Words) -> Html:
    signs = "".join(SIGNS[sign] for sign in day.signs)
    return words.say("{day}  {signs}", day=words.date(day.day), signs=signs)


def _legend(days: tuple[DayGlance, ...], words: Words) -> Html:
    """Only what stands above, in the order of the signs."""
    seen = {sign for day in days for sign in day.signs}
    return lines(
        *(words.say("{sign} {what}", sign=SIGNS[sign], what=sign_name(sign, words)) for sign in Sign if sign in seen)
    )


def sign_name(sign: Sign, words: Words) -> Html:
    """What a sign means."""
    names = {
        Sign.CHAT: words.say("answered in the chat"),
        Sign.CALL: words.say("reached by telephone"),
        Sign.KNOCK: words.say("met at the door"),
        Sign.LATE: words.say("answered late"),
        Sign.MISSED: words.say("no answer"),
        Sign.UNHEARD: words.say("sent something that nobody has opened yet"),
        Sign.CALLING: words.say("asked for somebody"),
        Sign.WAITING: words.say("no answer yet"),
        Sign.EXCUSED: words.say("needed no answer"),
        Sign.NOT_ASKED: words.say("not asked, the program was down"),
        Sign.ALERT: words.say("alert"),
        Sign.AWAY: words.say("away"),
    }
    return names[sign]


# --- check-ins ---


def _checkins(view: HistoryView, words: Words) -> Html | None:
    return lines(*(_checkin(one, view.now, words) for one in view.checkins)) or None


def _checkin(one: PastCheckIn, now: datetime, words: Words) -> Html:
    checkin = one.checkin
    when = words.say(
        "{day} {time}", day=words.date(checkin.day), time=f"{checkin.slot // 60:02}:{checkin.slot % 60:02}"
    )
    answered = checkin.answer is not None and one.sign is not Sign.UNHEARD
    what = answer_name(checkin.answer.value, words) if answered and checkin.answer else sign_name(one.sign, words)
    said = words.say("{sign} {when}: {what}", sign=SIGNS[one.sign], when=when, what=what)
    by = words.say("({name})", name=clip(one.by, NAME_UNITS)) if one.by else None
    return Html(" ".join(part for part in (said, _how_late(one, words), by) if part))


def _how_late(one: PastCheckIn, words: Words) -> Html | None:
    """After how many minutes: from the question, or, when it was late, from when it was due."""
    checkin = one.checkin
    if checkin.answered_at is None:
        return None
    if checkin.state is CheckInState.ALERT:
        late = max(0, round((checkin.answered_at - checkin.due_at).total_seconds() / 60))
        return words.count("· {number} minute late", "· {number} minutes late", late)
    took = max(0, round((checkin.answered_at - checkin.asked_at).total_seconds() / 60))
    return words.count("· after {number} minute", "· after {number} minutes", took)


# --- alerts ---


def _alerts(view: HistoryView, words: Words) -> Html | None:
    return paragraphs(*(_alert(one, view.now, words) for one in view.alerts)) or None


def _alert(one: PastAlert, now: datetime, words: Words) -> Html:
    alert = one.alert
    why = words.say("🔔 {when}: {why}", when=words.when(alert.opened_at, now), why=cause_label(alert.cause, words))
    remark = alert.remark and words.say("📝 {text}", text=clip(alert.remark, REMARK_UNITS))
    reason = alert.reason and words.say("Behind it: {reason}", reason=reason_name(alert.reason, words))
    return lines(why, _went(one, words), _found(one, words), reason or None, remark or None)


def _went(one: PastAlert, words: Words) -> Html | None:
    if one.taken_at is None:
        return None
    minutes = _minutes(one.alert.opened_at, one.taken_at)
    name = clip(one.taker or "", NAME_UNITS)
    return words.count("{name} went after {number} minute", "{name} went after {number} minutes", minutes, name=name)


def _found(one: PastAlert, words: Words) -> Html:
    outcome = one.alert.outcome
    if outcome is None or one.ended_at is None:
        return words.say("It has not ended.")
    found = words.count(
        "{what}, after {number} minute",
        "{what}, after {number} minutes",
        _minutes(one.alert.opened_at, one.ended_at),
        what=bold(outcome_name(outcome, words)),
    )
    by = words.say("({name})", name=clip(one.closer, NAME_UNITS)) if one.closer else None
    return Html(" ".join(part for part in (found, by) if part))


def _minutes(begin: datetime, end: datetime) -> int:
    return max(0, round((end - begin).total_seconds() / 60))


# --- the rest ---


def _rest(view: HistoryView, words: Words) -> Html | None:
    away = [_absence(one, words) for one in view.absences]
    return paragraphs(answers(view.wellbeing, words), lines(*away)) or None


def _absence(one: Absence, words: Words) -> Html:
    first, last = words.day(one.from_at), words.day(one.ended_at or one.until_at)
    what = absence_name(one.reason, words)
    if one.ended_at is None:
        return words.say("⏸ {what} from {first}, until {last}", what=what, first=first, last=last)
    return words.say("⏸ {what} from {first} to {last}", what=what, first=first, last=last)


BODIES: Mapping[Chapter, Callable[[HistoryView, Words], Html | None]] = {
    Chapter.MONTH: _month,
    Chapter.CHECK_INS: _checkins,
    Chapter.ALERTS: _alerts,
    Chapter.REST: _rest,
}

CARDS: Mapping[type[Notice], Callable[..., Message]] = {PersonHistory: page, HistoryList: whose}
