"""The three big keys of whoever is asked every day."""

from bot.texts.words import Words, plain


def keys(words: Words) -> tuple[tuple[str, ...], ...]:
    """The three big keys, one a row."""
    return ((words.say("🌞 I'm well"),), (words.say("📞 Please call me"),), (words.say("🆘 I need help"),))


def named_keys(label: str, words: Words) -> tuple[tuple[str, ...], ...]:
    """The same on a telephone that serves several people: each key names who it is about."""
    named = (
        words.say("🌞 {name} is well", name=label),
        words.say("📞 Please call {name}", name=label),
        words.say("🆘 {name} needs help", name=label),
    )
    return tuple((plain(key),) for key in named)
