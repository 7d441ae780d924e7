"""The shared pace: whatever copies do and however they die, together they never have more slots than there are."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.shares import COOLING_SECONDS, GONE_SECONDS, SHARE_SECONDS, Share, share

LIMIT = 28
COPIES = ("one", "two", "three", "four")
# Who asks, how much they want, and how many seconds pass before.
ASKINGS = st.lists(
    st.tuples(st.sampled_from(COPIES), st.integers(0, 40), st.floats(0, 5, allow_nan=False)),
    max_size=60,
)


class Copies:
    """What everybody has, and since when somebody may still be counted by Telegram for what they had."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.shares: dict[str, Share] = {}
        # When a copy had so many slots last, as Telegram sees it: until its share ended, or was made smaller.
        self.used: list[tuple[str, int, float]] = []

    def asks(self, holder: str, wants: int) -> Share:
        """A copy asks for its part."""
        old = self.shares.get(holder)
        if old is not None:
            self.used.append((holder, old.slots, min(self.at, old.until)))
        self.shares[holder] = share(self.shares.values(), holder, wants=wants, limit=LIMIT, at=self.at)
        return self.shares[holder]

    def counted(self) -> int:
        """The most messages that may have come to Telegram within the last second."""
        total = 0
        for holder in COPIES:
            now = self.shares.get(holder, Share(holder))
            had = [now.slots if self.at < now.until + 1.0 else 0]
            had += [slots for who, slots, until in self.used if who == holder and until > self.at - 1.0]
            total += max(had)
        return total


@given(ASKINGS)
def test_all_together_never_have_more_than_there_is(askings: list[tuple[str, int, float]]) -> None:
    copies = Copies()
    for holder, wants, seconds in askings:
        copies.at += seconds
        mine = copies.asks(holder, wants)
        assert 0 <= mine.slots <= wants
        assert copies.counted() <= LIMIT


@given(ASKINGS, st.sets(st.sampled_from(COPIES), min_size=1))
def test_everyone_who_goes_on_asking_has_an_equal_part_in_the_end(
    askings: list[tuple[str, int, float]], hungry: set[str]
) -> None:
    copies = Copies()
    for holder, wants, seconds in askings:
        copies.at += seconds
        copies.asks(holder, wants)
    copies.at += GONE_SECONDS
    for _ in range(40):
        copies.at += 0.25
        for holder in sorted(hungry):
            copies.asks(holder, LIMIT)
    for holder in hungry:
        assert copies.shares[holder].slots >= LIMIT // len(hungry)


def test_one_copy_alone_has_all_of_it_at_once() -> None:
    assert share([], "one", wants=LIMIT, limit=LIMIT, at=0.0).slots == LIMIT


def test_what_a_dead_copy_had_is_free_after_its_share_has_ended() -> None:
    copies = Copies()
    copies.asks("one", LIMIT)
    assert copies.asks("two", LIMIT).slots == 0
    copies.at += SHARE_SECONDS + COOLING_SECONDS
    assert copies.asks("two", LIMIT).slots >= LIMIT // 2
    copies.at += GONE_SECONDS
    assert copies.asks("two", LIMIT).slots == LIMIT
