"""One thing that was looked at, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`todo` says what to do where it is not `fine`; where it is, what one may want to do all the same. Empty: nothing."""

    name: str
    fine: bool
    text: str
    todo: str = ""

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{'ok  ' if self.fine else 'MEND'} {self.name}: {self.text}{f': {self.todo}' if self.todo else ''}"


def judged(name: str, fine: bool, text: str, todo: str) -> Finding:
    """A finding whose `todo` only counts where it is not fine."""
    return Finding(name, fine, text, "" if fine else todo)
