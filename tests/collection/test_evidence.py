"""Every figure of a case study's front matter stands on its evidence sheet, if it has one."""

import re
from decimal import Decimal

import pytest
import yaml

_FIGURE = re.compile(r"\d+(?:[,.]\d+)*")
_ROUND = re.compile(r"(\d+(?:[,.]\d+)*) ?(k|thousand|m|million|bn|billion)\b")
_NOUGHTS = {"k": 3, "m": 6, "b": 9, "t": 3}
_DATES = {"from", "to", "date", "published", "told_until", "when", "year"}
_NOT_TOLD = {
    "id",
    "url",
    "archive",
    "accessed",
    "added",
    "checked",
    "sources",
    "powers",
    "councils",
    "themes",
    "former",
}


@pytest.fixture(scope="module")
def sheets(collection):
    """By slug, the text of each case study's sheets."""
    texts = {}
    for path in sorted((collection / "tests/evidence").glob("*.yaml")):
        slug = path.stem.removesuffix("--second-sheet")
        texts[slug] = texts.get(slug, "") + path.read_text(encoding="utf-8")
    return texts


@pytest.fixture(scope="module")
def told(collection, sheets):
    """By slug, the front matter of each case study that has a sheet."""
    paths = {slug: collection / "case_studies" / f"{slug}.md" for slug in sheets}
    return {slug: front_matter(path) for slug, path in paths.items() if path.is_file()}


def front_matter(path):
    return yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)


def figures(text):
    """The figures of a text, without commas: amounts, counts, percentages, years."""
    return {found.replace(",", "") for found in _FIGURE.findall(text)}


def written_out(text):
    """The same, and those that the text has in short, as in £1.2 million, with all their noughts."""
    short = ((number.replace(",", ""), unit) for number, unit in _ROUND.findall(text))
    return figures(text) | {str(int(Decimal(number).scaleb(_NOUGHTS[unit[0]]))) for number, unit in short}


def claims(value):
    """Every text of the front matter that tells the reader something. Of a date, the year: sheets write months as words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _DATES:
                yield inner[:4]
            elif key not in _NOT_TOLD or isinstance(inner, dict):
                yield from claims(inner)
    elif isinstance(value, list):
        for each in value:
            yield from claims(each)
    else:
        yield value


def test_every_figure_stands_on_the_sheet(told, sheets):
    missing = [
        f"case_studies/{slug}.md: {figure} is not on its sheet: add the fact, with its source, to tests/evidence/{slug}.yaml"
        for slug, data in told.items()
        for figure in sorted(figures("\n".join(claims(data))) - written_out(sheets[slug]))
    ]
    assert missing == []


def test_every_sheet_has_a_case_study(told, sheets):
    lost = [
        f"tests/evidence/{slug}.yaml: there is no case_studies/{slug}.md"
        for slug in sheets.keys() - told.keys()
    ]
    assert lost == []


def test_figures_read_elsewhere_are_needed_and_name_sources_of_the_case(collection, told):
    for slug, data in told.items():
        sheet = yaml.load(
            (collection / f"tests/evidence/{slug}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
        )
        read = sheet.get("read_elsewhere", {})
        assert read.keys() <= figures("\n".join(claims(data))), slug
        assert {id for ids in read.values() for id in ids} <= data["sources"].keys(), slug
