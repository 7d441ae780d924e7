"""Those who are cared for, and those who look after them, acting on what they see, at random but from a seed."""

from collections.abc import Mapping
from typing import ClassVar

from sandbox import Phone
from tests.crash.people import Deed, Helper, Inhabitant
from tests.crash.screens import Key, Screen
from tests.crash.town import Town

WELL, CALL_ME, HELP = range(3)
# Which questions somebody leaves unanswered until they are alerts, and how often they answer even then.
SILENT, LATE = 0.7, 0.01
# What each does first, so that even a short run has seen everything; None: what chance wants.
FIRSTS = (HELP, CALL_ME, WELL, WELL, None, None)
FORGED = ("at", "ao", "ac", "al", "aa", "ai", "af", "ah", "ag", "ay", "aj", "cu", "uj", "py", "px")


class CaredFor(Inhabitant):
    """Answers some questions, in time or late, once or twice; asks for a call or for help; presses the wrong one."""

    FORGED: ClassVar[tuple[str, ...]] = FORGED

    def __init__(self, town: Town, phone: Phone, seed: str, first: int | None) -> None:
        super().__init__(town, phone, seed)
        self._first = first
        # The newest of the bot's messages when this person decided what to do about it.
        self._seen = 0
        self._answers = False

    def wishes(self, screen: Screen) -> list[tuple[float, Deed]]:
        keys = self.phone.keyboard()
        wishes: list[tuple[float, Deed]] = [(1.0, self._waits), (0.05, lambda: self.forges(screen))]
        if not keys:
            return wishes
        if self._first is not None:
            return [(1.0, self._begins)]
        newest = next((message.id for message in screen.messages if not message.mine), 0)
        if newest > self._seen:
            self._seen, self._answers = newest, self.dice.random() > SILENT
        wishes.append((2.0 if self._answers else LATE, lambda: self._presses(keys, WELL)))
        wishes.append((0.012, lambda: self._presses(keys, CALL_ME)))
        wishes.append((0.012, lambda: self._presses(keys, HELP)))
        wishes.append((0.012, lambda: self._presses(keys, WELL, times=2)))
        if (undo := screen.first("cu")) is not None:
            wishes.append((0.15, lambda: self._presses_wrong(undo)))
        return wishes

    async def _begins(self) -> None:
        """The first thing that they do; None: nothing."""
        first, self._first = self._first, None
        if first is not None:
            await self._presses(self.phone.keyboard(), first)

    async def _waits(self) -> None:
        """Nothing happens."""

    async def _presses_wrong(self, undo: Key) -> None:
        await self.presses(undo)

    async def _presses(self, keys: list[list[str]], which: int, times: int = 1) -> None:
        self._answers = False
        for _ in range(times):
            await self.says(keys[which][0])


class Looker(Helper):
    """Is there, looks, says when, is at the door, hands over, cannot go, records what was found."""

    FORGED: ClassVar[tuple[str, ...]] = FORGED
    IDLE: ClassVar[float] = 0.05
    LONGEST_PAUSE_SECONDS: ClassVar[float] = 0.3
    LISTS: ClassVar[tuple[str, ...]] = ("/duty", "/mine")
    WEIGHTS: ClassVar[Mapping[str, float]] = {
        **{"uj": 6, "at": 1.2, "aa": 1, "ai": 1, "al": 0.3, "ao": 3, "ac": 8, "ab": 1},
        **{"aj": 0.4, "an": 0.3, "ah": 0.3, "ag": 2, "ay": 2, "az": 0.5, "ut": 0.1},
    }


class InCharge(Looker):
    """王姐 and 周姐: besides, they call further people and look at the day."""

    # Whoever may end a plan does not try the key of it: nobody would be asked any more.
    FORGED: ClassVar[tuple[str, ...]] = tuple(code for code in FORGED if code != "px")
    LISTS: ClassVar[tuple[str, ...]] = ("/today", "/care")
    WEIGHTS: ClassVar[Mapping[str, float]] = {**Looker.WEIGHTS, "at": 0.3, "af": 0.4}


def inhabitants(town: Town, seed: str) -> list[Inhabitant]:
    """Everybody; the last of the helpers is in charge too."""
    cared_for: list[Inhabitant] = [
        CaredFor(town, phone, seed, first) for phone, first in zip(town.residents, FIRSTS, strict=True)
    ]
    lookers: list[Inhabitant] = [Looker(town, phone, seed) for phone in town.volunteers[:-1]]
    in_charge: list[Inhabitant] = [InCharge(town, phone, seed) for phone in (town.volunteers[-1], town.coordinator)]
    return [*cared_for, *lookers, *in_charge]
