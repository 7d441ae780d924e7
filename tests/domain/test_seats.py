"""Several go to one need: whatever order people come, leave and finish in, the seats and whoever leads stay right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.errors import ButtonInvalid, DomainError, ExperiencedWanted, NeedTaken, SeatsTaken
from bot.domain.needs import Need, Outcome, State, Urgency
from bot.domain.seats import PAIR, SEATS_AT_MOST, Party, give_back, seats_in

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RESIDENT, PEOPLE = 1, st.integers(2, 9)
NEWCOMERS = frozenset({2, 3, 4, 5})


def posted(*, pair: bool) -> Need:
    """A need that nobody has."""
    return Need(7, 1, 1, RESIDENT, "lifting", Urgency.TODAY, "搬柜子", State.OPEN, NOW, act_at=NOW, pair=pair)


def tapped(party: Party, who: int, *, new: bool = False) -> Party | NeedTaken | ExperiencedWanted:
    """The party with one more, or the error that said no."""
    try:
        return party.join(who, new=new)
    except (NeedTaken, ExperiencedWanted) as error:
        return error


class AnyOrder(RuleBasedStateMachine):
    """People tap whatever they like; a no changes nothing."""

    @initialize(
        pair=st.booleans(), asked=st.one_of(st.none(), st.integers(1, SEATS_AT_MOST)), accompanied=st.booleans()
    )
    def post(self, pair: bool, asked: int | None, accompanied: bool) -> None:
        self.need, self.asked = posted(pair=pair), asked
        self.newcomers = NEWCOMERS if accompanied else frozenset()
        self.along: tuple[int, ...] = ()
        self.now = NOW

    def party(self) -> Party:
        lead = () if self.need.claimed_by is None else (self.need.claimed_by,)
        people = (*lead, *self.along)
        return Party(people, self.asked, self.need.pair, self.newcomers & {*people})

    @rule(who=PEOPLE)
    def tap(self, who: int) -> None:
        before = self.party()
        if self.need.state is State.OPEN:
            self.need = self.need.claim(who, self.now)
        elif self.need.state is State.CLAIMED:
            joined = tapped(before, who, new=who in self.newcomers)
            if isinstance(joined, NeedTaken):
                assert (before.missing, joined.claimer) == (0, self.need.claimed_by)
            elif isinstance(joined, ExperiencedWanted):
                assert before.unaccompanied
                assert who in self.newcomers
            else:
                assert before.missing or joined == before
                self.along = joined.people[1:]

    @rule(who=PEOPLE)
    def leave(self, who: int) -> None:
        if self.need.state is not State.CLAIMED or who not in self.party().people:
            return
        before = self.party()
        after = before.leave(who)
        if who == self.need.claimed_by:
            self.need = give_back(self.need, self.along, self.now)
        self.along = after.people[1:]
        assert self.party().people == after.people

    @rule(count=st.integers(-1, 7))
    def seat(self, count: int) -> None:
        if self.need.state not in (State.OPEN, State.CLAIMED):
            return
        before = self.party()
        try:
            self.asked = before.seat(count).asked
        except SeatsTaken:
            assert count < len(before.people)
        except ButtonInvalid:
            assert not (PAIR if self.need.pair else 1) <= count <= SEATS_AT_MOST

    @rule(outcome=st.sampled_from(Outcome))
    def finish(self, outcome: Outcome) -> None:
        if self.need.state is State.CLAIMED:
            self.need = self.need.finish(outcome, self.now)

    @rule()
    def dispute_and_once_more(self) -> None:
        if self.need.state is State.DONE:
            self.need = self.need.dispute("没做完", self.now).reopen(self.now)
            self.along = ()

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nobody_sits_on_a_seat_that_is_not_there(self) -> None:
        party = self.party()
        assert len(party.people) <= party.wanted <= SEATS_AT_MOST + 1
        assert len(set(party.people)) == len(party.people)

    @invariant()
    def somebody_leads_or_nobody_goes(self) -> None:
        if self.need.state is State.CLAIMED:
            assert self.need.claimed_by == self.party().people[0]
        if self.need.state is State.OPEN:
            assert self.party().people == ()

    @invariant()
    def nobody_is_told_to_go_alone_where_two_must(self) -> None:
        party = self.party()
        if len(party.people) == 1 and (self.need.pair or self.newcomers & {*party.people}):
            assert party.alone
            assert party.missing

    @invariant()
    def seats_are_filled_only_with_somebody_experienced(self) -> None:
        party = self.party()
        assert party.missing or not party.people or not self.newcomers.issuperset(party.people)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@given(st.lists(PEOPLE, min_size=1, max_size=20), st.integers(1, SEATS_AT_MOST))
def test_the_first_taps_win_the_seats(taps: list[int], count: int) -> None:
    party, late = Party(asked=count), 0
    for who in taps:
        joined = tapped(party, who)
        late += isinstance(joined, NeedTaken)
        party = joined if isinstance(joined, Party) else party
    assert list(party.people) == list(dict.fromkeys(taps))[:count]
    assert late == sum(who not in party.people for who in taps)


def test_a_newcomer_goes_with_somebody_experienced() -> None:
    new, old = 2, 9
    one = Party((new,), new=frozenset({new}))
    assert (one.wanted, one.missing, one.alone) == (2, 1, True)
    with pytest.raises(ExperiencedWanted):
        one.join(3, new=True)
    both = one.join(old)
    assert (both.missing, both.alone) == (0, False)
    assert both.leave(old).alone
    assert Party((old,)).join(old) == Party((old,)), "tapping twice changes nothing"
    with pytest.raises(NeedTaken):
        both.join(8)
    three = Party((new,), asked=3, new=frozenset({new})).join(3, new=True)
    assert three.for_experienced
    with pytest.raises(DomainError):
        three.join(4, new=True)
    assert replace(three, asked=5).join(4, new=True).missing == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("柜子太重，要三个人来搬", 3),
        ("需要两个志愿者抬一下", 2),
        ("请来两位帮忙搬桌子", 2),
        ("来5个人", 5),
        ("we need three people to move a wardrobe", 3),
        ("Two strong men, please", 2),
        ("4 volunteers for the fair", 4),
        ("家里两个人吃饭，买点菜", None),
        ("买两个人的饭", None),
        ("来两个人份的饭", None),
        ("三楼的灯坏了", None),
        ("a bed for two people", None),
        ("灯坏了", None),
    ],
)
def test_how_many_a_text_asks_for(text: str, count: int | None) -> None:
    assert seats_in(text) == count
