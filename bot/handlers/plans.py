"""Care plans: who is cared for, asking whether they agree, pausing, changing, ending."""

import re

from bot.domain.errors import NotAllowed, TextEmpty
from bot.domain.people import telephone_in, tidy
from bot.domain.plans import AskContactOf, AskNotesOf, CareCandidates, CareList, PlanCard
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import people, plans, proposals
from bot.services.views import plans as views
from bot.storage.plans import Contact
from bot.texts import plans as texts

CONTACT, NOTES = "contact-of", "notes-of"
COMMAS = re.compile(r"[，,、;；\n]")


def care(turn: Turn[Command]) -> Reply:
    """/care: who is cared for here."""
    if not plans.in_charge_of(turn.actor):
        raise NotAllowed("manage care plans")
    return reply(CareList())


def more(turn: Turn[texts.MorePlans]) -> Reply:
    """The list's next page."""
    return reply(CareList(max(0, turn.input.offset)))


def candidates(turn: Turn[texts.Candidates]) -> Reply:
    """Who could be cared for."""
    return reply(CareCandidates(max(0, turn.input.offset)))


def show(turn: Turn[texts.ShowPlan]) -> Reply:
    """One plan."""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    return reply(PlanCard(turn.input.plan_id), afresh=True)


def propose(turn: Turn[texts.Propose]) -> Reply:
    """Ask this resident whether they would like it."""
    card = plans.propose(turn.tx, turn.actor, turn.home, turn.input.person_id, now=turn.now)
    return reply(card, toast=lambda words: words.say("They are asked whether they agree."), afresh=True)


def consent(turn: Turn[texts.Consent]) -> Reply:
    """The resident answers."""
    proposals.consent(turn.tx, turn.actor, turn.home, turn.input.plan_id, yes=turn.input.yes == 1, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you!"))


def witness(turn: Turn[texts.Witness]) -> Reply:
    """A coordinator has heard them agree."""
    proposals.witness(turn.tx, turn.actor, turn.home, turn.input.plan_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def ask_contact(turn: Turn[texts.AddContact]) -> Reply:
    """Who is to be told? Please write."""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{CONTACT}:{turn.input.plan_id}", now=turn.now)
    return reply(AskContactOf(turn.input.plan_id))


def ask_notes(turn: Turn[texts.AddNotes]) -> Reply:
    """What helps whoever goes? Please write."""
    plans.require_plan(turn.tx, turn.actor, turn.input.plan_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{NOTES}:{turn.input.plan_id}", now=turn.now)
    return reply(AskNotesOf(turn.input.plan_id))


def written(turn: Turn[Said]) -> Reply | None:
    """The answer to one of these two."""
    question, _, number = (turn.question or "").partition(":")
    if question not in (CONTACT, NOTES):
        return None
    plan_id = int(number)
    if question == NOTES:
        notes = tidy(turn.input.text)
        rule = plans.notes_of(notes)
        plans.change(turn.tx, turn.actor, turn.home, plan_id, rule, "notes", now=turn.now)
    else:
        plans.add_contact(turn.tx, turn.actor, plan_id, contact_in(turn.input.text), now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(PlanCard(plan_id), afresh=True)


def contact_in(words: str) -> Contact:
    """ "Chen Li, daughter, 13900001111" → name, relation, telephone; TextEmpty without a name and a telephone.

    Where no comma parts them, the first word is the name: "陈丽 女儿 13900001111".
    """
    telephone, _ = telephone_in(words)
    written = [telephone_in(part)[1] for part in COMMAS.split(words)]
    parts = [part for part in written if part]
    if len(parts) == 1:
        parts = parts[0].split()
    if not parts or telephone is None:
        raise TextEmpty
    return Contact(parts[0], " ".join(parts[1:]) or "—", telephone, None)


def end(turn: Turn[texts.EndPlan]) -> Reply:
    """Nobody asks any more."""
    plans.end(turn.tx, turn.actor, turn.home, turn.input.plan_id, now=turn.now)
    return reply(toast=lambda words: words.say("Ended."))


CAPABILITY = Capability(
    commands={"care": care},
    taps={
        texts.MorePlans: more,
        texts.Candidates: candidates,
        texts.ShowPlan: show,
        texts.Propose: propose,
        texts.Consent: consent,
        texts.Witness: witness,
        texts.AddContact: ask_contact,
        texts.AddNotes: ask_notes,
        texts.EndPlan: end,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
