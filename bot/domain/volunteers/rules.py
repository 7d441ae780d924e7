"""What a volunteer agrees to: a file of the community's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.people import Language

PACKAGED = Path(__file__).with_name("rules.toml")
# A message holds 4,096 characters; the rest is for what stands around the rules.
RULES_LIMIT = 3000


class RulesBroken(Exception):
    """The file of the rules cannot be used; the text says what is missing."""


@dataclass(frozen=True)
class Rules:
    """What a volunteer agrees to, as the community wrote it. `references`: whether somebody has to vouch for them."""

    version: int
    texts: Mapping[Language, str]
    references: bool = False


def load_rules(path: Path = PACKAGED) -> Rules:
    """The rules of a TOML file; RulesBroken says what is wrong with it."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = {language: str(read.get(language.value, "")).strip() for language in Language}
    for language, text in texts.items():
        if not 0 < len(text) <= RULES_LIMIT:
            raise RulesBroken(f"{path.name}: {language.value} must hold the rules, in at most {RULES_LIMIT} characters")
    version = read.get("version")
    if not isinstance(version, int) or version < 1:
        raise RulesBroken(f"{path.name}: version must be a whole number from 1 on, higher with each change")
    return Rules(version, texts, read.get("references") is True)
