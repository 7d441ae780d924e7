"""The daily word to family."""

from bot.domain.checkins import CheckInAnswer
from bot.domain.relatives import Bond, DailyNews, NewsTakenBack, NewsView, RelativeView
from bot.texts.message import Key, Message
from bot.texts.relatives.buttons import Withdraw
from bot.texts.words import Words, bold, lines


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
