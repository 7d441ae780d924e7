"""What is read by somebody who would like to help, and by whoever decides about it."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.volunteers import (
    CHOSEN,
    About,
    ApplicantCard,
    Hours,
    PlacesView,
    ReasonAsked,
    RenewalAsked,
    Spoken,
    Standing,
    Step,
    VolunteerApproved,
    VolunteerAsked,
    VolunteerCard,
    VolunteerDeclined,
    VolunteerLapsed,
    VolunteerResumed,
    VolunteerRetired,
    VolunteersList,
    VolunteerSuspended,
    VolunteersView,
    VolunteerView,
    VolunteerWhere,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs, safe

# A reason or a reference is shown as far as a message of several can hold it.
WORDS_SHOWN = 600


class HelpHere(Button, code="zw"):
    """I would like to help at this place."""

    area_id: int


class Choose(Button, code="zc"):
    """This too, or not this."""

    volunteer_id: int
    step: str
    what: str


class Next(Button, code="zn"):
    """That is all of this question. `adult` 0: the applicant is under age."""

    volunteer_id: int
    step: str
    adult: int


class Agree(Button, code="zg"):
    """I have read this version of the rules and agree."""

    volunteer_id: int
    version: int


class Retire(Button, code="zr"):
    """I stop; or, from whoever is in charge, they stop."""

    volunteer_id: int


class Approve(Button, code="za"):
    """They may help."""

    volunteer_id: int


class Decline(Button, code="zd"):
    """Not now."""

    volunteer_id: int


class Suspend(Button, code="zs"):
    """They are asked for nothing for now."""

    volunteer_id: int


class Resume(Button, code="zu"):
    """They may help again."""

    volunteer_id: int


class MoreVolunteers(Button, code="zm"):
    """The list from this row on."""

    offset: int


class ShowVolunteer(Button, code="zv"):
    """Show this one."""

    volunteer_id: int


# --- applying ---


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
        Standing.DECLINED: _declined,
        Standing.SUSPENDED: _suspended,
        Standing.RETIRED: _retired,
        Standing.LAPSED: _lapsed,
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
    return Message(lines(bold(waits), _asked(about, words)), (_stop(view, words.say("Rather not")),))


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
        name = _choice_name(step, what, words)
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
        (_agree(view, words.say("👍 I agree and would like to help"), words),),
        _stop(view, words.say("Rather not")),
    )
    return Message(paragraphs(bold(head), _rules(words)), keys)


def _rules(words: Words) -> Html:
    return safe(words.home.rules.texts[words.language])


def _agree(view: VolunteerView, label: str, words: Words) -> Key:
    return Key(label, Agree(view.volunteer.id, words.home.rules.version).code)


def _stop(view: VolunteerView, label: str) -> tuple[Key, ...]:
    return (Key(label, Retire(view.volunteer.id).code),)


def _applied(view: VolunteerView, words: Words) -> Message:
    said = words.say("📨 Your application for {place} is with the coordinators.", place=view.place)
    next_ = words.say("They read it and answer you here. After three days they are reminded.")
    return Message(lines(bold(said), next_), (_stop(view, words.say("Take it back")),))


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
        rules = lines(bold(words.say("What we ask of everybody who helps:")), _rules(words))
        keys.append((_agree(view, words.say("👍 I have read it and agree"), words),))
    return Message(paragraphs(lines(bold(said), year), rules), (*keys, _stop(view, words.say("I would like to stop"))))


def _declined(view: VolunteerView, words: Words) -> Message:
    said = words.say("Not just now in {place}. Why: {reason}", place=view.place, reason=_reason(view, words))
    return Message(lines(said, words.say("You can apply again at any time: /volunteer")))


def _suspended(view: VolunteerView, words: Words) -> Message:
    said = words.say("⏸ In {place} you are asked for nothing for now.", place=view.place)
    why = words.say("Why: {reason}", reason=_reason(view, words))
    who = words.say("{name} will talk with you about it.", name=view.decider or words.say("The coordinator"))
    return Message(lines(bold(said), why, who), (_stop(view, words.say("I would like to stop")),))


def _retired(view: VolunteerView, words: Words) -> Message:
    said = words.say("🍂 You do not help in {place} now. Thank you for everything!", place=view.place)
    return Message(lines(said, words.say("You are welcome back at any time: /volunteer")))


def _lapsed(view: VolunteerView, words: Words) -> Message:
    said = words.say("🍂 Your year in {place} is over, so nobody asks you for now. Thank you!", place=view.place)
    back = words.say("One tap, and the coordinator brings you back.")
    return Message(lines(said, back), ((_agree(view, words.say("👍 I would like to go on"), words),),))


def _reason(view: VolunteerView, words: Words) -> str:
    return clip(view.volunteer.reason, WORDS_SHOWN) if view.volunteer.reason else words.say("not said")


# --- what one hears ---


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
    return _declined(view, words)


def suspended(notice: VolunteerSuspended, view: VolunteerView, words: Words) -> Message:
    """Nothing for now; what was in hand has gone back."""
    message = _suspended(view, words)
    given = words.say("What you had taken on goes back to others; the residents hear it.")
    return Message(lines(message.text, given), message.rows)


def resumed(notice: VolunteerResumed, view: VolunteerView, words: Words) -> Message:
    """Again."""
    return Message(words.say("🎗 You help in {place} again. How good!", place=view.place))


def retired(notice: VolunteerRetired, view: VolunteerView, words: Words) -> Message:
    """Thank you."""
    return _retired(view, words)


def lapsed(notice: VolunteerLapsed, view: VolunteerView, words: Words) -> Message:
    """One tap and you are back."""
    return _lapsed(view, words)


def renewal_asked(notice: RenewalAsked, view: VolunteerView, words: Words) -> Message:
    """Another year?"""
    until = view.volunteer.renew_at
    asked = words.say("🌱 Your year as a volunteer of {place} is nearly over. Do you go on?", place=view.place)
    day = None if until is None else words.say("Without an answer nobody asks you after {day}.", day=words.day(until))
    new = view.volunteer.rules != words.home.rules.version
    rules = lines(bold(words.say("What we ask of everybody who helps:")), _rules(words)) if new else None
    yes = words.say("👍 Yes, and I agree to the rules")
    keys: Rows = ((_agree(view, yes, words),), _stop(view, words.say("No, I stop now")))
    return Message(paragraphs(lines(bold(asked), day), rules), keys)


# --- whoever is in charge ---


def applicant_card(notice: ApplicantCard, view: VolunteerView, words: Words) -> Message:
    """Who it is, what they say, what can be decided."""
    volunteer = view.volunteer
    head = words.say("{mark} {name}, {place}", mark=_mark(volunteer.state), name=bold(view.name), place=view.place)
    about = None if volunteer.about is None else _about(volunteer.about, words)
    why = None if volunteer.reason is None else words.say("Why: {reason}", reason=_reason(view, words))
    return Message(
        paragraphs(lines(head, _state_name(view, words), why), about), _decisions(view, words), protected=True
    )


def _about(about: About, words: Words) -> Html:
    named = {step: _names(step, getattr(about, step.value), words) for step in CHOSEN}
    return lines(
        words.say("Can: {what}", what=named[Step.SKILLS]),
        words.say("Speaks: {what}", what=named[Step.LANGUAGES]),
        words.say("When: {what}", what=named[Step.HOURS]),
        words.say("18 or older") if about.adult else words.say("Younger than 18"),
        words.say("A parent's word: {words}", words=clip(about.guardian, WORDS_SHOWN)) if about.guardian else None,
        words.say("Vouched for by: {words}", words=clip(about.references, WORDS_SHOWN)) if about.references else None,
    )


def _names(step: Step, chosen: tuple[str, ...], words: Words) -> str:
    return words.listed(_choice_name(step, one, words) for one in chosen) if chosen else words.say("not said")


def _decisions(view: VolunteerView, words: Words) -> Rows:
    number = view.volunteer.id
    stop = (Key(words.say("They stop helping"), Retire(number).code),)
    rows: Mapping[Standing, Rows] = {
        Standing.APPLIED: (
            (Key(words.say("👍 Approve"), Approve(number).code),),
            (Key(words.say("Decline, with a reason"), Decline(number).code),),
        ),
        Standing.ACTIVE: ((Key(words.say("⏸ Suspend, with a reason"), Suspend(number).code),), stop),
        Standing.SUSPENDED: ((Key(words.say("▶️ May help again"), Resume(number).code),), stop),
    }
    return rows.get(view.volunteer.state, ())


def reason_asked(notice: ReasonAsked, view: VolunteerView, words: Words) -> Message:
    """Why? The other reads it."""
    asked = (
        words.say("Why is {name} not approved?", name=view.name)
        if notice.what == "decline"
        else words.say("Why is {name} suspended?", name=view.name)
    )
    return Message(lines(bold(asked), words.say("Please write it kindly: {name} reads it.", name=view.name)), asks=True)


def volunteers_list(notice: VolunteersList, view: VolunteersView, words: Words) -> Message:
    """Who applies and who helps."""
    if not view.rows:
        return Message(words.say("Nobody has applied yet. /invite makes a link for somebody you know."))
    head = words.count(
        "Volunteers: {number} application waits for you.",
        "Volunteers: {number} applications wait for you.",
        view.waiting,
    )
    keys: list[tuple[Key, ...]] = [(_row(one, words),) for one in view.rows]
    if view.has_more:
        keys.append((Key(words.say("More ↓"), MoreVolunteers(view.offset + len(view.rows)).code),))
    return Message(bold(head), tuple(keys), protected=True)


def _row(view: VolunteerView, words: Words) -> Key:
    state = _state_name(view, words)
    label = words.say("{mark} {name} · {state}", mark=_mark(view.volunteer.state), name=view.name, state=state)
    return Key(label, ShowVolunteer(view.volunteer.id).code)


def _mark(state: Standing) -> str:
    marks = {Standing.APPLIED: "📨", Standing.ACTIVE: "🎗", Standing.SUSPENDED: "⏸"}
    return marks.get(state, "🍂")


def _state_name(view: VolunteerView, words: Words) -> Html:
    names = {
        Standing.WRITING: words.say("is still writing"),
        Standing.APPLIED: words.say("would like to help"),
        Standing.ACTIVE: words.say("helps"),
        Standing.DECLINED: words.say("was not approved"),
        Standing.SUSPENDED: words.say("is suspended"),
        Standing.RETIRED: words.say("has stopped"),
        Standing.LAPSED: words.say("the year is over"),
    }
    return names[view.volunteer.state]


def _choice_name(step: Step, what: str, words: Words) -> Html:
    if step is Step.SKILLS:
        return safe(
            next((one.name(words.language) for one in words.home.catalogue.categories if one.skill == what), what)
        )
    names: Mapping[str, Html] = {
        Spoken.MANDARIN: words.say("Mandarin"),
        Spoken.DIALECT: words.say("the local dialect"),
        Spoken.ENGLISH: words.say("English"),
        Hours.MORNINGS: words.say("mornings"),
        Hours.AFTERNOONS: words.say("afternoons"),
        Hours.EVENINGS: words.say("evenings"),
        Hours.WEEKENDS: words.say("weekends"),
    }
    return names.get(what, safe(what))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    VolunteerWhere: volunteer_where,
    VolunteerCard: volunteer_card,
    VolunteerAsked: volunteer_asked,
    VolunteerApproved: approved,
    VolunteerDeclined: declined,
    VolunteerSuspended: suspended,
    VolunteerResumed: resumed,
    VolunteerRetired: retired,
    VolunteerLapsed: lapsed,
    RenewalAsked: renewal_asked,
    ApplicantCard: applicant_card,
    ReasonAsked: reason_asked,
    VolunteersList: volunteers_list,
}
