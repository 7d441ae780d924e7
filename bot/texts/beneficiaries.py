"""What is read while somebody asks for somebody else."""

from collections.abc import Callable, Mapping

from bot.domain.beneficiaries import Beneficiary, BeneficiaryAsked, Wanted
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message
from bot.texts.words import Html, Words, bold, lines


class ForAnother(Button, code="bf"):
    """It is for somebody else."""

    number: int


class AskBeneficiary(Button, code="bq"):
    """Ask me what is not known of them yet."""

    number: int


class Agreed(Button, code="by"):
    """They agreed that I ask."""

    number: int


class ForMyself(Button, code="bm"):
    """It is for me after all."""

    number: int


def asked(notice: BeneficiaryAsked, view: str | None, words: Words) -> Message:
    """Their name; or where they are to be found."""
    if notice.wanted == Wanted.CONTACT.value and view is not None:
        where = words.say("Where is {name} to be found? Please write the door, the telephone, or both.", name=view)
        example = words.say("For example: unit 2, 301, 13800138000")
        seen = words.say("Only whoever comes to help sees it.")
        return Message(lines(bold(where), example, seen), asks=True)
    name = words.say("Whom is it for? Please write their name, or send their card from your address book.")
    return Message(
        lines(bold(name), words.say("Only whoever comes to help, and your coordinator, read it.")), asks=True
    )


def about(whom: Beneficiary | None, words: Words) -> Html | None:
    """On the draft: for whom it is, and what is kept of them."""
    if whom is None:
        return None
    name = words.say("👤 For {name}", name=bold(whom.name))
    return lines(
        name,
        whom.door and words.say("🚪 {door}", door=whom.door),
        whom.telephone and words.say("📞 {telephone}", telephone=whom.telephone),
    )


def first_key(number: int, whom: Beneficiary | None, words: Words) -> Key | None:
    """What must be known of them before it can be posted; None: nothing."""
    if whom is None or (whom.can_be_found and whom.agreed_at is not None):
        return None
    if not whom.can_be_found:
        return Key(words.say("📞 Their door or telephone"), AskBeneficiary(number).code)
    return Key(words.say("🤝 They agreed that I ask"), Agreed(number).code)


def hint(whom: Beneficiary, words: Words) -> Html:
    """Why it cannot be posted yet."""
    if not whom.can_be_found:
        return words.say("So that a helper finds them, please tell me their door or telephone.")
    return words.say(
        "Has {name} agreed that you ask, and that the helper sees name, door and telephone? Then please tap the first button.",
        name=whom.name,
    )


def switch(number: int, whom: Beneficiary | None, words: Words) -> Key:
    """For somebody else; or for oneself after all."""
    if whom is None:
        return Key(words.say("👤 For someone else"), ForAnother(number).code)
    return Key(words.say("👤 For me after all"), ForMyself(number).code)


def named(name: str | None, words: Words) -> Html | None:
    """On cards where names may be seen."""
    return None if name is None else words.say("👤 For {name}", name=bold(name))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {BeneficiaryAsked: asked}
