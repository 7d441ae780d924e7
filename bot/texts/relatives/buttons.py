"""What can be tapped about family."""

from bot.texts.buttons import Button


class ShowFamily(Button, code="fa"):
    """Show me the family of this plan."""

    plan_id: int


class ShowContact(Button, code="fb"):
    """Show me this contact."""

    contact_id: int


class InviteContact(Button, code="fc"):
    """A link for this contact."""

    contact_id: int


class RangContact(Button, code="fd"):
    """I rang them: 1 they agree, 0 they would rather not."""

    contact_id: int
    yes: int


class RaiseContact(Button, code="fe"):
    """Tell them before the one above."""

    contact_id: int


class RemoveContact(Button, code="ff"):
    """Tell them no more."""

    contact_id: int


class AnswerContact(Button, code="fg"):
    """The contact answers: 1 tell me, 0 rather not (any more)."""

    relative_id: int
    yes: int


class ShowRelative(Button, code="fh"):
    """Show me this relative."""

    relative_id: int


class Wish(Button, code="fi"):
    """A relative wishes this."""

    relative_id: int
    bond: str


class Allow(Button, code="fj"):
    """The person agrees to this."""

    relative_id: int
    bond: str


class Heard(Button, code="fk"):
    """Who is in charge has heard the person agree."""

    relative_id: int
    bond: str


class Withdraw(Button, code="fq"):
    """Not (any more)."""

    relative_id: int
    bond: str


class OfferTelephone(Button, code="fp"):
    """The person agrees to be reached through this relative's telephone: ask the relative."""

    relative_id: int


class SayWell(Button, code="fl"):
    """I know that they are well."""

    relative_id: int


class CannotReach(Button, code="fn"):
    """I cannot reach them: somebody must look."""

    relative_id: int


class NewTelephone(Button, code="ft"):
    """A link for this person's new telephone."""

    plan_id: int


class ProposeCare(Button, code="fr"):
    """Care for somebody of my family: where do they live?"""
