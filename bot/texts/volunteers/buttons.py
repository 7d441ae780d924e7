"""What can be tapped under messages about volunteers."""

from bot.texts.buttons import Button


class HelpHere(Button, code="zvw"):
    """I would like to help at this place."""

    area_id: int


class Choose(Button, code="zvc"):
    """This too, or not this."""

    volunteer_id: int
    step: str
    what: str


class Next(Button, code="zvn"):
    """That is all of this question. `adult` 0: the applicant is under age."""

    volunteer_id: int
    step: str
    adult: int


class Agree(Button, code="zvg"):
    """I have read this version of the rules and agree."""

    volunteer_id: int
    version: int


class Retire(Button, code="zvr"):
    """I stop; or, from whoever is in charge, they stop."""

    volunteer_id: int


class Approve(Button, code="zva"):
    """They may help."""

    volunteer_id: int


class Decline(Button, code="zvd"):
    """Not now."""

    volunteer_id: int


class Suspend(Button, code="zvs"):
    """They are asked for nothing for now."""

    volunteer_id: int


class Resume(Button, code="zvu"):
    """They may help again."""

    volunteer_id: int


class MoreVolunteers(Button, code="zvm"):
    """The list from this row on."""

    offset: int


class ShowVolunteer(Button, code="zvv"):
    """Show this one."""

    volunteer_id: int
