"""The day's sheet in words: a table for the printer, and a line in the chat that brings it."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import Ladder
from bot.domain.notices import Notice
from bot.domain.plans import Channel, Slot
from bot.domain.sheets import Paper, RoundsSheet, SheetPerson, SheetView
from bot.texts.alerts.names import rung_name
from bot.texts.doors import entering
from bot.texts.message import Document
from bot.texts.words import Words, plain

WIDTHS = (3, 4, 3, 4, 5, 4, 3)


def sheet(notice: RoundsSheet, view: SheetView, words: Words) -> Document:
    """The sheet as a PDF, with what to do with it."""
    day = words.day(view.now)
    caption = words.say(
        "🖨 The sheet for {day}: {place}. Please print it and keep it safe: it is for when the program is down.",
        day=day,
        place=view.place,
    )
    local = view.now.astimezone(words.home.timezone).date()
    name = f"{local.isoformat()}-{view.page + 1}.pdf"
    return Document(caption, protected=True, name=name, paper=paper(view, words))


def paper(view: SheetView, words: Words) -> Paper:
    """The table: people, doors, telephones, notes, contacts, ladder, and room to tick."""
    title = words.say("Rounds of {day}, {place}", day=words.day(view.now), place=view.place)
    header = (
        words.say("Who"),
        words.say("Where"),
        words.say("When"),
        words.say("Telephone"),
        words.say("Notes and keys"),
        words.say("Contacts"),
        words.say("Found, at"),
    )
    notes = (
        words.say("On duty: {names}", names=_reached(view.duty, words)),
        words.say("In charge: {names}", names=_reached(view.coordinators, words)),
        words.say("If nobody answers: {ladder}", ladder=_ladder(view.ladder, words)),
        words.say("In danger ring {numbers}.", numbers=words.home.emergency_numbers),
        words.say("Confidential. Please destroy it after the day."),
    )
    return Paper(
        language=words.language.value,
        title=plain(title),
        notes=tuple(plain(note) for note in notes),
        widths=WIDTHS,
        header=tuple(plain(one) for one in header),
        rows=tuple(_row(one, words) for one in view.people),
    )


def _row(one: SheetPerson, words: Words) -> tuple[str, ...]:
    slots = "\n".join(plain(_slot(slot, words)) for slot in one.plan.slots)
    others = [f"{name} ({relation}) {telephone or ''}".rstrip() for name, relation, telephone in one.contacts]
    if one.neighbour:
        others.insert(0, plain(words.say("Neighbour: {name}", name=one.neighbour)))
    where = "\n".join(part for part in (one.place, one.door) if part)
    own = plain(words.say("Own ladder: {ladder}", ladder=_ladder(one.plan.ladder, words))) if one.plan.ladder else None
    notes = "\n".join(part for part in (one.plan.notes, _entering(one, words), own) if part)
    return one.name, where, slots, one.telephone or "", notes, "\n".join(others), ""


def _entering(one: SheetPerson, words: Words) -> str | None:
    said = entering(one.plan.may_enter, words)
    return None if said is None else plain(said)


def _slot(slot: Slot, words: Words) -> str:
    how = {
        Channel.CHAT: words.say("in the chat"),
        Channel.CALL: words.say("by telephone"),
        Channel.KNOCK: words.say("at the door"),
    }
    return f"{slot.name} {how[slot.channel]}"


def _ladder(ladder: Ladder, words: Words) -> str:
    rungs = (
        words.say("after {minutes} min {whom}", minutes=rung.after_minutes, whom=rung_name(rung, words))
        for rung in ladder
    )
    return "; ".join(plain(rung) for rung in rungs)


def _reached(people: tuple[tuple[str, str | None], ...], words: Words) -> str:
    named = [f"{name} {telephone}" if telephone else name for name, telephone in people]
    return ", ".join(named) or words.say("nobody")


CARDS: Mapping[type[Notice], Callable[..., Document]] = {RoundsSheet: sheet}
