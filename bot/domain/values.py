"""Values that change: a copy with other fields, fast enough for a whole city at eight in the morning."""

from typing import TypeVar

T = TypeVar("T")


def changed(value: T, **fields: object) -> T:
    """The same frozen dataclass with these fields changed; KeyError for a field that it has not.

    Like `dataclasses.replace`, which asks for each field by name and runs the constructor: in a round of a hundred thousand that
    was a third of the time. For values without `__post_init__` only.
    """
    known = value.__dict__
    if not known.keys() >= fields.keys():
        raise KeyError(", ".join(sorted(fields.keys() - known.keys())))
    copy: T = object.__new__(type(value))
    copy.__dict__.update(known)
    copy.__dict__.update(fields)
    return copy
