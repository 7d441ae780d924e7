"""What is read about family: whom to tell, what they may do, and what they hear."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.alerts import AlertView
from bot.domain.checkins import CheckInAnswer
from bot.domain.notices import Notice
from bot.domain.relatives import (
    AGREED,
    WISHED,
    Bond,
    BondAsked,
    BondSettled,
    ContactAnswered,
    ContactAsked,
    ContactCard,
    ContactGone,
    ContactLink,
    ContactsSkipped,
    ContactState,
    ContactView,
    DailyNews,
    FamilyCalled,
    FamilyCard,
    FamilyHome,
    FamilyHomeView,
    FamilyView,
    LinkView,
    NewsTakenBack,
    NewsView,
    RelativeCard,
    RelativeView,
    Side,
    SkippedView,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

SHOWN_AT_MOST, NAME_UNITS = 10, 20


class ShowFamily(Button, code="fa"):
    """Show me the family of this plan."""

    plan_id: int


class ShowContact(Button, code="fb"):
    """Show me this contact."""

    contact_id: int


class InviteContact(Button, code="fc"):
    """A link for this contact."""

    contact_id: int


class RangContact(Button, code="fd"):
    """I rang them: 1 they agree, 0 they would rather not."""

    contact_id: int
    yes: int


class RaiseContact(Button, code="fe"):
    """Tell them before the one above."""

    contact_id: int


class RemoveContact(Button, code="ff"):
    """Tell them no more."""

    contact_id: int


class AnswerContact(Button, code="fg"):
    """The contact answers: 1 tell me, 0 rather not (any more)."""

    relative_id: int
    yes: int


class ShowRelative(Button, code="fh"):
    """Show me this relative."""

    relative_id: int


class Wish(Button, code="fi"):
    """A relative wishes this."""

    relative_id: int
    bond: str


class Allow(Button, code="fj"):
    """The person agrees to this."""

    relative_id: int
    bond: str


class Heard(Button, code="fk"):
    """Who is in charge has heard the person agree."""

    relative_id: int
    bond: str


class Withdraw(Button, code="fq"):
    """Not (any more)."""

    relative_id: int
    bond: str


class OfferTelephone(Button, code="fp"):
    """The person agrees to be reached through this relative's telephone: ask the relative."""

    relative_id: int


class SayWell(Button, code="fl"):
    """I know that they are well."""

    relative_id: int


class CannotReach(Button, code="fn"):
    """I cannot reach them: somebody must look."""

    relative_id: int


# --- parts that other cards use ---


def said_by(answer: Html, at: datetime, proxies: tuple[tuple[datetime, str, str], ...], words: Words) -> Html:
    """An answer, and who of the family gave it."""
    found = next(((name, relation) for when, name, relation in proxies if when == at), None)
    if found is None:
        return answer
    name, relation = found
    return words.say("{answer}, answered by {name} ({relation})", answer=answer, name=name, relation=relation)


def by_family(proxies: tuple[tuple[str, str, str], ...], words: Words) -> Html | None:
    """For whom family has answered today."""
    shown = [
        words.say(
            "👪 {person}: answered by {name} ({relation})",
            person=clip(person, NAME_UNITS),
            name=clip(name, NAME_UNITS),
            relation=clip(relation, NAME_UNITS),
        )
        for person, name, relation in proxies[:SHOWN_AT_MOST]
    ]
    return lines(*shown) if shown else None


def not_told(skipped: tuple[tuple[str, str, str], ...], words: Words) -> list[Html]:
    """Contacts who do not want to be told, each with why."""
    reasons = {
        ContactState.DECLINED.value: words.say("would rather not be told"),
        ContactState.LEFT.value: words.say("does not want to be told any more"),
    }
    return [
        words.say(
            "· {name} ({relation}): {why}",
            name=clip(name, NAME_UNITS),
            relation=clip(relation, NAME_UNITS),
            why=reasons.get(why, words.say("cannot be told")),
        )
        for name, relation, why in skipped[:SHOWN_AT_MOST]
    ]


