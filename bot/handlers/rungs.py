"""Who is told when somebody does not answer: one tap a change, for one person or for the whole community."""

from bot.domain.rungs import LadderCard, Owner, RungCard, rung_of
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import rungs
from bot.services.views import rungs as views
from bot.texts import rungs as texts


def show(turn: Turn[texts.ShowLadder]) -> Reply:
    """Who is told, and when?"""
    owner = Owner.parse(turn.input.owner)
    rungs.require_owner(turn.tx, turn.actor, owner)
    return reply(LadderCard(owner.code), afresh=True, closes=True)


def show_rung(turn: Turn[texts.ShowRung]) -> Reply:
    """This one: after how many minutes?"""
    owner, rung = Owner.parse(turn.input.owner), rung_of(turn.input.rung, 0)
    rungs.require_owner(turn.tx, turn.actor, owner)
    return reply(RungCard(owner.code, rung.name))


def set_rung(turn: Turn[texts.SetRung]) -> Reply:
    """After so many minutes."""
    owner, rung = Owner.parse(turn.input.owner), rung_of(turn.input.rung, turn.input.minutes)
    rungs.set_to(turn.tx, turn.actor, turn.home, owner, rung, now=turn.now)
    return _noted(owner)


def drop_rung(turn: Turn[texts.DropRung]) -> Reply:
    """They are not told."""
    owner, rung = Owner.parse(turn.input.owner), rung_of(turn.input.rung, 0)
    rungs.remove(turn.tx, turn.actor, turn.home, owner, rung.name, now=turn.now)
    return _noted(owner)


def follow(turn: Turn[texts.FollowCommunity]) -> Reply:
    """As in the whole community."""
    rungs.follow(turn.tx, turn.actor, turn.home, turn.input.plan_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def _noted(owner: Owner) -> Reply:
    noted = LadderCard(owner.code)
    return reply(noted, toast=lambda words: words.say("Noted. Thank you!"), afresh=True, closes=True)


CAPABILITY = Capability(
    commands={},
    taps={
        texts.ShowLadder: show,
        texts.ShowRung: show_rung,
        texts.SetRung: set_rung,
        texts.DropRung: drop_rung,
        texts.FollowCommunity: follow,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
