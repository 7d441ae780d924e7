"""What is read when two are on one alert, or one hands it to another."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import (
    AlertState,
    AlertView,
)
from bot.domain.companions import AlertDeclined, AlertHandedOver, AlertHelpers, AlertOffered
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines


class Join(Button, code="aj"):
    """I'll come along."""

    alert_id: int


class NotAlong(Button, code="an"):
    """I do not come along after all."""

    alert_id: int


class HandOver(Button, code="ah"):
    """Somebody else could take it over: who?"""

    alert_id: int


class OfferTo(Button, code="ag"):
    """Ask this person."""

    alert_id: int
    person_id: int


class Accept(Button, code="ay"):
    """I take it over."""

    alert_id: int


class CannotTake(Button, code="az"):
    """I cannot take it over."""

    alert_id: int


def along(view: AlertView, words: Words) -> Html | None:
    """Who goes along, and who is asked to take it over."""
    told = words.say("🤝 Along: {names}", names=words.listed(view.joined)) if view.joined else None
    asked = words.say("{name} is asked to take it over.", name=view.offered) if view.offered and view.mine else None
    return lines(told, asked) if told or asked else None


def helpers(notice: AlertHelpers, view: AlertView, words: Words) -> Message:
    """Who could take it over?"""
    if not view.others:
        return Message(words.say("Nobody else has been told yet. “I can't go after all” asks others at once."))
    rows: Rows = tuple((Key(name, OfferTo(notice.alert_id, one).code),) for one, name in view.others)
    return Message(words.say("Who could take it over? Until they say yes you have it."), rows)


def offered(notice: AlertOffered, view: AlertView, words: Words) -> Message:
    """Would you take it over?"""
    if not view.offered_to_me or view.alert.state is not AlertState.TAKEN:
        return Message(words.say("This has been settled in the meantime. Thank you!"))
    asked = words.say(
        "🏃 {who} asks whether you can take over: {name}, {place}",
        who=bold(view.taker or "—"),
        name=bold(view.person),
        place=view.place,
    )
    rows: Rows = (
        (Key(words.say("👍 I take it over"), Accept(notice.alert_id).code),),
        (Key(words.say("I can't"), CannotTake(notice.alert_id).code),),
    )
    return Message(asked, rows, protected=True)


def declined(notice: AlertDeclined, view: AlertView, words: Words) -> Message:
    """The one who was asked cannot."""
    said = words.say("Whoever you asked cannot take over {name}. You still have it.", name=bold(view.person))
    return Message(said, ((Key(words.say("🔁 Ask somebody else"), HandOver(notice.alert_id).code),),))


def handed_over(notice: AlertHandedOver, view: AlertView, words: Words) -> Message:
    """Another has it now."""
    who, name = bold(view.taker or "—"), bold(view.person)
    return Message(words.say("✅ {who} has taken over {name}. Thank you!", who=who, name=name))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    AlertHelpers: helpers,
    AlertOffered: offered,
    AlertDeclined: declined,
    AlertHandedOver: handed_over,
}
