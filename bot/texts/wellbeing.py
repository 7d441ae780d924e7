"""One small question more: short, with three big keys, one of which is always for help."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache

from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.wellbeing import (
    Topic,
    Want,
    WantAsked,
    WellbeingAsked,
    WellbeingThanked,
    WellbeingView,
)
from bot.texts.big_keys import keys
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, plain


class SwitchSecond(Button, code="wq"):
    """Ask one more question each morning: `on` 1, or not any more: 0."""

    plan_id: int
    on: int


class Missing(Button, code="wm"):
    """Something is missing at home."""

    checkin_id: int


class NeedHelpWith(Button, code="cn"):
    """What I wrote is something that I need."""


class Wanted(Button, code="ww"):
    """This is missing: please bring it."""

    checkin_id: int
    want: str


class NothingWanted(Button, code="wn"):
    """Nothing is missing after all."""


class OwnWords(Button, code="wo"):
    """I write it in my own words."""


def topic_keys(topic: Topic, words: Words) -> tuple[Html, Html]:
    """The key for good and the one for not good; no two topics share one."""
    labels = {
        Topic.SLEEP: (words.say("😴 Slept well"), words.say("😟 Slept badly")),
        Topic.FOOD: (words.say("🍚 I have enough food"), words.say("🥣 I have too little food")),
        Topic.MEDICINE: (words.say("💊 I have my medicine"), words.say("📭 My medicine is missing")),
        Topic.MOOD: (words.say("🙂 In good spirits"), words.say("😔 In low spirits")),
    }
    return labels[topic]


def answer_of(text: str, home: Home) -> tuple[Topic, bool] | None:
    """Which of these keys was pressed, in whatever language it was shown; None: none of them."""
    return _answers(home).get(text.strip())


@lru_cache(maxsize=16)
def _answers(home: Home) -> Mapping[str, tuple[Topic, bool]]:
    known: dict[str, tuple[Topic, bool]] = {}
    for language in Language:
        for topic in Topic:
            for label, good in zip(topic_keys(topic, Words(language, home)), (True, False), strict=True):
                known[plain(label)] = (topic, good)
    return known


def topic_name(topic: Topic, words: Words) -> Html:
    """What was asked about."""
    names = {
        Topic.SLEEP: words.say("sleep"),
        Topic.FOOD: words.say("food"),
        Topic.MEDICINE: words.say("medicine"),
        Topic.MOOD: words.say("mood"),
    }
    return names[topic]


def answers(found: tuple[tuple[str, bool, date], ...], words: Words) -> Html | None:
    """The last answers, for whoever looks after this person."""
    rows = [
        words.say("🌤 {topic}: good ({day})", topic=topic_name(Topic(topic), words), day=_day(day, words))
        if good
        else words.say("🌧 {topic}: not good ({day})", topic=topic_name(Topic(topic), words), day=_day(day, words))
        for topic, good, day in found
    ]
    return lines(*rows) if rows else None


def _day(day: date, words: Words) -> str:
    return words.day(datetime.combine(day, time(12), words.home.timezone))


def asked(notice: WellbeingAsked, view: WellbeingView, words: Words) -> Message:
    """One thing more."""
    questions = {
        Topic.SLEEP: words.say("How did you sleep?"),
        Topic.FOOD: words.say("Do you have enough to eat at home?"),
        Topic.MEDICINE: words.say("Do you have your medicine for today?"),
        Topic.MOOD: words.say("How are your spirits today?"),
    }
    good, bad = topic_keys(view.wellbeing.topic, words)
    # The last of the usual keys stays: help is never further away than one press.
    rows = ((plain(good),), (plain(bad),), keys(words)[-1])
    return Message(lines(words.say("One small question more."), bold(questions[view.wellbeing.topic])), big_rows=rows)


def thanked(notice: WellbeingThanked, view: WellbeingView, words: Words) -> Message:
    """Thank you; the usual keys come back."""
    usual = keys(words)
    if view.wellbeing.good:
        return Message(words.say("That is good to hear, {name}. Take care! 🌷", name=view.person), big_rows=usual)
    told = words.say("Thank you for telling me, {name}. Your coordinator sees it today.", name=view.person)
    return Message(lines(told, words.say("If you need help, press 🆘.")), big_rows=usual)


def want(notice: WantAsked, view: str, words: Words) -> Message:
    """What is missing at home?"""
    labels = {
        Want.FOOD: words.say("🍚 Please bring food"),
        Want.MEDICINE: words.say("💊 Please fetch my medicine"),
    }
    alone = notice.topic in set(Want)
    shown = [Want(notice.topic)] if alone else list(Want)
    rows: Rows = tuple((Key(labels[one], Wanted(notice.checkin_id, one.value).code),) for one in shown)
    if alone:
        last = Key(words.say("No, thank you"), NothingWanted().code)
        return Message(words.say("{name}, shall somebody bring it to you today?", name=view), (*rows, (last,)))
    own = Key(words.say("✍️ Something else"), OwnWords().code)
    return Message(words.say("{name}, what is missing? Your neighbours are asked at once.", name=view), (*rows, (own,)))


def want_text(wanted: Want, words: Words) -> str:
    """The need in the resident's own language."""
    texts = {
        Want.FOOD: words.say("There is not enough food in the house. Could somebody bring some?"),
        Want.MEDICINE: words.say("My medicine is finished. Could somebody fetch some?"),
    }
    return plain(texts[wanted])


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    WellbeingAsked: asked,
    WellbeingThanked: thanked,
    WantAsked: want,
}
