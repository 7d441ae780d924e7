"""What is seen of a flood: by whoever waits, when it is their turn; by whoever is in charge, how many wait."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NotAllowed
from bot.domain.floods import FloodCard, FloodView, Flow, JoinView, JoinWaits
from bot.domain.notices import Notice
from bot.services.floods import gate, turns
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import floods, persons
from bot.storage.database import Transaction


def join_waits(tx: Transaction, notice: JoinWaits, look: Look) -> JoinView:
    """Where, and when; now, where they have joined before they could read it."""
    wait = None if look.person_id is None else gate.waits_to_join(tx, look.person_id)
    return JoinView(place_name(tx, notice.area_id), look.now if wait is None else wait.act_at, look.now)


def flood(tx: Transaction, notice: FloodCard, look: Look) -> FloodView:
    """How it stands; access is asked once more."""
    if look.person_id is None:
        raise NotAllowed("let a flood through")
    turns.open_(tx, persons.actor(tx, persons.get(tx, look.person_id)), notice.area_id, notice.flow)
    flow = Flow(notice.flow)
    gauge = floods.gauge(tx, notice.area_id, flow, look.now)
    return FloodView(
        place=place_name(tx, notice.area_id),
        flow=flow,
        waiting=floods.waiting(tx, notice.area_id, flow),
        most=gauge.most or look.home.inflow.most(flow, floods.residents(tx, notice.area_id)),
        last_at=gauge.last_at,
        open_until=gauge.open_until if gauge.is_open(look.now) else None,
        now=look.now,
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {JoinWaits: join_waits, FloodCard: flood}
