"""Who hears of something: a notice for a person, for the coordinators of a place, for its groups."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.digests import can_wait
from bot.domain.notices import Card, CardMoved, Notice, Priority
from bot.domain.people import Role
from bot.storage import areas, deputies, digests, groups, outbox, persons
from bot.storage.database import Transaction


def tell(
    tx: Transaction,
    person_id: int,
    notice: Notice,
    *,
    now: datetime,
    priority: Priority | None = None,
    calm: bool = False,
) -> bool:
    """Say something to a person in their own chat; False when no chat reaches them.

    What can wait is gathered for whoever wants a digest; `calm`: this one can, though others of its kind cannot.
    """
    chat = persons.chat_of(tx, person_id)
    if chat is None:
        return False
    if priority is None and (calm or can_wait(notice, now)) and digests.gather(tx, person_id, notice, now=now):
        return True
    bot_id, chat_id = chat
    put(tx, notice, bot_id=bot_id, chat_id=chat_id, person_id=person_id, now=now, priority=priority)
    return True


def tell_afresh(tx: Transaction, person_id: int, card: Card, *, now: datetime) -> None:
    """Show a card to a person in a new message, so that they hear of it; nothing happens when no chat reaches them."""
    chat = persons.chat_of(tx, person_id)
    if chat is not None:
        show_afresh(tx, card, bot_id=chat[0], chat_id=chat[1], person_id=person_id, now=now)


def put(
    tx: Transaction,
    notice: Notice,
    *,
    bot_id: int,
    chat_id: int,
    person_id: int | None,
    now: datetime,
    priority: Priority | None = None,
) -> None:
    """Put something into the outbox: a card is made or drawn again, anything else is said once."""
    if isinstance(notice, Card):
        outbox.show(tx, notice, bot_id=bot_id, chat_id=chat_id, person_id=person_id, now=now, priority=priority)
    else:
        outbox.say(tx, notice, bot_id=bot_id, chat_id=chat_id, person_id=person_id, now=now, priority=priority)


def coordinators_of(tx: Transaction, area_id: int) -> list[int]:
    """Who is in charge of a place and can be reached, nearest first: its coordinators, or, where there are none, its
    administrators."""
    return _reached(tx, Role.COORDINATOR, area_id) or _reached(tx, Role.ADMINISTRATOR, area_id)


def administrators_of(tx: Transaction, area_id: int) -> list[int]:
    """The administrators of a place who can be reached."""
    return _reached(tx, Role.ADMINISTRATOR, area_id)


def _reached(tx: Transaction, role: Role, area_id: int) -> list[int]:
    people = persons.holding(tx, role, area_id)
    chats = persons.chats_of(tx, people)
    reached = [person_id for person_id in people if person_id in chats]
    # Whoever is away is told nothing while somebody else hears; when nobody else is left, they are told all the same.
    away = deputies.away(tx, reached)
    return [person_id for person_id in reached if person_id not in away] or reached


def tell_coordinators(tx: Transaction, area_id: int, notice: Notice, *, now: datetime, calm: bool = False) -> int:
    """Say something to everyone in charge of a place; how many are reached."""
    return sum(tell(tx, person_id, notice, now=now, calm=calm) for person_id in coordinators_of(tx, area_id))


def day_moved(tx: Transaction, area_ids: Iterable[int]) -> None:
    """Something of today has changed at these places: the day's cards of who is in charge there are drawn again."""
    above = {one for area_id in set(area_ids) for one in areas.line(tx, area_id)}
    outbox.touch_calmly(tx, *(f"today:{area_id}" for area_id in sorted(above)))


def show_groups(tx: Transaction, area_id: int, card: Card, *, now: datetime) -> int:
    """Show a card in the groups of a place, by the bot that is in each; in how many."""
    chats = groups.of_area(tx, area_id)
    for bot_id, chat_id in chats:
        outbox.show(tx, card, bot_id=bot_id, chat_id=chat_id, person_id=None, now=now)
    return len(chats)


def show_afresh(
    tx: Transaction, card: Card, *, bot_id: int, chat_id: int, person_id: int | None, now: datetime
) -> None:
    """The card comes as a new message at the end of the chat; the message in which it was is blanked."""
    found = outbox.find_card(tx, card, bot_id=bot_id, chat_id=chat_id)
    if found is None:
        put(tx, card, bot_id=bot_id, chat_id=chat_id, person_id=person_id, now=now, priority=Priority.ANSWER)
        return
    letter_id, message_id = found
    if message_id is not None:
        blank(tx, message_id, bot_id=bot_id, chat_id=chat_id, person_id=person_id, now=now)
    outbox.move(tx, letter_id)


def draw_here(
    tx: Transaction, card: Card, message_id: int, *, bot_id: int, chat_id: int, person_id: int | None, now: datetime
) -> None:
    """The card is drawn again in this very message, the one that was tapped; any other message of it is blanked."""
    found = outbox.find_card(tx, card, bot_id=bot_id, chat_id=chat_id)
    other = found and found[1]
    if other is not None and other != message_id:
        blank(tx, other, bot_id=bot_id, chat_id=chat_id, person_id=person_id, now=now)
    outbox.show(
        tx,
        card,
        bot_id=bot_id,
        chat_id=chat_id,
        person_id=person_id,
        now=now,
        priority=Priority.ANSWER,
        message_id=None if other == message_id else message_id,
    )


def blank(tx: Transaction, message_id: int, *, bot_id: int, chat_id: int, person_id: int | None, now: datetime) -> None:
    """An old message of a card loses its words and buttons."""
    notice = CardMoved(message_id)
    outbox.say(tx, notice, bot_id=bot_id, chat_id=chat_id, person_id=person_id, now=now, priority=Priority.ANSWER)
