"""Words about showings: when it is enough for a day, when it is unusual, and the list of who was shown whose contact data."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.showings import (
    FullView,
    ManyView,
    Showings,
    ShowingsAllowed,
    ShowingsFull,
    ShowingsFullBefore,
    ShowingsMany,
    ShowingsView,
    Shown,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

NAME_UNITS, PLACE_UNITS, KEY_UNITS = 40, 80, 30


class OpenShowings(Button, code="wso"):
    """Who was shown whose contact data at this place, so many days ago? `area_id` 0: where I am in charge."""

    area_id: int
    days: int
    page: int


class AllowShowings(Button, code="wsa"):
    """More may be shown to this volunteer today."""

    person_id: int


def _asked(view: FullView, words: Words) -> Html:
    if view.owner is None:
        return words.say("Please ask your community office.")
    return words.say("{name} has been asked and can allow more at once.", name=clip(view.owner, NAME_UNITS))


def full_before(notice: ShowingsFullBefore, view: FullView, words: Words) -> Message:
    """Enough for a day, said before anything is promised: whose it is not, who was asked, and how it goes on."""
    return Message(
        lines(
            words.count(
                "You have been shown the address of {number} neighbour today, as many as a day has.",
                "You have been shown the addresses of {number} neighbours today, as many as a day has.",
                view.limit,
            ),
            words.say(
                "So request #{number} is not yours: others can take it meanwhile, and nobody waits for you.",
                number=notice.need_id,
            ),
            _asked(view, words),
        )
    )


def not_taken(words: Words) -> Html:
    """Why is in the private chat, for there is more to say than a toast holds."""
    return words.say("You have not taken it: please read what I have written to you.")


def full(notice: ShowingsFull, view: FullView, words: Words) -> Message:
    """Enough for a day: who was asked, and what to do meanwhile."""
    return Message(
        lines(
            words.count(
                "You have been shown the address of {number} neighbour today; more in one day are not shown by themselves.",
                "You have been shown the addresses of {number} neighbours today; more in one day are not shown by themselves.",
                view.limit,
            ),
            _asked(view, words),
            words.say("Does it not wait? “↩️ I can't after all” asks somebody else."),
        )
    )


def many(notice: ShowingsMany, view: ManyView, words: Words) -> Message:
    """Somebody was shown many: the fact, and what can be done."""
    name = clip(view.name, NAME_UNITS)
    key = (Key(words.say("👁 Who was shown what"), OpenShowings(0, 0, 0).code),)
    if not notice.full:
        said = words.count(
            "{name} was shown the address of {number} neighbour within an hour. That is unusual; perhaps there is a reason.",
            "{name} was shown the addresses of {number} neighbours within an hour. That is unusual; perhaps there is a reason.",
            notice.number,
            name=name,
        )
        return Message(said, (key,), protected=True)
    said = words.count(
        "{name} was shown the address of {number} neighbour today, as many as a day has, and needs another one.",
        "{name} was shown the addresses of {number} neighbours today, as many as a day has, and needs another one.",
        notice.number,
        name=name,
    )
    allow = (Key(words.say("✅ Allow as many again today"), AllowShowings(notice.person_id).code),)
    return Message(said, (allow, key), protected=True)


def allowed(notice: ShowingsAllowed, view: None, words: Words) -> Message:
    """It goes on."""
    again = words.say("Addresses are shown to you again: please tap “📍 Show the address” once more.")
    return Message(lines(again, words.say("What you could not take before you can take now.")))


def listed(notice: Showings, view: ShowingsView, words: Words) -> Message:
    """A place's day, or where?"""
    if view.places and not view.place:
        return _where(notice, view, words)
    head = lines(
        bold(words.say("👁 Who was shown contact data on {day}", day=words.day(view.day))),
        words.say("📍 {place}", place=clip(view.place, PLACE_UNITS)),
    )
    rows = lines(*(_row(one, words) for one in view.rows))
    nothing = None if view.rows else words.say("Nothing was shown.")
    return Message(paragraphs(head, rows or None, nothing), _keys(notice, view, words), protected=True)


def _row(one: Shown, words: Words) -> Html:
    return words.count(
        "· {viewer} → {person}: {number} time, {at}",
        "· {viewer} → {person}: {number} times, last {at}",
        one.number,
        viewer=clip(one.viewer, NAME_UNITS),
        person=clip(one.person, NAME_UNITS),
        at=words.clock(one.at),
    )


def _keys(notice: Showings, view: ShowingsView, words: Words) -> Rows:
    place = view.places[0][0]
    further = []
    if notice.page:
        further.append(Key(words.say("← Back"), OpenShowings(place, notice.days, notice.page - 1).code))
    if view.has_more:
        further.append(Key(words.say("More ↓"), OpenShowings(place, notice.days, notice.page + 1).code))
    days = [Key(words.say("◀ The day before"), OpenShowings(place, notice.days + 1, 0).code)]
    if notice.days:
        days.append(Key(words.say("The day after ▶"), OpenShowings(place, notice.days - 1, 0).code))
    other = (Key(words.say("📍 Another place"), OpenShowings(0, 0, 0).code),) if view.several else ()
    return tuple(filter(None, (tuple(further), tuple(days), other)))


def _where(notice: Showings, view: ShowingsView, words: Words) -> Message:
    keys: Rows = tuple(
        (
            Key(
                words.say("{place} · {number} today", place=clip(name, KEY_UNITS), number=number),
                OpenShowings(area, 0, 0).code,
            ),
        )
        for area, name, number in view.places
    )
    if view.has_more:
        keys = (*keys, (Key(words.say("More ↓"), OpenShowings(0, 0, notice.page + 1).code),))
    return Message(bold(words.say("👁 Who was shown contact data, and where?")), keys, protected=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    ShowingsFull: full,
    ShowingsFullBefore: full_before,
    ShowingsMany: many,
    ShowingsAllowed: allowed,
    Showings: listed,
}
