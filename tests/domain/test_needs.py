"""Needs: whatever happens in whatever order, each has a next step and somebody whose turn it is, and one claimer at most."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.errors import (
    DomainError,
    NeedNotSo,
    NeedTaken,
    OwnNeed,
    TextEmpty,
    TextTooLong,
    TooManyNeeds,
    TooManyToday,
)
from bot.domain.needs import (
    ANSWER_WITHIN,
    ASK_BEFORE_END,
    CLAIMED_WITHIN,
    CONFIRM_AFTER,
    DAY_LIMIT,
    EXPIRE_AFTER,
    OPEN_LIMIT,
    QUIET_AFTER,
    TEXT_LIMIT,
    Audience,
    Kind,
    Need,
    NeedStillNeeded,
    NeedWaits,
    Outcome,
    State,
    Urgency,
    alike,
    check_may_post,
    first_act,
    legible_text,
    most_alike,
    public_text,
    step,
)

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RESIDENT, VOLUNTEERS = 1, (2, 3, 4)
ENDED = (State.CLOSED, State.CANCELLED, State.EXPIRED)
MINUTE = timedelta(minutes=1)


def posted(urgency: Urgency = Urgency.TODAY, at: datetime = MORNING) -> Need:
    """A need as it is right after posting."""
    return Need(7, 1, 5, RESIDENT, "repairs", urgency, "灯坏了", State.OPEN, at, act_at=first_act(urgency, at))


class AnyOrder(RuleBasedStateMachine):
    """People and time do whatever they like, in any order; a small model says what must come of it."""

    @initialize(urgency=st.sampled_from(Urgency))
    def post(self, urgency: Urgency) -> None:
        self.now, self.need, self.opened_at = MORNING, posted(urgency), MORNING

    def _try(self, states: tuple[State, ...], new: "Need | DomainError") -> bool:
        """Whether it was possible; it must be exactly in these states."""
        possible = not isinstance(new, DomainError)
        assert possible == (self.need.state in states), (self.need.state, new)
        if isinstance(new, Need):
            self.need = new
        return possible

    @rule(who=st.sampled_from((RESIDENT, *VOLUNTEERS)))
    def claim(self, who: int) -> None:
        before = self.need
        match attempt(lambda: before.claim(who, self.now)):
            case OwnNeed():
                assert who == RESIDENT
            case NeedTaken(claimer):
                assert before.state is State.CLAIMED
                assert claimer == before.claimed_by != who
            case NeedNotSo():
                assert before.state not in (State.OPEN, State.CLAIMED)
            case Need() as after:
                assert after.claimed_by == who != RESIDENT
                assert before.state is State.OPEN or before == after
                self.need = after

    @rule(minutes=st.integers(-1, 8 * 24 * 60))
    def arrive(self, minutes: int) -> None:
        at = self.now + timedelta(minutes=minutes)
        self._try((State.CLAIMED,), attempt(lambda: self.need.arrive(at, self.now)))

    @rule()
    def keep(self) -> None:
        self._try((State.CLAIMED,), attempt(lambda: self.need.keep(self.now)))

    @rule()
    def release(self) -> None:
        if self._try((State.CLAIMED,), attempt(lambda: self.need.release(self.now))):
            self.opened_at = self.now

    @rule(outcome=st.sampled_from(Outcome))
    def finish(self, outcome: Outcome) -> None:
        if self._try((State.CLAIMED,), attempt(lambda: self.need.finish(outcome, self.now))):
            assert self.need.outcome is outcome

    @rule()
    def confirm(self) -> None:
        self._try((State.DONE,), attempt(lambda: self.need.confirm(self.now)))

    @rule()
    def dispute(self) -> None:
        closed_at = self.need.closed_at
        fresh = closed_at is not None and self.now - closed_at <= timedelta(days=7)
        states = (State.DONE, State.CLOSED) if fresh else (State.DONE,)
        self._try(states, attempt(lambda: self.need.dispute("没修好", self.now)))

    @rule(again=st.booleans())
    def decide(self, again: bool) -> None:
        new = attempt(lambda: self.need.reopen(self.now) if again else self.need.settle(self.now))
        if self._try((State.DISPUTED,), new) and again:
            self.opened_at = self.now

    @rule()
    def cancel(self) -> None:
        self._try((State.OPEN, State.CLAIMED, State.DISPUTED), attempt(lambda: self.need.cancel()))

    @rule(stars=st.integers(-1, 7))
    def rate(self, stars: int) -> None:
        before = self.need
        new = attempt(lambda: self.need.rate(stars))
        possible = before.state is State.CLOSED and before.stars is None and 1 <= stars <= 5
        assert isinstance(new, Need) == possible
        self.need = new if isinstance(new, Need) else before

    @rule(minutes=st.integers(1, 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.need.act_at is not None and self.need.state is not None)
    @rule()
    def time_comes(self) -> None:
        assert self.need.act_at is not None
        before, self.now = self.need, max(self.now, self.need.act_at)
        move = step(self.need, self.now)
        self.need = move.need
        heard = {post.to for post in move.posts}
        assert self.need.act_at is None or self.need.act_at > self.now, "time always gets further"
        assert heard, "time never acts without anybody hearing of it"
        match before.state:
            case State.OPEN:
                assert heard == {Audience.RESIDENT, Audience.COORDINATORS}
                ended = self.need.state is State.EXPIRED
                assert ended or move.ask_more
                assert not ended or self.now - self.opened_at >= EXPIRE_AFTER
            case State.CLAIMED:
                asked = before.step == 0
                assert self.need.state is (State.CLAIMED if asked else State.OPEN)
                assert heard == ({Audience.CLAIMER} if asked else {Audience.CLAIMER, Audience.RESIDENT})
                if not asked:
                    self.opened_at = self.now
            case State.DONE:
                assert self.need.state is State.CLOSED
                assert heard == {Audience.COORDINATORS}
            case State.DISPUTED:
                assert self.need.state is State.DISPUTED
                assert heard == {Audience.COORDINATORS}

    @invariant()
    def it_has_a_next_step_unless_it_has_ended(self) -> None:
        assert (self.need.act_at is None) == (self.need.state in ENDED)

    @invariant()
    def it_has_somebody_whose_turn_it_is(self) -> None:
        with_helper = self.need.state in (State.CLAIMED, State.DONE, State.DISPUTED)
        assert not with_helper or self.need.claimed_by in VOLUNTEERS
        assert self.need.state is not State.OPEN or (self.need.claimed_by, self.need.arrives_at) == (None, None)

    @invariant()
    def what_was_asked_never_changes(self) -> None:
        assert (self.need.id, self.need.person_id, self.need.text, self.need.posted_at) == (
            7,
            RESIDENT,
            "灯坏了",
            MORNING,
        )


def attempt(change: object) -> "Need | DomainError":
    """The changed need, or the error that said no."""
    assert callable(change)
    try:
        new = change()
    except DomainError as error:
        return error
    assert isinstance(new, Need)
    return new


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize("urgency", list(Urgency))
def test_left_alone_a_need_ends_after_two_weeks(urgency: Urgency) -> None:
    need, now, told = posted(urgency), MORNING, 0
    while need.act_at is not None:
        now, told = need.act_at, told + 1
        need = step(need, now).need
    assert need.state is State.EXPIRED
    assert EXPIRE_AFTER <= now - MORNING < EXPIRE_AFTER + timedelta(days=1)
    assert told <= 21, "people are told ever more rarely"


@pytest.mark.parametrize("urgency", list(Urgency))
def test_the_resident_is_asked_before_it_ends_and_yes_gives_two_weeks_more(urgency: Urgency) -> None:
    need, asked = replace(posted(urgency), open_until=MORNING + EXPIRE_AFTER), 0
    while need.act_at is not None:
        now, move = need.act_at, step(need, need.act_at)
        notices = {type(post.notice) for post in move.posts}
        if NeedStillNeeded in notices:
            asked += 1
            assert need.ends_at() - now <= ASK_BEFORE_END
            assert NeedWaits not in notices
        need = move.need
        if asked == 1 and need.open_until == MORNING + EXPIRE_AFTER:
            kept = need.stay(now)
            assert kept.stay(now) == kept, "saying so twice changes nothing"
            need = kept
            assert need.ends_at() == now + EXPIRE_AFTER
            again_until = need.ends_at()
    assert need.state is State.EXPIRED
    assert again_until <= now < again_until + timedelta(days=1)
    assert asked >= 2, "asked before each end"


def test_only_what_nobody_has_is_edited() -> None:
    kind, claimed = Kind("property", 30, True, "mediation"), posted().claim(2, MORNING)
    later = MORNING + timedelta(hours=1)
    for state in State:
        odd = replace(claimed if state is not State.OPEN else posted(), state=state)
        new = attempt(lambda odd=odd: odd.edit(later, text=" 水管漏水 ", urgency=Urgency.NOW, kind=kind))
        assert isinstance(new, Need) == (state is State.OPEN)
    edited = posted().edit(later, text=" 水管漏水 ", urgency=Urgency.NOW, kind=kind)
    assert (edited.text, edited.urgency, edited.kind()) == ("水管漏水", Urgency.NOW, kind)
    assert (edited.step, edited.act_at) == (0, later + timedelta(minutes=30))
    assert edited.ends_at() == later + EXPIRE_AFTER
    words = posted().edit(later, text="灯", urgency=Urgency.TODAY, kind=posted().kind())
    assert words == replace(posted(), text="灯"), "other words do not make it wait anew"
    with pytest.raises(TextEmpty):
        posted().edit(later, text=" ", urgency=Urgency.TODAY, kind=posted().kind())


def test_a_category_may_have_times_of_its_own() -> None:
    need = replace(posted(), within_minutes=30)
    assert need.claimed_within == timedelta(minutes=30)
    assert need.claim(2, MORNING).release(MORNING).act_at == MORNING + timedelta(minutes=30)
    assert step(need, MORNING).need.act_at == MORNING + timedelta(minutes=30)


# --- asked before ---


@pytest.mark.parametrize(
    ("one", "other", "yes"),
    [
        ("家里的灯坏了", "灯坏了，谁来修一下", True),
        ("家里的灯坏了", "家里的灯坏了！", True),
        ("the lamp in my kitchen is broken", "The lamp in my kitchen is broken again", True),
        ("家里的灯坏了", "水管漏水", False),
        ("想请人陪我去医院", "家里的灯坏了", False),
        ("the lamp is broken", "please buy some milk", False),
        ("帮我买一袋米", "帮我买一瓶油", False),
        ("please buy me some rice", "please buy me some oil", False),
        ("药", "药", True),
        ("", "灯", False),
    ],
)
def test_what_is_asked_again(one: str, other: str, yes: bool) -> None:
    before = replace(posted(), text=one)
    assert (most_alike(other, "repairs", [before]) is before) == yes


@given(st.text(max_size=60), st.text(max_size=60))
def test_alike_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= alike(one, other) == alike(other, one) <= 1
    assert alike(one, one) in (0, 1)


def test_of_several_the_likeliest_then_the_newest() -> None:
    texts = ("灯坏了", "厨房的灯坏了", "厨房的灯坏了")
    before = [replace(posted(), id=number, text=text) for number, text in enumerate(texts)]
    found = most_alike("厨房的灯坏了", "repairs", before)
    assert found is not None
    assert found.id == 2
    assert most_alike("灯", "repairs", []) is None


def test_the_first_promise_is_fifteen_minutes_two_hours_a_day() -> None:
    assert [first_act(urgency, MORNING) - MORNING for urgency in Urgency] == [
        timedelta(minutes=15),
        timedelta(hours=2),
        timedelta(hours=24),
    ]
    assert dict(QUIET_AFTER) == dict(CLAIMED_WITHIN)
    assert all(ANSWER_WITHIN[urgency] < QUIET_AFTER[urgency] for urgency in Urgency)


def test_two_days_to_confirm() -> None:
    need = posted().claim(2, MORNING).finish(Outcome.DONE, MORNING)
    assert need.act_at == MORNING + CONFIRM_AFTER == MORNING + timedelta(hours=48)


def test_an_arrival_is_waited_for_and_an_hour_more() -> None:
    claimed = posted().claim(2, MORNING)
    tomorrow = MORNING + timedelta(days=1)
    assert claimed.arrive(tomorrow, MORNING).act_at == tomorrow + timedelta(hours=1)
    assert claimed.arrive(tomorrow, MORNING).keep(MORNING).act_at == tomorrow + QUIET_AFTER[Urgency.TODAY]


def test_time_after_the_end_does_nothing_more() -> None:
    for state in ENDED:
        odd = replace(posted(), state=state)
        assert step(odd, MORNING).need == replace(odd, act_at=None)


def test_ten_a_day_are_possible_and_no_more() -> None:
    for today in range(DAY_LIMIT):
        check_may_post(0, today)
    with pytest.raises(TooManyToday):
        check_may_post(0, DAY_LIMIT)


def test_five_are_possible_and_no_more() -> None:
    for running in range(OPEN_LIMIT):
        check_may_post(running)
    with pytest.raises(TooManyNeeds):
        check_may_post(OPEN_LIMIT)


@given(st.text(max_size=1200))
def test_a_text_is_kept_as_it_was_written_or_refused(words: str) -> None:
    bare = words.replace("\x00", "").strip()
    if not bare:
        with pytest.raises(TextEmpty):
            legible_text(words)
    elif len(bare) > TEXT_LIMIT:
        with pytest.raises(TextTooLong) as error:
            legible_text(words)
        assert (error.value.length, error.value.limit) == (len(bare), TEXT_LIMIT)
    else:
        assert legible_text(words) == bare


# --- what a group may read ---

NUMBER = st.integers(10**6, 10**10 - 1)
TELEPHONES = st.one_of(
    NUMBER.map(lambda n: f"1{n % 10**10:010d}"),
    NUMBER.map(lambda n: f"+86 1{n % 10**10:010d}"),
    NUMBER.map(lambda n: f"138-{n % 10**4:04d}-{n // 7 % 10**4:04d}"),
    NUMBER.map(lambda n: f"138 {n % 10**4:04d} {n // 7 % 10**4:04d}"),
    NUMBER.map(lambda n: f"138.{n % 10**4:04d}.{n // 7 % 10**4:04d}"),
    NUMBER.map(lambda n: f"010-{n % 10**8:08d}"),
    NUMBER.map(lambda n: f"+44 7700 {n % 10**6:06d}"),
    NUMBER.map(lambda n: f"{n % 10**8:08d}".translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
)
DOORS = (
    *(
        "2单元301室",
        "2单元301",
        "3 单元 1202 室",
        "二单元301",
        "2单元三零一",
        "301室",
        "1202号房",
        "301房间",
        "十二楼三〇一室",
    ),
    *(
        "3-2-301",
        "2-1202",
        "3号楼2-301",
        "门牌号：301",
        "房号1202",
        "unit 2 door 301",
        "Flat 12b",
        "apt. no 7",
        "room #301",
    ),
)
BEFORE = st.sampled_from(["灯坏了，我在", "please ring ", "请打", "（", "地址:", ""])
AFTER = st.sampled_from(["，谢谢", " thank you", "。", "）", ""])


@given(TELEPHONES, BEFORE, AFTER)
def test_a_group_reads_no_telephone(telephone: str, before: str, after: str) -> None:
    assert not any(char.isdecimal() for char in public_text(f"{before}{telephone}{after}"))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("before", ["灯坏了，我在", "please come to ", ""])
def test_a_group_reads_no_door(door: str, before: str) -> None:
    left = public_text(f"{before}{door}，谢谢")
    assert not any(part in left for part in ("301", "1202", "12b", "三零一", "三〇一", "no 7"))


@pytest.mark.parametrize(
    "words",
    [
        *("买2-3斤米", "3号楼门口", "第一网格", "晚上7点半", "买10个鸡蛋和500克糖", "two bags of 5 kg", "明天上午9:30"),
        *(
            "2026年3月2日",
            "2026-03-02上午",
            "50-100元",
            "50元以内",
            "我家有3个人",
            "we live in building 12",
            "十二个鸡蛋",
            "一百二十元",
        ),
    ],
)
def test_ordinary_numbers_stay(words: str) -> None:
    assert public_text(words) == words
