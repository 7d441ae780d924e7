"""What is read when everybody in a place is asked once more each day: the coordinator's card, and the kind word to each."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.plans import Channel, Slot
from bot.domain.surges import (
    BEGINS,
    DAYS,
    TIMES,
    SurgeCard,
    SurgeKind,
    SurgeLine,
    SurgeList,
    SurgePlaces,
    SurgesView,
    SurgeTimeAsked,
    SurgeTold,
    SurgeView,
    SurgeWordsAsked,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

PLACES_AT_MOST, LINES_AT_MOST, NAME_UNITS, PLACE_UNITS = 20, 10, 20, 40
DAYS_A_ROW = 3


class SurgeOf(Button, code="za"):
    """This comes over us."""

    surge_kind: str


class SurgeIn(Button, code="zb"):
    """… in this place."""

    surge_kind: str
    area_id: int


class SurgeDays(Button, code="zc"):
    """It lasts so many days."""

    surge_id: int
    days: int


class SurgeFrom(Button, code="zd"):
    """It begins in so many days."""

    surge_id: int
    days: int


class SurgeTime(Button, code="ze"):
    """At this time."""

    surge_id: int
    minutes: int


class SurgeOtherTime(Button, code="zf"):
    """At another time, to be typed."""

    surge_id: int


class SurgeWords(Button, code="zg"):
    """In my own words."""

    surge_id: int


class SurgeBegin(Button, code="zh"):
    """Turn it on."""

    surge_id: int


class SurgeDrop(Button, code="zi"):
    """Not after all."""

    surge_id: int


class SurgeEnd(Button, code="zj"):
    """End it now."""

    surge_id: int


class ShowSurge(Button, code="zk"):
    """Show this one."""

    surge_id: int


def kind_name(kind: SurgeKind, words: Words) -> Html:
    """What comes over a place."""
    names = {
        SurgeKind.HEAT: words.say("🥵 Heat"),
        SurgeKind.TYPHOON: words.say("🌀 Typhoon"),
        SurgeKind.COLD: words.say("🥶 Cold"),
    }
    return names[kind]


def usual_words(kind: SurgeKind, words: Words) -> Html:
    """What everybody is told when nobody writes words of their own."""
    said = {
        SurgeKind.HEAT: words.say("It is very hot these days. Please drink enough and stay in the shade."),
        SurgeKind.TYPHOON: words.say("A typhoon is coming. Please stay at home and close the windows."),
        SurgeKind.COLD: words.say("It is very cold these days. Please keep warm, and air the room when you heat."),
    }
    return said[kind]


def listed(notice: SurgeList, view: SurgesView, words: Words) -> Message:
    """What is on, and what could be turned on."""
    shown = view.running[:LINES_AT_MOST]
    on = [line(one, words) for one in shown]
    rest = len(view.running) - len(shown)
    more = words.say("… and {number} more", number=rest) if rest else None
    head = words.say("While it is hot, stormy or cold, everybody who is cared for is asked once more each day.")
    keys: Rows = (
        *((Key(words.say("Show: {what}", what=_short(one, words)), ShowSurge(one.number).code),) for one in shown),
        *((Key(kind_name(kind, words), SurgeOf(kind.value).code),) for kind in SurgeKind),
    )
    return Message(paragraphs(head, lines(*on, more), bold(words.say("What comes over you?"))), keys, protected=True)


def line(one: SurgeLine, words: Words) -> Html:
    """One that is on, as on the day at a glance."""
    return words.say(
        "{what} in {place}: once more at {time} until {day} ({name})",
        what=kind_name(one.kind, words),
        place=clip(one.place, PLACE_UNITS),
        time=one.slot,
        day=words.date(one.last),
        name=clip(one.by, NAME_UNITS),
    )


def _short(one: SurgeLine, words: Words) -> Html:
    return words.say("{what}, {place}", what=kind_name(one.kind, words), place=clip(one.place, NAME_UNITS))


def places(notice: SurgePlaces, view: SurgesView, words: Words) -> Message:
    """Where?"""
    keys: Rows = tuple(
        (Key(name, SurgeIn(notice.kind, area_id).code),) for area_id, name in view.places[:PLACES_AT_MOST]
    )
    return Message(bold(words.say("Where?")), keys)


def card(notice: SurgeCard, view: SurgeView, words: Words) -> Message:
    """One surge: being written down, on, or over."""
    surge = view.surge
    head = lines(bold(kind_name(surge.kind, words)), words.say("📍 {place}", place=view.place))
    said = words.say("“{words}”", words=surge.words or usual_words(surge.kind, words))
    when = words.say(
        "From {first} to {last}, each day at {time}.",
        first=bold(words.date(view.first)),
        last=bold(words.date(view.last)),
        time=bold(Slot(surge.slot).name),
    )
    if surge.begun_at is None and surge.ended_at is not None:
        return Message(lines(head, words.say("✖️ Not turned on. /surge begins again.")))
    if surge.begun_at is None:
        then = words.say("Everybody is told once in these words. Visits and calls come onto the lists as always.")
        return Message(paragraphs(head, when, said, then), _draft_keys(view, words))
    on = words.say("{name} has turned this on.", name=bold(view.by))
    if surge.ended_at is not None:
        over = words.say("⏹ {name} has ended it.", name=view.ender) if view.ender else words.say("⏹ It is over.")
        return Message(paragraphs(head, when, said, lines(on, over)), protected=True)
    keys: Rows = ((Key(words.say("⏹ End it now"), SurgeEnd(surge.id).code),),) if view.may else ()
    note = words.say("Who is asked at this time anyway is asked once. /today shows who is well.")
    return Message(paragraphs(head, when, said, lines(on, note)), keys, protected=True)


def _draft_keys(view: SurgeView, words: Words) -> Rows:
    surge = view.surge
    number = surge.id
    if not view.may:
        return ()
    begins = {0: words.say("Today"), 1: words.say("Tomorrow"), 2: words.say("In 2 days")}
    lasting = [
        Key(
            _marked(words.count("{number} day", "{number} days", days), days == surge.days),
            SurgeDays(number, days).code,
        )
        for days in DAYS
    ]
    times = tuple(
        Key(_marked(Slot(minutes).name, minutes == surge.slot), SurgeTime(number, minutes).code) for minutes in TIMES
    )
    return (
        (Key(words.say("✅ Turn it on"), SurgeBegin(number).code),),
        tuple(Key(_marked(begins[days], days == surge.begins_in), SurgeFrom(number, days).code) for days in BEGINS),
        *(tuple(lasting[at : at + DAYS_A_ROW]) for at in range(0, len(lasting), DAYS_A_ROW)),
        times,
        (Key(words.say("⏰ Another time"), SurgeOtherTime(number).code),),
        (Key(words.say("✏️ My own words"), SurgeWords(number).code),),
        (Key(words.say("✖️ Not after all"), SurgeDrop(number).code),),
    )


def _marked(label: str, chosen: bool) -> str:
    return f"✓{label}" if chosen else label


def time_asked(notice: SurgeTimeAsked, view: SurgeView, words: Words) -> Message:
    """At what time?"""
    return Message(words.say("At what time? Please write it like this: 7:30"), asks=True)


def words_asked(notice: SurgeWordsAsked, view: SurgeView, words: Words) -> Message:
    """In which words?"""
    asked = words.say("What shall I tell everybody? Please write it in two short sentences.")
    then = words.say("Days and time I add myself. Nothing is sent before you turn it on.")
    return Message(lines(asked, then), asks=True)


def told(notice: SurgeTold, view: SurgeView, words: Words) -> Message:
    """What comes, and that they are asked once more."""
    said = view.surge.words or usual_words(view.surge.kind, words)
    facts = {"day": words.date(view.last), "time": Slot(view.surge.slot).name}
    more = {
        Channel.CHAT: words.say("Until {day} I also ask you at {time} whether you are well.", **facts),
        Channel.CALL: words.say("Until {day} somebody also rings you around {time}.", **facts),
        Channel.KNOCK: words.say("Until {day} somebody also looks in on you around {time}.", **facts),
    }
    return Message(paragraphs(words.say("Dear {name},", name=view.person), said, more[view.channel]))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    SurgeList: listed,
    SurgePlaces: places,
    SurgeCard: card,
    SurgeTimeAsked: time_asked,
    SurgeWordsAsked: words_asked,
    SurgeTold: told,
}