def bond_name(bond: Bond, words: Words) -> Html:
    """What a relative may do."""
    names = {
        Bond.PROXY: words.say("may answer for them"),
        Bond.NEWS: words.say("hears each day that they are well"),
        Bond.SHARED: words.say("one telephone for both"),
    }
    return names[bond]


def _short(bond: Bond, words: Words) -> Html:
    names = {
        Bond.PROXY: words.say("answering"),
        Bond.NEWS: words.say("daily news"),
        Bond.SHARED: words.say("one telephone"),
    }
    return names[bond]


def state_name(view: ContactView, words: Words) -> Html:
    """What a contact has said."""
    if view.state is ContactState.LISTED:
        return words.say("not asked yet")
    if view.state is ContactState.DECLINED:
        return words.say("would rather not be told")
    if view.state is ContactState.LEFT:
        return words.say("does not want to be told any more")
    if view.in_chat:
        return (
            words.say("agrees, in the chat") if view.reached else words.say("agrees, but the chat does not reach them")
        )
    return words.say("agrees, by telephone")


# --- who is in charge ---


def family_card(card: FamilyCard, view: FamilyView, words: Words) -> Message:
    """Everybody around one person."""
    head = bold(words.say("👪 Family of {name}", name=view.person))
    order = words.say("If {name} does not answer, they are told in this order:", name=view.person)
    listed = [
        words.say("{rank}. {name} ({relation}): {state}", **_contact(one), state=state_name(one, words))
        for one in view.contacts
    ]
    nobody = words.say("No emergency contact is known yet. The plan's card adds one.")
    rows: list[tuple[Key, ...]] = [
        (Key(words.say("☎️ {rank}. {name}", rank=one.rank, name=one.name), ShowContact(one.id).code),)
        for one in view.contacts[:SHOWN_AT_MOST]
    ]
    rows += [
        (Key(words.say("👤 {name} ({relation})", name=name, relation=relation), ShowRelative(number).code),)
        for number, name, relation in view.relatives[:SHOWN_AT_MOST]
    ]
    rows.append((Key(words.say("📱 A new telephone"), NewTelephone(view.plan_id).code),))
    return Message(paragraphs(head, lines(order, *listed) if listed else nobody), tuple(rows), protected=True)


def _contact(one: ContactView) -> dict[str, object]:
    return {"rank": one.rank, "name": clip(one.name, NAME_UNITS), "relation": clip(one.relation, NAME_UNITS)}


class NewTelephone(Button, code="ft"):
    """A link for this person's new telephone."""

    plan_id: int


def contact_card(card: ContactCard, view: ContactView, words: Words) -> Message:
    """One emergency contact, with what can be done."""
    recorded = (
        words.say("{who} rang them, {when}.", who=view.by, when=words.when(view.at, view.now))
        if view.by and view.at and view.now
        else None
    )
    text = lines(
        bold(words.say("☎️ {rank}. {name} ({relation})", rank=view.rank, name=view.name, relation=view.relation)),
        words.say("For {name}", name=view.person),
        words.say("📞 Telephone: {telephone}", telephone=view.telephone or words.say("not given")),
        state_name(view, words),
        recorded,
        None if view.state.stands else words.say("They do not stand on the ladder."),
    )
    back = (Key(words.say("← Back"), ShowFamily(view.plan_id).code),)
    return Message(text, (*_contact_keys(view, words), back), protected=True)


def _contact_keys(view: ContactView, words: Words) -> Rows:
    up = (Key(words.say("⬆️ Tell them earlier"), RaiseContact(view.id).code),) if view.rank > 1 else ()
    away = (Key(words.say("🗑 Remove"), RemoveContact(view.id).code),)
    rows: Rows = ((*up, *away),)
    if view.in_chat:
        return rows
    link = (Key(words.say("✉️ A link for them"), InviteContact(view.id).code),)
    agree = (Key(words.say("✍️ I rang them, they agree"), RangContact(view.id, 1).code),)
    decline = (Key(words.say("I rang them, they would rather not"), RangContact(view.id, 0).code),)
    asked = {ContactState.AGREED: (decline,), ContactState.DECLINED: (agree,), ContactState.LEFT: (agree,)}
    return (link, *asked.get(view.state, (agree, decline)), *rows)


