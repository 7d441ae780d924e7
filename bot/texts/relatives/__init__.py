"""What is read about family: whom to tell, what they may do, and what they hear."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.relatives import (
    BondAsked,
    BondSettled,
    ContactAnswered,
    ContactAsked,
    ContactCard,
    ContactGone,
    ContactLink,
    ContactsSkipped,
    DailyNews,
    FamilyCalled,
    FamilyCard,
    FamilyHome,
    NewsTakenBack,
    RelativeCard,
)
from bot.texts.message import Message
from bot.texts.relatives.buttons import (
    Allow,
    AnswerContact,
    CannotReach,
    Heard,
    InviteContact,
    NewTelephone,
    OfferTelephone,
    ProposeCare,
    RaiseContact,
    RangContact,
    RemoveContact,
    SayWell,
    ShowContact,
    ShowFamily,
    ShowRelative,
    Wish,
    Withdraw,
)
from bot.texts.relatives.charge import contact_answered, contact_card, contact_link, family_card, skipped
from bot.texts.relatives.news import news, news_taken_back
from bot.texts.relatives.parts import by_family, not_told, said_by
from bot.texts.relatives.sides import (
    bond_asked,
    bond_settled,
    called,
    contact_asked,
    contact_gone,
    family_home,
    relative_card,
)

CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    FamilyCard: family_card,
    ContactCard: contact_card,
    ContactLink: contact_link,
    ContactAsked: contact_asked,
    ContactAnswered: contact_answered,
    ContactGone: contact_gone,
    ContactsSkipped: skipped,
    RelativeCard: relative_card,
    BondAsked: bond_asked,
    BondSettled: bond_settled,
    FamilyHome: family_home,
    FamilyCalled: called,
    DailyNews: news,
    NewsTakenBack: news_taken_back,
}

__all__ = [
    "CARDS",
    "Allow",
    "AnswerContact",
    "CannotReach",
    "Heard",
    "InviteContact",
    "NewTelephone",
    "OfferTelephone",
    "ProposeCare",
    "RaiseContact",
    "RangContact",
    "RemoveContact",
    "SayWell",
    "ShowContact",
    "ShowFamily",
    "ShowRelative",
    "Wish",
    "Withdraw",
    "by_family",
    "not_told",
    "said_by",
]
