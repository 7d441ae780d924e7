"""The rota as it is read and planned: a week, a day, who and when, and the gaps."""

from dataclasses import replace
from datetime import date

from bot.domain.duty import (
    EVENING,
    LINES_AT_MOST,
    MINUTES_OF_A_DAY,
    MORNING,
    SHOWN_DAYS,
    USUAL_SHIFTS,
    DutyAskHours,
    DutyAway,
    DutyCovered,
    DutyDay,
    DutyDays,
    DutyExtra,
    DutyGaps,
    DutyHelpers,
    DutyHours,
    DutyList,
    DutyShifts,
    DutyView,
    DutyWanted,
    Hours,
    days_from,
)
from bot.domain.plans import EVERY_DAY, WEEKEND, WORKDAYS
from bot.texts.duty.buttons import (
    AsPlanned,
    Change,
    ChooseDays,
    ChooseHelper,
    ChooseHours,
    Cover,
    Covered,
    Day,
    DayPage,
    Days,
    Different,
    EndShift,
    Extra,
    First,
    Give,
    Mine,
    MoreDays,
    MoreShifts,
    Shifts,
    SingleDays,
    StepIn,
    TakeNow,
    TypeExtra,
    TypeHours,
    Week,
    WhoCan,
)
from bot.texts.duty.parts import hours, leaf, number, on_line, piece, weekday, weekdays
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

WEEKDAYS = (EVERY_DAY, WORKDAYS, WEEKEND)
COVERED = ((MORNING, EVENING), (6 * 60, 22 * 60), (0, 0))
WEEK, GAPS_AT_MOST, SILENT_AT_MOST = 7, 7, 10
# With the two keys that leaf there are never more than eight: more are not found any more.
KEYS_SHOWN = DAYS_SHOWN = 6
SHIFTS_SHOWN = KEYS_SHOWN // 2
NAME_UNITS = 24


def duty_list(notice: DutyList, view: DutyView, words: Words) -> Message:
    """Who is on duty here: now, and in a week of the month ahead."""
    now = (
        words.say("On duty now: {names}", names=words.listed(view.on_now))
        if view.on_now
        else words.say("⚠️ Nobody is on duty now.")
    )
    head = bold(words.say("Duty in {place}", place=view.place))
    silent = [clip(name, NAME_UNITS) for name in view.silent[:SILENT_AT_MOST]]
    quiet = words.say("🔕 Not yet set to ring when silenced: {names}", names=words.listed(silent)) if silent else None
    return Message(paragraphs(lines(head, now), _days(view, words), quiet), _list_keys(view, words), protected=True)


def _days(view: DutyView, words: Words) -> Html | None:
    days = sorted({piece.day for piece in view.planned} | {day for day, *_ in view.gaps})
    if not view.planned:
        return words.say("Nobody is planned this week.")
    return lines(*(_day(day, view, words) for day in days))


def _day(day: date, view: DutyView, words: Words) -> Html:
    pieces = [piece(one, view, words) for one in view.planned if one.day == day and one.people]
    gaps = [words.say("⚠️ nobody {hours}", hours=hours(a, b, words)) for gap, a, b in view.gaps if gap == day]
    return Html(f"<b>{words.date(day)}</b> {' · '.join([*pieces, *gaps])}")


def _list_keys(view: DutyView, words: Words) -> Rows:
    area = view.area_id
    take = (Key(words.say("🙋 I take it now"), TakeNow(area).code),)
    rows: list[tuple[Key, ...]] = [take] if view.may_take else []
    turns = [Key(words.say("← Earlier"), Week(area, view.week - 1).code)] if view.week > 0 else []
    if (view.week + 1) * WEEK < SHOWN_DAYS:
        turns.append(Key(words.say("Later →"), Week(area, view.week + 1).code))
    rows.append(tuple(turns))
    if view.in_charge:
        rows += [
            (Key(words.say("➕ Somebody more"), ChooseHelper(area, 1, 0).code),),
            (
                Key(words.say("✏️ Shifts"), Shifts(area).code),
                Key(words.say("📆 One day"), Days(area).code),
            ),
            (Key(words.say("⏰ Hours"), Covered(area).code),),
        ]
    return (*rows, (Key(words.say("👤 My own turns"), Mine().code),))


# --- each week ---