def contact_link(notice: ContactLink, view: LinkView, words: Words) -> Message:
    """The link, with what it does."""
    said = words.say(
        "A link for {name} only: they are asked whether they want to be told about {person}.",
        name=bold(view.name),
        person=view.person,
    )
    kept = words.say("It works once and for seven days. You hear what they say.")
    return Message(lines(said, kept, words.home.link(view.payload)))


def contact_answered(notice: ContactAnswered, view: RelativeView, words: Words) -> Message:
    """A contact has said yes or no."""
    names = {"name": bold(view.name), "relation": view.relative.relation, "person": view.person}
    if view.contact is ContactState.AGREED:
        return Message(words.say("👪 {name} ({relation}) agrees to be told about {person}.", **names))
    if view.contact is ContactState.DECLINED:
        said = words.say("👪 {name} ({relation}) would rather not be told about {person}.", **names)
    else:
        said = words.say("👪 {name} ({relation}) does not want to be told about {person} any more.", **names)
    return Message(lines(said, words.say("The ladder skips them. Perhaps there is somebody else: /care")))


def skipped(notice: ContactsSkipped, view: SkippedView, words: Words) -> Message:
    """Contacts who are not told, and why."""
    listed = not_told(view.skipped, words)
    said = words.say("For {name} these contacts were not told:", name=bold(view.person))
    return Message(lines(said, *listed, words.say("Everybody else on the ladder is told. /care shows the contacts.")))


# --- the relative ---


def contact_asked(card: ContactAsked, view: RelativeView, words: Words) -> Message:
    """May I tell you when they do not answer?"""
    if view.contact is None:
        return Message(words.say("You are not told about {name} any more. Thank you!", name=bold(view.person)))
    if view.contact is ContactState.AGREED:
        said = words.say("Thank you! If {name} does not answer, I tell you here.", name=bold(view.person))
        return Message(lines(said, words.say("/family shows what else you can do, and ends it with one tap.")))
    if view.contact is not ContactState.LISTED:
        said = words.say("All right, you are not told about {name}. Thank you for saying so.", name=bold(view.person))
        again = Key(words.say("👍 Tell me after all"), AnswerContact(view.relative.id, 1).code)
        return Message(said, ((again,),))
    hello = (
        words.say("{name} has named you to be told in an emergency.", name=bold(view.person))
        if view.relative.plan_id is None
        else words.say("You have asked us to look after {name}.", name=bold(view.person))
    )
    means = words.say("Neighbours ask {name} every day whether all is well.", name=view.person)
    then = words.say("If no answer comes, you get a message here, and can ring or go. Others are told too.")
    asked = bold(words.say("May I tell you then?"))
    rows: Rows = (
        (Key(words.say("👍 Yes, tell me"), AnswerContact(view.relative.id, 1).code),),
        (Key(words.say("No, rather not"), AnswerContact(view.relative.id, 0).code),),
    )
    return Message(paragraphs(hello, lines(means, then), asked), rows)


def contact_gone(notice: ContactGone, view: RelativeView, words: Words) -> Message:
    """You are not told any more."""
    said = words.say("From now on you are not told when {name} does not answer.", name=bold(view.person))
    return Message(lines(said, words.say("Thank you for having been there. Your coordinator knows more.")))


def relative_card(card: RelativeCard, view: RelativeView, words: Words) -> Message:
    """What one relative may do, for whoever looks at it."""
    if view.side is Side.RELATIVE:
        return _for_relative(view, words)
    if view.side is Side.PERSON:
        return _for_person(view, words)
    if view.side is Side.COORDINATOR:
        return _for_coordinator(view, words)
    return Message(words.say("Somebody else looks after this now."))


