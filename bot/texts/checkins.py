"""What a cared-for person reads: one short question, three big keys, thanks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from bot.domain.checkins import (
    CallPromised,
    CheckInAnswer,
    CheckInAsked,
    CheckInNudged,
    CheckInState,
    CheckInThanked,
    CheckInThankedLate,
    CheckInView,
    NotAsked,
    SlotView,
    SystemSuspected,
    Today,
    TodayView,
)
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.wellbeing import NOON, Topic, offers_after
from bot.texts.big_keys import keys, named_keys
from bot.texts.buttons import Button
from bot.texts.followups import line as look_line
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.relatives import by_family
from bot.texts.surges import line as surge_line
from bot.texts.wellbeing import Missing, NeedHelpWith, topic_name
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

# A day on which everybody is missing at once must still fit into one message.
ALERTS_AT_MOST, NAME_UNITS = 16, 20
NAMES_AT_MOST, PLACES_AT_MOST, UNWELL_AT_MOST, STAYS_AT_MOST = 12, 6, 6, 4
SURGES_AT_MOST, LOOKS_AT_MOST = 3, 6
EVENING = 17 * 60


class Undo(Button, code="cu"):
    """I pressed the wrong one."""

    checkin_id: int


class SwitchDigest(Button, code="jg"):
    """1: what can wait comes gathered, twice a day; 0: each piece of news by itself again."""

    area_id: int
    on: int


def answer_of(text: str, home: Home) -> CheckInAnswer | None:
    """Which big key was pressed, in whatever language it was shown; None: it is no key."""
    return _answers(home).get(text.strip())


@lru_cache(maxsize=16)
def _answers(home: Home) -> Mapping[str, CheckInAnswer]:
    """Every key's label, with its sign and without, in every language."""
    answers = (CheckInAnswer.WELL, CheckInAnswer.CALL_ME, CheckInAnswer.HELP)
    known: dict[str, CheckInAnswer] = {}
    for language in Language:
        for (label,), answer in zip(keys(Words(language, home)), answers, strict=True):
            known |= {label: answer, label.split(" ", 1)[1]: answer}
    return known


def big_keys(view: CheckInView, words: Words) -> tuple[tuple[str, ...], ...]:
    """The three big keys; on a telephone that serves several they name whom they are about."""
    return keys(words) if view.label is None else named_keys(view.label, words)


def asked(notice: CheckInAsked, view: CheckInView, words: Words) -> Message:
    """Are you well?"""
    if view.checkin.state is not CheckInState.ASKED:
        return Message(words.say("Thank you, you have answered already."), big_rows=big_keys(view, words))
    hello = _hello(view, words)
    text = paragraphs(hello, bold(words.say("Are you well? Please press one key.")))
    if view.voice is not None:
        return Enclosure(text, big_rows=big_keys(view, words), kind="voice", file_id=view.voice)
    return Message(text, big_rows=big_keys(view, words))


def _hello(view: CheckInView, words: Words) -> Html:
    """A greeting for the time of day; asked again after a night of outage, the evening's question comes in the morning."""
    local = view.now.astimezone(words.home.timezone)
    minutes = local.hour * 60 + local.minute
    if minutes < NOON:
        return words.say("Good morning, {name}.", name=view.person)
    if minutes < EVENING:
        return words.say("Good afternoon, {name}.", name=view.person)
    return words.say("Good evening, {name}.", name=view.person)


def nudged(notice: CheckInNudged, view: CheckInView, words: Words) -> Message:
    """Asked again."""
    if view.checkin.state is not CheckInState.ASKED:
        return Message(words.say("Thank you, you have answered already."), big_rows=big_keys(view, words))
    ask = words.say("{name}, are you well? We have not heard from you yet.", name=view.person)
    then = words.say(
        "If we hear nothing by {time}, somebody will come and look.", time=words.clock(view.checkin.due_at)
    )
    return Message(paragraphs(bold(ask), then), big_rows=big_keys(view, words))


