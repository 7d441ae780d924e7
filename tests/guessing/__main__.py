"""`python -m tests.guessing`: the tables of docs/guessing.md; `--write` puts them there; a TEXT shows what spoke for what."""

from collections.abc import Iterator
from pathlib import Path

import click

from bot.domain.categories import Catalogue, load_catalogue
from bot.domain.people import Language
from tests.guessing import HALVES, Measured, measure, microseconds, sentences

PAGE = Path(__file__).parents[2] / "docs/guessing.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NAMES = {Language.CHINESE: "Chinese", Language.ENGLISH: "English"}


def accuracy(catalogue: Catalogue) -> str:
    """How often the guess is right, in both halves of both languages."""
    rows = [
        f"| {NAMES[language]}, {half} | {_cells(measure(catalogue, language, sentences(language, half)))} |"
        for half in reversed(HALVES)
        for language in Language
    ]
    head = "| sentences | number | category | with the two buttons | asked | urgency | place | secrets taken for something open |"
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|---:|---:|", *rows])


def _cells(found: Measured) -> str:
    shares = (found.right, found.either, found.asked, found.urgency, found.place)
    return " | ".join([str(found.count), *(f"{share:.1%}" for share in shares), str(found.leaks)])


def by_category(catalogue: Catalogue, language: Language) -> str:
    """Each category of the reported half: how many of it there are, found, and wrongly taken for it; and what it is taken for."""
    confusion = measure(catalogue, language, sentences(language, "reported")).confusion
    rows = []
    for code in (category.code for category in catalogue.categories):
        there = sum(count for (label, _), count in confusion.items() if label == code)
        wrongly = sum(count for (label, guess), count in confusion.items() if guess == code != label)
        taken = sorted((-count, guess) for (label, guess), count in confusion.items() if label == code != guess)
        mixed = ", ".join(f"{guess} {-count}" for count, guess in taken)
        rows.append(f"| {code} | {there} | {confusion[code, code]} | {wrongly} | {mixed or '–'} |")
    head = "| category | sentences | found | others taken for it | taken for |"
    return "\n".join([f"### {NAMES[language]}", "", head, "|---|---:|---:|---:|---|", *rows])


def tables(catalogue: Catalogue) -> str:
    """Everything that is measured but for times, which differ from machine to machine."""
    parts = [accuracy(catalogue), "## The confusion table, reported half"]
    return "\n\n".join([*parts, *(by_category(catalogue, language) for language in Language)])


def evidence(catalogue: Catalogue, text: str) -> Iterator[str]:
    """Why the guess is what it is."""
    guess = catalogue.weigh(text)
    yield f"{catalogue.categories[guess.best].code}, {catalogue.urgency(text).value}"
    for one in guess.evidence:
        spoken = ", ".join(catalogue.categories[place].code for place in one.categories)
        yield f"  {one.found} → {one.word}: {one.weight:.2f} for {spoken}"
    if not guess.sure and guess.second is not None:
        yield f"  doubtful: it may be {catalogue.categories[guess.second].code}"


@click.command()
@click.argument("text", required=False)
@click.option("--write", is_flag=True, help="Put the tables into docs/guessing.md.")
def main(text: str | None, write: bool) -> None:
    """Measure the guess on the labelled sentences, or explain it for one TEXT."""
    catalogue = load_catalogue()
    if text is not None:
        click.echo("\n".join(evidence(catalogue, text)))
        return
    measured = tables(catalogue)
    click.echo(measured)
    for language in Language:
        click.echo(f"\n{NAMES[language]}: {microseconds(catalogue, language):,.0f} µs a text")
    if write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
