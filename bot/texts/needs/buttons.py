"""What can be tapped about needs: each button an action and its need."""

from bot.texts.buttons import Button


class Claim(Button, code="nc", in_groups=True):
    """I'll help."""

    need_id: int


class Decline(Button, code="nn"):
    """Not this time."""

    need_id: int


class Later(Button, code="nol"):
    """In two hours: ask me once more."""

    need_id: int


class NoMoreToday(Button, code="not"):
    """Nothing more today."""

    need_id: int


class Reveal(Button, code="nv"):
    """Show me the address on this message."""

    need_id: int


class Arrive(Button, code="na"):
    """I come in so many minutes."""

    need_id: int
    minutes: int


class ArriveOn(Button, code="no"):
    """I come on that day (days from the tap) at that full hour, local time."""

    need_id: int
    days: int
    hour: int


class AskArrival(Button, code="ni"):
    """I come at another time."""

    need_id: int


class There(Button, code="vib"):
    """I'm there."""

    need_id: int


class Keep(Button, code="nk"):
    """I am still on it."""

    need_id: int


class AskRelease(Button, code="nr"):
    """I cannot do it after all."""

    need_id: int


class GiveBack(Button, code="nb"):
    """… because of this."""

    need_id: int
    reason: str


class AskFinish(Button, code="nf"):
    """I am done."""

    need_id: int


class Finish(Button, code="nd"):
    """… and this came of it."""

    need_id: int
    outcome: str


class Confirm(Button, code="ny"):
    """All is well."""

    need_id: int


class Dispute(Button, code="nw"):
    """Something is wrong."""

    need_id: int


class Stars(Button, code="ns"):
    """So many stars."""

    need_id: int
    stars: int


class Cancel(Button, code="nx"):
    """It is not needed any more."""

    need_id: int


class Edit(Button, code="ne"):
    """I want to change it: which field (text, urgency, category), or which of them?"""

    need_id: int
    field: str


class SetUrgency(Button, code="nu"):
    """It is wanted so soon."""

    need_id: int
    urgency: str


class SetCategory(Button, code="nt"):
    """It is of this kind."""

    need_id: int
    category: str


class Stay(Button, code="nl"):
    """It is still needed."""

    need_id: int


class Decide(Button, code="nj"):
    """A coordinator decides: 1 once more, 0 closed."""

    need_id: int
    again: int


class Show(Button, code="nq"):
    """Show me this need."""

    need_id: int


class More(Button, code="nm"):
    """The list's next page."""

    offset: int


class AskWhom(Button, code="asw"):
    """Whom shall I ask in person? The list from there on."""

    need_id: int
    offset: int


class Assign(Button, code="asp"):
    """This person."""

    need_id: int
    person_id: int


class AskSeats(Button, code="xsa"):
    """How many are to go?"""

    need_id: int


class SetSeats(Button, code="xss"):
    """So many are to go."""

    need_id: int
    count: int


class AskHandover(Button, code="xha"):
    """Who could go instead of me? The list from there on."""

    need_id: int
    offset: int


class HandOver(Button, code="xho"):
    """This person."""

    need_id: int
    person_id: int


class AcceptHandover(Button, code="xhy"):
    """I go instead."""

    need_id: int


class DeclineHandover(Button, code="xhn"):
    """I cannot go instead."""

    need_id: int


class TakeOver(Button, code="ast"):
    """I take it over from whoever has it."""

    need_id: int


class Hold(Button, code="ash"):
    """Nobody further for so many days."""

    need_id: int
    days: int
