"""What a person can do wrong, as values: each has a text in `texts/errors.py` that says what to do next."""

from dataclasses import dataclass


class DomainError(Exception):
    """A rule said no. Nothing was changed; the person is told kindly why and what to do."""


class Unclear(DomainError):
    """What somebody wrote could not be used: they write once more, so the question stays open."""


@dataclass(eq=False)
class NotAllowed(DomainError):
    """This person's roles do not reach so far: `action` names what they tried."""

    action: str


class NotEnrolled(DomainError):
    """The person has not said yet which place they belong to."""


class ButtonInvalid(DomainError):
    """A button's code is forged, broken, or of a version that is gone."""


@dataclass(eq=False)
class TextTooLong(Unclear):
    """A text has `length` characters where `limit` are possible."""

    length: int
    limit: int


class TextEmpty(Unclear):
    """A text is needed and nothing legible came."""


class InvitationInvalid(DomainError):
    """The link was never given out, or not by us."""


class InvitationExpired(DomainError):
    """The link was given out and its time is over."""


class InvitationUsed(DomainError):
    """Somebody else has used the link: each works once."""


class TooManyLinks(DomainError):
    """Many links in a row led nowhere: further ones are not looked at for an hour."""


class LinkUnknown(DomainError):
    """A poster's link names no place that we know."""


class NeedGone(DomainError):
    """The need that a button speaks of does not exist."""


@dataclass(eq=False)
class NeedTaken(DomainError):
    """Somebody was faster: `claimer` has the need."""

    claimer: int


@dataclass(eq=False)
class NeedNotSo(DomainError):
    """The need is not in a state in which this can be done; `state` is the one it is in."""

    state: str


@dataclass(eq=False)
class NeedPast(DomainError):
    """The need was closed more than `days` days ago: it is asked for anew instead of being opened again."""

    days: int


class RatingGiven(DomainError):
    """Stars for this visit have been given, and stand."""


class RatingOver(DomainError):
    """The stars are shown already: nothing can be added to them, and none given in answer to them."""


class DisputeNotSo(DomainError):
    """The dispute is decided, or the word to both is said."""


class LapseNotSo(DomainError):
    """There is no such fact, or the person has said their word to it."""


class NotYet(DomainError):
    """The time that was announced is not over yet."""


class ShowcaseNotSo(DomainError):
    """There is nothing to show, or it may not be shown: no group, a confidential need, or decided already."""


class UneaseNotSo(DomainError):
    """It was seen to already; what is to be added is told to who is in charge."""


class NeedElsewhere(DomainError):
    """This need is being settled with somebody else; why is nobody's business."""


class ExperiencedWanted(DomainError):
    """The last seat is kept for somebody who has helped before: only new ones go as yet."""


@dataclass(eq=False)
class SeatsTaken(DomainError):
    """`going` people go already; whoever is not needed has to be told first."""

    going: int


class HandoverOver(DomainError):
    """Nobody waits for this answer any more: it was given, its time is over, or it was settled otherwise."""


class OwnNeed(DomainError):
    """Nobody claims what they asked for themselves."""


class OwnDispute(DomainError):
    """Whoever asked or helped does not decide what was wrong, as long as somebody else is in charge too."""


@dataclass(eq=False)
class TooManyNeeds(DomainError):
    """A person has `limit` needs open already."""

    limit: int


@dataclass(eq=False)
class TooManyToday(DomainError):
    """A person has posted `limit` needs since midnight."""

    limit: int


@dataclass(eq=False)
class TooManyRelays(DomainError):
    """A person has written `limit` messages about one need within the hour."""

    limit: int


class DraftGone(DomainError):
    """The draft that a button speaks of has been posted, thrown away or replaced."""


@dataclass(eq=False)
class TooFast(DomainError):
    """So many messages came from this person that they are asked to wait `seconds`."""

    seconds: int


class AmountUnclear(Unclear):
    """An amount of money could not be read, or another number of amounts was asked for."""


@dataclass(eq=False)
class AmountTooLarge(Unclear):
    """More money than `limit` (whole units) is nothing to be settled here."""

    limit: int


class ReceiptNotSo(DomainError):
    """The money is settled already, or it is not this person's to say."""


class MinutesUnclear(Unclear):
    """How long something took could not be read."""


class VisitNotSo(DomainError):
    """The visit is over, or is not over yet, or was settled in the meantime."""


class TimePassed(DomainError):
    """The chosen time of arrival is over."""


@dataclass(eq=False)
class AlertTaken(DomainError):
    """Somebody else has taken the alert on."""

    taker: int


class WindowPassed(DomainError):
    """The day and hours that were chosen for somebody to come are over."""


class WindowUnclear(Unclear):
    """From when to when somebody is to come could not be read."""


