"""The verb `move` in processes of its own, each of which kills itself at a named point; the last one comes to its end.

Started as `python -m tests.care.mover ADDRESS TRAP…` it reads everything in once and forks one process after the other for the
traps. A trap is a function of the move, "before" or "behind" it (in its transaction still, before the commit) and at which call:
"put:behind:3". It prints how each ended: the number of the signal, negative, or the code of the command line.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from bot.storage import meta, moving
from main import cli

PLACES = {"put": moving, "finish": moving, "differing": moving, "left": meta, "arrive": moving}


def deadly(deed: Callable[..., Any], where: str, reach: int) -> Callable[..., Any]:
    """The same, but this process is killed at the so manieth call."""
    calls = iter(range(1, reach))

    def run(*args: Any, **named: Any) -> Any:
        last = next(calls, None) is None
        if last and where == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = deed(*args, **named)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return run


def carry(address: str, trap: str) -> int:
    """One process that moves, until it is killed or has ended; how it ended."""
    pid = os.fork()
    if pid == 0:
        if trap:
            name, where, reach = trap.split(":")
            setattr(PLACES[name], name, deadly(getattr(PLACES[name], name), where, int(reach)))
        # Its bars are for a terminal.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        cli(["move", "--to", address])
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    for one in (*sys.argv[2:], ""):
        sys.stdout.write(f"{carry(sys.argv[1], one)}\n")
        sys.stdout.flush()
