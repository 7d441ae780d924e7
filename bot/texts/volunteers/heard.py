"""What a volunteer hears: welcome, not now, thank you, another year."""

from bot.domain.volunteers import (
    RenewalAsked,
    VolunteerApproved,
    VolunteerDeclined,
    VolunteerLapsed,
    VolunteerResumed,
    VolunteerRetired,
    VolunteerSuspended,
    VolunteerView,
)
from bot.texts.message import Message, Rows
from bot.texts.volunteers import applying, parts
from bot.texts.words import Words, bold, lines, paragraphs


def approved(notice: VolunteerApproved, view: VolunteerView, words: Words) -> Message:
    """Welcome."""
    said = words.say("🎉 Welcome, {name}! You help in {place} now.", name=bold(view.name), place=view.place)
    next_ = words.say(
        "When a neighbour needs something, you will be asked here and can take it with one tap. "
        "/needs shows what is waiting."
    )
    return Message(paragraphs(said, next_))


def declined(notice: VolunteerDeclined, view: VolunteerView, words: Words) -> Message:
    """Not now."""
    return applying.declined_card(view, words)


def suspended(notice: VolunteerSuspended, view: VolunteerView, words: Words) -> Message:
    """Nothing for now; what was in hand has gone back."""
    message = applying.suspended_card(view, words)
    given = words.say("What you had taken on goes back to others; the residents hear it.")
    return Message(lines(message.text, given), message.rows)


def resumed(notice: VolunteerResumed, view: VolunteerView, words: Words) -> Message:
    """Again."""
    return Message(words.say("🎗 You help in {place} again. How good!", place=view.place))


def retired(notice: VolunteerRetired, view: VolunteerView, words: Words) -> Message:
    """Thank you."""
    return applying.retired_card(view, words)


def lapsed(notice: VolunteerLapsed, view: VolunteerView, words: Words) -> Message:
    """One tap and you are back."""
    return applying.lapsed_card(view, words)


def renewal_asked(notice: RenewalAsked, view: VolunteerView, words: Words) -> Message:
    """Another year?"""
    until = view.volunteer.renew_at
    asked = words.say("🌱 Your year as a volunteer of {place} is nearly over. Do you go on?", place=view.place)
    day = None if until is None else words.say("Without an answer nobody asks you after {day}.", day=words.day(until))
    new = view.volunteer.rules != words.home.rules.version
    rules = lines(bold(words.say("What we ask of everybody who helps:")), parts.rules(words)) if new else None
    yes = words.say("👍 Yes, and I agree to the rules")
    keys: Rows = ((parts.agree(view, yes, words),), parts.stop(view, words.say("No, I stop now")))
    return Message(paragraphs(lines(bold(asked), day), rules), keys)
