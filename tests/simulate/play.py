"""The month is played: needs are posted, waves go out by the program's rule, people answer by their habits."""

import heapq
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.helpers import LATER, day_end
from bot.domain.matching import (
    HELP_WITHIN,
    OFFERS_WITHIN,
    SILENCE,
    WELL,
    Ask,
    Candidate,
    Tier,
    Waves,
    choose,
    next_look,
)
from bot.domain.needs import EXPIRE_AFTER, Urgency
from tests.simulate.community import ZONE, Volunteer, Wish, answer, grid_of

# When the helper comes, and how long it takes, in minutes; hands are full until then.
COMES = {Urgency.NOW: (5, 20), Urgency.TODAY: (30, 300), Urgency.WEEK: (120, 2880)}
TAKES = (20, 100)


@dataclass
class Month:
    """What is going on: everybody, everything asked for, and what is still to happen."""

    volunteers: dict[int, Volunteer]
    wishes: list[Wish]
    waves: Waves
    chance: random.Random

    def __post_init__(self) -> None:
        self._coming: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._count = 0

    def play(self) -> None:
        """The whole month, and as long after it as anything is open."""
        for wish in self.wishes:
            self._at(wish.at, partial(self._wave, wish))
        while self._coming:
            now, _, deed = heapq.heappop(self._coming)
            deed(now)

    def _at(self, when: datetime, deed: Callable[[datetime], None]) -> None:
        self._count += 1
        heapq.heappush(self._coming, (when, self._count, deed))

    # --- asking ---

    def _wave(self, wish: Wish, now: datetime) -> None:
        if wish.claimed_at is not None or now - wish.at >= EXPIRE_AFTER:
            return
        ask = self._ask(wish, now)
        asked = self._offer(wish, ask, self.waves.paces[wish.urgency].size)
        self._at(next_look(ask, self.waves, asked), lambda later: self._wave(wish, later))

    def _ask(self, wish: Wish, now: datetime) -> Ask:
        return Ask(wish.resident, wish.urgency, wish.language, now, ZONE, wish.skill)

    def _offer(self, wish: Wish, ask: Ask, count: int) -> int:
        midnight = day_end(ask.now, ZONE) - timedelta(days=1)
        known = [self._seen(one, wish, ask, midnight) for one in self.volunteers.values() if self._matters(one, wish)]
        chosen = choose(ask, known, self.waves, count)
        for choice in chosen:
            self._asked(self.volunteers[choice.person_id], wish, ask.now)
        return len(chosen)

    def _asked(self, one: Volunteer, wish: Wish, now: datetime) -> None:
        wish.asked.add(one.id)
        wish.answers.pop(one.id, None)
        wish.offers += 1
        one.offers.append(now)
        one.asked_at = now
        said = answer(self.chance, one, wish, now)
        if said is not None:
            word, delay = said
            self._at(now + delay, lambda then: self._answers(one, wish, word, then))
        self._at(now + SILENCE[wish.urgency], lambda then: self._silent(one, wish, now, then))

    def _matters(self, one: Volunteer, wish: Wish) -> bool:
        """Whoever was asked and does not come back is barred anyhow: looking at them again and again would take hours."""
        return one.id not in wish.asked or wish.answers.get(one.id, ("",))[0] == "later"

    def _seen(self, one: Volunteer, wish: Wish, ask: Ask, midnight: datetime) -> Candidate:
        """A volunteer as the program would know them."""
        word, again_at = wish.answers.get(one.id, (None, None))
        stars = one.stars.get(wish.resident, [])
        near = 0 if one.building == wish.building else 1 if grid_of(one.building) == grid_of(wish.building) else 2
        tier = (Tier.BUILDING, Tier.GRID, Tier.COMMUNITY)[near]
        return Candidate(
            person_id=one.id,
            tier=Tier.BEFORE if any(given >= WELL for given in stars) else tier,
            skilled=wish.skill is not None and wish.skill in one.skills,
            speaks=one.language is wish.language,
            distance=near,
            stars=sum(stars) / len(stars) if stars else None,
            times=one.times if one.said else None,
            recent_offers=len(one.offers) - bisect_right(one.offers, ask.now - OFFERS_WITHIN),
            recent_minutes=round(sum(spent for at, spent in one.helped if at > ask.now - HELP_WITHIN)),
            parted=wish.resident in one.parted,
            rest_until=one.rest_until,
            night_now=one.night_now,
            asked_today=len(one.offers) - bisect_left(one.offers, midnight),
            open_claims=sum(until > ask.now for until in one.busy_until[-20:]),
            silent=one.silent,
            asked_at=one.asked_at,
            asked_in_round=one.id in wish.asked,
            answer=word,
            again_at=again_at,
        )

    # --- answering ---

    def _answers(self, one: Volunteer, wish: Wish, word: str, now: datetime) -> None:
        one.silent = 0
        if wish.claimed_at is not None:
            return
        if word == "yes":
            self._claims(one, wish, now)
            return
        if word == "later":
            one.rest_until = now + LATER
        elif word == "today":
            one.rest_until = day_end(now, ZONE)
        wish.answers[one.id] = ("later", now + LATER) if word == "later" else ("declined", None)
        self._offer(wish, self._ask(wish, now), 1)

    def _silent(self, one: Volunteer, wish: Wish, asked_at: datetime, now: datetime) -> None:
        """Counted only while the need waits, as the program does: whoever was overtaken was not silent."""
        if wish.claimed_at is None and one.id not in wish.answers and one.asked_at == asked_at:
            one.silent += 1

    def _claims(self, one: Volunteer, wish: Wish, now: datetime) -> None:
        wish.claimed_at = now
        minutes = self.chance.uniform(*TAKES)
        done = now + timedelta(minutes=self.chance.uniform(*COMES[wish.urgency]) + minutes)
        one.busy_until.append(done)
        one.helped.append((now, minutes))
        self._at(done, lambda then: self._rated(one, wish))

    def _rated(self, one: Volunteer, wish: Wish) -> None:
        stars = self.chance.choices((5, 4, 3, 2, 1), (60, 25, 9, 4, 2))[0]
        if self.chance.random() < 0.7:
            one.stars.setdefault(wish.resident, []).append(stars)
        if stars == 1:
            one.parted.add(wish.resident)
