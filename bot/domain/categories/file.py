"""The catalogue's file: read at start, every fault named at once with what to do about it."""

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from bot.domain.categories.category import OTHER, Catalogue, Category
from bot.domain.needs.need import Urgency
from bot.domain.people import Language
from bot.domain.visits import WELL_AFTER

PACKAGED = Path(__file__).with_name("categories.toml")
NEEDED = ("zh", "en", "icon", "words_zh", "words_en")
FIELDS = (*NEEDED, "skills", "minutes", "usual", "feelings", "pair", "confidential", "visit_minutes")
# It stands in a button's code beside two numbers.
CODE = re.compile(r"[a-z][a-z_]{0,19}")
SKILL = re.compile(r"[a-z][a-z_]{0,29}")
NAME_LIMIT = 20
# Telegram shows at most a hundred buttons under a message, and nobody reads so many.
MOST = 40
WEEK_MINUTES = 7 * 24 * 60
DAY_MINUTES = 24 * 60


class CatalogueBroken(Exception):
    """The catalogue's file cannot be used: one line for each fault, naming the entry and what it must be."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def load_catalogue(path: Path = PACKAGED) -> Catalogue:
    """The catalogue of a TOML file; CatalogueBroken says what to mend, all of it at once."""
    entries = _read(path)
    faults = [*_whole_faults(entries), *(fault for code, entry in entries.items() for fault in _faults(code, entry))]
    if faults:
        raise CatalogueBroken(*(f"{path.name}: {fault}" for fault in faults))
    return Catalogue(tuple(_category(code, dict(entry)) for code, entry in entries.items() if isinstance(entry, dict)))


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueBroken(f"{path.name}: this is no TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueBroken(f"{path}: this file cannot be read as text") from error


def _whole_faults(entries: Mapping[str, object]) -> Iterator[str]:
    if not entries or list(entries)[-1] != OTHER:
        yield f'the last category must be "{OTHER}"'
    if len(entries) > MOST:
        yield f"{len(entries)} categories; {MOST} are possible"
    tables = [entry for entry in entries.values() if isinstance(entry, dict)]
    for field in ("zh", "en", "icon"):
        names = Counter(str(entry[field]) for entry in tables if field in entry)
        yield from (f"{field} = {name!r} stands in {count} categories" for name, count in names.items() if count > 1)


def _faults(code: str, entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"category {code}: must be a table, [{code}]"
        return
    yield from (f"category {code}: {fault}" for fault in (*_shape(code, entry), *_values(entry)))


def _shape(code: str, entry: Mapping[str, object]) -> Iterator[str]:
    if not CODE.fullmatch(code):
        yield "its code may hold 1 to 20 of a-z and _"
    missing = [field for field in NEEDED if field not in entry]
    if missing:
        yield f"{', '.join(missing)} missing"
    for field in (field for field in entry if field not in FIELDS):
        near = difflib.get_close_matches(field, FIELDS, n=1)
        yield f"{field} is no field" + (f"; did you mean {near[0]}?" if near else f"; there are {', '.join(FIELDS)}")


def _values(entry: Mapping[str, object]) -> Iterator[str]:
    for field in ("zh", "en", "icon"):
        value = entry.get(field, "x")
        if not isinstance(value, str) or not 0 < len(value.strip()) <= NAME_LIMIT:
            yield f"{field} must be a text of 1 to {NAME_LIMIT} characters"
    for field in ("words_zh", "words_en"):
        if not _texts(entry.get(field, [])):
            yield f"{field} must be a list of words, none of them empty"
    skills = entry.get("skills", [])
    if not _texts(skills) or not all(SKILL.fullmatch(str(skill)) for skill in _list(skills)):
        yield 'skills must be a list of words of a-z and _, like ["escort"]'
    yield from (
        f"{field} must be true or false" for field in ("feelings", "pair", "confidential") if _no_answer(entry, field)
    )
    if entry.get("confidential") is True and len(_list(skills)) != 1:
        yield "what is confidential needs exactly one skill: it says which volunteers may see it"
    if entry.get("usual", Urgency.TODAY) not in list(Urgency):
        yield f"usual must be {', '.join(Urgency)}"
    visit = entry.get("visit_minutes", 1)
    if type(visit) is not int or not 1 <= visit <= DAY_MINUTES:
        yield f"visit_minutes must be a whole number from 1 to {DAY_MINUTES}"
    yield from _minutes_faults(entry.get("minutes", {}))


def _minutes_faults(minutes: object) -> Iterator[str]:
    names = [urgency.value for urgency in Urgency]
    if not isinstance(minutes, dict) or not set(minutes) <= set(names):
        yield f"minutes must be a table of {', '.join(names)}, like {{ now = 10, today = 60 }}"
        return
    for name, value in minutes.items():
        if type(value) is not int or not 1 <= value <= WEEK_MINUTES:
            yield f"minutes.{name} must be a whole number from 1 to {WEEK_MINUTES}"


def _no_answer(entry: Mapping[str, object], field: str) -> bool:
    return not isinstance(entry.get(field, False), bool)


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


def _category(code: str, entry: Mapping[str, object]) -> Category:
    words = tuple(str(word).lower() for field in ("words_zh", "words_en") for word in _list(entry[field]))
    minutes = entry.get("minutes", {})
    within = minutes if isinstance(minutes, dict) else {}
    return Category(
        code=code,
        names={Language.CHINESE: str(entry["zh"]), Language.ENGLISH: str(entry["en"])},
        icon=str(entry["icon"]),
        words=words,
        skills=tuple(str(skill) for skill in _list(entry.get("skills", []))),
        within={Urgency(name): timedelta(minutes=value) for name, value in within.items()},
        usual=Urgency(str(entry.get("usual", Urgency.TODAY))),
        feelings=entry.get("feelings") is True,
        pair=entry.get("pair") is True,
        confidential=entry.get("confidential") is True,
        well_after=timedelta(minutes=int(str(entry["visit_minutes"]))) if "visit_minutes" in entry else WELL_AFTER,
    )
