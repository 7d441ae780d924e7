"""What is read of money between the sides of a need."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.receipts import (
    CEILINGS,
    BudgetAsked,
    BudgetKept,
    BudgetView,
    CeilingAsked,
    Payer,
    Receipt,
    ReceiptAsked,
    ReceiptCard,
    ReceiptPhoto,
    ReceiptPhotoAsked,
    ReceiptPhotoView,
    ReceiptView,
    Side,
)
from bot.texts.buttons import Button
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.money import amount, paying
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

NAME_UNITS = 60


class SetPayer(Button, code="mop"):
    """This is who pays."""

    noun: str
    number: int
    payer: str


class SetCeiling(Button, code="moc"):
    """So many cents at most; 0: no limit."""

    noun: str
    number: int
    cents: int


class AskReceipt(Button, code="mor"):
    """I bought something: this is what it came to."""

    visit_id: int


class Settled(Button, code="mos"):
    """The money is settled."""

    receipt_id: int


class NotRight(Button, code="mon"):
    """That is not right."""

    receipt_id: int


class CloseReceipt(Button, code="mox"):
    """Who is in charge has seen to it."""

    receipt_id: int


# --- beforehand ---


def budget_asked(notice: BudgetAsked, view: BudgetView, words: Words) -> Message:
    """Who pays?"""
    names = {
        Payer.BEFOREHAND: words.say("💵 I give cash beforehand"),
        Payer.AFTERWARDS: words.say("🧾 The helper lays it out"),
        Payer.PAID: words.say("✅ It is paid already"),
        Payer.NOBODY: words.say("🙂 It costs nothing"),
    }
    keys = tuple((Key(name, SetPayer(notice.noun, notice.number, payer.value).code),) for payer, name in names.items())
    asked = words.say("Who pays, if something is bought?")
    why = words.say("Whoever helps reads it beforehand. The money goes from hand to hand, never through me.")
    return Message(paragraphs(bold(asked), lines(paying(view.budget, words), why)), keys)


def ceiling_asked(notice: CeilingAsked, view: BudgetView, words: Words) -> Message:
    """How much at most?"""
    some = tuple(Key(amount(cents, words), SetCeiling(notice.noun, notice.number, cents).code) for cents in CEILINGS)
    free = (Key(words.say("No limit"), SetCeiling(notice.noun, notice.number, 0).code),)
    asked = words.say("How much at most? Tap it, or write an amount, for example: 35")
    return Message(bold(asked), (some, free))


def budget_kept(notice: BudgetKept, view: BudgetView, words: Words) -> Message:
    """It is kept so."""
    return Message(lines(words.say("Noted. Thank you!"), paying(view.budget, words)))


# --- afterwards ---


def asked(notice: ReceiptAsked, view: None, words: Words) -> Message:
    """What did it come to?"""
    if notice.both:
        ask = words.say(
            "How much were you given, and how much did you spend? Please write both, for example: 100 86.50"
        )
    else:
        ask = words.say("How much did you spend? Please write it, for example: 86.50")
    photo = words.say("Or send a photo of the receipt with the amount written under it.")
    return Message(lines(bold(ask), photo), asks=True)


def card(notice: ReceiptCard, view: ReceiptView, words: Words) -> Message:
    """What it came to, and whether it is settled."""
    receipt = view.receipt
    head = words.say("🧾 Money for request #{number}", number=receipt.need_id)
    text = paragraphs(bold(head), lines(*_facts(view, words)), _stand(view, words))
    return Message(text, _keys(view, words), protected=True)


def _facts(view: ReceiptView, words: Words) -> list[Html | None]:
    receipt = view.receipt
    return [
        words.say("{name} was given {amount}.", name=view.helper, amount=amount(receipt.given, words))
        if receipt.given
        else None,
        words.say("{name} spent {amount}.", name=view.helper, amount=bold(amount(receipt.spent, words))),
        words.say("That is more than the {amount} that were named.", amount=amount(view.ceiling, words))
        if view.ceiling is not None and receipt.spent > view.ceiling
        else None,
        _owed(receipt, view, words),
        words.count("📷 {number} photo", "📷 {number} photos", view.photos) if view.photos else None,
    ]


def _owed(receipt: Receipt, view: ReceiptView, words: Words) -> Html:
    if receipt.owed > 0:
        return words.say(
            "{resident} gives {helper} {amount}.",
            resident=view.resident,
            helper=view.helper,
            amount=bold(amount(receipt.owed, words)),
        )
    if receipt.owed < 0:
        return words.say(
            "{helper} gives {resident} back {amount}.",
            resident=view.resident,
            helper=view.helper,
            amount=bold(amount(-receipt.owed, words)),
        )
    return words.say("Nobody owes anything.")


def _stand(view: ReceiptView, words: Words) -> Html:
    receipt = view.receipt
    if receipt.settled_at is not None:
        return words.say("✅ Settled. Thank you!")
    if receipt.disputed_at is not None:
        return words.say("🔎 One of the two says that it is not right. A coordinator sees to it.")
    waits = [
        name
        for name, at in ((view.helper, receipt.by_helper_at), (view.resident, receipt.by_resident_at))
        if at is None
    ]
    if len(waits) == 1:
        return words.say("Waiting for {name} to say that it is settled.", name=waits[0])
    return words.say("When the money has changed hands, both of you tap below.")


def _keys(view: ReceiptView, words: Words) -> Rows:
    receipt = view.receipt
    if receipt.settled_at is not None:
        return ()
    if view.side is None:
        return ((Key(words.say("✅ It is settled now"), CloseReceipt(receipt.id).code),),)
    agreed = receipt.by_helper_at if view.side is Side.HELPER else receipt.by_resident_at
    settled: Rows = ((Key(words.say("✅ The money is settled"), Settled(receipt.id).code),),) if agreed is None else ()
    wrong: Rows = ((Key(words.say("🤔 That is not right"), NotRight(receipt.id).code),),)
    return (*settled, *(wrong if receipt.disputed_at is None else ()))


def photo_asked(notice: ReceiptPhotoAsked, view: None, words: Words) -> Message:
    """A photo, if there is one."""
    return Message(words.say("📷 Do you have the receipt? Then please send a photo of it now. Else simply go on."))


def photo(notice: ReceiptPhoto, view: ReceiptPhotoView, words: Words) -> Message:
    """The receipt itself."""
    said = words.say(
        "🧾 {name} sends you the receipt of request #{number}.",
        name=bold(clip(view.helper, NAME_UNITS)),
        number=view.need_id,
    )
    return Enclosure(said, protected=True, kind="photo", file_id=view.file_id)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    BudgetAsked: budget_asked,
    CeilingAsked: ceiling_asked,
    BudgetKept: budget_kept,
    ReceiptAsked: asked,
    ReceiptCard: card,
    ReceiptPhotoAsked: photo_asked,
    ReceiptPhoto: photo,
}
