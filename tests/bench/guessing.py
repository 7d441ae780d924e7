"""The guess of category, urgency and doubt: how often it is right on the reported half, and how long a text takes."""

from collections.abc import Iterator

from bot.domain.categories import load_catalogue
from bot.domain.people import Language
from tests.bench.figures import Figure
from tests.guessing import measure, microseconds, sentences


def measure_guessing() -> Iterator[Figure]:
    """Accuracy by language, and microseconds a text."""
    catalogue = load_catalogue()
    for language in Language:
        found = measure(catalogue, language, sentences(language, "reported"))
        yield Figure(f"guessed right, {language.value}", found.right * 100, "%", "")
        yield Figure(f"right with the two buttons, {language.value}", found.either * 100, "%", "")
        yield Figure(f"a guess, {language.value}", microseconds(catalogue, language), "µs", "")