def thanked(notice: CheckInThanked, view: CheckInView, words: Words) -> Message:
    """Thank you."""
    undo: Rows = ((Key(words.say("↩️ I pressed the wrong one"), Undo(notice.checkin_id).code),),)
    if view.checkin.answer is CheckInAnswer.WORDS:
        need: Rows = ((Key(words.say("🙋 I need help with this"), NeedHelpWith().code),), *_offer(notice, view, words))
        return Message(words.say("Thank you, {name}. I have noted that you have answered.", name=view.person), need)
    rows = (*undo, *_offer(notice, view, words))
    return Message(words.say("Thank you, {name}. Take care! 🌷", name=view.person), rows)


def _offer(notice: CheckInThanked, view: CheckInView, words: Words) -> Rows:
    """Is something missing at home? Offered rarely, so that it is no habit to look past it."""
    if not offers_after(view.checkin):
        return ()
    return ((Key(words.say("🛒 Something is missing at home"), Missing(notice.checkin_id).code),),)


def thanked_late(notice: CheckInThankedLate, view: CheckInView, words: Words) -> Message:
    """Thank you; everybody hears it."""
    said = words.say(
        "Thank you, {name}. I am glad. Whoever was asked to look hears that you are well.", name=view.person
    )
    return Message(said)


def promised(notice: CallPromised, view: CheckInView, words: Words) -> Message:
    """Somebody will ring."""
    said = words.say("All right, {name}. Somebody is asked to ring you now.", name=view.person)
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    undo: Rows = ((Key(words.say("↩️ I pressed the wrong one"), Undo(notice.checkin_id).code),),)
    return Message(paragraphs(said, danger), undo)


def not_asked(notice: NotAsked, view: str, words: Words) -> Message:
    """The program was down over a whole slot."""
    slot = f"{notice.slot // 60:02}:{notice.slot % 60:02}"
    said = words.count(
        "⚠️ The program was down: {number} person in {place} was not asked on {day} at {slot}. Please ring them: /today",
        "⚠️ The program was down: {number} people in {place} were not asked on {day} at {slot}. Please ring them: /today",
        notice.count,
        place=view,
        day=notice.day,
        slot=slot,
    )
    return Message(said)


def suspected(notice: SystemSuspected, view: str, words: Words) -> Message:
    """Perhaps it is us."""
    slot = f"{notice.slot // 60:02}:{notice.slot % 60:02}"
    said = words.say(
        "⚠️ {count} people in {place} have not answered at {slot}. So many at once: perhaps the system is at fault.",
        count=notice.count,
        place=view,
        slot=slot,
    )
    then = words.say(
        "The alerts are open; further people are called ten minutes later. Please ring a few of them now: /today"
    )
    return Message(lines(said, then))


def today(notice: Today, view: TodayView, words: Words) -> Message:
    """The day at a glance: who is well, who is waited for, who is missing, who has it."""
    if not view.mine:
        return Message(words.say("Somebody else looks after this place now."))
    rows: Rows = ((_digest(notice, view, words),),)
    if not (view.slots or view.alerts or view.hospital or view.surges or view.looks):
        return Message(words.say("Nobody has been asked today yet. /care shows who is cared for."), rows)
    head = bold(words.say("Today, {day}", day=words.day(view.now)))
    parts: list[str | None] = [lines(head, words.say("📍 {place}", place=view.place) if view.place else None)]
    parts += [slot_lines(slot, words) for slot in view.slots]
    parts.append(_places(view, words))
    parts.append(lines(*(surge_line(one, words) for one in view.surges[:SURGES_AT_MOST])))
    parts.append(_missing(view.alerts, words))
    parts.append(lines(*(look_line(one, words) for one in view.looks[:LOOKS_AT_MOST])))
    parts.append(_unwell(view, words))
    parts.append(_hospital(view, words))
    parts.append(words.say("As of {time}; this message keeps itself up to date.", time=words.clock(view.now)))
    return Message(paragraphs(*parts), rows, protected=True)


def _digest(notice: Today, view: TodayView, words: Words) -> Key:
    if view.digest:
        return Key(words.say("📨 Each piece of news by itself"), SwitchDigest(notice.area_id, 0).code)
    return Key(words.say("📰 News twice a day, gathered"), SwitchDigest(notice.area_id, 1).code)


