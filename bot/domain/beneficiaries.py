"""Beneficiaries: somebody asks for somebody else, who has agreed to it.

Whoever asks follows, confirms and rates; whoever claims sees the name, the door and the telephone of the person it is for.
"""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import ConsentMissing
from bot.domain.notices import Notice, Priority
from bot.domain.people import legible_door, telephone_in


@dataclass(frozen=True)
class Beneficiary:
    """For whom somebody asks. `door`, `telephone` (+E.164) None: not given; `agreed_at` None: nobody has said that they agree."""

    name: str
    door: str | None = None
    telephone: str | None = None
    agreed_at: datetime | None = None

    @property
    def can_be_found(self) -> bool:
        """Whether a helper would find them: by their door or by telephone."""
        return self.door is not None or self.telephone is not None

    def at(self, words: str) -> "Beneficiary":
        """Where they are to be found, from one message: "2单元301 13800138000". TextEmpty, TextTooLong."""
        telephone, rest = telephone_in(unicodedata.normalize("NFKC", words))
        door = legible_door(rest) if rest or telephone is None else None
        return replace(self, door=door or self.door, telephone=telephone or self.telephone)

    def agrees(self, now: datetime) -> "Beneficiary":
        """Whoever asks says that they agree; the first time stands."""
        return self if self.agreed_at else replace(self, agreed_at=now)

    def check_may_ask(self) -> None:
        """ConsentMissing as long as nobody has said that they agree, or knows where they are."""
        if self.agreed_at is None or not self.can_be_found:
            raise ConsentMissing


class Wanted(StrEnum):
    """What is asked about them, one thing at a time."""

    NAME = "name"
    CONTACT = "contact"


@dataclass(frozen=True)
class BeneficiaryAsked(Notice):
    """To the writer of a draft: what is their name, or where are they to be found?"""

    priority = Priority.ANSWER
    number: int
    wanted: str = Wanted.NAME.value
