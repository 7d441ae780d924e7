"""What causes, outcomes, answers and rungs are called."""

from collections.abc import Mapping

from bot.domain.alerts import Alert, AlertOutcome, Cause, Reason, Rung, Whom
from bot.texts.words import Html, Words


def cause_name(alert: Alert, words: Words) -> Html:
    """Why somebody must look."""
    names = {
        Cause.MISSED: words.say("has not answered the check-in"),
        Cause.UNVISITED: words.say("was not met at the door or on the telephone"),
        Cause.UNOPENED: words.say("sent something that nobody has opened"),
        Cause.WORRY: words.say("wrote something worrying"),
        Cause.CALL_ME: words.say("asks for a call"),
        Cause.UNREACHED: words.say("cannot be reached by family"),
        Cause.HELP: words.say("asks for help"),
    }
    return names[alert.cause]


def cause_label(cause: Cause, words: Words) -> Html:
    """Why somebody had to look, as a heading counts it."""
    names = {
        Cause.MISSED: words.say("No answer"),
        Cause.UNVISITED: words.say("Not met at the door or on the telephone"),
        Cause.UNOPENED: words.say("Sent something that nobody opened"),
        Cause.WORRY: words.say("Worrying words"),
        Cause.CALL_ME: words.say("Asked for a call"),
        Cause.UNREACHED: words.say("Family could not reach them"),
        Cause.HELP: words.say("Asked for help"),
    }
    return names[cause]


def outcome_name(outcome: AlertOutcome, words: Words) -> Html:
    """What was found."""
    names = {
        AlertOutcome.WELL_FORGOT: words.say("Well, had forgotten"),
        AlertOutcome.AWAY: words.say("Was away"),
        AlertOutcome.TELEPHONE: words.say("Telephone trouble"),
        AlertOutcome.ILL: words.say("Ill"),
        AlertOutcome.FALLEN: words.say("Had fallen"),
        AlertOutcome.HOSPITAL: words.say("In hospital"),
        AlertOutcome.EMERGENCY: words.say("Ambulance called"),
        AlertOutcome.DECEASED: words.say("Has died"),
        AlertOutcome.OTHER: words.say("Other"),
        AlertOutcome.ANSWERED_LATE: words.say("Answered late"),
    }
    return names[outcome]


def answer_name(answer: str, words: Words) -> Html:
    """What somebody answered, in a word or two."""
    names = {
        "well": words.say("is well"),
        "call_me": words.say("asked for a call"),
        "help": words.say("asked for help"),
        "words": words.say("wrote something"),
        "sign": words.say("sent a voice note or a photo"),
        "early": words.say("gave a sign of life early"),
        "seen": words.say("was seen and is well"),
        "spoken": words.say("spoke through the door"),
        "proxy": words.say("is well, says family"),
    }
    return names.get(answer, words.say("did not answer"))


def reason_name(reason: Reason, words: Words) -> Html:
    """What was behind a false alarm."""
    names = {
        Reason.FORGOT: words.say("Had forgotten"),
        Reason.SLEPT: words.say("Was asleep"),
        Reason.SILENT: words.say("Telephone silent, empty or off"),
        Reason.OUT: words.say("Was out"),
        Reason.WRONG_KEY: words.say("Pressed the wrong key"),
        Reason.UNCLEAR: words.say("Did not understand the question"),
        Reason.TECHNICAL: words.say("Something technical"),
    }
    return names[reason]


def rung_name(rung: Rung, words: Words) -> Html:
    """Who stands on a rung."""
    if rung.nth:
        return words.say("emergency contact {number}", number=rung.nth)
    names = {
        Whom.DUTY: words.say("whoever is on duty"),
        Whom.NEIGHBOUR: words.say("the chosen neighbour"),
        Whom.LEADERS: words.say("the team leaders"),
        Whom.COORDINATORS: words.say("the coordinators"),
        Whom.CONTACTS: words.say("the emergency contacts"),
        Whom.STREET: words.say("the street's coordinators"),
    }
    return names[rung.whom]


def why_empty(whom: str, words: Words) -> Html:
    """Who could not be told, and why."""
    reasons: Mapping[str, Html] = {
        Whom.DUTY: words.say("· nobody is on duty now, or has said that they are there (/duty)"),
        Whom.NEIGHBOUR: words.say("· no neighbour is chosen, or they cannot be reached (/care)"),
        Whom.LEADERS: words.say("· there is no team leader who can be reached (/invite)"),
        Whom.COORDINATORS: words.say("· no coordinator can be reached (/invite)"),
        Whom.CONTACTS: words.say("· no emergency contact is known, or they cannot be reached (/care)"),
        Whom.STREET: words.say("· the street has no coordinator"),
    }
    return reasons[whom]