def helpers(notice: DutyHelpers, view: DutyView, words: Words) -> Message:
    """Who could be on duty?"""
    if not view.could:
        return Message(words.say("There is no volunteer here yet. /invite brings in volunteers."))
    area, line, one_day = view.area_id, notice.line, notice.hours

    def key(person_id: int, name: str) -> Key:
        button = Change(area, one_day, person_id) if one_day else ChooseHours(area, person_id, line)
        return Key(words.say("👤 {name}", name=name), button.code)

    rows: list[tuple[Key, ...]] = [(key(person_id, name),) for person_id, name in view.could]
    offset = notice.offset + len(view.could)
    if view.has_more:
        more = Different(area, one_day, offset) if one_day else ChooseHelper(area, line, offset)
        rows.append((Key(words.say("More ↓"), more.code),))
    if not one_day and line <= view.lines < LINES_AT_MOST:
        extra = view.lines + 1
        rows.append((Key(words.say("☎️ On line {number}", number=extra), ChooseHelper(area, extra, 0).code),))
    return Message(lines(bold(words.say("Who is on duty?")), on_line(line, words)), tuple(rows))


def choose_hours(notice: DutyHours, view: DutyView, words: Words) -> Message:
    """At which hours, on which days?"""
    area, person, line = notice.area_id, notice.person_id, notice.line
    name = bold(view.name(person))
    if not notice.hours:
        keys: Rows = tuple(
            (Key(hours(starts, ends, words), ChooseDays(area, person, Hours(line, starts, ends).number).code),)
            for starts, ends in USUAL_SHIFTS
        )
        own = (Key(words.say("✏️ Other hours"), TypeHours(area, person, line).code),)
        return Message(words.say("{name}: at which hours?", name=name), (*keys, own))
    chosen = Hours.of(notice.hours)

    def key(label: Html, bits: int) -> Key:
        return Key(label, Give(area, person, replace(chosen, weekdays=bits).number).code)

    sets = tuple((key(weekdays(bits, words), bits),) for bits in WEEKDAYS)
    single = [key(weekday(place, words), 1 << place) for place in range(7)]
    one_day = (Key(words.say("📆 On one weekday"), SingleDays(area, person, notice.hours).code),)
    asked = words.say("{name}, {hours}: on which days?", name=name, hours=hours(chosen.starts, chosen.ends, words))
    if notice.single:
        return Message(asked, tuple(tuple(single[at : at + 2]) for at in range(0, 7, 2)))
    return Message(asked, (*sets, one_day))


def shifts(notice: DutyShifts, view: DutyView, words: Words) -> Message:
    """The weekly shifts: who is asked first, and which end."""
    rows: list[tuple[Key, ...]] = []
    told: list[Html] = []
    shown = view.shifts[notice.offset : notice.offset + SHIFTS_SHOWN]
    for at, (shift_id, name, line, bits, starts, ends) in enumerate(shown, start=notice.offset + 1):
        when, days = hours(starts, ends, words), weekdays(bits, words)
        described = words.say("{at}. {name}: {days}, {hours}", at=at, name=name, days=days, hours=when)
        told.append(lines(described, on_line(line, words)))
        rows.append(
            (
                Key(words.say("⬆️ {at} first", at=at), First(shift_id).code),
                Key(words.say("⏹ {at} ends", at=at), EndShift(shift_id).code),
            )
        )
    if not told:
        return Message(words.say("No shifts yet. “Somebody more” in /duty makes the first."))
    more = leaf(notice.offset, SHIFTS_SHOWN, len(view.shifts), lambda at: MoreShifts(view.area_id, at).code, words)
    text = paragraphs(bold(words.say("The weekly shifts")), lines(*told))
    return Message(text, (*rows, *more), protected=True)


def covered(notice: DutyCovered, view: DutyView, words: Words) -> Message:
    """Which hours must be covered?"""
    keys: Rows = tuple(
        (Key(hours(starts, ends, words), Cover(view.area_id, starts, ends).code),) for starts, ends in COVERED
    )
    keys = (*keys, (Key(words.say("✏️ Other hours"), TypeHours(view.area_id, 0, 1).code),))
    now = words.say("Now somebody must be on duty: {hours}", hours=hours(*view.hours, words))
    return Message(lines(now, words.say("Which hours should it be? You hear of gaps in them.")), keys)


# --- one day ---


def days(notice: DutyDays, view: DutyView, words: Words) -> Message:
    """Which day is different?"""
    today = view.now.astimezone(words.home.timezone).date()
    coming = days_from(today, SHOWN_DAYS)[notice.offset : notice.offset + DAYS_SHOWN]
    keys = [Key(words.date(day), Day(view.area_id, number(day)).code) for day in coming]
    rows = tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))
    more = leaf(notice.offset, DAYS_SHOWN, SHOWN_DAYS, lambda at: MoreDays(view.area_id, at).code, words)
    return Message(bold(words.say("Which day is different?")), (*rows, *more))


