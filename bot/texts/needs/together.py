"""Who goes together: said on every card of a need for several."""

from bot.domain.needs import NeedView, Reader, State
from bot.texts.words import Html, Words, lines


def together(view: NeedView, words: Words) -> Html | None:
    """How many are to go, who does, who is missing, and whether somebody should wait; None for one alone."""
    if view.need.state is State.OPEN:
        return _wanted(view, words)
    if view.need.state is not State.CLAIMED:
        return None
    if view.reader in (Reader.CLAIMER, Reader.ALONG):
        return lines(_beside(view, words), _warning(view, words) or _missing(view, words)) or None
    return _missing(view, words)


def _wanted(view: NeedView, words: Words) -> Html | None:
    if view.need.pair and view.company.seats <= 2:
        return words.say("👥 This takes two people: please do not go alone.")
    if view.company.seats <= 1:
        return None
    return words.count("👥 {number} person is wanted.", "👥 {number} people are wanted.", view.company.seats)


def _beside(view: NeedView, words: Words) -> Html | None:
    if not view.company.beside:
        return None
    return words.say("👥 With you: {names}.", names=words.listed(view.company.beside))


def _warning(view: NeedView, words: Words) -> Html | None:
    if not view.company.alone:
        return None
    if view.company.unaccompanied:
        return words.say(
            "🌱 First visits are made with somebody who knows the way: one is being looked for. Please wait for them."
        )
    return words.say("👥 This takes two people, and the second is still being looked for: please do not go alone.")


def _missing(view: NeedView, words: Words) -> Html | None:
    if not view.company.missing:
        return None
    if view.company.unaccompanied and view.company.missing == 1:
        return words.say("🌱 It is a first visit: somebody experienced is being looked for to come along.")
    return words.count(
        "👥 {number} more is being looked for.", "👥 {number} more are being looked for.", view.company.missing
    )


def goers(view: NeedView, words: Words) -> Html:
    """The names of those who go, or went."""
    if view.company.going:
        return words.listed(view.company.going)
    return words.say("somebody") if view.claimer is None else words.listed((view.claimer,))
