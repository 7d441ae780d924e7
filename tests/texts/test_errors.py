"""Every rule that says no has words that say why and what to do, in both languages, in a message and on a tap."""

import pytest

from bot.domain import errors
from bot.domain.errors import DomainError
from bot.domain.needs import State
from bot.domain.people import Language
from bot.texts.common import refusal, refused
from bot.texts.errors import TEXTS, words_for
from bot.texts.message import Message
from tests.texts import reading
from tests.texts.readers import WORDS

ALERT_CHARACTERS = 200
MADE: tuple[DomainError, ...] = (
    errors.NotAllowed("claim a need"),
    errors.NotAllowed("invite people to an area"),
    errors.NotEnrolled(),
    errors.ButtonInvalid(),
    errors.TextTooLong(4096, 1000),
    errors.TextEmpty(),
    errors.VoiceTooLong(95, 30),
    errors.VoiceNotSo(),
    errors.InvitationInvalid(),
    errors.InvitationExpired(),
    errors.InvitationUsed(),
    errors.LinkUnknown(),
    errors.TooManyLinks(),
    errors.NeedGone(),
    errors.NeedTaken(2**62),
    *(errors.NeedNotSo(state.value) for state in State),
    errors.NeedPast(7),
    errors.RatingGiven(),
    errors.RatingOver(),
    errors.DisputeNotSo(),
    errors.LapseNotSo(),
    errors.NotYet(),
    errors.ShowcaseNotSo(),
    errors.UneaseNotSo(),
    errors.NeedElsewhere(),
    errors.ExperiencedWanted(),
    errors.HandoverOver(),
    errors.SeatsTaken(3),
    errors.OwnNeed(),
    errors.MinutesUnclear(),
    errors.AmountUnclear(),
    errors.AmountTooLarge(10_000),
    errors.ReceiptNotSo(),
    errors.VisitNotSo(),
    errors.OwnDispute(),
    errors.TooManyNeeds(5),
    errors.TooManyToday(10),
    errors.TooManyRelays(30),
    errors.DraftGone(),
    *(errors.TooFast(seconds) for seconds in (0, 1, 10, 3600)),
    errors.TimePassed(),
    errors.WindowPassed(),
    errors.RuleUnclear(),
    errors.RuleTooOften(),
    errors.RuleNever(),
    errors.RecurrenceNotSo(),
    errors.RecurrenceGone(),
    errors.TooManyRecurrences(5),
    errors.WindowUnclear(),
    errors.LocationUnclear(),
    errors.LocationFar(),
    errors.TelephoneUnclear(),
    errors.ConsentMissing(),
    errors.ListingGone(),
    errors.ExportNotSo(),
    errors.ExportRuns(),
    errors.LastInCharge(),
    errors.KnockNotSo(),
    errors.AlertTaken(2**62),
    errors.AlertNotSo(),
    errors.AlertGone(),
    errors.LadderEmpty("duty"),
    errors.HoursUnclear(),
    errors.DayUnclear(),
    errors.DayPassed(),
    errors.DayTooFar(),
    errors.PhotoNotSo(),
    errors.DrillRuns(),
    errors.DrillOver(),
    errors.WatchNotSo(),
    errors.DutyTaken(),
    errors.DatesUnclear(),
    errors.SlotsFull(6),
    errors.LinkForAnother(),
    errors.RelativeGone(),
    errors.TooManyProposals(3),
    errors.LastSlot(),
    errors.LadderFull(8),
    errors.RungStays(),
    errors.PatienceUnclear(),
    errors.EnrolmentUnclear(),
    errors.NeighbourNotSo(),
    errors.TimeUnclear(),
    errors.PlanExists(),
    errors.SurgeNotSo(),
    errors.SurgeOn(),
    errors.FollowUpNotSo(),
    errors.FarewellNotSo(),
    errors.VolunteerNotSo(),
    errors.PlanGone(),
)
every_error = pytest.mark.parametrize("error", MADE, ids=repr)
in_both_languages = pytest.mark.parametrize("language", Language)


def kinds(of: type[DomainError] = DomainError) -> set[type[DomainError]]:
    """Every kind of error that a person can cause."""
    children = of.__subclasses__()
    return {kind for child in children for kind in kinds(child)} if children else {of}


def test_every_error_has_words_and_is_tried_here() -> None:
    assert kinds() == set(TEXTS) == {type(error) for error in MADE}


@in_both_languages
@every_error
def test_it_can_be_said_in_a_message(error: DomainError, language: Language) -> None:
    message = Message(words_for(error, WORDS[language]))
    assert reading.faults(message) == []
    assert reading.foreign(message, language) == []


@in_both_languages
@every_error
def test_it_fits_into_the_window_that_answers_a_tap(error: DomainError, language: Language) -> None:
    text = words_for(error, WORDS[language])
    assert len(text) <= ALERT_CHARACTERS
    assert reading.visible(text) == text


@in_both_languages
@every_error
def test_it_can_wait_in_the_outbox(error: DomainError, language: Language) -> None:
    assert refused(refusal(error), None, WORDS[language]).text == words_for(error, WORDS[language])
