"""What is read by somebody who would like to help, and by whoever decides about it."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.volunteers import (
    ApplicantCard,
    ReasonAsked,
    RenewalAsked,
    VolunteerApproved,
    VolunteerAsked,
    VolunteerCard,
    VolunteerDeclined,
    VolunteerLapsed,
    VolunteerResumed,
    VolunteerRetired,
    VolunteersList,
    VolunteerSuspended,
    VolunteerWaits,
    VolunteerWhere,
)
from bot.texts.message import Message
from bot.texts.volunteers import applying, desk, heard
from bot.texts.volunteers.buttons import (
    Agree,
    Approve,
    Choose,
    Decline,
    HelpHere,
    MoreVolunteers,
    Next,
    Resume,
    Retire,
    ShowVolunteer,
    Suspend,
)

CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    VolunteerWhere: applying.volunteer_where,
    VolunteerCard: applying.volunteer_card,
    VolunteerAsked: applying.volunteer_asked,
    VolunteerApproved: heard.approved,
    VolunteerDeclined: heard.declined,
    VolunteerSuspended: heard.suspended,
    VolunteerResumed: heard.resumed,
    VolunteerRetired: heard.retired,
    VolunteerLapsed: heard.lapsed,
    RenewalAsked: heard.renewal_asked,
    ApplicantCard: desk.applicant_card,
    VolunteerWaits: desk.waits,
    ReasonAsked: desk.reason_asked,
    VolunteersList: desk.volunteers_list,
}

__all__ = [
    "CARDS",
    "Agree",
    "Approve",
    "Choose",
    "Decline",
    "HelpHere",
    "MoreVolunteers",
    "Next",
    "Resume",
    "Retire",
    "ShowVolunteer",
    "Suspend",
]
