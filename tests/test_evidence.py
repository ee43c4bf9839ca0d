"""Every figure of a case study's front matter stands on its evidence sheet, where the sheets are at hand."""

import re

import pytest
import yaml
from conftest import REAL

SHEETS = REAL.parent / "shared" / "evidence"
CASES = sorted((REAL / "case_studies").glob("*.md"))
READ_ELSEWHERE = yaml.load((REAL / "tests/read_elsewhere.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
"""Figures that stand on no sheet: by case study, each with the ids of the sources of the claim."""

_FIGURE = re.compile(r"\d+(?:[,.]\d+)*")
_DATES = {"from", "to", "date", "published"}
_NOT_TOLD = {"url", "accessed", "checked", "sources", "powers", "councils", "themes"}


def figures(text):
    """The figures of a text, without commas: amounts, counts, percentages, years."""
    return {found.replace(",", "") for found in _FIGURE.findall(text)}


def told(value):
    """Every text of the front matter that tells the reader something. Of a date, the year: sheets write months as words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _DATES:
                yield inner[:4]
            elif key not in _NOT_TOLD or isinstance(inner, dict):
                yield from told(inner)
    elif isinstance(value, list):
        for each in value:
            yield from told(each)
    else:
        yield value


@pytest.mark.skipif(not SHEETS.is_dir(), reason="the evidence sheets are not here")
@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_every_figure_stands_on_the_sheet(path):
    sheets = sorted(SHEETS.glob(f"{path.stem}.yaml")) + sorted(SHEETS.glob(f"{path.stem}--*.yaml"))
    if not sheets:
        pytest.skip("no sheet: a later contribution")
    sheet = "\n".join(each.read_text(encoding="utf-8") for each in sheets)
    data = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)
    known = figures(sheet) | set(READ_ELSEWHERE.get(path.stem, ()))
    strangers = figures("\n".join(told(data))) - known
    assert sorted(strangers) == []


def test_every_exception_names_a_source_of_the_case_and_is_needed():
    for slug, read in READ_ELSEWHERE.items():
        text = (REAL / "case_studies" / f"{slug}.md").read_text(encoding="utf-8")
        data = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
        assert set(read) <= figures("\n".join(told(data))), slug
        assert set().union(*read.values()) <= set(data["sources"]), slug
