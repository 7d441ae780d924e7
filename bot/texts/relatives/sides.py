"""What relatives and the people they are there for read."""

from bot.domain.alerts import AlertView
from bot.domain.relatives import (
    AGREED,
    WISHED,
    Bond,
    BondAsked,
    BondSettled,
    ContactAsked,
    ContactGone,
    ContactState,
    FamilyCalled,
    FamilyHome,
    FamilyHomeView,
    RelativeCard,
    RelativeView,
    Side,
)
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.relatives.buttons import (
    Allow,
    AnswerContact,
    CannotReach,
    ProposeCare,
    SayWell,
    ShowRelative,
    Wish,
    Withdraw,
)
from bot.texts.relatives.charge import for_coordinator
from bot.texts.relatives.parts import SHOWN_AT_MOST
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs


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


def relative_card(card: RelativeCard, view: RelativeView, words: Words) -> Message:
    """What one relative may do, for whoever looks at it."""
    if view.side is Side.RELATIVE:
        return _for_relative(view, words)
    if view.side is Side.PERSON:
        return _for_person(view, words)
    if view.side is Side.COORDINATOR:
        return for_coordinator(view, words)
    return Message(words.say("Somebody else looks after this now."))


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
