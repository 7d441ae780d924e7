"""What several messages about volunteers have in common."""

from collections.abc import Mapping

from bot.domain.volunteers import Hours, Spoken, Step, VolunteerView
from bot.texts.message import Key
from bot.texts.volunteers.buttons import Agree, Retire
from bot.texts.words import Html, Words, clip, safe

# A reason or a reference is shown as far as a message of several can hold it.
WORDS_SHOWN = 600


def choice_name(step: Step, what: str, words: Words) -> Html:
    if step is Step.SKILLS:
        return safe(
            next((one.name(words.language) for one in words.home.catalogue.categories if what in one.skills), what)
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


def rules(words: Words) -> Html:
    return safe(words.home.rules.texts[words.language])


def agree(view: VolunteerView, label: str, words: Words) -> Key:
    return Key(label, Agree(view.volunteer.id, words.home.rules.version).code)


def stop(view: VolunteerView, label: str) -> tuple[Key, ...]:
    return (Key(label, Retire(view.volunteer.id).code),)


def reason(view: VolunteerView, words: Words) -> str:
    return clip(view.volunteer.reason, WORDS_SHOWN) if view.volunteer.reason else words.say("not said")
