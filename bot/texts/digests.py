"""What is read of a digest: how the rounds went, and each piece of news in its own words."""

from collections.abc import Callable, Mapping

from bot.domain.absences import AbsenceBegun, AbsenceForgotten, CameHome
from bot.domain.digests import Digest, DigestPlace, DigestView
from bot.domain.duty import DutyAway, DutyGaps
from bot.domain.needs import NeedConfirmedByItself, NeedExpired, NeedTrouble, NeedUnclaimed
from bot.domain.notices import Notice
from bot.domain.plans import PlanDeclined, PlanStarted
from bot.domain.ratings import RatingLow
from bot.domain.volunteers import VolunteerWaits
from bot.texts import absences, duty, needs, plans, ratings, volunteers
from bot.texts.checkins import slot_lines
from bot.texts.message import Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

KEYS_AT_MOST, NAME_UNITS, PLACE_UNITS = 10, 20, 60

# How each piece of news is worded; a test holds it together with what is gathered.
NEWS: Mapping[type[Notice], Callable[..., Message]] = {
    kind: cards[kind]
    for kind, cards in {
        AbsenceBegun: absences.CARDS,
        AbsenceForgotten: absences.CARDS,
        CameHome: absences.CARDS,
        PlanStarted: plans.CARDS,
        PlanDeclined: plans.CARDS,
        DutyAway: duty.CARDS,
        DutyGaps: duty.CARDS,
        RatingLow: ratings.CARDS,
        NeedConfirmedByItself: needs.CARDS,
        NeedExpired: needs.CARDS,
        NeedUnclaimed: needs.CARDS,
        NeedTrouble: needs.CARDS,
        VolunteerWaits: volunteers.CARDS,
    }.items()
}


def digest(notice: Digest, view: DigestView, words: Words) -> Message:
    """Everything that could wait, in one message."""
    said = [NEWS[type(told)](told, seen, words) for told, seen in view.news]
    head = bold(words.say("📰 {day}, {time}", day=words.day(view.now), time=words.clock(view.now)))
    rounds = [_place(place, words) for place in view.places]
    text = paragraphs(head, *rounds, *(one.text for one in said))
    return Message(text, _keys(said), protected=True)


def _place(place: DigestPlace, words: Words) -> Html:
    return lines(
        words.say("📍 {place}", place=clip(place.name, PLACE_UNITS)),
        *(slot_lines(slot, words) for slot in place.slots),
        words.say("Answered late: {names}", names=_names(place.late, words)) if place.late else None,
        words.say("After a reminder: {names}", names=_names(place.reminded, words)) if place.reminded else None,
    )


def _names(names: tuple[str, ...], words: Words) -> Html:
    return words.listed(clip(name, NAME_UNITS) for name in names)


def _keys(said: list[Message]) -> Rows:
    """What can be done about the news; the same is offered once."""
    rows = {tuple(key.code for key in row): row for one in said for row in one.rows}
    return tuple(rows.values())[:KEYS_AT_MOST]


CARDS: Mapping[type[Notice], Callable[..., Message]] = {Digest: digest}
