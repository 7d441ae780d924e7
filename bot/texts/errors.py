"""What a person reads when a rule said no: why, and what to do next."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain import errors
from bot.domain.access import Action
from bot.domain.errors import DomainError
from bot.domain.needs import State
from bot.texts.words import Html, Words


def not_allowed(error: errors.NotAllowed, words: Words) -> Html:
    """Who does it instead; whoever wants to help hears how one becomes a volunteer."""
    if error.action == Action.NEED_CLAIM.value:
        return words.say("Volunteers of this place go and help. Would you like to be one? Please write /volunteer.")
    return words.say("This is for somebody else to do. /help shows what you can do here.")


def too_long(error: errors.TextTooLong, words: Words) -> Html:
    """How long it was, and how long it may be."""
    return words.say(
        "That is {length} characters long; up to {limit} are possible. Please send it a little shorter.",
        length=error.length,
        limit=error.limit,
    )


def not_so(error: errors.NeedNotSo, words: Words) -> Html:
    """What the need is instead."""
    states: Mapping[str, Html] = {
        State.OPEN: words.say("This request is open again just now; nobody has it."),
        State.CLAIMED: words.say("Somebody has taken this request in the meantime."),
        State.DONE: words.say("This request is done already."),
        State.DISPUTED: words.say("A coordinator is looking into this request."),
        State.CLOSED: words.say("This request is closed already. Thank you."),
        State.CANCELLED: words.say("This request was cancelled in the meantime."),
        State.EXPIRED: words.say("This request has ended in the meantime."),
    }
    return states[error.state]


def voice_too_long(error: errors.VoiceTooLong, words: Words) -> Html:
    """How long it was, and how long it may be."""
    return words.say(
        "That is {length} seconds long; {limit} are enough. Please tap the button and record it once more.",
        length=error.length,
        limit=error.limit,
    )


TEXTS: Mapping[type[DomainError], Callable[[Any, Words], Html]] = {
    errors.NotAllowed: not_allowed,
    errors.NotEnrolled: lambda error, words: words.say("Please tell me first where you live: /me, then “Place”."),
    errors.ButtonInvalid: lambda error, words: words.say(
        "This button does not work any more. Please use the newest message, or /mine."
    ),
    errors.TextTooLong: too_long,
    errors.TooManyRelays: lambda error, words: words.say(
        "That is {limit} messages within an hour. Please wait a little, or settle it at the door.", limit=error.limit
    ),
    errors.AmountUnclear: lambda error, words: words.say(
        "I could not read the amount. Please write it in figures, as in the example: 86.50"
    ),
    errors.AmountTooLarge: lambda error, words: words.say(
        "More than {limit} cannot be noted here. Please write a smaller amount, or ask your coordinator.",
        limit=error.limit,
    ),
    errors.ReceiptNotSo: lambda error, words: words.say(
        "This money is settled already, or somebody else has to say so."
    ),
    errors.MinutesUnclear: lambda error, words: words.say(
        "I could not read how long. Please write minutes or hours, for example: 75, or 1h20."
    ),
    errors.VisitNotSo: lambda error, words: words.say(
        "This visit has moved on in the meantime. /mine shows how it stands."
    ),
    errors.VoiceTooLong: voice_too_long,
    errors.PhotoNotSo: lambda error, words: words.say(
        "That was no photo. Please tap “My photo for visits” under /me, then send one."
    ),
    errors.VoiceNotSo: lambda error, words: words.say(
        "I am waiting for a voice note here. Please tap the button and hold the microphone."
    ),
    errors.TextEmpty: lambda error, words: words.say("I could not read any words in that. Please write it once more."),
    errors.InvitationInvalid: lambda error, words: words.say(
        "This invitation does not exist. Please ask whoever sent it for a new link."
    ),
    errors.InvitationExpired: lambda error, words: words.say(
        "This invitation has run out. Please ask whoever sent it for a new link."
    ),
    errors.InvitationUsed: lambda error, words: words.say(
        "This invitation has been used by somebody else; each works once. Please ask for a new link."
    ),
    errors.TooManyLinks: lambda error, words: words.say(
        "Many links in a row led nowhere. Please ask whoever sent you yours for a new one, and open it in an hour."
    ),
    errors.LinkUnknown: lambda error, words: words.say(
        "This link leads to no place that I know. Please scan the poster again, or write /start."
    ),
    errors.ExperiencedWanted: lambda error, words: words.say(
        "Thank you! The last seat here is kept for somebody who has helped before. The next request is sure to come."
    ),
    errors.SeatsTaken: lambda error, words: words.count(
        "{number} person is going already; fewer cannot be chosen any more.",
        "{number} people are going already; fewer cannot be chosen any more.",
        error.going,
    ),
    errors.HandoverOver: lambda error, words: words.say(
        "Thank you! This has been settled meanwhile, so nothing is left for you to do here."
    ),
    errors.NeedGone: lambda error, words: words.say("This request does not exist any more. /mine shows yours."),
    errors.NeedTaken: lambda error, words: words.say(
        "Somebody was a little faster and has taken it. Thank you all the same!"
    ),
    errors.NeedNotSo: not_so,
    errors.NeedPast: lambda error, words: words.say(
        "It was closed more than {days} days ago. Please ask for it anew: the request shows a key for it.",
        days=error.days,
    ),
    errors.RatingGiven: lambda error, words: words.say("You have given your stars already; they stand. Thank you!"),
    errors.RatingOver: lambda error, words: words.say(
        "The other side's words are shown already, so nothing can be added now. Your coordinator hears you at any time."
    ),
    errors.DisputeNotSo: lambda error, words: words.say(
        "This is decided already. Is there more to say? Please ring your coordinator or your community office."
    ),
    errors.LapseNotSo: lambda error, words: words.say(
        "This is kept no longer, or your word stands there already. /me shows what is noted."
    ),
    errors.NotYet: lambda error, words: words.say(
        "They may still come: please wait until a quarter of an hour after the time that they said."
    ),
    errors.ShowcaseNotSo: lambda error, words: words.say(
        "This cannot be shown in a group (any more). Your words to the stars reach whoever helped all the same."
    ),
    errors.UneaseNotSo: lambda error, words: words.say(
        "This has been seen to already. Is there more? Please ring your coordinator or your community office."
    ),
    errors.NeedElsewhere: lambda error, words: words.say(
        "Somebody else is being asked for this request. /needs shows where you are needed."
    ),
    errors.OwnNeed: lambda error, words: words.say("This is your own request: somebody else will help you."),
    errors.OwnDispute: lambda error, words: words.say(
        "You are part of this yourself, so somebody else in charge decides it; they have been asked."
    ),
    errors.TooManyNeeds: lambda error, words: words.say(
        "You have {limit} requests running; more are not possible. Please cancel or confirm one first: /mine",
        limit=error.limit,
    ),
    errors.TooManyToday: lambda error, words: words.say(
        "You have asked {limit} times today; tomorrow you can again. Is it pressing? Please ring your community office.",
        limit=error.limit,
    ),
    errors.DraftGone: lambda error, words: words.say("This draft is closed. Please write once more what you need."),
    errors.TooFast: lambda error, words: words.count(
        "So many at once: I have not read the last ones. Please wait {number} second, then send again what was not answered.",
        "So many at once: I have not read the last ones. Please wait {number} seconds, then send again what was not answered.",
        error.seconds,
    ),
    errors.AlertTaken: lambda error, words: words.say("Somebody else is going already. Thank you all the same!"),
    errors.AlertNotSo: lambda error, words: words.say(
        "This has changed in the meantime; the message shows how it stands."
    ),
    errors.AlertGone: lambda error, words: words.say("This alert does not exist any more."),
    errors.LadderEmpty: lambda error, words: words.say(
        "Nobody would be told if they do not answer. First bring in a coordinator (/invite) or plan the duty (/duty)."
    ),
    errors.LadderFull: lambda error, words: words.say(
        "A ladder has {limit} rungs at most. Please take one off first.", limit=error.limit
    ),
    errors.RungStays: lambda error, words: words.say(
        "The coordinators stay: the ladder starts again from them until somebody looks. You can change their minutes."
    ),
    errors.PatienceUnclear: lambda error, words: words.say(
        "15 to 240 minutes to answer, and up to three reminders within that time. Please write them like this: 45 20 5"
    ),
    errors.EnrolmentUnclear: lambda error, words: words.say(
        "I need a name, and a telephone or a door. Please write them like this: Zhang Xiulan 13800138000 2-301"
    ),
    errors.NeighbourNotSo: lambda error, words: words.say(
        "This has changed in the meantime; the message shows how it stands."
    ),
    errors.KnockNotSo: lambda error, words: words.say(
        "This has changed in the meantime. /rounds shows your list as it stands."
    ),
    errors.DrillRuns: lambda error, words: words.say(
        "A practice alert is running here already. /drill shows it, and lets you end it."
    ),
    errors.DrillOver: lambda error, words: words.say("This practice is over. Thank you for taking part!"),
    errors.WatchNotSo: lambda error, words: words.say("This duty is over. /duty shows who is on now."),
    errors.DutyTaken: lambda error, words: words.say("Somebody has stepped in already. Thank you all the same!"),
    errors.DatesUnclear: lambda error, words: words.say(
        "I could not read these days. Please write them like this: 12-03 to 12-10"
    ),
    errors.HoursUnclear: lambda error, words: words.say(
        "I could not read these hours. Please write them like this: 07:30-12:15"
    ),
    errors.DayUnclear: lambda error, words: words.say(
        "I could not read this day. Please write it like this: 15.3., 2026-03-15, or in 10 days"
    ),
    errors.DayPassed: lambda error, words: words.say(
        "That day is today or over. Please write a day that is still to come."
    ),
    errors.DayTooFar: lambda error, words: words.say(
        "That is more than a year ahead. Please write a nearer day; it can be moved later."
    ),
    errors.SlotsFull: lambda error, words: words.say(
        "At most {limit} times a day, half an hour apart. Please remove one first, or choose another time.",
        limit=error.limit,
    ),
    errors.LastSlot: lambda error, words: words.say(
        "This is the only time. Please add another first; “End it” on the plan's card ends all of it."
    ),
    errors.TimeUnclear: lambda error, words: words.say("I could not read this time. Please write it like this: 7:30"),
    errors.SurgeNotSo: lambda error, words: words.say("This has changed in the meantime. /surge shows what is on."),
    errors.SurgeOn: lambda error, words: words.say("Somebody has turned this on here already. /surge shows it."),
    errors.FollowUpNotSo: lambda error, words: words.say(
        "Somebody has looked already, or nobody needs to any more. Thank you!"
    ),
    errors.FarewellNotSo: lambda error, words: words.say(
        "This cannot be taken back any more. /care: “Somebody new” begins again with them."
    ),
    errors.PlanExists: lambda error, words: words.say("They are cared for already: /care shows it."),
    errors.PlanGone: lambda error, words: words.say("This has ended. /care shows who is cared for."),
    errors.LinkForAnother: lambda error, words: words.say(
        "This link is for somebody else's telephone, and still works there. Please send it on to them."
    ),
    errors.RelativeGone: lambda error, words: words.say(
        "This has changed in the meantime. /family shows how it stands."
    ),
    errors.TooManyProposals: lambda error, words: words.say(
        "You have proposed {limit} people already. The coordinator looks at them first; please wait a little.",
        limit=error.limit,
    ),
    errors.VolunteerNotSo: lambda error, words: words.say(
        "This has changed in the meantime. /volunteer shows how it stands."
    ),
    errors.RuleUnclear: lambda error, words: words.say(
        "I could not read that. Please write for example: every Tuesday and Friday; every two weeks; every month on the 15th"
    ),
    errors.RuleTooOften: lambda error, words: words.say(
        "At most once a day something comes again here. For twice a day, please have two requests come again."
    ),
    errors.RuleNever: lambda error, words: words.say("Then it would not come any more. Please choose a later day."),
    errors.RecurrenceNotSo: lambda error, words: words.say(
        "This has changed in the meantime; the message shows how it stands."
    ),
    errors.RecurrenceGone: lambda error, words: words.say("This does not come again any more. /mine shows yours."),
    errors.TooManyRecurrences: lambda error, words: words.say(
        "{limit} requests come again for you; more are not possible. Please end one first: /mine", limit=error.limit
    ),
    errors.WindowPassed: lambda error, words: words.say("That day or hour is over. Please choose another time."),
    errors.WindowUnclear: lambda error, words: words.say(
        "I could not read that. Please write it like this: 15:00-17:00; or with its day: tomorrow 9:00-11:00"
    ),
    errors.LocationUnclear: lambda error, words: words.say(
        "This is no place on the map. Please send the location once more, or write the place in words."
    ),
    errors.LocationFar: lambda error, words: words.say(
        "This place on the map is far away from your community, so I have not kept it. "
        "Please send the place where help is needed, or write it in words; what you wrote so far is still here."
    ),
    errors.TelephoneUnclear: lambda error, words: words.say(
        "I found no telephone on this card. Please send another one, or write name and number in words."
    ),
    errors.ConsentMissing: lambda error, words: words.say(
        "Before this is posted I need their door or telephone, and your word that they agreed. The first button asks."
    ),
    errors.ListingGone: lambda error, words: words.say("This list is closed. /desk opens it anew."),
    errors.ExportNotSo: lambda error, words: words.say("This file is finished, or was stopped. /desk begins another."),
    errors.ExportRuns: lambda error, words: words.say(
        "One file is being made for you just now. Please wait until it has come, or stop it first."
    ),
    errors.LastInCharge: lambda error, words: words.say(
        "Nobody else hears what comes in here while you are away. Please ask your administrator to bring in a second"
        " coordinator (/invite); then come back to this key."
    ),
    errors.TimePassed: lambda error, words: words.say("That time is over. Please choose another."),
}


def words_for(error: DomainError, words: Words) -> Html:
    """The text for an error."""
    return TEXTS[type(error)](error, words)
