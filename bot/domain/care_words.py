"""Words that cannot wait: cries for help, and words in an answer that mean that somebody must look."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.domain.categories import holds

PACKAGED = Path(__file__).with_name("care_words.toml")


@dataclass(frozen=True)
class CareWords:
    """Both lists, in every language at once: people mix them."""

    sos: tuple[str, ...]
    worry: tuple[str, ...]

    def cries_for_help(self, text: str) -> bool:
        """Whether a text is a cry for help."""
        return any(holds(text.lower(), word) for word in self.sos)

    def worries(self, text: str) -> bool:
        """Whether an answer means that somebody must look."""
        return any(holds(text.lower(), word) for word in self.worry)


def load_care_words(path: Path = PACKAGED) -> CareWords:
    """The lists of a TOML file with tables `sos` and `worry`, each with `zh` and `en`."""
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return CareWords(
        *(tuple(word.lower() for part in lists[name].values() for word in part) for name in ("sos", "worry"))
    )
