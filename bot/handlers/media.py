"""Voice notes and photos: as a cry for help, as an answer, and whoever opens them."""

from bot.domain.alerts import Cause
from bot.domain.media import MediaTaken, subject_of
from bot.handlers import checkins as asked
from bot.handlers.turn import Capability, Plain, Reply, Sent, Turn, reply
from bot.services import alerts, checkins, drafts, media
from bot.services.views import media as views
from bot.texts import media as texts


def cry(turn: Turn[Sent]) -> Reply | None:
    """A cry for help in the words under it: an alert at once, and whoever is on it can see what was sent.

    A further picture of an album goes where the first one went, and is not answered again.
    """
    if not turn.home.care_words.cries_for_help(turn.input.words):
        known = media.further_part(turn.tx, turn.actor, turn.home, turn.input, at=turn.said_at)
        return reply() if known else None
    said = asked.call_help(turn, turn.input.words)
    alert_id = checkins.open_alert(turn.tx, turn.actor.id)
    if alert_id is not None:
        media.keep(turn.tx, turn.actor, turn.home, turn.input, subject_of("alert", alert_id), at=turn.said_at)
    return said


def answer(turn: Turn[Sent]) -> Reply | None:
    """While a question is open, and at any time of whoever is cared for or has called for help: somebody opens it."""
    asked_now = checkins.is_asked(turn.tx, turn.actor.id, at=turn.said_at)
    heard = asked_now or checkins.cares_for(turn.tx, turn.actor.id)
    if not heard and checkins.open_alert(turn.tx, turn.actor.id) is None:
        return None
    words = turn.input.words
    worried = turn.home.care_words.worries(words) if asked_now else asked.alarming(turn, words)
    if worried:
        alerts.raise_alert(turn.tx, turn.home, turn.actor.id, Cause.WORRY, now=turn.now, by=turn.actor.id)
    kept = media.answer(turn.tx, turn.actor, turn.home, turn.input, at=turn.said_at, now=turn.now)
    if words:
        drafts.write(turn.tx, turn.actor, turn.home, words, now=turn.now)
    if worried:
        return asked.called(turn, words)
    return reply(MediaTaken(kept.id))


def well(turn: Turn[texts.Opened]) -> Reply:
    """I have opened it: all is well."""
    media.open_(turn.tx, turn.actor, turn.home, turn.input.media_id, well=True, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def trouble(turn: Turn[texts.Trouble]) -> Reply:
    """I have opened it: somebody must go."""
    media.open_(turn.tx, turn.actor, turn.home, turn.input.media_id, well=False, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Others are told."))


def show(turn: Turn[texts.ShowMedia]) -> Reply:
    """Show me what they sent."""
    return reply(media.show(turn.tx, turn.actor, turn.home, turn.input.media_id, now=turn.now), afresh=True)


CAPABILITY = Capability(
    commands={},
    taps={texts.Opened: well, texts.Trouble: trouble, texts.ShowMedia: show},
    views=views.VIEWS,
    cards=texts.CARDS,
    media={Plain.SOS: cry, Plain.CHECK_IN: answer},
)
