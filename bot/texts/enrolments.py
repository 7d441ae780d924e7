"""What is read when somebody without a chat is enrolled."""

from collections.abc import Callable, Mapping

from bot.domain.enrolments import AskEnrolment, EnrolmentPlace, PlacesView
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Words, bold, lines


class EnrolIn(Button, code="eo"):
    """Somebody without a chat: what lies in this place? (0: where I am in charge)"""

    area_id: int
    offset: int


class EnrolHere(Button, code="eh"):
    """They live here."""

    area_id: int


def places(notice: EnrolmentPlace, view: PlacesView, words: Words) -> Message:
    """Where do they live?"""
    rows: Rows = tuple(
        (Key(name, EnrolIn(number, 0).code if has_below else EnrolHere(number).code),)
        for number, name, has_below in view.rows
    )
    if view.has_more:
        rows = (*rows, (Key(words.say("More ↓"), EnrolIn(view.area_id, view.offset + len(view.rows)).code),))
    if not view.rows:
        return Message(words.say("There is no building here yet. Whoever runs the program adds places."))
    return Message(bold(words.say("In which building do they live?")), rows)


def ask(notice: AskEnrolment, place: str, words: Words) -> Message:
    """Who is it?"""
    asked = words.say("Who is it, in {place}? Please write name, telephone and door.", place=place)
    return Message(lines(bold(asked), words.say("For example: Zhang Xiulan 13800138000 2-301")), asks=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {EnrolmentPlace: places, AskEnrolment: ask}
