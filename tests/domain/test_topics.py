"""The rule of topics: where a kind of need stands in a group, and that it is never lost between two topics."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.topics import GENERAL, Layout, Topic

KINDS = st.sampled_from(["groceries", "repairs", "meals", "other"])
THREADS = st.sampled_from([None, GENERAL, 7, 9])


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    known = draw(st.dictionaries(KINDS, st.tuples(THREADS, st.booleans())))
    topics = {kind: Topic(kind, thread, closed) for kind, (thread, closed) in known.items()}
    return Layout(-1, 1, draw(st.booleans()), draw(st.booleans()), topics)


def opened(topic: Topic) -> Topic:
    return Topic(topic.category, topic.thread)


@given(layouts(), KINDS)
def test_a_need_stands_where_it_was_put_or_in_general(layout: Layout, kind: str) -> None:
    thread, topic = layout.thread_of(kind), layout.topics.get(kind)
    if thread != GENERAL:
        assert layout.forum
        assert topic is not None
        assert not topic.closed
        assert topic.thread == thread


@given(layouts(), KINDS)
def test_what_closes_changes_where_a_kind_stands_and_not_whether(layout: Layout, kind: str) -> None:
    reopened = Layout(-1, 1, layout.forum, layout.makes_topics, {one: opened(t) for one, t in layout.topics.items()})
    assert layout.shows(kind) == reopened.shows(kind)


@given(layouts(), KINDS)
def test_a_group_hides_only_what_others_were_chosen_instead_of(layout: Layout, kind: str) -> None:
    chosen = bool(layout.kinds_in(GENERAL))
    assert layout.shows(kind) == (kind in layout.topics or not chosen)


@given(layouts(), KINDS)
def test_a_topic_is_made_only_where_the_bot_may_and_where_there_is_none(layout: Layout, kind: str) -> None:
    if layout.wants(kind):
        assert layout.forum
        assert layout.makes_topics
        assert kind not in layout.topics
        assert layout.shows(kind)
        assert layout.thread_of(kind) == GENERAL
