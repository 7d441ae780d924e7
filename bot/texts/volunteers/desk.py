"""What whoever is in charge reads about volunteers, and decides."""

from collections.abc import Mapping

from bot.domain.volunteers import (
    CHOSEN,
    About,
    ApplicantCard,
    ReasonAsked,
    Standing,
    Step,
    VolunteersList,
    VolunteersView,
    VolunteerView,
    VolunteerWaits,
)
from bot.texts.beginners import KnowBeginner, ShowBeginners
from bot.texts.lapses import listed
from bot.texts.message import Key, Message, Rows
from bot.texts.volunteers import parts
from bot.texts.volunteers.buttons import (
    Approve,
    Decline,
    MoreVolunteers,
    Resume,
    Retire,
    ShowVolunteer,
    Suspend,
)
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

LAPSES_SHOWN = 4


def applicant_card(notice: ApplicantCard, view: VolunteerView, words: Words) -> Message:
    """Who it is, what they say, what can be decided."""
    volunteer = view.volunteer
    head = words.say("{mark} {name}, {place}", mark=_mark(volunteer.state), name=bold(view.name), place=view.place)
    about = None if volunteer.about is None else _about(volunteer.about, words)
    why = None if volunteer.reason is None else words.say("Why: {reason}", reason=parts.reason(view, words))
    return Message(
        paragraphs(lines(head, _state_name(view, words), why), about, _lapses(view, words)),
        _decisions(view, words),
        protected=True,
    )


def _lapses(view: VolunteerView, words: Words) -> Html | None:
    if not view.lapses:
        return None
    return lines(bold(words.say("📌 Of the last six months:")), *listed(view.lapses[:LAPSES_SHOWN], words))


def _about(about: About, words: Words) -> Html:
    named = {step: _names(step, getattr(about, step.value), words) for step in CHOSEN}
    return lines(
        words.say("Can: {what}", what=named[Step.SKILLS]),
        words.say("Speaks: {what}", what=named[Step.LANGUAGES]),
        words.say("When: {what}", what=named[Step.HOURS]),
        words.say("18 or older") if about.adult else words.say("Younger than 18"),
        words.say("A parent's word: {words}", words=clip(about.guardian, parts.WORDS_SHOWN))
        if about.guardian
        else None,
        words.say("Vouched for by: {words}", words=clip(about.references, parts.WORDS_SHOWN))
        if about.references
        else None,
    )


def _names(step: Step, chosen: tuple[str, ...], words: Words) -> str:
    return words.listed(parts.choice_name(step, one, words) for one in chosen) if chosen else words.say("not said")


def _decisions(view: VolunteerView, words: Words) -> Rows:
    number = view.volunteer.id
    stop = (Key(words.say("They stop helping"), Retire(number).code),)
    known = (Key(words.say("🌱 I know them: may go alone"), KnowBeginner(number).code),)
    alone: Rows = (known,) if view.accompanied else ()
    rows: Mapping[Standing, Rows] = {
        Standing.APPLIED: (
            (Key(words.say("👍 Approve"), Approve(number).code),),
            (Key(words.say("Decline, with a reason"), Decline(number).code),),
        ),
        Standing.ACTIVE: (*alone, (Key(words.say("⏸ Suspend, with a reason"), Suspend(number).code),), stop),
        Standing.SUSPENDED: ((Key(words.say("▶️ May help again"), Resume(number).code),), stop),
    }
    return rows.get(view.volunteer.state, ())


def waits(notice: VolunteerWaits, view: VolunteerView, words: Words) -> Message:
    """Somebody has applied, in a line."""
    if view.volunteer.state is not Standing.APPLIED:
        return Message(words.say("{name} had applied; it has been decided.", name=bold(view.name)), protected=True)
    said = words.say("📨 {name} would like to help in {place}.", name=bold(view.name), place=view.place)
    show = Key(words.say("Look at the application of {name}", name=view.name), ShowVolunteer(view.volunteer.id).code)
    return Message(said, ((show,),), protected=True)


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
    keys.append((Key(words.say("🌱 First visits together"), ShowBeginners().code),))
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
