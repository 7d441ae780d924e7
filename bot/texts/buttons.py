"""The codes behind inline buttons: an action and its subject in at most 64 bytes, judged by the present state when tapped.

A capability declares its buttons as small dataclasses beside its cards: `class Claim(Button, code="nc"): need_id: int`.
Anybody can forge a code, so a code that parses says nothing about whether its sender may do this.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, dataclass_transform

from bot.domain.errors import ButtonInvalid

LIMIT_BYTES = 64
# The largest number of any subject: what a database's 64 bits hold.
LARGEST = 2**63 - 1


@dataclass_transform(frozen_default=True)
class Button:
    """Something a tap does. Each kind is a frozen dataclass; fields are whole numbers or short words without a colon.

    `in_groups` True: it stands under messages in groups too; a tap there on any other kind is forged.
    """

    known: ClassVar[dict[str, type["Button"]]] = {}
    prefix: ClassVar[str]
    in_groups: ClassVar[bool]

    def __init_subclass__(cls, code: str, *, in_groups: bool = False) -> None:
        if code in Button.known:
            raise TypeError(f"two buttons have the code {code}")
        cls.prefix = code
        cls.in_groups = in_groups
        dataclass(frozen=True)(cls)
        Button.known[code] = cls

    @property
    def code(self) -> str:
        """What Telegram sends back when it is tapped."""
        return ":".join((self.prefix, *(str(value) for value in vars(self).values())))


def parse(code: str) -> Button:
    """The button behind a code; ButtonInvalid for anything that we cannot have written."""
    if len(code) > LIMIT_BYTES:
        raise ButtonInvalid
    prefix, *parts = code.split(":")
    kind = Button.known.get(prefix)
    expected = () if kind is None else tuple(kind.__annotations__.values())
    if kind is None or len(parts) != len(expected):
        raise ButtonInvalid
    return kind(*(_value(what, part) for what, part in zip(expected, parts, strict=True)))


def _value(kind: Any, part: str) -> int | str:
    if kind is str or kind == "str":
        return part
    if not part.removeprefix("-").isdecimal() or not part.isascii() or abs(int(part)) > LARGEST:
        raise ButtonInvalid
    return int(part)