def _for_relative(view: RelativeView, words: Words) -> Message:
    relative, rows = view.relative, list[tuple[Key, ...]]()
    head = bold(words.say("👪 {name}", name=view.person))
    waiting = words.say("A question waits for an answer.") if view.asked and relative.may(Bond.PROXY) else None
    told = (
        words.say("If no answer comes, you are told.")
        if view.contact is ContactState.AGREED
        else words.say("You are not told when no answer comes.")
    )
    parts = [told, *(_wished(view, bond, words) for bond in (Bond.PROXY, Bond.NEWS, Bond.SHARED))]
    if relative.may(Bond.PROXY):
        rows.append(
            (Key(words.say("🌞 I know: {name} is well", name=clip(view.person, 16)), SayWell(relative.id).code),)
        )
    if view.contact is ContactState.AGREED or any(relative.may(bond) for bond in Bond):
        label = words.say("🔔 I cannot reach {name}", name=clip(view.person, 16))
        rows.append((Key(label, CannotReach(relative.id).code),))
    rows += _wish_keys(view, words)
    if view.contact is ContactState.AGREED:
        rows.append((Key(words.say("Tell me no more"), AnswerContact(relative.id, 0).code),))
    return Message(paragraphs(head, lines(*parts, waiting)), tuple(rows), protected=True)


def _wished(view: RelativeView, bond: Bond, words: Words) -> Html | None:
    marks = view.relative.marks(bond)
    if marks == WISHED | AGREED:
        return words.say("✅ {what}", what=_mine(bond, words))
    return words.say("⏳ {what}: waits for their yes", what=_mine(bond, words)) if marks & WISHED else None


def _mine(bond: Bond, words: Words) -> Html:
    names = {
        Bond.PROXY: words.say("You may answer for them"),
        Bond.NEWS: words.say("You hear each day that they are well"),
        Bond.SHARED: words.say("Your telephone is theirs too"),
    }
    return names[bond]


def _wish_keys(view: RelativeView, words: Words) -> list[tuple[Key, ...]]:
    number = view.relative.id
    on = {
        Bond.PROXY: words.say("✋ I would like to answer for them"),
        Bond.NEWS: words.say("🌷 Tell me each day that they are well"),
    }
    off = {
        Bond.PROXY: words.say("Answer for them no more"),
        Bond.NEWS: words.say("No news each day any more"),
        Bond.SHARED: words.say("Not on my telephone any more"),
    }
    rows: list[tuple[Key, ...]] = []
    for bond in Bond:
        if view.relative.marks(bond):
            rows.append((Key(off[bond], Withdraw(number, bond.value).code),))
        elif bond in on:
            rows.append((Key(on[bond], Wish(number, bond.value).code),))
    return rows


def _for_person(view: RelativeView, words: Words) -> Message:
    names = {
        Bond.PROXY: words.say("· may answer for you"),
        Bond.NEWS: words.say("· hears each day that you are well"),
        Bond.SHARED: words.say("· their telephone is yours too"),
    }
    stop = {
        Bond.PROXY: words.say("Not answer for me any more"),
        Bond.NEWS: words.say("No news about me any more"),
        Bond.SHARED: words.say("Not through their telephone any more"),
    }
    held = [bond for bond in Bond if view.relative.may(bond)]
    told = words.say("· is told when you do not answer") if view.contact is ContactState.AGREED else None
    none = words.say("· may do nothing more") if told is None and not held else None
    head = bold(words.say("👪 {name} ({relation})", name=view.name, relation=view.relative.relation))
    rows = tuple((Key(stop[bond], Withdraw(view.relative.id, bond.value).code),) for bond in held)
    return Message(lines(head, told, *(names[bond] for bond in held), none), rows)


