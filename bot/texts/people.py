"""What is read by people about themselves: welcome, language, name, home, roles, help, menu."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.people import (
    AskContact,
    AskMove,
    AskName,
    ChooseLanguage,
    ChooseName,
    ChoosePlace,
    ContactKept,
    Enrolled,
    Help,
    InvitationMade,
    InvitationView,
    LanguageChanged,
    Me,
    MenuChanged,
    PersonView,
    PlaceChoice,
    Role,
    RoleGiven,
    SeenBy,
)
from bot.texts.absences import Away, Back
from bot.texts.buttons import Button
from bot.texts.drafts import PostWithoutDoor
from bot.texts.message import Key, Menu, Message, Rows
from bot.texts.posters import Posters
from bot.texts.visitors import AskWish, ShowFace
from bot.texts.words import NAMES, Html, Words, bold, lines, paragraphs, safe


class SetLanguage(Button, code="pl"):
    """Speak this language with me. `welcome` 1: on arrival, so that the name is asked next."""

    language: str
    welcome: int


class KeepName(Button, code="pn"):
    """Call me what my telephone says."""


class OtherName(Button, code="po"):
    """I want to be called something else."""


class OpenPlace(Button, code="pa"):
    """Show what lies in this place (0: the top), from this page on, for this draft (0: for where I live)."""

    area_id: int
    page: int
    draft: int


class SetPlace(Button, code="pp"):
    """It is here: what this draft asks for (0: where I live)."""

    area_id: int
    draft: int


class ChangeContact(Button, code="pc"):
    """Change my door and telephone."""


class ShowSeen(Button, code="yv"):
    """Who saw my door and telephone, from this page on?"""

    page: int


class ShowLapses(Button, code="ypl"):
    """What is noted of my visits?"""


class ForgetContact(Button, code="yfc"):
    """Forget my door and telephone."""


class ChangeLanguage(Button, code="yl"):
    """Speak another language with me."""


class Stay(Button, code="pst"):
    """I still live where I lived."""


def choose_language(notice: ChooseLanguage, view: PersonView, words: Words) -> Message:
    """Welcome; which language?"""
    # Nobody knows yet which language this person reads, so this one message speaks all of them.
    place = f"\n📍 {view.place}" if view.place else ""
    text = f"🌱 您好，{view.person.name}！这里是邻里互助。\nHello, {view.person.name}! This is your neighbours' help desk.{place}"
    return Message(safe(text), _language_keys(welcome=1))


def _language_keys(*, welcome: int) -> Rows:
    return tuple((Key(name, SetLanguage(language.value, welcome).code),) for language, name in NAMES.items())


def language_changed(notice: LanguageChanged, view: PersonView, words: Words) -> Message:
    """Which language, with both to choose from."""
    return Message(words.say("🌐 I speak English with you. To change it, tap below."), _language_keys(welcome=0))


def ask_move(notice: AskMove, view: PersonView, words: Words) -> Message:
    """Have you moved here?"""
    asked = words.say("Have you moved to {place}? I know you from another place.", place=view.place or "—")
    kept = words.say("If you move, your door is asked for anew when somebody comes.")
    keys: Rows = (
        (Key(words.say("🏡 Yes, I live here now"), SetPlace(notice.area_id, 0).code),),
        (Key(words.say("No, I stay where I am"), Stay().code),),
    )
    return Message(lines(bold(asked), kept), keys)


def choose_name(notice: ChooseName, view: PersonView, words: Words) -> Message:
    """What may we call you?"""
    keys: Rows = (
        (Key(words.say("👤 {name}", name=view.person.name), KeepName().code),),
        (Key(words.say("✏️ Another name"), OtherName().code),),
    )
    return Message(bold(words.say("What may we call you?")), keys)


def ask_name(notice: AskName, view: None, words: Words) -> Message:
    """Please write your name."""
    return Message(words.say("Please write the name that neighbours should call you by."), asks=True)


def choose_place(notice: ChoosePlace, view: PlaceChoice, words: Words) -> Message:
    """Where? One level of the tree at a time."""
    if view.here_id is None and not view.choices:
        return Message(words.say("No place can be chosen yet. Please ask your community office to set one up."))
    asked = words.say("Please choose the place where you live, or where help is needed:")
    rows: list[tuple[Key, ...]] = []
    draft = notice.draft
    for area_id, name, has_children in view.choices:
        button: Button = OpenPlace(area_id, 0, draft) if has_children else SetPlace(area_id, draft)
        rows.append((Key(name, button.code),))
    if view.has_more:
        rows.append((Key(words.say("More ↓"), OpenPlace(view.here_id or 0, view.page + 1, draft).code),))
    if view.here_id is not None:
        rows.append((Key(words.say("It is here: {place}", place=view.here or ""), SetPlace(view.here_id, draft).code),))
    if view.back_to is not None:
        rows.append((Key(words.say("← Back"), OpenPlace(view.back_to, 0, draft).code),))
    return Message(bold(asked), tuple(rows))


def enrolled(notice: Enrolled, view: PersonView, words: Words) -> Message:
    """You belong here; this is how it works."""
    welcome = words.say("🏡 Welcome, {name}!", name=bold(view.person.name))
    where = view.place and words.say("📍 {place}", place=view.place)
    how = words.say("Write here what you need, in your own words. For example: the lamp in my kitchen is broken.")
    return Message(paragraphs(lines(welcome, where), how))


def role_name(role: str, words: Words) -> Html:
    """What a role is called."""
    names: Mapping[str, Html] = {
        Role.VOLUNTEER: words.say("volunteer"),
        Role.LEADER: words.say("team leader"),
        Role.COORDINATOR: words.say("coordinator"),
        Role.ADMINISTRATOR: words.say("administrator"),
    }
    return names.get(role, safe(role))


def role_given(notice: RoleGiven, view: PersonView, words: Words) -> Message:
    """You are now this, there; this is what comes next."""
    given = words.say(
        "🎉 {name}, you have a new role in {place}: {role}.",
        name=bold(view.person.name),
        role=bold(role_name(notice.role, words)),
        place=view.place or "—",
    )
    nexts: Mapping[str, Html] = {
        Role.VOLUNTEER: words.say(
            "When a neighbour needs something, you will be asked here and can take it with one tap. "
            "/needs shows what is waiting."
        ),
        Role.LEADER: words.say(
            "When a neighbour needs something, you will be asked here and can take it with one tap. "
            "/needs shows what is waiting."
        ),
        Role.COORDINATOR: words.say(
            "What nobody takes in time comes to you. /needs shows everything that is running, "
            "/invite brings in volunteers."
        ),
        Role.ADMINISTRATOR: words.say(
            "Add me to your community's group, and I will ask you here which place it belongs to. "
            "/invite brings in coordinators and volunteers."
        ),
    }
    return Message(paragraphs(given, nexts.get(notice.role)))


def invitation_made(notice: InvitationMade, view: InvitationView, words: Words) -> Message:
    """The link, with what it gives to whom."""
    said = words.say(
        "A link for one new {role} of {place}. It works once and for seven days; please send it to that person only:",
        role=bold(role_name(notice.role, words)),
        place=view.place,
    )
    # A link is for one person; residents come by the poster at their door.
    residents = notice.role == Role.VOLUNTEER
    keys: Rows = (
        ((Key(words.say("🖨 Posters for residents"), Posters(notice.area_id, 0, 0).code),),) if residents else ()
    )
    return Message(lines(said, words.home.link(view.payload)), keys)


def ask_contact(notice: AskContact, view: PersonView, words: Words) -> Message:
    """Unit and door, and perhaps a telephone, in one message."""
    asked = words.say("Where exactly? Please write unit and door, and a telephone if you like.")
    example = words.say("For example: unit 2, door 301, 13800138000")
    private = words.say("🔒 Only the person who comes to help sees it, and only until it is done.")
    keys: Rows = (
        ((Key(words.say("Post it without a door"), PostWithoutDoor(notice.draft).code),),) if notice.draft else ()
    )
    return Message(paragraphs(lines(bold(asked), example), private), keys)


def contact_kept(notice: ContactKept, view: PersonView, words: Words) -> Message:
    """Kept."""
    return Message(lines(words.say("Kept. Thank you."), contact_line(view, words)))


def contact_line(view: PersonView, words: Words) -> Html:
    """Door and telephone as they are known."""
    door = view.person.door or words.say("not given")
    telephone = view.person.telephone or words.say("not given")
    return lines(words.say("🚪 Door: {door}", door=door), words.say("📞 Telephone: {telephone}", telephone=telephone))


def me(notice: Me, view: PersonView, words: Words) -> Message:
    """What is known of you, who saw it, and how to change it."""
    roles = [words.say("🎗 {role} of {place}", role=role_name(role, words), place=place) for role, place in view.roles]
    about = lines(
        words.say("👤 {name}", name=bold(view.person.name)),
        words.say("🌐 {language}", language=NAMES[view.person.language]),
        words.say("📍 {place}", place=view.place or words.say("not given")),
        contact_line(view, words),
        *roles,
        words.say("🧰 {skills}", skills=words.listed(_skill(one, words) for one in view.skills))
        if view.skills
        else None,
        _given(view.minutes, words),
        words.say("💛 Somebody asks every day whether you are well.") if view.plan_id is not None else None,
    )
    keys: Rows = (
        (Key(words.say("✏️ Another name"), OtherName().code), Key(words.say("✏️ Place"), OpenPlace(0, 0, 0).code)),
        (Key(words.say("✏️ Door and telephone"), ChangeContact().code),),
        (Key(words.say("🌐 Language"), ChangeLanguage().code), *_contact_keys(view, words)),
        *_lapses_key(view, words),
        *(((Key(words.say("👀 Everybody who saw it"), ShowSeen(0).code),),) if view.more else ()),
    )
    files = lines(words.say("📄 /export sends you all of it."), words.say("🗑 /forget erases it."))
    return Message(paragraphs(about, _shown(view, words), files), (*_care_keys(view, words), *keys), protected=True)


def _lapses_key(view: PersonView, words: Words) -> Rows:
    """What is noted of visits that did not come about, where there is anything."""
    return ((Key(words.say("📌 Noted of my visits"), ShowLapses().code),),) if view.lapses else ()


def _given(minutes: int, words: Words) -> Html | None:
    """What they have given this year, in hours."""
    hours = f"{minutes / 60:.1f}".removesuffix(".0")
    return words.say("⏱ This year you have given {hours} h.", hours=hours) if minutes else None


def _care_keys(view: PersonView, words: Words) -> Rows:
    """Who is asked every day: that they are away, and what they are told of visitors. Who helps: their photo."""
    photo = ((Key(words.say("🖼 My photo for visits"), ShowFace().code),),) if view.helps else ()
    if view.plan_id is None:
        return photo
    away = (
        Key(words.say("▶️ I am back"), Back(view.plan_id).code)
        if view.away
        else Key(words.say("⏸ I am away"), Away(view.plan_id).code)
    )
    return ((away,), (Key(words.say("🚪 What I am told of visitors"), AskWish().code),), *photo)


def _skill(code: str, words: Words) -> str:
    """What somebody can do, called as what people ask for."""
    return next((one.name(words.language) for one in words.home.catalogue.categories if code in one.skills), code)


def _contact_keys(view: PersonView, words: Words) -> tuple[Key, ...]:
    if view.person.door is None and view.person.telephone is None:
        return ()
    return (Key(words.say("🗑 Door, telephone"), ForgetContact().code),)


def _shown(view: PersonView, words: Words) -> Html:
    """Who saw door and telephone, newest first."""
    if not view.seen_by:
        return words.say("Nobody has seen your door or telephone.")
    seen = [
        words.say("· {name}, {when} ({what})", name=name, when=words.when(at, view.now), what=_what_for(subject, words))
        for name, at, subject in view.seen_by
    ]
    return lines(bold(words.say("Who saw your door and telephone:")), *seen)


def _what_for(subject: str, words: Words) -> Html:
    """For what they were shown: a subject of ours in words."""
    noun, _, number = subject.partition(":")
    names: Mapping[str, Html] = {
        "need": safe(f"#{number}"),
        "alert": words.say("to look after you"),
        "sheet": words.say("on the printed sheet"),
        "media": words.say("to open what you sent"),
    }
    return names.get(noun, words.say("to visit or ring you"))


def seen_by(notice: SeenBy, view: PersonView, words: Words) -> Message:
    """A page of who saw it."""
    newer = Key(words.say("← Newer"), ShowSeen(notice.page - 1).code)
    older = Key(words.say("Older →"), ShowSeen(notice.page + 1).code)
    keys = (*((newer,) if notice.page else ()), *((older,) if view.more else ()))
    return Message(_shown(view, words), (keys,) if keys else (), protected=True)


def commands(view: PersonView, words: Words) -> tuple[tuple[str, str], ...]:
    """The commands that this person can use, in the order of their menu."""
    listed = [
        ("need", words.say("Ask for help, step by step")),
        ("mine", words.say("My requests and what I have taken on")),
    ]
    if view.helps or view.in_charge:
        listed.append(("needs", words.say("Requests around me")))
        listed.append(("available", words.say("When I may be asked")))
        listed.append(("duty", words.say("Who is on duty, and when")))
        listed.append(("rounds", words.say("My list of visits and calls")))
    if view.in_charge:
        listed.append(("desk", words.say("My desk: what waits for me")))
        listed.append(("today", words.say("Who is well today, and who is missing")))
        listed.append(("month", words.say("What the month came to")))
        listed.append(("care", words.say("Who is asked every day")))
        listed.append(("drill", words.say("Practise an alert")))
        listed.append(("history", words.say("How somebody has answered and been")))
        listed.append(("surge", words.say("Heat, typhoon, cold: ask everybody once more")))
        listed.append(("invite", words.say("Invite volunteers")))
        listed.append(("volunteers", words.say("Who applies, and who helps")))
    listed += [
        ("volunteer", words.say("Help my neighbours")),
        ("sos", words.say("I need help now")),
        ("family", words.say("My family: for whom I am there")),
        ("me", words.say("What is known of me")),
        ("language", words.say("中文 / English")),
        ("help", words.say("What I can do here")),
    ]
    return tuple(listed)


def help_text(notice: Help, view: PersonView, words: Words) -> Message:
    """What this person can do, in their own words first."""
    simply = words.say("Simply write here what you need. Neighbours are asked, and you hear who comes and when.")
    listed = lines(
        *(words.say("/{command} — {what}", command=command, what=what) for command, what in commands(view, words))
    )
    danger = words.say(
        "In danger please ring {numbers}. This is not an emergency service.", numbers=words.home.emergency_numbers
    )
    return Message(paragraphs(simply, listed, danger))


def menu(notice: MenuChanged, view: PersonView, words: Words) -> Menu:
    """The command menu of this person's chat."""
    return Menu(commands(view, words))


CARDS: Mapping[type[Notice], Callable[..., Message | Menu]] = {
    ChooseLanguage: choose_language,
    AskMove: ask_move,
    LanguageChanged: language_changed,
    ChooseName: choose_name,
    AskName: ask_name,
    ChoosePlace: choose_place,
    Enrolled: enrolled,
    RoleGiven: role_given,
    InvitationMade: invitation_made,
    AskContact: ask_contact,
    ContactKept: contact_kept,
    Me: me,
    SeenBy: seen_by,
    Help: help_text,
    MenuChanged: menu,
}
