"""One kind of need, and all of them: what each is called, who can do it, how soon it should be taken, who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from bot.domain.categories.guess import Guess, Guesser
from bot.domain.categories.urgency import guess_urgency
from bot.domain.needs.need import Kind, Urgency
from bot.domain.people import Language
from bot.domain.visits import WELL_AFTER

OTHER = "other"


@dataclass(frozen=True)
class Category:
    """One kind of need. `skills` empty: anybody can do it; else one of them is enough.

    `within` are times of its own until a coordinator hears that nobody has taken it; what it leaves out is as for every need.
    `usual` is how soon when a text does not say. `feelings`: its words also tell how somebody is, so by themselves they ask
    for nothing. `pair`: two people must go. `confidential`: only the resident, volunteers with its one skill and whoever is
    in charge ever see it. `well_after`: whoever is there so long is asked whether they are well.
    """

    code: str
    names: Mapping[Language, str]
    icon: str
    words: tuple[str, ...]
    skills: tuple[str, ...] = ()
    within: Mapping[Urgency, timedelta] = field(default_factory=dict)
    usual: Urgency = Urgency.TODAY
    feelings: bool = False
    pair: bool = False
    confidential: bool = False
    well_after: timedelta = WELL_AFTER

    def name(self, language: Language) -> str:
        """What it is called, with its icon."""
        return f"{self.icon} {self.names[language]}"

    def kind(self, urgency: Urgency) -> Kind:
        """What is kept of it with a need that is so urgent."""
        own = self.within.get(urgency)
        minutes = None if own is None else int(own.total_seconds() // 60)
        return Kind(self.code, minutes, self.pair, self.guarded_by)

    @property
    def guarded_by(self) -> str | None:
        """The skill that a volunteer must have to see a need of this kind; None: every volunteer may."""
        return self.skills[0] if self.confidential else None


@dataclass(frozen=True)
class Catalogue:
    """Every category, in the order of the buttons."""

    categories: tuple[Category, ...]

    def __getitem__(self, code: str) -> Category:
        """The category called `code`; the last one ("other") for a code that the catalogue has no longer."""
        return next((c for c in self.categories if c.code == code), self.categories[-1])

    @property
    def skills(self) -> tuple[str, ...]:
        """Every skill that some kind asks for, once."""
        return tuple(dict.fromkeys(skill for one in self.categories for skill in one.skills))

    def knows(self, code: str) -> bool:
        """Whether there is a category called `code`."""
        return any(category.code == code for category in self.categories)

    def guess(self, text: str) -> Category:
        """What a text most likely asks for."""
        return self.categories[self.weigh(text).best]

    def asks(self, text: str) -> bool:
        """Whether a text asks for something, and does not only tell how somebody is."""
        spoken_for = {place for one in self.weigh(text).evidence for place in one.categories}
        return any(not self.categories[place].feelings for place in spoken_for)

    def recognises(self, text: str) -> bool:
        """Whether a text has any word that is known here; one in another language has none."""
        return bool(self.weigh(text).evidence)

    def urgency(self, text: str) -> Urgency:
        """How soon it is wanted: as the words say, else as is usual for what they ask for."""
        return guess_urgency(text, self.guess(text).usual)

    def doubtful(self, text: str) -> tuple[Category, ...]:
        """The two that a text may mean, the likelier first, when the words do not decide between them; else nothing.

        Whoever posts without looking must not show everybody what only a few may see: of two likely ones a confidential one
        comes first.
        """
        guess = self.weigh(text)
        if guess.sure or guess.second is None:
            return ()
        return self.categories[guess.best], self.categories[guess.second]

    def weigh(self, text: str) -> Guess:
        """The evidence of a text, weighed."""
        guess = self._guesser.guess(text)
        if guess.second is None or guess.sure:
            return guess
        best, second = self.categories[guess.best], self.categories[guess.second]
        return guess.turned() if second.confidential and not best.confidential else guess

    @cached_property
    def _guesser(self) -> Guesser:
        return Guesser([category.words for category in self.categories])
