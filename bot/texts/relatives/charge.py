"""What who is in charge reads of somebody's family."""

from bot.domain.relatives import (
    AGREED,
    WISHED,
    Bond,
    ContactAnswered,
    ContactCard,
    ContactLink,
    ContactsSkipped,
    ContactState,
    ContactView,
    FamilyCard,
    FamilyView,
    LinkView,
    RelativeView,
    SkippedView,
)
from bot.texts.message import Key, Message, Rows
from bot.texts.relatives.buttons import (
    Heard,
    InviteContact,
    NewTelephone,
    OfferTelephone,
    RaiseContact,
    RangContact,
    RemoveContact,
    ShowContact,
    ShowFamily,
    ShowRelative,
    Withdraw,
)
from bot.texts.relatives.parts import NAME_UNITS, SHOWN_AT_MOST, bond_name, not_told, short_name, state_name
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs


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


def for_coordinator(view: RelativeView, words: Words) -> Message:
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
                            words.say("✍️ I heard their yes: {what}", what=short_name(bond, words)),
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
                        words.say("⏹ End: {what}", what=short_name(bond, words)),
                        Withdraw(view.relative.id, bond.value).code,
                    ),
                )
            )
    if not view.in_chat and not view.relative.shared:
        label = words.say("📱 They agree to share this telephone")
        rows.append((Key(label, OfferTelephone(view.relative.id).code),))
    none = words.say("Nothing has been agreed beyond being told.") if not parts else None
    return Message(paragraphs(head, lines(*parts, none)), tuple(rows), protected=True)