def day(notice: DutyDay, view: DutyView, words: Words) -> Message:
    """One day, piece by piece: somebody else, nobody, something more."""
    one = date.fromisoformat(notice.day)
    rows: list[tuple[Key, ...]] = []
    for planned in view.planned:
        when, number_ = hours(planned.starts, planned.ends, words), planned.hours.number
        rows.append(
            (Key(words.say("🔁 {hours}: somebody else", hours=when), Different(view.area_id, number_, 0).code),)
        )
        if planned.people:
            rows.append((Key(words.say("🚫 {hours}: nobody", hours=when), Change(view.area_id, number_, 0).code),))
    for gap in view.gaps[:GAPS_AT_MOST]:
        when = hours(*gap[1:], words)
        rows.append((Key(words.say("➕ {hours}", hours=when), Different(view.area_id, _gap(*gap), 0).code),))
    rows.append((Key(words.say("➕ Somebody more on this day"), Extra(view.area_id, number(one)).code),))
    if view.changed:
        rows.append((Key(words.say("↩️ As each week"), AsPlanned(view.area_id, number(one)).code),))
    listed = _day(one, view, words) if view.planned or view.gaps else words.say("Nobody is planned on this day.")
    more = leaf(notice.offset, KEYS_SHOWN, len(rows), lambda at: DayPage(view.area_id, number(one), at).code, words)
    return Message(listed, (*rows[notice.offset : notice.offset + KEYS_SHOWN], *more), protected=True)


def extra(notice: DutyExtra, view: DutyView, words: Words) -> Message:
    """Somebody more on one day: at which hours?"""
    one = date.fromisoformat(notice.day)
    asked = words.say("{day}: at which hours is somebody more there?", day=bold(words.date(one)))
    then = words.say("Whoever is planned stays planned.")
    keys: Rows = tuple(
        (Key(hours(chosen.starts, chosen.ends, words), Different(view.area_id, chosen.number, 0).code),)
        for chosen in view.extra
    )
    own = (Key(words.say("✏️ Other hours"), TypeExtra(view.area_id, number(one)).code),)
    return Message(lines(asked, then), (*keys, own))


def ask_hours(notice: DutyAskHours, view: DutyView, words: Words) -> Message:
    """From when to when?"""
    return Message(words.say("From when to when? Please write it, for example: 07:30-12:15"), asks=True)


# --- gaps ---


def _gap(day: date, starts: int, ends: int) -> int:
    """A gap's hours as a button carries them; one that ends at midnight ends at 0."""
    return Hours(1, starts, ends % MINUTES_OF_A_DAY, day=day).number


def gaps(notice: DutyGaps, view: DutyView, words: Words) -> Message:
    """Nobody is on duty then: who can?"""
    if not view.gaps:
        return Message(words.say("✅ Duty in {place}: these hours are covered now.", place=view.place))
    said = words.say("⚠️ Nobody is on duty in {place}:", place=bold(view.place))
    listed = [f"{words.date(day)} {hours(starts, ends, words)}" for day, starts, ends in view.gaps]
    keys: Rows = tuple(
        (
            Key(
                words.say("🙋 {day}, {hours}: who can?", day=words.date(day), hours=hours(starts, ends, words)),
                WhoCan(view.area_id, _gap(day, starts, ends), 0).code,
            ),
        )
        for day, starts, ends in view.gaps[:GAPS_AT_MOST]
    )
    ask = words.say("One tap asks the volunteers; the first who can has it.")
    return Message(paragraphs(said, lines(*listed), ask), keys)


def away(notice: DutyAway, view: DutyView, words: Words) -> Message:
    """Somebody is away."""
    first, last = (words.date(date.fromisoformat(at)) for at in (notice.first, notice.last))
    name = bold(view.name(notice.person_id))
    return Message(words.say("🏖 {name} is away from {first} to {last}.", name=name, first=first, last=last))


def wanted(notice: DutyWanted, view: DutyView, words: Words) -> Message:
    """Who can be on duty then?"""
    piece_ = notice.piece
    when = words.say("{day}, {hours}", day=words.date(piece_.day), hours=hours(piece_.starts, piece_.ends, words))
    if view.took is not None:
        return Message(words.say("Duty {when}: {name} does it. Thank you all!", when=when, name=view.took))
    place = bold(view.place)
    asked = words.say("🧭 Can you be on duty in {place}? {when}", place=place, when=bold(when))
    instead = words.say("Instead of {name}.", name=view.name(notice.instead_of)) if notice.instead_of else None
    keys: Rows = ((Key(words.say("🙋 I can"), StepIn(notice.area_id, notice.hours, notice.instead_of).code),),)
    return Message(lines(asked, instead), keys)
