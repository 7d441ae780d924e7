"""Everything that is said about money between the sides of a need."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from bot.domain import receipts
from bot.domain.notices import Notice
from bot.domain.receipts import (
    MOST_CENTS,
    Budget,
    BudgetView,
    Payer,
    Receipt,
    ReceiptPhotoView,
    ReceiptView,
    Side,
)
from tests.texts.readers import NOW, Data, Said


def budgets(kind: Callable[[str, int], Notice]) -> Callable[[Data], Said]:
    """Nothing said, and everything that can be."""

    def said(data: Data) -> Said:
        yield kind("draft", data.number), BudgetView(None)
        for payer, ceiling in product(Payer, (None, MOST_CENTS)):
            yield kind("need", data.number), BudgetView(Budget(payer, ceiling))

    return said


def views(data: Data) -> Iterator[ReceiptView]:
    """Change, debt and neither; at every stage, to either side and to who is in charge."""
    for given, spent in ((MOST_CENTS, 8650), (0, 8650), (8650, 8650)):
        new = Receipt(data.number, 7, data.number, 2, given, spent, NOW)
        one = new.agreed(Side.HELPER, NOW)
        stages = (new, one, new.agreed(Side.RESIDENT, NOW), one.agreed(Side.RESIDENT, NOW), new.disputed(NOW))
        for receipt, side in product(stages, (Side.HELPER, Side.RESIDENT, None)):
            yield ReceiptView(receipt, data.resident, data.helper, side)
            yield ReceiptView(receipt, data.resident, data.helper, side, ceiling=100, photos=2)


def cards(data: Data) -> Said:
    """A receipt in every view."""
    return ((receipts.ReceiptCard(data.number), view) for view in views(data))


def asked(data: Data) -> Said:
    """With and without money beforehand."""
    for both in (True, False):
        yield receipts.ReceiptAsked(data.number, both), None


def photos(data: Data) -> Said:
    """The receipt itself."""
    yield receipts.ReceiptPhoto(data.number, 3), ReceiptPhotoView(data.number, data.helper, "x")


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{kind: budgets(kind) for kind in (receipts.BudgetAsked, receipts.CeilingAsked, receipts.BudgetKept)},
    receipts.ReceiptAsked: asked,
    receipts.ReceiptCard: cards,
    receipts.ReceiptPhoto: photos,
    receipts.ReceiptPhotoAsked: lambda data: iter([(receipts.ReceiptPhotoAsked(data.number), None)]),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(receipts.BudgetAsked, receipts.CeilingAsked, receipts.BudgetKept, receipts.ReceiptCard, receipts.ReceiptPhoto),
)
