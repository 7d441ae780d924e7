"""Topics: /topic in a group, and the choice of what stands there."""

from bot.domain.groups import GroupPrivate
from bot.domain.topics import TopicChoice
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import topics
from bot.services.views import topics as views
from bot.texts import topics as texts


def topic_here(turn: Turn[Command]) -> Reply:
    """/topic: whoever is in charge is asked in private what stands in this topic."""
    topics.ask(turn.tx, turn.home, turn.actor, turn.chat.id, turn.chat.thread, now=turn.now)
    return reply(GroupPrivate(thread=turn.chat.thread))


def toggle(turn: Turn[texts.TopicKind]) -> Reply:
    """This kind stands here, or no longer."""
    choice = TopicChoice(turn.input.chat_id, turn.input.topic)
    topics.toggle(turn.tx, turn.home, turn.actor, choice, turn.input.category, now=turn.now)
    return reply(choice)


def done(turn: Turn[texts.TopicDone]) -> Reply:
    """That is all: the topic is told."""
    choice = TopicChoice(turn.input.chat_id, turn.input.topic)
    topics.done(turn.tx, turn.home, turn.actor, choice, now=turn.now)
    return reply(toast=lambda words: words.say("Done. The group is told."))


CAPABILITY = Capability(
    commands={},
    group_commands={"topic": topic_here},
    taps={texts.TopicKind: toggle, texts.TopicDone: done},
    views=views.VIEWS,
    cards=texts.CARDS,
)
