"""The pace: never more than Telegram allows in any window, wherever in a request Telegram counts it."""

from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.gate import Gate
from bot.domain.pace import LENT_SECONDS, REFUSED_CHATS, Limits, Pace

ZHANG, LI, GROUP = 1001, 1002, -1003


@dataclass(frozen=True)
class Sent:
    """One message as Telegram sees it: it arrives somewhere between start and answer."""

    chat_id: int
    urgent: bool
    started_at: float
    arrived_at: float
    answered_at: float


class Telegram:
    """Sends one after another as the pace lets it, with answers that take as long as they are told to."""

    def __init__(self, limits: Limits) -> None:
        self.pace = Pace(limits)
        self.at = 1000.0
        self.sent: list[Sent] = []
        self.answers: list[tuple[float, int]] = []

    def send(self, chat_id: int, *, urgent: bool, latency: float, share: float) -> float:
        """Send as soon as may be; how long that had to wait."""
        wanted_at = self.at
        while (ready_at := self.pace.ready_at(chat_id, urgent=urgent, at=self.at)) > self.at:
            self.pass_time(ready_at)
        self.pace.start(chat_id, at=self.at)
        heappush(self.answers, (self.at + latency, chat_id))
        self.sent.append(Sent(chat_id, urgent, self.at, self.at + latency * share, self.at + latency))
        return self.at - wanted_at

    def pass_time(self, until: float) -> None:
        """Let time pass until an instant, or until the next answer, which may come before."""
        if self.answers and self.answers[0][0] <= until:
            self.at, chat_id = heappop(self.answers)
            self.pace.answered(chat_id, at=self.at)
        else:
            assert until < inf, "nothing to wait for"
            self.at = until


def most_in_any(window: float, instants: list[float]) -> int:
    """The most that fall into any half-open window of so many seconds."""
    ordered = sorted(instants)
    # A hair less than the window: sums of floats that should be equal are not always.
    return max((sum(start <= other < start + window - 1e-6 for other in ordered) for start in ordered), default=0)


MESSAGES = st.lists(
    st.tuples(
        st.sampled_from([ZHANG, LI, GROUP, *range(1, 40)]),
        st.booleans(),
        st.floats(0.001, 3.0),
        st.floats(0.0, 1.0),
        st.sampled_from([0.0, 0.0, 0.01, 0.4, 2.0]),
    ),
    max_size=120,
)


@settings(max_examples=100, deadline=None)
@given(messages=MESSAGES)
def test_no_window_of_a_second_sees_more_than_the_bot_may(
    messages: list[tuple[int, bool, float, float, float]],
) -> None:
    telegram = Telegram(Limits(bot_per_second=5, reserved=1, group_per_minute=4))
    for chat_id, urgent, latency, share, pause in messages:
        telegram.send(chat_id, urgent=urgent, latency=latency, share=share)
        telegram.at += pause if not telegram.answers else 0.0
    assert most_in_any(1.0, [sent.arrived_at for sent in telegram.sent]) <= 5


@settings(max_examples=100, deadline=None)
@given(messages=MESSAGES)
def test_no_window_sees_more_than_a_chat_or_a_group_may(messages: list[tuple[int, bool, float, float, float]]) -> None:
    telegram = Telegram(Limits(group_per_minute=4))
    for chat_id, urgent, latency, share, _ in messages:
        telegram.send(chat_id, urgent=urgent, latency=latency, share=share)
        while chat_id in {waiting for _, waiting in telegram.answers}:  # one in flight a chat
            telegram.pass_time(inf)
    for chat_id in {sent.chat_id for sent in telegram.sent}:
        arrivals = [sent.arrived_at for sent in telegram.sent if sent.chat_id == chat_id]
        for seconds in (1, 2, 5, 20):
            assert most_in_any(seconds, arrivals) <= 3 + seconds
        if chat_id < 0:
            assert most_in_any(60.0, arrivals) <= 4


def test_a_steady_stream_uses_every_slot() -> None:
    telegram = Telegram(Limits())
    for number in range(900):
        telegram.send(number, urgent=False, latency=0.005, share=0.5)
    late = [sent for sent in telegram.sent if sent.started_at >= 1010.0]
    rate = (len(late) - 1) / (late[-1].started_at - late[0].started_at)
    assert rate > 30 * 0.97


def test_what_concerns_life_hardly_waits_for_a_slot() -> None:
    telegram = Telegram(Limits())
    waits = []
    for number in range(600):
        telegram.send(number, urgent=False, latency=0.005, share=0.5)
        if number % 97 == 50:
            waits.append(telegram.send(10_000 + number, urgent=True, latency=0.005, share=0.5))
    assert max(waits) <= LENT_SECONDS + 0.01


def test_a_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    telegram = Telegram(Limits())
    waits = []
    for _ in range(6):
        waits.append(telegram.send(ZHANG, urgent=False, latency=0.01, share=0.5))
        telegram.pass_time(inf)
    assert waits[:3] == [0.0, 0.0, 0.0]
    assert all(isclose(wait, 1.0, abs_tol=0.05) for wait in waits[3:])


