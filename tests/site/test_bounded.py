"""However many case studies there are, no page outgrows a phone: at most 300 kB of HTML, and 5,000 elements."""

import re

import pytest

from benchmarks import corpus
from casebook import model
from casebook.site.pages import MAX_LISTED, pages
from casebook.site.rendering import load_templates, render_page
from projects import SITE, make_project


@pytest.fixture(scope="module")
def thousand(tmp_path_factory):
    """Render any page of a thousand case studies."""
    project = make_project(tmp_path_factory.mktemp("thousand"))
    corpus.fill(project.root, 1000)
    catalogue = project.load()
    found = {page.path: page for page in pages(project.root, catalogue)}
    templates = load_templates(project.root, SITE)
    return catalogue, found, lambda path: render_page(found[path], catalogue, templates)


def test_the_longest_page_of_each_kind_stays_small(thousand):
    _, found, render = thousand
    longest = {}
    for page in found.values():
        if len(page.cases) >= len(getattr(longest.get(page.template), "cases", ())):
            longest[page.template] = page
    assert max(len(page.cases) for page in longest.values()) == MAX_LISTED
    for page in longest.values():
        html = render(page.path)
        assert len(html.encode()) <= 300_000, page.path
        assert len(re.findall("<[a-z]", html)) <= 5_000, page.path


def test_the_list_of_what_needs_checking_is_cut(thousand):
    catalogue, _, render = thousand
    html = render("contribute/needs-checking/")
    assert len(model.stale_cases(catalogue)) > MAX_LISTED
    assert html.count('<li class="card">') == MAX_LISTED
    assert "These are the 150 that have waited longest." in html


def test_every_answer_stands_on_some_page_of_a_long_question(thousand):
    catalogue, found, render = thousand
    question = max(catalogue.questions, key=lambda question: len(catalogue.about(question)))
    cases = catalogue.about(question)
    assert len(cases) > MAX_LISTED
    parts = [page for path, page in found.items() if path.startswith(question.path) and page.theme]
    assert {case.slug for page in parts for case in page.cases} == {case.slug for case in cases}
    assert sum(len(page.cases) for page in parts) == len(cases), "each once"
    first = render(question.path)
    for page in parts:
        assert f'href="../../{page.path}"' in first
        more = len(catalogue.both(question, page.theme)) - len(page.cases)
        told = f'<a href="../../../find/?question={question.id}&amp;theme={page.theme.id}">{more} more touch'
        assert told in render(page.path)


def test_a_cut_page_leads_to_the_find_page_and_does_not_sort_a_part(thousand):
    catalogue, _, render = thousand
    question = max(catalogue.questions, key=lambda question: len(catalogue.about(question)))
    html = render(question.path)
    assert f'<a href="../../find/?question={question.id}">Sort and filter them on the find page' in html
    assert 'id="reorder"' not in html


def test_a_list_goes_on_and_leads_back(thousand):
    catalogue, found, render = thousand
    of = len(catalogue.cases) // MAX_LISTED + 1
    assert f"case-studies/{of}/" in found
    assert f"case-studies/{of + 1}/" not in found
    assert '<a href="../../case-studies/">The page before</a>' in render("case-studies/2/")
    assert '<a href="../../case-studies/3/">The next page</a>' in render("case-studies/2/")
    assert "The next page" not in render(f"case-studies/{of}/")
    listed = [
        case.slug for page in found.values() if page.template == "case-studies.html" for case in page.cases
    ]
    assert listed == [case.slug for case in catalogue.cases]
