"""The three big keys of whoever is asked every day."""

from bot.texts.words import Words


def keys(words: Words) -> tuple[tuple[str, ...], ...]:
    """The three big keys, one a row."""
    return ((words.say("🌞 I'm well"),), (words.say("📞 Please call me"),), (words.say("🆘 I need help"),))
