"""One file a capability: a tap or a message in, one use case, a reply out. And the one list of them, with their matchers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.handlers import (
    absences,
    alerts,
    assignments,
    backups,
    beginners,
    beneficiaries,
    checkins,
    closings,
    companions,
    deputies,
    desks,
    digests,
    disputes,
    doors,
    drafts,
    drills,
    duty,
    edits,
    enclosures,
    enrolments,
    erasures,
    exports,
    farewells,
    figures,
    floods,
    followups,
    groups,
    handovers,
    helpers,
    hints,
    histories,
    knocks,
    lapses,
    listings,
    media,
    needs,
    neighbours,
    outages,
    partings,
    patience,
    people,
    plans,
    posters,
    proposals,
    pulses,
    ratings,
    receipts,
    recurrences,
    relatives,
    relays,
    remarks,
    reopenings,
    responders,
    rosters,
    rungs,
    seats,
    sheets,
    showcases,
    showings,
    slots,
    stuck,
    surges,
    telephones,
    topics,
    unease,
    visitors,
    visits,
    voices,
    volunteers,
    wellbeing,
    windows,
)
from bot.handlers.turn import Capability, Handler, Plain

# To add a capability, add its line here.
CAPABILITIES: tuple[Capability, ...] = (
    # First: what is written from the telephone of somebody who has died is no answer to anything.
    farewells.CAPABILITY,
    # On a telephone that serves several: whom is it about?
    telephones.CAPABILITY,
    # An answer to a message about a need is for the other side, whatever was asked last.
    relays.CAPABILITY,
    people.CAPABILITY,
    # Before drafts: the answer to a question about somebody else is no need.
    beneficiaries.CAPABILITY,
    drafts.CAPABILITY,
    needs.CAPABILITY,
    visits.CAPABILITY,
    hints.CAPABILITY,
    receipts.CAPABILITY,
    edits.CAPABILITY,
    windows.CAPABILITY,
    # Before media: a further picture of an album goes where the first one went.
    enclosures.CAPABILITY,
    closings.CAPABILITY,
    ratings.CAPABILITY,
    reopenings.CAPABILITY,
    unease.CAPABILITY,
    disputes.CAPABILITY,
    lapses.CAPABILITY,
    showcases.CAPABILITY,
    recurrences.CAPABILITY,
    assignments.CAPABILITY,
    seats.CAPABILITY,
    handovers.CAPABILITY,
    beginners.CAPABILITY,
    groups.CAPABILITY,
    topics.CAPABILITY,
    posters.CAPABILITY,
    plans.CAPABILITY,
    slots.CAPABILITY,
    rungs.CAPABILITY,
    patience.CAPABILITY,
    doors.CAPABILITY,
    neighbours.CAPABILITY,
    enrolments.CAPABILITY,
    rosters.CAPABILITY,
    absences.CAPABILITY,
    relatives.CAPABILITY,
    proposals.CAPABILITY,
    surges.CAPABILITY,
    floods.CAPABILITY,
    stuck.CAPABILITY,
    backups.CAPABILITY,
    pulses.CAPABILITY,
    outages.CAPABILITY,
    responders.CAPABILITY,
    figures.CAPABILITY,
    digests.CAPABILITY,
    histories.CAPABILITY,
    wellbeing.CAPABILITY,
    checkins.CAPABILITY,
    knocks.CAPABILITY,
    visitors.CAPABILITY,
    sheets.CAPABILITY,
    alerts.CAPABILITY,
    companions.CAPABILITY,
    followups.CAPABILITY,
    voices.CAPABILITY,
    remarks.CAPABILITY,
    media.CAPABILITY,
    duty.CAPABILITY,
    drills.CAPABILITY,
    exports.CAPABILITY,
    erasures.CAPABILITY,
    volunteers.CAPABILITY,
    helpers.CAPABILITY,
    partings.CAPABILITY,
    listings.CAPABILITY,
    desks.CAPABILITY,
    showings.CAPABILITY,
    deputies.CAPABILITY,
)

NEW = filters.UpdateType.MESSAGE
PRIVATE = filters.ChatType.PRIVATE
GROUPS = filters.ChatType.GROUPS


Ranked = Callable[[Capability], Mapping[Plain, Handler] | None]
# What comes in by the order of plain messages: words, voice notes and photos, places on the map, address cards, files.
RANKED: tuple[tuple[filters.BaseFilter, Ranked], ...] = (
    (filters.TEXT & ~filters.COMMAND, lambda capability: capability.plain),
    (filters.VOICE | filters.PHOTO, lambda capability: capability.media),
    (filters.LOCATION, lambda capability: capability.places),
    (filters.CONTACT, lambda capability: capability.contacts),
    (filters.Document.ALL, lambda capability: capability.files),
)


async def _unused(update: Update, context: object) -> None:
    """PTB's handlers want a callback; ours are used as matchers only."""


@dataclass(frozen=True)
class Route:
    """PTB's matcher says whether, our functions say what: the first that returns a reply has answered."""

    matcher: BaseHandler[Any, Any, Any]
    handlers: tuple[Handler, ...]

    def matches(self, update: Update) -> bool:
        """Whether this update is for this route."""
        found = self.matcher.check_update(update)
        return found is not None and found is not False


def _in_order(capabilities: tuple[Capability, ...], ranked: Ranked) -> tuple[Handler, ...]:
    found = ((ranked(capability) or {}).get(rank) for rank in Plain for capability in capabilities)
    return tuple(handler for handler in found if handler is not None)


def routes(capabilities: tuple[Capability, ...] = CAPABILITIES) -> list[Route]:
    """The route list: plain messages in their order, commands, commands in groups. Taps have a table of their own."""
    # Most of what people write is plain: it is looked for first.
    listed = [
        Route(MessageHandler(NEW & PRIVATE & what, _unused), _in_order(capabilities, ranked)) for what, ranked in RANKED
    ]
    for capability in capabilities:
        for name, handler in capability.commands.items():
            listed.append(Route(CommandHandler(name, _unused, filters=NEW & PRIVATE), (handler,)))
    for capability in capabilities:
        for name, handler in (capability.group_commands or {}).items():
            listed.append(Route(CommandHandler(name, _unused, filters=NEW & GROUPS), (handler,)))
    return listed


def taps(capabilities: tuple[Capability, ...] = CAPABILITIES) -> dict[type, Callable[..., Any]]:
    """Which function answers which button."""
    return {button: handler for capability in capabilities for button, handler in capability.taps.items()}
