"""What people ask for: the catalogue of categories, its file, and the guess what a text means."""

from bot.domain.categories.category import OTHER, Catalogue, Category
from bot.domain.categories.file import FIELDS, PACKAGED, CatalogueBroken, load_catalogue
from bot.domain.categories.guess import Evidence, Guess, Guesser, tidy
from bot.domain.categories.urgency import guess_urgency

__all__ = [
    "FIELDS",
    "OTHER",
    "PACKAGED",
    "Catalogue",
    "CatalogueBroken",
    "Category",
    "Evidence",
    "Guess",
    "Guesser",
    "guess_urgency",
    "load_catalogue",
    "tidy",
]