class RuleUnclear(Unclear):
    """The rule by which something is to come again could not be read, or has no dates that make sense."""


class RuleTooOften(Unclear):
    """A rule that would come more than once a day."""


class RuleNever(DomainError):
    """By this rule, in these hours and until that day it would not come any more."""


class RecurrenceNotSo(DomainError):
    """What comes again has changed in the meantime, or has ended."""


class RecurrenceGone(DomainError):
    """There is nothing like that that comes again."""


@dataclass(eq=False)
class TooManyRecurrences(DomainError):
    """`limit` things come again for a person already."""

    limit: int


class AlertNotSo(DomainError):
    """The alert has ended, or is not in a state in which this can be done."""


class AlertGone(DomainError):
    """The alert that a button speaks of does not exist."""


@dataclass(eq=False)
class LadderEmpty(DomainError):
    """A care plan whose ladder would reach nobody is refused; `missing` says who is missing."""

    missing: str


class KnockNotSo(DomainError):
    """The visit, or the list it is on, has changed in the meantime, or its time is over."""


class PhotoNotSo(DomainError):
    """A photo was waited for, and something else came."""


class VoiceNotSo(DomainError):
    """A voice note was waited for, and something else came."""


@dataclass(eq=False)
class VoiceTooLong(DomainError):
    """A voice note of `length` seconds where `limit` are possible."""

    length: int
    limit: int


class DrillRuns(DomainError):
    """A practice alert runs at this place already."""


class DrillOver(DomainError):
    """The practice alert that a button speaks of has ended."""


class WatchNotSo(DomainError):
    """This piece of the rota is over, or does not exist."""


class DutyTaken(DomainError):
    """Somebody has stepped in already, or nobody has to any more."""


class DatesUnclear(Unclear):
    """From when to when somebody is away could not be read."""


class HoursUnclear(Unclear):
    """From when to when somebody is on duty could not be read."""


class DayUnclear(Unclear):
    """A day that could not be read."""


class DayPassed(Unclear):
    """The day on which somebody comes back is over, or today."""


class DayTooFar(Unclear):
    """The day on which somebody comes back is more than a year ahead."""


@dataclass(eq=False)
class SlotsFull(DomainError):
    """Somebody is asked `limit` times a day at most, and not twice within half an hour."""

    limit: int


class LastSlot(DomainError):
    """The only time at which somebody is asked; ending the plan is another decision."""


class TimeUnclear(Unclear):
    """A time of day that could not be read."""


class SurgeNotSo(DomainError):
    """The further question a day is on, or over, or does not exist any more."""


class SurgeOn(DomainError):
    """Somebody else has turned on the same in this place already."""


class FollowUpNotSo(DomainError):
    """Somebody has looked again already, or nobody has to."""


class FarewellNotSo(DomainError):
    """It cannot be taken back any more, or was taken back already."""


class VolunteerNotSo(DomainError):
    """The application, or the volunteering, is not in a state in which this can be done."""


class PlanExists(DomainError):
    """This person has a care plan already."""


class PlanGone(DomainError):
    """There is no such care plan, or it has ended."""


@dataclass(eq=False)
class LadderFull(DomainError):
    """A ladder has `limit` rungs at most."""

    limit: int


class RungStays(DomainError):
    """The coordinators stay on every ladder: it starts again from them until somebody looks."""


class PatienceUnclear(Unclear):
    """Minutes to answer, or of reminders, that could not be read or do not fit together."""


class EnrolmentUnclear(Unclear):
    """A name, and a telephone or a door, of somebody who is to be enrolled could not be read."""


class NeighbourNotSo(DomainError):
    """Somebody else is asked to be the neighbour now, or nobody is."""


class LinkForAnother(DomainError):
    """The link is for somebody else's telephone; it has not been used up."""


class RelativeGone(DomainError):
    """This relative, contact or proposal does not exist any more, or has changed."""


@dataclass(eq=False)
class TooManyProposals(DomainError):
    """A relative has proposed care for `limit` people who have not been looked at yet."""

    limit: int


class LocationUnclear(DomainError):
    """A place on the map that is none on earth."""


class LocationFar(DomainError):
    """A place on the map that lies far away from the community."""


class TelephoneUnclear(DomainError):
    """A card of an address book without a telephone that can be rung."""


class ConsentMissing(DomainError):
    """Nobody has said yet that the person for whom something is asked agrees, or where they are to be found."""


class ListingGone(DomainError):
    """This list was closed: nobody had looked at it for long."""


class ExportNotSo(DomainError):
    """This file is not being made any more."""


class ExportRuns(DomainError):
    """A file is being made for this person already."""


class LastInCharge(DomainError):
    """Nobody else would hear what concerns a place while this coordinator is away."""
