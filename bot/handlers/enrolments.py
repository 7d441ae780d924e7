"""Somebody without a chat: a coordinator says where they live and writes who it is."""

from bot.domain.enrolments import AskEnrolment, EnrolmentPlace
from bot.domain.errors import NotAllowed
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import enrolments, people, plans
from bot.services.views import enrolments as views
from bot.texts import enrolments as texts

ENROLMENT = "enrol-in"


def places(turn: Turn[texts.EnrolIn]) -> Reply:
    """Where do they live?"""
    if not plans.in_charge_of(turn.actor):
        raise NotAllowed("manage care plans")
    if turn.input.area_id:
        enrolments.require_place(turn.tx, turn.actor, turn.input.area_id)
    return reply(EnrolmentPlace(turn.input.area_id, max(0, turn.input.offset)), closes=True)


def ask(turn: Turn[texts.EnrolHere]) -> Reply:
    """Who is it? Please write."""
    enrolments.require_place(turn.tx, turn.actor, turn.input.area_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{ENROLMENT}:{turn.input.area_id}", now=turn.now)
    return reply(AskEnrolment(turn.input.area_id), closes=True)


def written(turn: Turn[Said]) -> Reply | None:
    """ "张秀兰 13800138000 2单元301"."""
    question, _, number = (turn.question or "").partition(":")
    if question != ENROLMENT:
        return None
    card = enrolments.enrol(turn.tx, turn.actor, turn.home, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(card, afresh=True)


CAPABILITY = Capability(
    commands={},
    taps={texts.EnrolIn: places, texts.EnrolHere: ask},
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