def _for_coordinator(view: RelativeView, words: Words) -> Message:
    head = bold(
        words.say(
            "👪 {name} ({relation}) of {person}", name=view.name, relation=view.relative.relation, person=view.person
        )
    )
    parts, rows = list[Html](), list[tuple[Key, ...]]()
    for bond in Bond:
        marks, what = view.relative.marks(bond), bond_name(bond, words)
        if marks == WISHED | AGREED:
            parts.append(words.say("✅ {what}", what=what))
        elif marks & WISHED:
            parts.append(words.say("⏳ {what}: {name} has to agree", what=what, name=view.person))
            if not view.in_chat:
                rows.append(
                    (
                        Key(
                            words.say("✍️ I heard their yes: {what}", what=_short(bond, words)),
                            Heard(view.relative.id, bond.value).code,
                        ),
                    )
                )
        elif marks:
            parts.append(words.say("⏳ {what}: {name} has to agree", what=what, name=view.name))
        if marks:
            rows.append(
                (
                    Key(
                        words.say("⏹ End: {what}", what=_short(bond, words)),
                        Withdraw(view.relative.id, bond.value).code,
                    ),
                )
            )
    if not view.in_chat and not view.relative.shared:
        label = words.say("📱 They agree to share this telephone")
        rows.append((Key(label, OfferTelephone(view.relative.id).code),))
    none = words.say("Nothing has been agreed beyond being told.") if not parts else None
    return Message(paragraphs(head, lines(*parts, none)), tuple(rows), protected=True)


def bond_asked(card: BondAsked, view: RelativeView, words: Words) -> Message:
    """May they?"""
    bond, side = Bond(card.bond), Side(card.side)
    if view.relative.may(bond):
        return Message(words.say("Thank you! It is agreed. /family shows it, and ends it with one tap."))
    if not view.relative.marks(bond):
        return Message(words.say("All right, nothing changes. Thank you!"))
    names = {"name": bold(view.name), "relation": view.relative.relation, "person": bold(view.person)}
    if side is Side.RELATIVE:
        asked = words.say("{person} has no telephone of their own. May I ask them on yours, every day?", **names)
        then = words.say("Every question then says whom it is for.")
        yes: Button = Wish(view.relative.id, bond.value)
    elif bond is Bond.PROXY:
        asked = words.say("{name} ({relation}) would like to answer for you. Is that all right?", **names)
        then = words.say("Everybody who looks after you sees who has answered.")
        yes = Allow(view.relative.id, bond.value)
    else:
        asked = words.say(
            "{name} ({relation}) would like to hear each day that you are well. May I tell them?", **names
        )
        then = words.say("They hear when you have answered, and nothing else.")
        yes = Allow(view.relative.id, bond.value)
    rows: Rows = (
        (Key(words.say("👍 Yes"), yes.code),),
        (Key(words.say("No, rather not"), Withdraw(view.relative.id, bond.value).code),),
    )
    return Message(lines(asked, then), rows)


def bond_settled(notice: BondSettled, view: RelativeView, words: Words) -> Message:
    """It holds now, or it does not any more."""
    bond = Bond(notice.bond)
    name = bold(view.person if view.side is Side.RELATIVE else view.name)
    if not notice.yes:
        ended = {
            Bond.PROXY: words.say("Answering for each other with {name} has ended.", name=name),
            Bond.NEWS: words.say("The daily news with {name} has ended.", name=name),
            Bond.SHARED: words.say("One telephone with {name}: this has ended.", name=name),
        }
        return Message(lines(ended[bond], words.say("/family shows what holds now.")))
    if view.side is Side.RELATIVE:
        begun = {
            Bond.PROXY: words.say("{name} agrees: you may answer for them.", name=name),
            Bond.NEWS: words.say("{name} agrees: you hear each day that they are well.", name=name),
            Bond.SHARED: words.say("{name} agrees: I ask them on your telephone.", name=name),
        }
    else:
        begun = {
            Bond.PROXY: words.say("{name} may answer for you now.", name=name),
            Bond.NEWS: words.say("{name} hears each day that you are well.", name=name),
            Bond.SHARED: words.say("I reach you on the telephone of {name} now.", name=name),
        }
    return Message(lines(begun[bond], words.say("/family shows it, and ends it with one tap.")))


