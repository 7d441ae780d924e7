"""Money between the sides of a need: who pays, up to how much, what was spent, and that both say it is settled.

Amounts are whole cents of the community's currency; the program keeps facts and moves no money.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import AmountTooLarge, AmountUnclear, ReceiptNotSo
from bot.domain.media import File
from bot.domain.notices import Card, Notice, Priority

# To what a photo of a receipt belongs: "receipt:12".
RECEIPT = "receipt"
CEILINGS = (2_000, 5_000, 10_000)
MOST_CENTS = 1_000_000
# What is not settled after so long is seen to by who is in charge.
SETTLED_WITHIN = timedelta(days=2)


class Payer(StrEnum):
    """Who pays for what is bought."""

    BEFOREHAND = "beforehand"
    AFTERWARDS = "afterwards"
    PAID = "paid"
    NOBODY = "nobody"

    @property
    def moves_money(self) -> bool:
        """Whether money goes from hand to hand."""
        return self in (Payer.BEFOREHAND, Payer.AFTERWARDS)


@dataclass(frozen=True)
class Budget:
    """What the resident says of the money for a need. `ceiling` None: they named no limit."""

    payer: Payer
    ceiling: int | None = None


class Side(StrEnum):
    """Who says something of the money."""

    HELPER = "helper"
    RESIDENT = "resident"


@dataclass(frozen=True)
class Receipt:
    """What one helper spent for one need, in cents; `given` beforehand. The times: when each side said that it is settled,
    when one of them said that it is not right, and when it was settled for good; None: not."""

    id: int
    bot_id: int
    need_id: int
    helper_id: int
    given: int
    spent: int
    made_at: datetime
    by_helper_at: datetime | None = None
    by_resident_at: datetime | None = None
    disputed_at: datetime | None = None
    settled_at: datetime | None = None
    act_at: datetime | None = None
    version: int = 0

    @property
    def owed(self) -> int:
        """What the resident owes the helper; less than nothing: what the helper gives back."""
        return self.spent - self.given

    def stated(self, given: int, spent: int, now: datetime) -> "Receipt":
        """The helper says (or says anew) what it came to: both sides have to agree to it. ReceiptNotSo once it is settled."""
        if self.settled_at is not None:
            raise ReceiptNotSo
        return replace(
            self,
            given=given,
            spent=spent,
            by_helper_at=None,
            by_resident_at=None,
            disputed_at=None,
            act_at=now + SETTLED_WITHIN,
        )

    def agreed(self, side: Side, now: datetime) -> "Receipt":
        """This side says that it is settled; with both it is. Saying it twice changes nothing."""
        if self.settled_at is not None:
            return self
        by_helper = self.by_helper_at or (now if side is Side.HELPER else None)
        by_resident = self.by_resident_at or (now if side is Side.RESIDENT else None)
        both = by_helper is not None and by_resident is not None
        return replace(
            self,
            by_helper_at=by_helper,
            by_resident_at=by_resident,
            disputed_at=None if both else self.disputed_at,
            settled_at=now if both else None,
            act_at=None if both else self.act_at,
        )

    def disputed(self, now: datetime) -> "Receipt":
        """One side says that it is not right: who is in charge sees to it. ReceiptNotSo once it is settled."""
        if self.settled_at is not None:
            raise ReceiptNotSo
        return self if self.disputed_at is not None else replace(self, disputed_at=now, act_at=None)

    def closed(self, now: datetime) -> "Receipt":
        """Who is in charge has seen to it."""
        return self if self.settled_at is not None else replace(self, settled_at=now, act_at=None)


AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?(?![\d.])")
MARKS = re.compile(r"[¥￥$€£]|rmb|cny|元|块钱|块|圆|kuai|yuan", re.IGNORECASE)


def amounts_in(words: str) -> tuple[int, ...]:
    """The amounts that somebody writes, in cents: "86.50", "¥100，花了86.5"; AmountUnclear for none, AmountTooLarge."""
    text = MARKS.sub(" ", unicodedata.normalize("NFKC", words))
    found = tuple(
        int(whole.replace(",", "")) * 100 + int((part or "0").ljust(2, "0")) for whole, part in AMOUNT.findall(text)
    )
    if not found or re.search(r"-\s*\d", text):
        raise AmountUnclear
    if max(found) > MOST_CENTS:
        raise AmountTooLarge(MOST_CENTS // 100)
    return found


def amount_in(words: str) -> int:
    """The one amount in a text, more than nothing; AmountUnclear for none or several, AmountTooLarge."""
    found = amounts_in(words)
    if len(found) != 1 or found[0] == 0:
        raise AmountUnclear
    return found[0]


def given_and_spent(words: str, budget: Budget | None) -> tuple[int, int]:
    """What somebody was given and what they spent: both, or what was spent only where nothing was given beforehand."""
    found = amounts_in(words)
    beforehand = budget is not None and budget.payer is Payer.BEFOREHAND
    if len(found) == 2:
        return found[0], found[1]
    if len(found) != 1 or beforehand:
        raise AmountUnclear
    return 0, found[0]


# --- what is seen and said ---


@dataclass(frozen=True)
class BudgetView:
    """What is asked about the money: `budget` None: nothing is said yet."""

    budget: Budget | None


@dataclass(frozen=True)
class ReceiptView:
    """A receipt with names. `side` None: the reader is in charge."""

    receipt: Receipt
    resident: str
    helper: str
    side: Side | None
    ceiling: int | None = None
    photos: int = 0


@dataclass(frozen=True)
class BudgetNotice(Notice):
    """Something asked of whoever wants something bought. `noun` draft or need, and its number."""

    priority = Priority.ANSWER
    noun: str
    number: int


class BudgetAsked(BudgetNotice):
    """Who pays?"""


class CeilingAsked(BudgetNotice):
    """How much at most?"""


class BudgetKept(BudgetNotice):
    """It is kept so."""


@dataclass(frozen=True)
class ReceiptAsked(Notice):
    """To whoever bought something: what did it come to? `both`: they were given money beforehand."""

    priority = Priority.ANSWER
    visit_id: int
    both: bool


@dataclass(frozen=True)
class ReceiptCard(Card):
    """To both sides, and to who is in charge where they do not agree: what it came to, and one tap that it is settled."""

    priority = Priority.CHECK_IN
    receipt_id: int

    @property
    def subject(self) -> str:
        """The receipt that it shows."""
        return f"{RECEIPT}:{self.receipt_id}"


@dataclass(frozen=True)
class ReceiptPhotoAsked(Notice):
    """To whoever bought something: a photo of the receipt, if there is one."""

    priority = Priority.ANSWER
    receipt_id: int


@dataclass(frozen=True)
class ReceiptPhoto(Notice):
    """To the resident: the receipt itself."""

    priority = Priority.CHECK_IN
    receipt_id: int
    media_id: int


@dataclass(frozen=True)
class ReceiptPhotoView:
    """Such a photo, with the name of whoever sent it."""

    need_id: int
    helper: str
    file_id: File