def test_nothing_starts_while_all_slots_wait_for_answers() -> None:
    pace = Pace(Limits(bot_per_second=3, reserved=1))
    for chat_id in (1, 2, 3):
        pace.start(chat_id, at=0.0)
    assert pace.ready_at(4, urgent=True, at=100.0) == inf
    pace.answered(1, at=100.0)
    assert pace.ready_at(4, urgent=True, at=100.0) == 101.0


def test_the_reserved_slots_are_for_life_only() -> None:
    pace = Pace(Limits(bot_per_second=3, reserved=2))
    pace.start(1, at=0.0)
    assert pace.ready_at(2, urgent=False, at=0.0) == inf
    assert pace.ready_at(2, urgent=True, at=0.0) == 0.0


def test_a_refused_chat_waits_as_it_was_told_and_others_do_not() -> None:
    pace = Pace()
    pace.start(ZHANG, at=0.0)
    pace.refused(ZHANG, seconds=7.0, at=0.5)
    pace.answered(ZHANG, at=0.5)
    assert pace.chat_ready_at(ZHANG, at=0.5) == 7.5
    assert pace.ready_at(LI, urgent=False, at=0.5) == 0.5


def refuse(pace: Pace, chats: int, at: float) -> None:
    for chat_id in range(1, chats + 1):
        pace.start(chat_id, at=at)
        pace.refused(chat_id, seconds=3.0, at=at)
        pace.answered(chat_id, at=at)


def test_several_refused_chats_slow_the_bot_and_it_recovers() -> None:
    pace = Pace()
    refuse(pace, REFUSED_CHATS, at=0.0)
    assert pace.limit(0.0) == 15
    assert pace.ready_at(99, urgent=True, at=0.0) == 3.0
    assert 15 < pace.limit(20.0) < 30
    assert pace.limit(100.0) == 30


def test_refusals_of_one_moment_slow_the_bot_once() -> None:
    pace = Pace()
    refuse(pace, 20, at=0.0)
    assert pace.limit(0.0) == 15


def test_refusals_again_and_again_leave_one_a_second() -> None:
    pace = Pace()
    for moment in range(20):
        refuse(pace, REFUSED_CHATS, at=2.0 * moment)
    assert pace.limit(38.0) == 1
    assert pace.ready_at(99, urgent=False, at=60.0) == 60.0


def test_two_refused_chats_are_only_two_chats() -> None:
    pace = Pace()
    refuse(pace, REFUSED_CHATS - 1, at=0.0)
    assert pace.limit(0.0) == 30


def test_quiet_chats_are_forgotten() -> None:
    pace = Pace(Limits(bot_per_second=10**6))
    for chat_id in range(10_000):
        pace.start(chat_id, at=float(chat_id))
        pace.answered(chat_id, at=float(chat_id))
    assert len(pace._chats) < 5_000


@pytest.mark.parametrize(("cooling", "expected"), [(0, 28), (10, 18), (30, 0)])
def test_how_many_could_go_soon(cooling: int, expected: int) -> None:
    pace = Pace()
    for chat_id in range(cooling):
        pace.start(chat_id, at=0.0)
        pace.answered(chat_id, at=0.0)
    assert pace.free(at=0.0, within=0.25) == expected
    assert pace.free(at=0.0, within=1.5) == 28


@given(answers=st.lists(st.floats(0.0, 1.2), max_size=40), in_flight=st.integers(0, 8), within=st.floats(0.0, 1.0))
def test_what_could_go_soon_is_what_will_be_let_out(answers: list[float], in_flight: int, within: float) -> None:
    pace = Pace(Limits(bot_per_second=12, reserved=2))
    for chat_id, at in enumerate(sorted(answers)):
        pace.start(chat_id, at=at)
        pace.answered(chat_id, at=at)
    for chat_id in range(in_flight):
        pace.start(100 + chat_id, at=1.2)
    ready_at = pace.bot_ready_at(urgent=False, at=1.2)
    assert (pace.free(at=1.2, within=within) > 0) == (ready_at <= 1.2 + within)


# --- the gate ---


def test_the_gate_closes_longer_and_longer_and_opens_at_once() -> None:
    gate = Gate()
    assert not gate.closed
    gate.failed(0.0)
    gate.failed(0.1)  # it was on its way together with the first
    assert (gate.closed, gate.opens_at) == (True, 0.5)
    gate.failed(0.5)
    assert gate.opens_at == 1.5
    for moment in range(10, 200, 10):
        gate.failed(float(moment))
    assert gate.opens_at <= 200.0
    gate.answered()
    assert (gate.closed, gate.opens_at) == (False, -inf)


def test_one_timeout_is_chance_and_three_in_a_row_are_not() -> None:
    gate = Gate()
    for moment in (0.0, 1.0):
        gate.timed_out(moment)
    assert not gate.closed
    gate.timed_out(2.0)
    assert gate.closed
