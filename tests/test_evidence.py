"""Every figure of a case study's front matter stands on its evidence sheet, where the sheets are at hand."""

import re

import pytest
import yaml
from conftest import REAL

SHEETS = REAL.parent / "shared" / "evidence"
CASES = sorted((REAL / "case_studies").glob("*.md"))
READ_ELSEWHERE: dict[str, dict[str, str]] = {}
"""Figures that stand on no sheet: by case study, each with the source in which it was read."""

_FIGURE = re.compile(r"\d+(?:[,.]\d+)*")
_MONTHS = "january february march april may june july august september october november december".split()
_NOT_TOLD = {"url", "accessed", "checked"}


def figures(text):
    """The figures of a text, without commas: amounts, counts, percentages, years."""
    return {found.replace(",", "") for found in _FIGURE.findall(text)}


def told(value, key=""):
    """Every text of the front matter that tells the reader something."""
    if isinstance(value, dict):
        for inner, each in value.items():
            if inner not in _NOT_TOLD and key not in ("sources",):
                yield from told(each, inner)
        if key == "sources":
            for source in value.values():
                yield source["title"]
                yield str(source.get("published", ""))[:4]
    elif isinstance(value, list):
        if key not in ("sources", "powers", "councils", "themes"):
            for each in value:
                yield from told(each, key)
    elif isinstance(value, str):
        yield value


def months(text):
    """The numbers of the months that a sheet names in words: a period may give them in figures."""
    words = text.lower()
    return {f"{number:02}" for number, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", words)}


@pytest.mark.skipif(not SHEETS.is_dir(), reason="the evidence sheets are not here")
@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_every_figure_stands_on_the_sheet(path):
    sheets = sorted(SHEETS.glob(f"{path.stem}.yaml")) + sorted(SHEETS.glob(f"{path.stem}--*.yaml"))
    if not sheets:
        pytest.skip("no sheet: a later contribution")
    sheet = "\n".join(each.read_text(encoding="utf-8") for each in sheets)
    data = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)
    known = figures(sheet) | months(sheet) | set(READ_ELSEWHERE.get(path.stem, ()))
    strangers = figures("\n".join(told(data))) - known
    assert sorted(strangers) == []


def test_every_exception_is_needed():
    for slug, read in READ_ELSEWHERE.items():
        text = (REAL / "case_studies" / f"{slug}.md").read_text(encoding="utf-8")
        assert set(read) <= figures(text), slug
