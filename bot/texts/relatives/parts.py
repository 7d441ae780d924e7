"""What is said of family on other cards too: who answered, who is told, what they may do."""

from datetime import datetime

from bot.domain.relatives import Bond, ContactState, ContactView
from bot.texts.words import Html, Words, clip, lines

SHOWN_AT_MOST, NAME_UNITS = 10, 20


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


def short_name(bond: Bond, words: Words) -> Html:
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
