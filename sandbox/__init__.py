"""A Telegram of our own on 127.0.0.1: a strict Bot API server, and telephones for tests and a browser page."""

from sandbox.calls import Call
from sandbox.errors import Refusal
from sandbox.faults import Fault
from sandbox.groups import Group
from sandbox.phones import Phone
from sandbox.sandbox import Sandbox
from sandbox.screen import Shown
from sandbox.taps import Toast

__all__ = ["Call", "Fault", "Group", "Phone", "Refusal", "Sandbox", "Shown", "Toast"]