def family_home(notice: FamilyHome, view: FamilyHomeView, words: Words) -> Message:
    """For whom I am there, and who is there for me."""
    rows: list[tuple[Key, ...]] = [
        (Key(words.say("👤 {name}", name=name), ShowRelative(number).code),)
        for number, name, _ in view.mine[:SHOWN_AT_MOST]
    ]
    rows += [
        (Key(words.say("👤 {name} ({relation})", name=name, relation=relation), ShowRelative(number).code),)
        for number, name, relation in view.around_me[:SHOWN_AT_MOST]
    ]
    rows.append((Key(words.say("➕ Care for somebody of mine"), ProposeCare().code),))
    known = words.say("Who is there for whom. One tap shows what is agreed.") if len(rows) > 1 else None
    none = words.say("Nobody of your family is known here yet.") if known is None else None
    then = words.say("Does somebody of yours live alone? I can ask them every day whether they are well.")
    return Message(paragraphs(bold(words.say("👪 My family")), lines(known, none), then), tuple(rows))


class ProposeCare(Button, code="fr"):
    """Care for somebody of my family: where do they live?"""


def called(notice: FamilyCalled, view: AlertView, words: Words) -> Message:
    """Somebody is asked to look."""
    told = (
        words.say("I have told: {names}.", names=bold(words.listed(view.told)))
        if view.told
        else words.say("I am looking for somebody right now.")
    )
    head = words.say("🔔 Somebody is asked to look after {name} now.", name=bold(view.person))
    danger = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    return Message(paragraphs(head, told, danger))


# --- daily news ---


def news(notice: DailyNews, view: NewsView, words: Words) -> Message:
    """The first good answer of the day, and through whom it is known."""
    facts = {"name": bold(view.person), "time": words.clock(view.at), "who": view.by or "—"}
    said = {
        CheckInAnswer.WELL: words.say("🌷 {name} is well: answered at {time}.", **facts),
        CheckInAnswer.WORDS: words.say("🌷 {name} wrote to me at {time}.", **facts),
        CheckInAnswer.EARLY: words.say("🌷 {name} gave a sign of life by {time}.", **facts),
        CheckInAnswer.SIGN: words.say("🌷 {name} sent a voice note or a photo at {time}.", **facts),
        CheckInAnswer.SEEN: words.say("🌷 {name} is well: {who} was there or rang at {time}.", **facts),
        CheckInAnswer.SPOKEN: words.say("🌷 {name} spoke with {who} through the door at {time}.", **facts),
    }
    if view.answer is CheckInAnswer.PROXY:
        text = words.say("🌷 {name} is well, says {who} ({relation}), {time}.", **facts, relation=view.relation or "—")
    else:
        text = said[view.answer]
    return Message(
        text, ((Key(words.say("No news each day any more"), Withdraw(notice.relative_id, Bond.NEWS.value).code),),)
    )


def news_taken_back(notice: NewsTakenBack, view: RelativeView, words: Words) -> Message:
    """The answer was taken back."""
    said = words.say("{name} has taken today's answer back, and is asked again.", name=bold(view.person))
    return Message(lines(said, words.say("You hear it as soon as a new answer comes.")))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    FamilyCard: family_card,
    ContactCard: contact_card,
    ContactLink: contact_link,
    ContactAsked: contact_asked,
    ContactAnswered: contact_answered,
    ContactGone: contact_gone,
    ContactsSkipped: skipped,
    RelativeCard: relative_card,
    BondAsked: bond_asked,
    BondSettled: bond_settled,
    FamilyHome: family_home,
    FamilyCalled: called,
    DailyNews: news,
    NewsTakenBack: news_taken_back,
}
