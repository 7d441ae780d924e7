"""Everything that is said about care: plans, check-ins, alerts, duty."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, product

from bot.domain import alerts, checkins, companions, plans, slots
from bot.domain.alerts import Alert, AlertDetails, AlertOutcome, AlertState, AlertView, Cause, Whom
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState, CheckInView
from bot.domain.notices import Notice
from bot.domain.plans import Channel, Plan, PlanState, PlanView
from bot.domain.remarks import Remark, RemarkKind, place_text
from bot.domain.telephones import labels
from bot.domain.wellbeing import Topic
from tests.texts import samples_followups, samples_surges
from tests.texts.readers import NOW, Data, Said, said_as_is

SOON = NOW + timedelta(minutes=20)


# --- alerts ---


def alert_views(data: Data) -> Iterator[AlertView]:
    """An alert of every cause in every state, read by whoever has it, by whoever is in charge, and by others."""
    outcomes = cycle(AlertOutcome)
    for cause, state, mine, in_charge in product(Cause, AlertState, (True, False), (True, False)):
        alert = Alert(data.number, 7, 1, 1, cause, state, NOW - timedelta(minutes=5), alerts.DEFAULT_LADDER)
        taken = state is AlertState.TAKEN
        if state is AlertState.CLOSED:
            alert = replace(alert, outcome=next(outcomes), remark=data.text[:500])
        taker = data.helper if taken else None
        told = (data.helper, data.owner, data.resident)
        view = AlertView(alert, data.resident, data.place, taker, told, mine and taken, in_charge, NOW)
        yield replace(view, told=(), where_asked=state is AlertState.OPEN)
        yield replace(view, visitor=(data.helper, data.telephone))
        yield replace(view, visitor=(data.helper, None))
        yield with_additions(view, data)
        yield replace(view, family=True, may_follow=True)
        yield replace(
            view, alert=replace(alert, arrives_at=SOON if taken else None), details=details(data), hidden=mine
        )


def with_additions(view: AlertView, data: Data) -> AlertView:
    """The same with everything that can be added to it."""
    notes = tuple(Remark(RemarkKind.NOTED, data.helper, NOW, data.text) for _ in range(5))
    where = Remark(RemarkKind.WHERE, data.resident, NOW, place_text(22.5431, 114.05786))
    said = (Remark(RemarkKind.SAID, data.resident, NOW, data.text), where, replace(where, text=data.door))
    sent = tuple((data.number - at, kind) for at, kind in enumerate(("voice", "photo", "photo", "voice", "photo")))
    mine = view.mine
    wellbeing = tuple((topic.value, at % 2 == 0, NOW.date()) for at, topic in enumerate(Topic)) if mine else ()
    return replace(view, sent=sent, notes=notes, said=said if mine else (), wellbeing=wellbeing, where_known=True)


def details(data: Data) -> AlertDetails:
    """What whoever goes needs; everything, or next to nothing."""
    if len(data.door) == 1:
        return AlertDetails(None, None, None, ())
    contacts = ((data.helper, data.owner, data.telephone), (data.owner, data.helper, None))
    return AlertDetails(data.door, data.telephone, data.text[:500], contacts)


def of_alert(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one alert, in every view."""
    return lambda data: ((kind(data.number), view) for view in alert_views(data))


def empty_rungs(data: Data) -> Said:
    """Every rung that can be empty."""
    for whom, view in zip(cycle(Whom), alert_views(data), strict=False):
        yield alerts.RungEmpty(data.number, whom.value), view
    yield alerts.RungEmpty(data.number, ",".join(Whom)), next(alert_views(data))


def together(data: Data) -> Iterator[AlertView]:
    """An alert in every view, with who goes along, who is asked to take it over, and what was behind it."""
    answers = tuple((NOW - timedelta(hours=12 * at), answer) for at, answer in enumerate(("well", "missed", "seen")))
    for view in alert_views(data):
        yield view
        more = replace(view, joined=(data.helper, data.owner), offered=data.owner, last=answers)
        proxies = ((answers[0][0], data.helper, data.owner),)
        yield replace(more, proxies=proxies, sharing=(data.helper, data.owner))
        yield replace(more, along=True, hidden=True, offered_to_me=True)
        yield replace(more, others=((data.number, data.helper), (data.number - 1, data.owner)))
        there = replace(view.alert, arrived_at=NOW, arrives_at=NOW, reason=alerts.Reason.SILENT)
        yield replace(more, alert=there)


