"""Needs: claiming, going, finishing, confirming, rating, deciding — one tap each."""

from datetime import timedelta

from bot.domain.errors import ButtonInvalid
from bot.domain.helpers import Word
from bot.domain.needs import (
    ArrivalAsked,
    MyNeeds,
    NeedsAround,
    OfferCard,
    OutcomeAsked,
    Release,
    ReleaseAsked,
)
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import needs, offers, showings, telling
from bot.services.views import needs as views
from bot.texts import needs as texts
from bot.texts.showings import not_taken


def claim(turn: Turn[texts.Claim]) -> Reply:
    """A volunteer taps "I'll help": the first tap wins, the later ones learn kindly who has it."""
    if not showings.may_take(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now):
        return reply(toast=not_taken)
    need = needs.claim(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    if not turn.chat.private:
        return reply(toast=lambda words: words.say("It is yours. Thank you! The address is in our private chat."))
    _draw_here(turn, need.id)
    return reply(toast=lambda words: words.say("It is yours. Thank you!"))


def decline(turn: Turn[texts.Decline]) -> Reply:
    """Not this time: somebody else is asked."""
    offers.decline(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("All right, somebody else is asked."))


def later(turn: Turn[texts.Later]) -> Reply:
    """In two hours: nothing is asked until then, and this need once more if nobody has it."""
    offers.decline(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now, word=Word.LATER)
    return reply(toast=lambda words: words.say("All right, I ask you again in two hours."))


def no_more_today(turn: Turn[texts.NoMoreToday]) -> Reply:
    """Nothing more today."""
    offers.decline(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now, word=Word.TODAY)
    return reply(toast=lambda words: words.say("All right, nothing more today. Thank you!"))


def reveal(turn: Turn[texts.Reveal]) -> Reply:
    """The address appears on the very message that was tapped."""
    full = showings.reveal(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now)
    if full is not None:
        return reply(full)
    _draw_here(turn, turn.input.need_id)
    return reply()


def arrive(turn: Turn[texts.Arrive]) -> Reply:
    """The claimer comes in so many minutes."""
    if not 0 < turn.input.minutes <= 24 * 60:
        raise ButtonInvalid
    at = turn.now + timedelta(minutes=turn.input.minutes)
    needs.arrive(turn.tx, turn.actor, turn.input.need_id, at, now=turn.now)
    return reply(toast=lambda words: words.say("The resident is told."), closes=True)


def arrive_on(turn: Turn[texts.ArriveOn]) -> Reply:
    """The claimer comes on that day at that hour."""
    if not (0 <= turn.input.days <= 7 and 0 <= turn.input.hour <= 23):
        raise ButtonInvalid
    local = turn.now.astimezone(turn.home.timezone) + timedelta(days=turn.input.days)
    at = local.replace(hour=turn.input.hour, minute=0, second=0, microsecond=0)
    needs.arrive(turn.tx, turn.actor, turn.input.need_id, at, now=turn.now)
    return reply(toast=lambda words: words.say("The resident is told."), closes=True)


def ask_arrival(turn: Turn[texts.AskArrival]) -> Reply:
    """At what other time?"""
    needs.reveal(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(ArrivalAsked(turn.input.need_id))


def keep(turn: Turn[texts.Keep]) -> Reply:
    """Still on it."""
    needs.keep(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("Good, it stays yours."), closes=True)


def ask_release(turn: Turn[texts.AskRelease]) -> Reply:
    """Why is it given back?"""
    needs.reveal(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(ReleaseAsked(turn.input.need_id))


def give_back(turn: Turn[texts.GiveBack]) -> Reply:
    """Given back, for this reason."""
    if turn.input.reason not in set(Release):
        raise ButtonInvalid
    reason = Release(turn.input.reason)
    needs.release(turn.tx, turn.actor, turn.home, turn.input.need_id, reason, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you for saying so. Others are asked."), closes=True)


def ask_finish(turn: Turn[texts.AskFinish]) -> Reply:
    """What came of it?"""
    needs.reveal(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(OutcomeAsked(turn.input.need_id))


def confirm(turn: Turn[texts.Confirm]) -> Reply:
    """All is well."""
    needs.confirm(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("Lovely."))


def cancel(turn: Turn[texts.Cancel]) -> Reply:
    """Not needed any more."""
    needs.cancel(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("Cancelled."))


def show(turn: Turn[texts.Show]) -> Reply:
    """The need's card, as a new message."""
    return reply(needs.show(turn.tx, turn.actor, turn.input.need_id, now=turn.now), afresh=True)


def around(turn: Turn[Command]) -> Reply:
    """/needs: what is waiting around; for residents what they asked for."""
    return reply(NeedsAround() if turn.actor.grants else MyNeeds())


def more(turn: Turn[texts.More]) -> Reply:
    """The list's next page."""
    return reply(NeedsAround(max(0, turn.input.offset)))


def mine(turn: Turn[Command]) -> Reply:
    """/mine: one's own requests and claims."""
    return reply(MyNeeds())


def _draw_here(turn: Turn[texts.Claim] | Turn[texts.Reveal], need_id: int) -> None:
    if turn.message_id is not None:
        telling.draw_here(
            turn.tx,
            OfferCard(need_id),
            turn.message_id,
            bot_id=turn.home.bot_id,
            chat_id=turn.chat.id,
            person_id=turn.actor.id,
            now=turn.now,
        )


CAPABILITY = Capability(
    commands={"needs": around, "mine": mine},
    taps={
        texts.Claim: claim,
        texts.Decline: decline,
        texts.Later: later,
        texts.NoMoreToday: no_more_today,
        texts.Reveal: reveal,
        texts.Arrive: arrive,
        texts.ArriveOn: arrive_on,
        texts.AskArrival: ask_arrival,
        texts.Keep: keep,
        texts.AskRelease: ask_release,
        texts.GiveBack: give_back,
        texts.AskFinish: ask_finish,
        texts.Confirm: confirm,
        texts.Cancel: cancel,
        texts.Show: show,
        texts.More: more,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
