"""Telephones: a new one takes the place of the old, and one may serve several people.

A person is not a chat. A chat belongs to one person, who speaks; others may be reached through it, and then every question and
every key names whom it is about: only what names somebody counts for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.notices import Notice, Priority

LABEL_CHARACTERS = 12


def labels(names: Sequence[str]) -> tuple[str, ...]:
    """What the people of one telephone are called on its keys: short, and never two alike."""
    taken: list[str] = []
    for name in names:
        short, number = name[:LABEL_CHARACTERS].strip(), 1
        label = short
        while label in taken:
            number += 1
            label = f"{short} {number}"
        taken.append(label)
    return tuple(taken)


@dataclass(frozen=True)
class TelephoneLink(Notice):
    """To who is in charge: a link that makes its first opener's telephone the one of this person."""

    priority = Priority.ANSWER
    plan_id: int


@dataclass(frozen=True)
class TelephoneLinked(Notice):
    """To a person on their new telephone: from now on I write here."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class TelephoneMoved(Notice):
    """To the old telephone: nothing of this person is said here any more."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class TelephoneNews(Notice):
    """To whoever made the link: the new telephone is linked."""

    priority = Priority.ANSWER
    person_id: int


@dataclass(frozen=True)
class KeysView:
    """Who uses a telephone. `label`: whose keys are shown; None: it is one person's alone, who is `cared` for or not."""

    names: tuple[str, ...]
    label: str | None
    cared: bool


@dataclass(frozen=True)
class TelephoneKeys(Notice):
    """To whose telephone it is: it serves several from now on, or them alone again; the keys are those of this moment."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class NameThem(Notice):
    """Several are asked on this telephone: please press a key with a name."""

    priority = Priority.ANSWER
