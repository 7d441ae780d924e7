"""Family: whom to tell, what they may do, answering and calling for somebody — one tap each."""

from bot.domain.errors import ButtonInvalid
from bot.domain.relatives import Bond, ContactCard, ContactLink, FamilyCalled, FamilyCard, FamilyHome
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import contacts, relatives
from bot.services.views import relatives as views
from bot.texts import relatives as texts


def home(turn: Turn[Command]) -> Reply:
    """/family: for whom I am there, and who is there for me."""
    return reply(FamilyHome())


# --- who is in charge ---


def show_family(turn: Turn[texts.ShowFamily]) -> Reply:
    """Everybody around one person."""
    relatives.require_manage(turn.tx, turn.actor, turn.input.plan_id)
    return reply(FamilyCard(turn.input.plan_id), afresh=True)


def show_contact(turn: Turn[texts.ShowContact]) -> Reply:
    """One emergency contact."""
    contacts.of(turn.tx, turn.actor, turn.input.contact_id)
    return reply(ContactCard(turn.input.contact_id), afresh=True)


def invite(turn: Turn[texts.InviteContact]) -> Reply:
    """A link for them."""
    contacts.of(turn.tx, turn.actor, turn.input.contact_id)
    return reply(ContactLink(turn.input.contact_id))


def rang(turn: Turn[texts.RangContact]) -> Reply:
    """I rang them: this is what they say."""
    tapped = turn.input
    contacts.record(turn.tx, turn.actor, tapped.contact_id, yes=tapped.yes == 1, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def up(turn: Turn[texts.RaiseContact]) -> Reply:
    """They are told earlier."""
    contacts.raise_(turn.tx, turn.actor, turn.input.contact_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def remove(turn: Turn[texts.RemoveContact]) -> Reply:
    """They are told no more."""
    card = contacts.remove(turn.tx, turn.actor, turn.input.contact_id, now=turn.now)
    return reply(card, toast=lambda words: words.say("Removed."), afresh=True)


def heard(turn: Turn[texts.Heard]) -> Reply:
    """I have heard the person agree."""
    relatives.witness(turn.tx, turn.actor, turn.home, turn.input.relative_id, _bond(turn.input.bond), now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def offer_telephone(turn: Turn[texts.OfferTelephone]) -> Reply:
    """Ask this relative whether their telephone may reach the person too."""
    relatives.offer(turn.tx, turn.actor, turn.home, turn.input.relative_id, now=turn.now)
    return reply(toast=lambda words: words.say("They are asked whether they agree."))


# --- both sides ---


def answer_contact(turn: Turn[texts.AnswerContact]) -> Reply:
    """Tell me, or rather not (any more)."""
    contacts.answer(turn.tx, turn.actor, turn.input.relative_id, yes=turn.input.yes == 1, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def show_relative(turn: Turn[texts.ShowRelative]) -> Reply:
    """What this relative may do."""
    return reply(relatives.show(turn.tx, turn.actor, turn.input.relative_id), afresh=True)


def wish(turn: Turn[texts.Wish]) -> Reply:
    """I would like this; the person is asked."""
    relatives.wish(turn.tx, turn.actor, turn.home, turn.input.relative_id, _bond(turn.input.bond), now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def allow(turn: Turn[texts.Allow]) -> Reply:
    """They may."""
    relatives.allow(turn.tx, turn.actor, turn.home, turn.input.relative_id, _bond(turn.input.bond), now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def withdraw(turn: Turn[texts.Withdraw]) -> Reply:
    """Not (any more)."""
    relatives.withdraw(turn.tx, turn.actor, turn.home, turn.input.relative_id, _bond(turn.input.bond), now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def say_well(turn: Turn[texts.SayWell]) -> Reply:
    """I know that they are well."""
    said = relatives.say_well(turn.tx, turn.actor, turn.home, turn.input.relative_id, now=turn.now)
    if said is None:
        return reply(toast=lambda words: words.say("No question waits just now. Thank you all the same!"))
    return reply(toast=lambda words: words.say("Noted, with your name. Thank you!"))


def cannot_reach(turn: Turn[texts.CannotReach]) -> Reply:
    """Somebody must look."""
    alert = relatives.call(turn.tx, turn.actor, turn.home, turn.input.relative_id, now=turn.now)
    return reply(FamilyCalled(alert.id), toast=lambda words: words.say("Somebody is asked to look now."))


def _bond(word: str) -> Bond:
    if word not in set(Bond):
        raise ButtonInvalid
    return Bond(word)


CAPABILITY = Capability(
    commands={"family": home},
    taps={
        texts.ShowFamily: show_family,
        texts.ShowContact: show_contact,
        texts.InviteContact: invite,
        texts.RangContact: rang,
        texts.RaiseContact: up,
        texts.RemoveContact: remove,
        texts.Heard: heard,
        texts.OfferTelephone: offer_telephone,
        texts.AnswerContact: answer_contact,
        texts.ShowRelative: show_relative,
        texts.Wish: wish,
        texts.Allow: allow,
        texts.Withdraw: withdraw,
        texts.SayWell: say_well,
        texts.CannotReach: cannot_reach,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
