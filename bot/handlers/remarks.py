"""Additions: words and photos after an outcome or a visit, and where somebody is who calls for help."""

from bot.domain.drafts import is_greeting
from bot.domain.remarks import Noun, RemarkAdded, SaidAlong, WhereKept, place_text
from bot.handlers.turn import Capability, Located, Plain, Reply, Said, Sent, Turn, reply
from bot.services import checkins, drafts, remarks
from bot.services.views import remarks as views
from bot.texts import checkins as keys
from bot.texts import remarks as texts


def add(turn: Turn[texts.AddRemark]) -> Reply:
    """I want to add something."""
    noun = Noun.of(turn.input.noun)
    return reply(remarks.invite(turn.tx, turn.actor, turn.home, noun, turn.input.number, now=turn.now))


def finish(turn: Turn[texts.EndRemark]) -> Reply:
    """That is all."""
    remarks.finish(turn.tx, turn.actor, turn.home, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you!"), closes=True)


def written(turn: Turn[Said]) -> Reply | None:
    """Words that belong to an outcome or a visit; or where somebody is."""
    if keys.answer_of(turn.input.text, turn.home) is not None:
        return None
    if remarks.is_where(turn.question):
        return _where(turn, turn.input.text)
    waits = remarks.waits_for(turn.question, turn.said_at)
    if waits is None:
        return None
    noun, number, until = waits
    remarks.note(turn.tx, turn.actor, noun, number, turn.input.text, now=turn.now)
    return reply(RemarkAdded(until))


def along(turn: Turn[Said]) -> Reply | None:
    """Further words of somebody who has called for help: for whoever looks after them, and kept as a need as well."""
    if is_greeting(turn.input.text):
        return None
    alert_id = remarks.say_along(turn.tx, turn.actor, turn.input.text, now=turn.now)
    if alert_id is None:
        return None
    drafts.write(turn.tx, turn.actor, turn.home, turn.input.text, now=turn.now)
    return reply(SaidAlong(alert_id))


def sent(turn: Turn[Sent]) -> Reply | None:
    """A photo or voice note that belongs to one."""
    waits = remarks.waits_for(turn.question, turn.said_at)
    if waits is None:
        return None
    noun, number, until = waits
    remarks.enclose(turn.tx, turn.actor, turn.home, noun, number, turn.input, at=turn.said_at, now=turn.now)
    return reply(RemarkAdded(until))


def located(turn: Turn[Located]) -> Reply | None:
    """Somebody about whom an alert is open shows where they are, asked or not."""
    if checkins.open_alert(turn.tx, turn.actor.id) is None:
        return None
    return _where(turn, place_text(turn.input.latitude, turn.input.longitude))


def _where(turn: Turn[Said] | Turn[Located], text: str) -> Reply | None:
    alert_id = remarks.keep_where(turn.tx, turn.actor, turn.home, text, now=turn.now)
    return None if alert_id is None else reply(WhereKept(alert_id))


CAPABILITY = Capability(
    commands={},
    taps={texts.AddRemark: add, texts.EndRemark: finish},
    views=views.VIEWS,
    cards=texts.CARDS,
    plain={Plain.ANSWER: written, Plain.CHECK_IN: along},
    media={Plain.ANSWER: sent},
    places={Plain.ANSWER: located},
)
