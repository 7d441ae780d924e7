"""Visits: I'm there, I'm well, I'm done; and what may be said afterwards, none of which has to be."""

from collections.abc import Callable, Mapping

from bot.domain.errors import ButtonInvalid
from bot.domain.followups import day_after, day_in
from bot.domain.needs import Outcome
from bot.domain.notices import Notice
from bot.domain.visits import (
    MINUTES_CHOICES,
    VisitCard,
    VisitHintAsked,
    VisitLookAsked,
    VisitLookDayAsked,
    VisitMinutesAsked,
    VisitNotice,
    VisitOtherAsked,
    VisitPhotoAsked,
    VisitReasonAsked,
    minutes_in,
)
from bot.handlers.turn import Capability, Plain, Reply, Said, Sent, Turn, reply
from bot.services import people, visits
from bot.services.views import visits as views
from bot.texts import visits as texts
from bot.texts.needs import Finish, There

MINUTES, HINT, PHOTO, DAY, REASON = "visit-minutes", "visit-hint", "visit-photo", "visit-day", "visit-reason"
# What can be said by one message, or by a tap on the question that follows.
ASKED: Mapping[str, tuple[str | None, Callable[[int], VisitNotice]]] = {
    "minutes": (MINUTES, VisitMinutesAsked),
    "hint": (HINT, VisitHintAsked),
    "photo": (PHOTO, VisitPhotoAsked),
    "day": (DAY, VisitLookDayAsked),
    "look": (None, VisitLookAsked),
    "other": (None, VisitOtherAsked),
}


def there(turn: Turn[There]) -> Reply:
    """I'm there."""
    visits.begin(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("The resident is told."))


def finish(turn: Turn[Finish]) -> Reply:
    """I'm done, and this came of it."""
    if turn.input.outcome not in set(Outcome):
        raise ButtonInvalid
    visits.done(turn.tx, turn.actor, turn.home, turn.input.need_id, Outcome(turn.input.outcome), now=turn.now)
    return reply(toast=lambda words: words.say("Thank you! The resident is asked whether all is well."), closes=True)


def well(turn: Turn[texts.StillWell]) -> Reply:
    """I'm well, and still there."""
    visits.well(turn.tx, turn.actor, turn.home, turn.input.visit_id, now=turn.now)
    return reply(toast=lambda words: words.say("Good. Take care!"), closes=True)


def reached(turn: Turn[texts.Reached]) -> Reply:
    """Who is in charge has reached them."""
    visits.reached(turn.tx, turn.actor, turn.home, turn.input.visit_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def took(turn: Turn[texts.Took]) -> Reply:
    """It took so long."""
    if turn.input.minutes not in MINUTES_CHOICES:
        raise ButtonInvalid
    visits.took(turn.tx, turn.actor, turn.input.visit_id, turn.input.minutes)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def ask(turn: Turn[texts.AskVisit]) -> Reply:
    """I want to say more."""
    number = turn.input.visit_id
    if turn.input.what not in ASKED:
        raise ButtonInvalid
    question, notice = ASKED[turn.input.what]
    if turn.input.what == "other":
        visits.require_pass_on(turn.tx, turn.actor, turn.home, number)
    elif question is None:
        visits.over(turn.tx, turn.actor, number)
    else:
        visits.ask(turn.tx, turn.actor, turn.home, question, number, now=turn.now)
    return reply(notice(number))


def pass_on(turn: Turn[texts.PassOn]) -> Reply:
    """It needs this kind of help: why?"""
    number, category = turn.input.visit_id, turn.input.category
    visits.require_pass_on(turn.tx, turn.actor, turn.home, number, category)
    people.ask(turn.tx, turn.actor, turn.home, f"{REASON}:{number}:{category}", now=turn.now)
    return reply(VisitReasonAsked(number, category), closes=True)


def look_in(turn: Turn[texts.LookIn]) -> Reply:
    """In so many days."""
    day = day_after(turn.now, turn.input.days, turn.home.timezone)
    visits.look_again(turn.tx, turn.actor, turn.home, turn.input.visit_id, day, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"), closes=True)


def written(turn: Turn[Said]) -> Reply | None:
    """How long, a hint, a day, or why somebody else."""
    question, _, rest = (turn.question or "").partition(":")
    if question not in WRITTEN:
        return None
    card = WRITTEN[question](turn, rest)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(card, afresh=True)


def _minutes(turn: Turn[Said], rest: str) -> Notice:
    return visits.took(turn.tx, turn.actor, int(rest), minutes_in(turn.input.text))


def _hint(turn: Turn[Said], rest: str) -> Notice:
    return visits.leave_hint(turn.tx, turn.actor, int(rest), turn.input.text, now=turn.now)


def _day(turn: Turn[Said], rest: str) -> Notice:
    day = day_in(turn.input.text, turn.now, turn.home.timezone)
    return visits.look_again(turn.tx, turn.actor, turn.home, int(rest), day, now=turn.now)


def _reason(turn: Turn[Said], rest: str) -> Notice:
    number, _, category = rest.partition(":")
    return visits.pass_on(turn.tx, turn.actor, turn.home, int(number), category, turn.input.text, now=turn.now)


WRITTEN: Mapping[str, Callable[[Turn[Said], str], Notice]] = {
    MINUTES: _minutes,
    HINT: _hint,
    DAY: _day,
    REASON: _reason,
}


def sent(turn: Turn[Sent]) -> Reply | None:
    """The photo that was waited for."""
    question, _, number = (turn.question or "").partition(":")
    if question != PHOTO:
        return None
    card: VisitCard = visits.add_photo(
        turn.tx, turn.actor, turn.home, int(number), turn.input, at=turn.said_at, now=turn.now
    )
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(card, afresh=True)


def again(turn: Turn[texts.NeedAgain]) -> Reply:
    """I need it again: the draft of it."""
    card = visits.again(turn.tx, turn.actor, turn.home, turn.input.visit_id, now=turn.now)
    return Reply((card,), afresh=True, closes=True)


def not_again(turn: Turn[texts.NotAgain]) -> Reply:
    """I do not."""
    return reply(
        toast=lambda words: words.say("All right. Simply write here whenever you need something."), closes=True
    )


CAPABILITY = Capability(
    commands={},
    taps={
        There: there,
        Finish: finish,
        texts.StillWell: well,
        texts.Reached: reached,
        texts.Took: took,
        texts.AskVisit: ask,
        texts.PassOn: pass_on,
        texts.LookIn: look_in,
        texts.NeedAgain: again,
        texts.NotAgain: not_again,
    },
    plain={Plain.ANSWER: written},
    media={Plain.ANSWER: sent},
    views=views.VIEWS,
    cards=texts.CARDS,
)
