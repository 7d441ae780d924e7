"""Topics: a group shows the kinds of needs that were chosen for it, each in its topic; what is closed or gone is told once."""

from datetime import datetime

from bot.domain.access import Action, allowed, require
from bot.domain.errors import ButtonInvalid
from bot.domain.home import Home
from bot.domain.needs import GroupCard, Need
from bot.domain.people import Actor
from bot.domain.topics import GENERAL, Layout, TopicBound, TopicChoice, TopicClosed, TopicWanted
from bot.services import telling
from bot.storage import areas, groups, history, outbox
from bot.storage import topics as stored
from bot.storage.database import Transaction
from bot.storage.history import Event
from bot.storage.outbox import Letter

# --- showing needs ---


def show(tx: Transaction, need: Need, *, now: datetime) -> int:
    """The groups of a need's place see it, each where its kind stands; in how many. Nothing confidential is ever shown."""
    if need.guarded_by is not None:
        return 0
    return sum(show_in(tx, bot_id, one, need, now=now) for bot_id, one in stored.of_area(tx, need.area_id))


def show_in(tx: Transaction, bot_id: int, layout: Layout, need: Need, *, now: datetime) -> bool:
    """One group sees a need, unless it was made for other kinds; a topic that is not there yet is made before."""
    if not layout.shows(need.category):
        return False
    if layout.wants(need.category) and stored.want(tx, bot_id, layout.chat_id, need.category):
        wanted = TopicWanted(layout.chat_id, need.category)
        telling.put(tx, wanted, bot_id=bot_id, chat_id=layout.chat_id, person_id=None, now=now)
    telling.put(tx, GroupCard(need.id), bot_id=bot_id, chat_id=layout.chat_id, person_id=None, now=now)
    return True


# --- choosing ---


def may_choose(tx: Transaction, actor: Actor, layout: Layout) -> bool:
    """Whether somebody is in charge of the place that the group belongs to."""
    return allowed(Action.GROUP_TOPICS, actor, areas.line(tx, layout.area_id))


def ask(tx: Transaction, home: Home, actor: Actor, chat_id: int, topic: int, *, now: datetime) -> None:
    """/topic in a group: whoever is in charge is asked in private which kinds stand there; nobody else is."""
    layout = stored.layout(tx, home.bot_id, chat_id)
    if layout is not None and may_choose(tx, actor, layout):
        telling.tell_afresh(tx, actor.id, TopicChoice(chat_id, topic), now=now)


def toggle(tx: Transaction, home: Home, actor: Actor, choice: TopicChoice, category: str, *, now: datetime) -> None:
    """This kind stands in this topic from now on, or no longer. ButtonInvalid, NotAllowed."""
    bot_id, layout = _chosen_by(tx, home, actor, choice)
    if not home.catalogue.knows(category) or home.catalogue[category].confidential:
        raise ButtonInvalid
    here = category in layout.kinds_in(choice.topic)
    if here:
        stored.unbind(tx, bot_id, choice.chat_id, category)
    else:
        stored.bind(tx, bot_id, choice.chat_id, category, choice.topic, by=actor.id)
    event = Event(now, actor.id, f"group:{choice.chat_id}", "kind unbound" if here else "kind bound", detail=category)
    history.write(tx, event)


def done(tx: Transaction, home: Home, actor: Actor, choice: TopicChoice, *, now: datetime) -> None:
    """The topic itself is told what appears in it now."""
    bot_id, layout = _chosen_by(tx, home, actor, choice)
    said = TopicBound(" ".join(layout.kinds_in(choice.topic)), thread=choice.topic)
    telling.put(tx, said, bot_id=bot_id, chat_id=choice.chat_id, person_id=None, now=now)


def _chosen_by(tx: Transaction, home: Home, actor: Actor, choice: TopicChoice) -> tuple[int, Layout]:
    """The group, with the bot that is in it: whoever chooses may be spoken to by another."""
    bot_id = groups.bot_in(tx, home.bot_id, choice.chat_id)
    layout = stored.layout(tx, bot_id, choice.chat_id)
    if layout is None or choice.topic < GENERAL:
        raise ButtonInvalid
    require(Action.GROUP_TOPICS, actor, areas.line(tx, layout.area_id))
    return bot_id, layout


# --- what Telegram says of topics ---


def made(tx: Transaction, letter: Letter, notice: TopicWanted) -> None:
    """Telegram has made the topic: what waited for it goes there."""
    thread = outbox.message_of(tx, letter.id)
    if thread is not None:
        stored.made(tx, letter.bot_id, letter.chat_id, notice.category, thread)


def refused(tx: Transaction, home: Home, letter: Letter, topic: int, *, now: datetime) -> None:
    """Telegram takes nothing there: a topic that may not be made, one that is closed or gone, or General itself."""
    if isinstance(letter.notice, TopicWanted):
        trusted(tx, home, letter.chat_id, makes_topics=False)
    else:
        closed(tx, home, letter.chat_id, topic, now=now)


def trusted(tx: Transaction, home: Home, chat_id: int, *, makes_topics: bool) -> None:
    """The bot may make topics in a group, or may not any more; what could not be made before is tried again or left."""
    groups.set_makes_topics(tx, home.bot_id, chat_id, makes_topics)
    stored.unwant(tx, home.bot_id, chat_id)


def closed(tx: Transaction, home: Home, chat_id: int, topic: int, *, now: datetime) -> None:
    """Nothing can be written there; whoever is in charge hears it once, and what stood there goes to General."""
    layout = stored.layout(tx, home.bot_id, chat_id)
    if layout is None:
        return
    kinds = stored.close(tx, home.bot_id, chat_id, topic, now) if topic else []
    if kinds or (not topic and stored.close_general(tx, home.bot_id, chat_id, now)):
        telling.tell_coordinators(tx, layout.area_id, TopicClosed(layout.area_id, topic, " ".join(kinds)), now=now)


def reopened(tx: Transaction, home: Home, chat_id: int, topic: int) -> None:
    """It can be written there again."""
    stored.reopen(tx, home.bot_id, chat_id, topic)
