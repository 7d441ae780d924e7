"""In which topic something is said, and what is seen when kinds are chosen for one."""

from collections.abc import Callable, Mapping

from bot.domain.errors import ButtonInvalid, NotAllowed
from bot.domain.groups import GroupNotice
from bot.domain.needs import GroupCard
from bot.domain.notices import Notice
from bot.domain.topics import GENERAL, TopicChoice, TopicChoiceView, TopicClosed, TopicWanted
from bot.services import topics
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import groups, needs, persons
from bot.storage import topics as stored
from bot.storage.database import Transaction
from bot.storage.outbox import Letter


def thread_of(tx: Transaction, letter: Letter) -> int:
    """The topic that a letter belongs in; General for everything that nobody has given another place."""
    if isinstance(letter.notice, GroupNotice):
        return letter.notice.thread
    if letter.person_id is not None or not isinstance(letter.notice, GroupCard):
        return GENERAL
    layout, need = stored.layout(tx, letter.bot_id, letter.chat_id), needs.see(tx, letter.notice.need_id)
    return GENERAL if layout is None or need is None else layout.thread_of(need.category)


def choice(tx: Transaction, notice: TopicChoice, look: Look) -> TopicChoiceView:
    """Every kind that may stand in a group; NotAllowed for whoever is no longer in charge."""
    layout = stored.layout(tx, groups.bot_in(tx, look.home.bot_id, notice.chat_id), notice.chat_id)
    if layout is None or look.person_id is None:
        raise ButtonInvalid
    if not topics.may_choose(tx, persons.actor(tx, persons.get(tx, look.person_id)), layout):
        raise NotAllowed("choose topics")
    here = layout.kinds_in(notice.topic)
    shown = (one.code for one in look.home.catalogue.categories if not one.confidential)
    kinds = tuple((code, code in here, code in layout.topics and code not in here) for code in shown)
    return TopicChoiceView(place_name(tx, layout.area_id), layout.forum, kinds)


def wanted(tx: Transaction, notice: TopicWanted, look: Look) -> None:
    """LookupError once nobody waits for it any more: then no topic is made."""
    layout = stored.layout(tx, look.home.bot_id, notice.chat_id)
    topic = None if layout is None else layout.topics.get(notice.category)
    if topic is None or topic.thread is not None:
        raise LookupError("this topic is there, or is not wanted any more")


def closed(tx: Transaction, notice: TopicClosed, look: Look) -> str:
    """The place of the group."""
    return place_name(tx, notice.area_id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {TopicWanted: wanted, TopicChoice: choice, TopicClosed: closed}
