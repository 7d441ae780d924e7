"""Who may do what, to whom: one table, asked by every use case and again by every tap."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.people import Actor, Role


class Relation(StrEnum):
    """What somebody is to a subject, beside the roles they hold where it lies."""

    REQUESTER = "requester"
    CLAIMER = "claimer"
    ALONG = "comes along"
    TOLD = "told"
    HOLDER = "holder"
    OFFERED = "offered"
    SELF = "self"
    LEADS_BELOW = "leads a part of it"
    FAMILY = "family"
    HELPED = "helped"


class Action(StrEnum):
    """What can be done."""

    NEED_SEE = "see a need"
    NEED_CLAIM = "claim a need"
    NEED_WORK_ON = "work on a claimed need"
    NEED_RELEASE = "give a claimed need back"
    NEED_CANCEL = "cancel a need"
    NEED_EDIT = "edit an open need"
    NEED_REPEAT = "have a need come again"
    NEED_CONFIRM = "confirm a need"
    NEED_REOPEN = "open a closed need again"
    VISIT_SPEAK = "say how a visit was"
    SIDE_TELL = "tell one's side of a dispute"
    UNEASE_SAY = "say that one did not feel safe"
    UNEASE_HANDLE = "see to somebody who did not feel safe"
    NEED_SEATS = "say how many go to a need"
    NEED_ASSIGN = "ask somebody in person for a need"
    NEED_DECIDE = "decide a disputed need"
    ADDRESS_SEE = "see an address"
    ENCLOSURES_SEE = "hear and see what lies with a need that is taken"
    NEED_REDIRECT = "say that a need needs somebody else"
    VISIT_WORK = "say what a visit came to"
    VISIT_REACH = "say that a silent helper was reached"
    HINT_CORRECT = "correct a hint"
    RECEIPT_SETTLE = "say that money is settled"
    RECEIPT_DECIDE = "see to money that is not settled"
    RELAY = "write to the other side of a need"
    NEEDS_LIST = "list an area's needs"
    GROUP_BIND = "bind a group to an area"
    GROUP_TOPICS = "choose what a group shows"
    AREA_INVITE = "invite people to an area"
    AREA_APPOINT = "put people in charge of an area"
    ALERT_TAKE = "take on an alert"
    ALERT_WORK_ON = "work on an alert"
    ALERT_CLOSE = "record an alert's outcome"
    ALERT_SEE = "see an alert"
    ALERT_JOIN = "go along on an alert"
    ALERT_ACCEPT = "take an alert over"
    CARE_PLAN = "manage care plans"
    ROSTER_EXPORT = "export care plans"
    CARE_CONSENT = "agree to a care plan"
    CARE_AWAY = "say that somebody is away"
    HOME_OPEN = "say whether somebody may come in"
    NEIGHBOUR_ANSWER = "be the chosen neighbour"
    CHECK_IN_RECORD = "record a check-in"
    KNOCK_WORK = "work on a list of visits"
    KNOCK_GIVE = "hand over a list of visits"
    KNOCK_ACCEPT = "accept a list of visits"
    KNOCK_TAKE = "take over a list of visits"
    KNOCKS_LIST = "see lists of visits"
    SHEET_SEE = "see the printed sheet"
    DUTY_PLAN = "manage the duty rota"
    DUTY_SEE = "see the duty rota"
    DUTY_TAKE = "be on duty"
    MEDIA_OPEN = "open what somebody sent"
    VOICE_RECORD = "record a familiar voice"
    VISIT_WISH = "say how visitors are announced"
    FACE_GIVE = "give a photo for visits"
    DRILL_RUN = "start a drill"
    DRILL_PRACTISE = "take part in a drill"
    TODAY_SEE = "see the day's check-ins"
    HISTORY_SEE = "see a person's history"
    FAMILY_MANAGE = "manage somebody's family"
    FAMILY_SEE = "see what a relative may do"
    FAMILY_WISH = "be there for somebody as family"
    FAMILY_AGREE = "agree to what a relative may do"
    FAMILY_ANSWER = "answer for somebody as family"
    FAMILY_CALL = "call somebody as family"
    TELEPHONE_LINK = "link a telephone"
    CARE_PROPOSE = "propose care for a relative"
    SURGE_TURN = "turn on a further question a day"
    FOLLOW_UP = "look again on a later day"
    CARE_FOUND = "change a care plan by what was found"
    FAREWELL_SAY = "say that somebody has died"
    FAREWELL_UNDO = "take back that somebody has died"
    VOLUNTEER_DECIDE = "decide about volunteers"
    DESK_SEE = "see the coordinator's desk"
    SHOWINGS_SEE = "see who was shown contact data"
    FLOOD_DECIDE = "let a flood through"
    UNREACHED_RING = "ring whom no chat reaches"
    VOLUNTEER_SELF = "be a volunteer"


@dataclass(frozen=True)
class Rule:
    """The roles (held above or at the place) and the relations that open an action."""

    roles: frozenset[Role] = frozenset()
    relations: frozenset[Relation] = frozenset()


def rule(*who: Role | Relation) -> Rule:
    """A row of the table."""
    return Rule(frozenset(w for w in who if isinstance(w, Role)), frozenset(w for w in who if isinstance(w, Relation)))


HELPERS = (Role.VOLUNTEER, Role.LEADER, Role.COORDINATOR)
IN_CHARGE = (Role.COORDINATOR, Role.ADMINISTRATOR)

TABLE: Mapping[Action, Rule] = {
    Action.NEED_SEE: rule(*HELPERS, *IN_CHARGE, Relation.REQUESTER, Relation.CLAIMER, Relation.ALONG, Relation.OFFERED),
    # Where there is no coordinator, an administrator is the one who sees to what nobody takes. Whoever was asked, from the
    # next community too, may take it.
    Action.NEED_CLAIM: rule(*HELPERS, *IN_CHARGE, Relation.OFFERED),
    Action.NEED_WORK_ON: rule(Relation.CLAIMER),
    Action.NEED_RELEASE: rule(Relation.CLAIMER, Relation.ALONG, *IN_CHARGE),
    Action.NEED_EDIT: rule(Relation.REQUESTER),
    Action.NEED_REPEAT: rule(Relation.REQUESTER, *IN_CHARGE),
    Action.NEED_CANCEL: rule(Relation.REQUESTER, *IN_CHARGE),
    Action.NEED_CONFIRM: rule(Relation.REQUESTER),
    Action.NEED_REOPEN: rule(Relation.REQUESTER),
    Action.VISIT_SPEAK: rule(Relation.REQUESTER, Relation.HELPED),
    Action.SIDE_TELL: rule(Relation.HELPED),
    Action.UNEASE_SAY: rule(Relation.REQUESTER, Relation.HELPED),
    Action.UNEASE_HANDLE: rule(*IN_CHARGE),
    Action.NEED_SEATS: rule(Relation.REQUESTER, *IN_CHARGE),
    Action.NEED_ASSIGN: rule(*IN_CHARGE),
    Action.NEED_DECIDE: rule(*IN_CHARGE),
    # Whoever was asked and did not take it has no more business with the voice of a neighbour.
    Action.ENCLOSURES_SEE: rule(*IN_CHARGE, Relation.REQUESTER, Relation.CLAIMER, Relation.ALONG),
    Action.NEED_REDIRECT: rule(Relation.HOLDER),
    Action.VISIT_WORK: rule(Relation.HOLDER),
    Action.VISIT_REACH: rule(*IN_CHARGE),
    Action.HINT_CORRECT: rule(Relation.SELF),
    Action.RECEIPT_SETTLE: rule(Relation.SELF),
    Action.RECEIPT_DECIDE: rule(*IN_CHARGE),
    # Whoever has it, and whoever had it last while it is not closed.
    Action.RELAY: rule(Relation.REQUESTER, Relation.HOLDER),
    Action.ADDRESS_SEE: rule(Relation.CLAIMER, Relation.ALONG),
    Action.NEEDS_LIST: rule(*HELPERS, *IN_CHARGE),
    Action.GROUP_BIND: rule(Role.ADMINISTRATOR),
    Action.GROUP_TOPICS: rule(*IN_CHARGE),
    Action.AREA_INVITE: rule(*IN_CHARGE),
    Action.AREA_APPOINT: rule(Role.ADMINISTRATOR),
    Action.ALERT_TAKE: rule(Role.COORDINATOR, Relation.TOLD),
    Action.ALERT_WORK_ON: rule(Relation.HOLDER),
    Action.ALERT_CLOSE: rule(Role.COORDINATOR, Relation.HOLDER),
    Action.ALERT_SEE: rule(*IN_CHARGE, Relation.TOLD, Relation.HOLDER),
    Action.ALERT_JOIN: rule(Role.COORDINATOR, Relation.TOLD),
    Action.ALERT_ACCEPT: rule(Relation.OFFERED),
    Action.CARE_PLAN: rule(Role.COORDINATOR),
    Action.ROSTER_EXPORT: rule(Role.COORDINATOR),
    Action.CARE_CONSENT: rule(Relation.SELF),
    Action.CARE_AWAY: rule(Role.COORDINATOR, Relation.SELF),
    Action.HOME_OPEN: rule(Role.COORDINATOR, Relation.SELF),
    Action.NEIGHBOUR_ANSWER: rule(Relation.OFFERED),
    Action.CHECK_IN_RECORD: rule(Role.COORDINATOR, Relation.TOLD, Relation.HOLDER),
    Action.KNOCK_WORK: rule(Relation.HOLDER),
    Action.KNOCK_GIVE: rule(Role.COORDINATOR, Relation.HOLDER),
    Action.KNOCK_ACCEPT: rule(Relation.TOLD),
    Action.KNOCK_TAKE: rule(*IN_CHARGE, Relation.TOLD),
    Action.KNOCKS_LIST: rule(*HELPERS, *IN_CHARGE),
    Action.SHEET_SEE: rule(*IN_CHARGE),
    Action.DUTY_PLAN: rule(Role.COORDINATOR),
    Action.DUTY_TAKE: rule(*HELPERS),
    Action.DUTY_SEE: rule(*HELPERS, *IN_CHARGE, Relation.LEADS_BELOW),
    Action.MEDIA_OPEN: rule(*IN_CHARGE, Relation.TOLD),
    Action.VOICE_RECORD: rule(Role.COORDINATOR, Relation.TOLD),
    Action.VISIT_WISH: rule(Relation.SELF),
    Action.FACE_GIVE: rule(*HELPERS),
    Action.DRILL_RUN: rule(*IN_CHARGE),
    Action.DRILL_PRACTISE: rule(Relation.TOLD),
    Action.TODAY_SEE: rule(*IN_CHARGE),
    Action.HISTORY_SEE: rule(Role.COORDINATOR),
    Action.FAMILY_MANAGE: rule(Role.COORDINATOR),
    Action.FAMILY_SEE: rule(Role.COORDINATOR, Relation.FAMILY, Relation.SELF),
    Action.FAMILY_WISH: rule(Relation.FAMILY),
    Action.FAMILY_AGREE: rule(Relation.SELF),
    # Only with the person's consent is a relative family in this sense.
    Action.FAMILY_ANSWER: rule(Relation.HOLDER),
    Action.FAMILY_CALL: rule(Relation.FAMILY),
    Action.TELEPHONE_LINK: rule(Role.COORDINATOR),
    Action.CARE_PROPOSE: rule(Relation.REQUESTER),
    Action.SURGE_TURN: rule(*IN_CHARGE),
    Action.FOLLOW_UP: rule(*IN_CHARGE, Relation.HOLDER),
    Action.CARE_FOUND: rule(Role.COORDINATOR, Relation.HOLDER),
    Action.FAREWELL_SAY: rule(Role.COORDINATOR, Relation.HOLDER),
    Action.FAREWELL_UNDO: rule(*IN_CHARGE),
    Action.VOLUNTEER_DECIDE: rule(*IN_CHARGE),
    Action.VOLUNTEER_SELF: rule(Relation.SELF),
    Action.DESK_SEE: rule(*IN_CHARGE),
    Action.SHOWINGS_SEE: rule(*IN_CHARGE),
    Action.FLOOD_DECIDE: rule(*IN_CHARGE),
    # An administrator looks after the program; neighbours are rung by whoever is in charge of their place.
    Action.UNREACHED_RING: rule(Role.COORDINATOR),
}


def allowed(action: Action, actor: Actor, line: Collection[int], relations: Collection[Relation] = ()) -> bool:
    """Whether `actor` may do `action` to a subject in the area whose `line` (itself and all above it, ids) is given."""
    row = TABLE[action]
    if row.relations.intersection(relations):
        return True
    return any(grant.role in row.roles and grant.area_id in line for grant in actor.grants)


def require(action: Action, actor: Actor, line: Collection[int], relations: Collection[Relation] = ()) -> None:
    """Like `allowed`, but a no is the error NotAllowed."""
    if not allowed(action, actor, line, relations):
        raise NotAllowed(action.value)