def of_together(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about an alert on which there are two."""
    return lambda data: ((kind(data.number), view) for view in together(data))


# --- check-ins ---


def checkin_views(data: Data) -> Iterator[CheckInView]:
    """A check-in in every state, morning and evening, by every channel, answered in every way."""
    for state, answer, channel, slot in product(CheckInState, (None, *CheckInAnswer), Channel, (8 * 60, 18 * 60)):
        checkin = CheckIn(
            id=data.number,
            plan_id=1,
            person_id=1,
            area_id=1,
            day=NOW.date(),
            slot=slot,
            channel=channel,
            state=state,
            asked_at=NOW,
            due_at=NOW + timedelta(hours=1),
            nudges=(30, 10),
            answer=answer,
        )
        yield CheckInView(checkin, data.resident, data.place, NOW)
        yield CheckInView(checkin, data.resident, data.place, NOW, voice="AgAC7-AQAD01")
        yield CheckInView(checkin, data.resident, data.place, NOW, label=labels((data.resident, data.resident))[1])


def of_checkin(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one check-in, in every view."""
    return lambda data: ((kind(data.number), view) for view in checkin_views(data))


def of_slot(kind: Callable[[int, str, int, int], Notice]) -> Callable[[Data], Said]:
    """A notice about everybody of one slot."""
    return lambda data: ((kind(1, "2026-03-02", 480, count), data.place) for count in (1, 12, 2000))


def days(data: Data) -> Said:
    """A day without anybody, an ordinary one, and one on which everybody is missing at once."""
    yield checkins.Today(data.number), checkins.TodayView((), (), NOW)
    yield checkins.Today(data.number), checkins.TodayView((), (), NOW, mine=False)
    slot = checkins.SlotView("08:00", 40, 37, 2, 1, (data.resident, data.helper), late=1, calling=2)
    ordinary = ((data.resident, None), (data.helper, data.owner))
    yield (
        checkins.Today(data.number),
        checkins.TodayView((slot, replace(slot, name="18:00", waiting_names=())), ordinary, NOW),
    )
    by_family = replace(slot, proxies=((data.resident, data.helper, data.owner),) * 12)
    yield checkins.Today(data.number), checkins.TodayView((by_family,), (), NOW)
    unwell = tuple((data.resident, topic.value) for topic in Topic)
    yield checkins.Today(data.number), checkins.TodayView((slot,), ordinary, NOW, unwell * 6, data.place)
    stays = ((data.resident, NOW, None), (data.helper, None, NOW))
    yield checkins.Today(data.number), checkins.TodayView((), (), NOW, hospital=stays)
    more = checkins.TodayView((slot,), ordinary, NOW, surges=(samples_surges.line(data),) * 8)
    yield checkins.Today(data.number), replace(more, looks=samples_followups.lines(data))
    full = replace(slot, waiting=500, waiting_names=(data.resident,) * 20)
    yield (
        checkins.Today(data.number),
        checkins.TodayView((full,), ((data.resident, data.owner),) * 500, NOW, hospital=stays * 15),
    )
    yield checkins.Today(data.number), checkins.TodayView((full,), ((data.resident, data.owner),) * 500, NOW)
    places = tuple(checkins.PlaceView(data.place, 40, 37, 2, 1, 1) for _ in range(20))
    unheard = replace(slot, unheard=2, unheard_names=(data.resident, data.helper), waiting_names=())
    alone = replace(unheard, unheard=1, unheard_names=(data.resident,))
    yield checkins.Today(data.number), checkins.TodayView((unheard, alone), ordinary, NOW, places=places[:2])
    everything = (replace(full, unheard=500, unheard_names=(data.resident,) * 20), *(slot,) * 5)
    crowd = ((data.resident, data.owner),) * 500
    yield (
        checkins.Today(data.number),
        checkins.TodayView(everything, crowd, NOW, unwell * 6, data.place, True, stays * 15, places),
    )


# --- plans ---


def plan_views(data: Data) -> Iterator[PlanView]:
    """A plan in every state, by every channel, read by its person and by a coordinator."""
    for state, channel, about_me in product(PlanState, Channel, (True, False)):
        slots = tuple(replace(slot, channel=channel) for slot in plans.DEFAULT_SLOTS)
        plan = Plan(data.number, 7, 1, 1, state, slots)
        yield PlanView(plan, data.resident, data.place, about_me, (), (), NOW)
        yield PlanView(plan, data.resident, data.place, about_me, (), (), NOW, hospital_since=NOW)
        yield PlanView(plan, data.resident, data.place, about_me, (), (), NOW, home_since=NOW)
        paused = SOON if state is PlanState.PAUSED else None
        full = replace(plan, notes=data.text[:500], paused_until=paused, grace_minutes=1, act_at=SOON)
        last = tuple((NOW - timedelta(days=ago), one.value) for ago, one in enumerate(CheckInState))
        answered = tuple((topic, at % 2 == 0, NOW.date()) for at, topic in enumerate(Topic))
        yield PlanView(plan, data.resident, data.place, about_me, (), (), NOW, True, answered)
        yield PlanView(full, data.resident, data.place, about_me, ((data.helper, data.owner),) * 3, last, NOW)
        proxies = ((last[1][0], data.helper, data.owner),)
        yield PlanView(
            full,
            data.resident,
            data.place,
            about_me,
            (),
            last,
            NOW,
            proxies=proxies,
            silent=((data.helper, data.owner, "left"),),
        )


def of_plan(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about one plan, in every view."""
    return lambda data: ((kind(data.number), view) for view in plan_views(data))


def page_of_plans(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A list of people, empty and full."""

    def pages(data: Data) -> Said:
        rows = tuple((data.number - at, data.resident, state) for at, state in enumerate((*PlanState, *PlanState)))
        yield kind(0), plans.PlansView((), 0, False)
        yield kind(data.number), plans.PlansView(rows, data.number - 8, True)

    return pages


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{
        kind: of_alert(kind)
        for kind in (
            *(alerts.AlertRaisedAgain, alerts.AlertTakenOn, alerts.AlertAnsweredLate),
            *(alerts.AlertStillYours, alerts.AlertAskOutcome, alerts.HelpIsComing, alerts.SomebodyComes),
        )
    },
    alerts.RungEmpty: empty_rungs,
    **{
        kind: of_together(kind)
        for kind in (
            *(alerts.AlertCard, alerts.PleaseRing, alerts.AlertNews, alerts.AlertReasonAsked, alerts.VisitorAsked),
            *(alerts.VisitorSilent, companions.AlertHelpers, companions.AlertOffered, companions.AlertDeclined),
            companions.AlertHandedOver,
        )
    },
    **{
        kind: of_checkin(kind)
        for kind in (
            *(checkins.CheckInAsked, checkins.CheckInNudged, checkins.CheckInThanked, checkins.CheckInThankedLate),
            checkins.CallPromised,
        )
    },
    **{kind: of_slot(kind) for kind in (checkins.NotAsked, checkins.SystemSuspected)},
    checkins.Today: days,
    **{kind: of_plan(kind) for kind in (plans.PlanCard, plans.ConsentCard, plans.PlanStarted, plans.PlanDeclined)},
    plans.CareList: page_of_plans(plans.CareList),
    plans.CareCandidates: page_of_plans(plans.CareCandidates),
    slots.SlotsCard: of_plan(slots.SlotsCard),
    slots.AskTime: said_as_is(slots.AskTime(12)),
    plans.AskContactOf: said_as_is(plans.AskContactOf(12)),
    plans.AskNotesOf: said_as_is(plans.AskNotesOf(12)),
}
# Cared-for residents read these: three big keys at most, one a row.
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    *(checkins.CheckInAsked, checkins.CheckInNudged, checkins.CheckInThanked, checkins.CheckInThankedLate),
    *(checkins.CallPromised, alerts.HelpIsComing, alerts.SomebodyComes, plans.ConsentCard, plans.PlanStarted),
)
