"""What can be tapped about an alert."""

from bot.texts.buttons import Button


class Take(Button, code="at"):
    """I'll look."""

    alert_id: int


class Arrive(Button, code="aa"):
    """I am there in so many minutes."""

    alert_id: int
    minutes: int


class There(Button, code="ai"):
    """I am at the door; or well, and still there."""

    alert_id: int


class Because(Button, code="ab"):
    """This was behind a false alarm."""

    alert_id: int
    reason: str


class Leave(Button, code="al"):
    """I cannot go after all."""

    alert_id: int


class AskOutcome(Button, code="ao"):
    """I have looked."""

    alert_id: int


class Close(Button, code="ac"):
    """… and this is what I found."""

    alert_id: int
    outcome: str


class Details(Button, code="av"):
    """Show me the address on this message."""

    alert_id: int


class Further(Button, code="af"):
    """Call further people now."""

    alert_id: int


class AskFollowUp(Button, code="ja"):
    """Somebody shall look again on a later day."""

    alert_id: int


class AskHospital(Button, code="jho"):
    """They are in hospital: pause their questions?"""

    alert_id: int