def slot_lines(slot: SlotView, words: Words) -> Html:
    """One slot of the day: how many are well, waited for, missing."""
    numbers = words.say(
        "{slot}: asked {asked}, well {well}, waiting {waiting}, missing {missing}",
        slot=slot.name,
        asked=slot.asked,
        well=slot.well,
        waiting=slot.waiting,
        missing=slot.missing,
    )
    late = words.count("{number} answered late", "{number} answered late", slot.late) if slot.late else None
    calling = (
        words.count("🆘 {number} asked for somebody", "🆘 {number} asked for somebody", slot.calling)
        if slot.calling
        else None
    )
    return lines(
        numbers,
        late,
        calling,
        _unheard(slot, words),
        by_family(slot.proxies, words),
        words.say("Waiting for: {names}", names=_names(slot.waiting_names, words)) if slot.waiting_names else None,
    )


def _unheard(slot: SlotView, words: Words) -> Html | None:
    """Nobody is counted as well of whom nobody knows it yet."""
    if not slot.unheard:
        return None
    names = _names(slot.unheard_names, words)
    return words.count(
        "👂 {number} waits to be heard or seen: {names}",
        "👂 {number} wait to be heard or seen: {names}",
        slot.unheard,
        names=names,
    )


def _names(names: tuple[str, ...], words: Words) -> Html:
    return words.listed(clip(name, NAME_UNITS) for name in names[:NAMES_AT_MOST])


def _places(view: TodayView, words: Words) -> Html | None:
    shown = [
        words.say(
            "📍 {place}: asked {asked}, well {well}, waiting {waiting}, late {late}, missing {missing}",
            place=bold(clip(one.name, NAME_UNITS)),
            asked=one.asked,
            well=one.well,
            waiting=one.waiting,
            late=one.late,
            missing=one.missing,
        )
        for one in view.places[:PLACES_AT_MOST]
    ]
    rest = len(view.places) - PLACES_AT_MOST
    return lines(*shown, words.say("and {number} more places", number=rest) if rest > 0 else None)


def _missing(alerts: tuple[tuple[str, str | None], ...], words: Words) -> Html:
    shown = [
        words.say(
            "🔔 {name}: {state}",
            name=bold(clip(name, NAME_UNITS)),
            state=words.say("{who} goes and looks", who=clip(who, NAME_UNITS)) if who else words.say("nobody goes yet"),
        )
        for name, who in alerts[:ALERTS_AT_MOST]
    ]
    rest = len(alerts) - ALERTS_AT_MOST
    return lines(*shown, words.say("🔔 and {number} more", number=rest) if rest > 0 else None)


def _unwell(view: TodayView, words: Words) -> Html | None:
    """Who said this morning that something is not good."""
    shown = [
        words.say(
            "🌧 {name}: {topic} not good", name=bold(clip(name, NAME_UNITS)), topic=topic_name(Topic(topic), words)
        )
        for name, topic in view.unwell[:UNWELL_AT_MOST]
    ]
    return lines(*shown) if shown else None


def _hospital(view: TodayView, words: Words) -> Html | None:
    """Who is in hospital, and who came home."""
    shown = [_stay(*one, words) for one in view.hospital[:STAYS_AT_MOST]]
    rest = len(view.hospital) - STAYS_AT_MOST
    return lines(*shown, words.count("… and {number} more", "… and {number} more", rest) if rest > 0 else None)


def _stay(name: str, since: datetime | None, home: datetime | None, words: Words) -> Html | None:
    who = bold(clip(name, NAME_UNITS))
    if since is not None:
        return words.say("🏥 {name}: in hospital since {day}", name=who, day=words.day(since))
    return words.say("🏠 {name}: home from hospital since {day}", name=who, day=words.day(home)) if home else None


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    CheckInAsked: asked,
    CheckInNudged: nudged,
    CheckInThanked: thanked,
    CheckInThankedLate: thanked_late,
    CallPromised: promised,
    NotAsked: not_asked,
    SystemSuspected: suspected,
    Today: today,
}
