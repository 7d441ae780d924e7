"""The rules of money between two people: amounts as they are written, and when it is settled."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AmountTooLarge, AmountUnclear, ReceiptNotSo
from bot.domain.receipts import (
    MOST_CENTS,
    Budget,
    Payer,
    Receipt,
    Side,
    amount_in,
    amounts_in,
    given_and_spent,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NEW = Receipt(1, 7, 12, 2, 10_000, 8_650, NOW)
BEFOREHAND, AFTERWARDS = Budget(Payer.BEFOREHAND, 10_000), Budget(Payer.AFTERWARDS)


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        ("35", 3500),
        ("86.5", 8650),
        ("86.50", 8650),
        ("¥12.05", 1205),
        ("35元", 3500),
        ("35块钱", 3500),
        ("１２．５０", 1250),
        ("1,200", 120_000),
        ("一共 20 元", 2000),
    ],
)
def test_an_amount_as_people_write_it(words: str, cents: int) -> None:
    assert amount_in(words) == cents


@pytest.mark.parametrize("words", ["", "很多", "0", "-5", "5.123", "1.2.3", "10 20", "十块"])
def test_what_is_no_amount_is_asked_again(words: str) -> None:
    with pytest.raises(AmountUnclear):
        amount_in(words)


def test_too_much_is_said_to_be_too_much() -> None:
    with pytest.raises(AmountTooLarge):
        amount_in("10001")
    assert amount_in("10000") == MOST_CENTS


@given(st.integers(1, MOST_CENTS))
def test_every_amount_is_read_as_it_is_shown(cents: int) -> None:
    assert amount_in(f"¥{cents // 100:,}.{cents % 100:02d}") == cents


@given(st.text())
def test_any_text_is_amounts_within_bounds_or_refused(words: str) -> None:
    with suppress(AmountUnclear, AmountTooLarge):
        assert all(0 <= cents <= MOST_CENTS for cents in amounts_in(words))


def test_what_was_given_beforehand_has_to_be_said() -> None:
    assert given_and_spent("100 86.50", BEFOREHAND) == (10_000, 8650)
    assert given_and_spent("86.50", AFTERWARDS) == (0, 8650)
    assert given_and_spent("86.50", None) == (0, 8650)
    for words in ("86.50", "1 2 3"):
        with pytest.raises(AmountUnclear):
            given_and_spent(words, BEFOREHAND)


@given(st.lists(st.sampled_from([Side.HELPER, Side.RESIDENT, None]), max_size=8))
def test_it_is_settled_when_both_have_said_so_and_stays_so(said: list[Side | None]) -> None:
    """None: one of them says that it is not right."""
    receipt, agreed = NEW, set()
    for side in said:
        if side is None:
            with suppress(ReceiptNotSo):
                receipt = receipt.disputed(NOW)
        else:
            receipt = receipt.agreed(side, NOW)
            agreed.add(side)
        assert (receipt.settled_at is not None) == (agreed == {Side.HELPER, Side.RESIDENT})
    if receipt.settled_at is not None:
        with pytest.raises(ReceiptNotSo):
            receipt.stated(0, 1, NOW)
        with pytest.raises(ReceiptNotSo):
            receipt.disputed(NOW)


def test_a_new_amount_is_agreed_to_anew() -> None:
    again = NEW.agreed(Side.RESIDENT, NOW).stated(0, 100, NOW)
    assert (again.by_resident_at, again.owed) == (None, 100)
    assert again.act_at is not None
