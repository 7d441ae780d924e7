"""Applying, step by step, and how it stands with one's own helping."""

from collections.abc import Callable, Mapping

from bot.domain.volunteers import (
    CHOSEN,
    About,
    Hours,
    PlacesView,
    Spoken,
    Standing,
    Step,
    VolunteerAsked,
    VolunteerCard,
    VolunteerView,
    VolunteerWhere,
)
from bot.texts.message import Key, Message, Rows
from bot.texts.volunteers import parts
from bot.texts.volunteers.buttons import (
    Choose,
    HelpHere,
    Next,
)
from bot.texts.words import Html, Words, bold, lines, paragraphs


def volunteer_where(notice: VolunteerWhere, view: PlacesView, words: Words) -> Message:
    """Where would you like to help?"""
    asked = words.say("🌱 How good that you would like to help! Where?")
    keys: Rows = tuple((Key(name, HelpHere(area_id).code),) for area_id, name in view.places)
    return Message(bold(asked), keys)


def volunteer_card(notice: VolunteerCard, view: VolunteerView, words: Words) -> Message:
    """How it stands, and what comes next."""
    states: Mapping[Standing, Callable[[VolunteerView, Words], Message]] = {
        Standing.WRITING: _writing,
        Standing.APPLIED: _applied,
        Standing.ACTIVE: _active,
        Standing.DECLINED: declined_card,
        Standing.SUSPENDED: suspended_card,
        Standing.RETIRED: retired_card,
        Standing.LAPSED: lapsed_card,
    }
    return states[view.volunteer.state](view, words)


def _writing(view: VolunteerView, words: Words) -> Message:
    about = view.volunteer.about or About()
    if about.step in CHOSEN:
        return _choose(view, about, words)
    if about.step is Step.AGE:
        return _age(view, words)
    if about.step is Step.RULES:
        return _agree_to(view, words)
    waits = words.say("✏️ I am waiting for what you write.")
    return Message(lines(bold(waits), _asked(about, words)), (parts.stop(view, words.say("Rather not")),))


def _choose(view: VolunteerView, about: About, words: Words) -> Message:
    questions = {
        Step.SKILLS: words.say("What could you do?"),
        Step.LANGUAGES: words.say("What do you speak?"),
        Step.HOURS: words.say("When can you mostly help?"),
    }
    number, step = view.volunteer.id, about.step
    chosen: tuple[str, ...] = getattr(about, step.value)
    offered = view.skills if step is Step.SKILLS else tuple(Spoken) if step is Step.LANGUAGES else tuple(Hours)
    keys: list[tuple[Key, ...]] = []
    for what in offered:
        name = parts.choice_name(step, what, words)
        label = words.say("✅ {what}", what=name) if what in chosen else name
        keys.append((Key(label, Choose(number, step.value, what).code),))
    onward = words.say("Next →") if chosen else words.say("Nothing of it: next →")
    hint = words.say("Tap whatever fits, then “next”.")
    return Message(lines(bold(questions[step]), hint), (*keys, (Key(onward, Next(number, step.value, 1).code),)))


def _age(view: VolunteerView, words: Words) -> Message:
    number = view.volunteer.id
    keys: Rows = (
        (Key(words.say("18 or older"), Next(number, Step.AGE.value, 1).code),),
        (Key(words.say("Younger than 18"), Next(number, Step.AGE.value, 0).code),),
    )
    return Message(bold(words.say("How old are you?")), keys)


def _asked(about: About, words: Words) -> Html:
    if about.step is Step.GUARDIAN:
        return words.say("A parent has to agree. Please write their name and telephone.")
    return words.say("Who can vouch for you? Please write a name, and how they can be reached.")


def volunteer_asked(notice: VolunteerAsked, view: VolunteerView, words: Words) -> Message:
    """Please write it."""
    private = words.say("🔒 Only the coordinator reads it.")
    return Message(lines(bold(_asked(view.volunteer.about or About(), words)), private), asks=True)


def _agree_to(view: VolunteerView, words: Words) -> Message:
    head = words.say("Please read what we ask of everybody who helps in {place}:", place=view.place)
    keys: Rows = (
        (parts.agree(view, words.say("👍 I agree and would like to help"), words),),
        parts.stop(view, words.say("Rather not")),
    )
    return Message(paragraphs(bold(head), parts.rules(words)), keys)


def _applied(view: VolunteerView, words: Words) -> Message:
    said = words.say("📨 Your application for {place} is with the coordinators.", place=view.place)
    next_ = words.say("They read it and answer you here. After three days they are reminded.")
    return Message(lines(bold(said), next_), (parts.stop(view, words.say("Take it back")),))


def _active(view: VolunteerView, words: Words) -> Message:
    said = words.say("🎗 You help in {place}.", place=view.place)
    until = view.volunteer.renew_at
    year = (
        None
        if until is None
        else words.say("Until {day}; a month before, you are asked whether you go on.", day=words.day(until))
    )
    keys: list[tuple[Key, ...]] = []
    rules = None
    if view.volunteer.rules != words.home.rules.version:
        rules = lines(bold(words.say("What we ask of everybody who helps:")), parts.rules(words))
        keys.append((parts.agree(view, words.say("👍 I have read it and agree"), words),))
    return Message(
        paragraphs(lines(bold(said), year), rules), (*keys, parts.stop(view, words.say("I would like to stop")))
    )


def declined_card(view: VolunteerView, words: Words) -> Message:
    said = words.say("Not just now in {place}. Why: {reason}", place=view.place, reason=parts.reason(view, words))
    return Message(lines(said, words.say("You can apply again at any time: /volunteer")))


def suspended_card(view: VolunteerView, words: Words) -> Message:
    said = words.say("⏸ In {place} you are asked for nothing for now.", place=view.place)
    why = words.say("Why: {reason}", reason=parts.reason(view, words))
    who = words.say("{name} will talk with you about it.", name=view.decider or words.say("The coordinator"))
    return Message(lines(bold(said), why, who), (parts.stop(view, words.say("I would like to stop")),))


def retired_card(view: VolunteerView, words: Words) -> Message:
    said = words.say("🍂 You do not help in {place} now. Thank you for everything!", place=view.place)
    return Message(lines(said, words.say("You are welcome back at any time: /volunteer")))


def lapsed_card(view: VolunteerView, words: Words) -> Message:
    said = words.say("🍂 Your year in {place} is over, so nobody asks you for now. Thank you!", place=view.place)
    back = words.say("One tap, and the coordinator brings you back.")
    return Message(lines(said, back), ((parts.agree(view, words.say("👍 I would like to go on"), words),),))
