"""Places: the tree of district, street, community, grid and building, and what may stand under what.

A community is the place that a bot serves and a coordinator runs. Unit and door are not places: they belong to the sealed
address of a person.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

NAME_LIMIT = 60
CODE_LIMIT = 60
FIRST_CODE = "first"
FIRST_NAME = "邻里社区"


class Kind(StrEnum):
    """What a place is, from the widest to the narrowest."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"


CHINESE: Mapping[Kind, tuple[str, ...]] = {
    Kind.DISTRICT: ("区县", "区", "县"),
    Kind.STREET: ("街道", "镇", "乡"),
    Kind.COMMUNITY: ("社区", "村"),
    Kind.GRID: ("网格",),
    Kind.BUILDING: ("楼栋", "楼"),
}

# None: it may stand at the top. Grids and buildings always have a community above them: somebody must be in charge there.
ABOVE: Mapping[Kind, tuple[Kind | None, ...]] = {
    Kind.DISTRICT: (None,),
    Kind.STREET: (None, Kind.DISTRICT),
    Kind.COMMUNITY: (None, Kind.STREET, Kind.DISTRICT),
    Kind.GRID: (Kind.COMMUNITY,),
    Kind.BUILDING: (Kind.GRID, Kind.COMMUNITY),
}


@dataclass(frozen=True)
class Area:
    """A place. `parent_id` None: the top of a tree. `code` is its owner's word for it, `join_code` its poster's."""

    id: int
    parent_id: int | None
    kind: Kind
    name: str
    code: str
    join_code: str

    @property
    def payload(self) -> str:
        """What the deep link of this place's poster carries (see `Home.link`): whoever opens it is enrolled here."""
        return f"b{self.join_code}"


@dataclass(frozen=True)
class PlannedArea:
    """A place as a line of a file describes it. `parent` None: the top of a tree."""

    line: int
    code: str
    parent: str | None
    kind: Kind
    name: str


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file: in which line (counted from 1), what, and what to do about it."""

    line: int
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem}"


@dataclass(frozen=True)
class Faults:
    """Everything that is wrong in a file, in the order of its lines. Nothing of it was imported."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Plan:
    """What a file without faults of its own wants: every parent comes before its children."""

    areas: tuple[PlannedArea, ...]

    def only_community(self) -> PlannedArea | None:
        """The community of this file when there is exactly one."""
        communities = [area for area in self.areas if area.kind is Kind.COMMUNITY]
        return communities[0] if len(communities) == 1 else None


def kind_of(word: str) -> Kind | None:
    """The kind that a word in English or Chinese names; None when it names none."""
    lowered = word.lower()
    return next((kind for kind in Kind if lowered == kind or word in CHINESE[kind]), None)


def may_stand(kind: Kind, above: Kind | None) -> bool:
    """Whether a place of this kind may stand directly under one of the kind `above` (None: at the top)."""
    return above in ABOVE[kind]


def misplaced(area: PlannedArea, above: Kind | None) -> Fault | None:
    """What is wrong with where a place stands; None when it is right."""
    if may_stand(area.kind, above):
        return None
    wanted = " or ".join(f"a {kind}" if kind else "nothing" for kind in ABOVE[area.kind])
    found = f"a {above}" if above else "nothing"
    return Fault(area.line, f"the {area.kind} {area.code} stands under {found}; it must stand under {wanted}")


NUMERALS = "0123456789零〇一二三四五六七八九十百"


def last_named(words: str, areas: Iterable[Area]) -> Area | None:
    """The place that the words name: of several the longest name, of equally long ones the last; None: none of these.

    "13号楼" names neither 3号楼 nor "Building 1" in "Building 12". Where nobody is named as it is called, "三栋" and "block 3"
    name 3号楼 and Building 3.
    """
    listed = list(areas)
    return _named(words, listed, _as_written) or _named(words, listed, spoken)


def _named(words: str, areas: list[Area], reading: Callable[[str], str]) -> Area | None:
    text = reading(words)
    places = ((_last_at(text, reading(area.name)), area) for area in areas)
    found = [(len(area.name), at, area) for at, area in places if at >= 0]
    return max(found, key=lambda each: each[:2])[2] if found else None


def _as_written(words: str) -> str:
    return unicodedata.normalize("NFKC", words)


BUILT = re.compile(r"([\d一二三四五六七八九十]{1,4})\s*(?:号楼|栋|幢)")
GRID = re.compile(r"第?([\d一二三四五六七八九十]{1,3})\s*(?:号)?网格")
BUILDING = re.compile(r"\b(?:building|bldg\.?|block)\s*(?:no\.?\s*|number\s*|#\s*)?(\d+)")
DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}


def spoken(words: str) -> str:
    """Words with the numbers of buildings and grids in one form, however somebody says them."""
    text = _as_written(words).lower()
    text = BUILT.sub(lambda found: f"{_number(found[1])}号楼", text)
    text = GRID.sub(lambda found: f"第{_number(found[1])}网格", text)
    return BUILDING.sub(lambda found: f"building {found[1]}", text)


def _number(numeral: str) -> str:
    """二十三 as 23; anything that is no Chinese numeral under a hundred as it is."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return str(DIGITS.get(numeral, numeral))
    parts = [DIGITS.get(part, 0) if part else default for part, default in ((tens, 1), (ones, 0))]
    return str(parts[0] * 10 + parts[1]) if parts[0] and (parts[1] or not ones) else numeral


def _last_at(text: str, name: str) -> int:
    """Where the name stands last without a number that goes on beyond it; -1: nowhere."""
    at = text.rfind(name)
    while at >= 0 and _goes_on(text, at, at + len(name)):
        at = text.rfind(name, 0, at + len(name) - 1)
    return at


def _goes_on(text: str, start: int, end: int) -> bool:
    before, after = text[:start][-1:], text[end:][:1]
    return any(
        pair[0] in NUMERALS and pair[1] in NUMERALS
        for pair in (before + text[start], text[end - 1] + after)
        if pair[1:]
    )


def in_order(areas: Iterable[PlannedArea]) -> tuple[PlannedArea, ...]:
    """From the widest kind to the narrowest, so that every parent comes before its children."""
    ranks = list(Kind)
    return tuple(sorted(areas, key=lambda area: ranks.index(area.kind)))
