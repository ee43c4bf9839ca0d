"""A question's page: its answers are ordered and filtered where they stand, open one by one, and print whole."""

import pytest

from benchmarks import corpus
from paper import printed
from projects import Project, build, make_project

PAGE = "questions/capacity/"


@pytest.fixture(scope="module")
def address(once, serve):
    """A site of sixty made-up case studies."""

    def fill(root):
        project = make_project(root)
        corpus.fill(root, 60)
        build(project)

    return serve(Project(once("answers", fill)).root / "site")


def rows(page):
    """The evidence and results of the visible rows, group by group."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".group")]
          .filter((group) => group.checkVisibility())
          .map((group) => [...group.querySelectorAll(".answer")]
            .filter((row) => row.checkVisibility())
            .map((row) => [Number(row.dataset.evidence), row.dataset.results.split(" ")]))"""
    )


def test_the_strongest_evidence_and_what_went_wrong_come_first_within_each_theme(page, address):
    page.goto(f"{address}{PAGE}")
    before = rows(page)
    page.get_by_label("Order within each theme").select_option("Strongest evidence first")
    assert [[evidence for evidence, _ in group] for group in rows(page)] == [
        sorted((evidence for evidence, _ in group), reverse=True) for group in before
    ]
    page.get_by_label("Order within each theme").select_option("What went wrong first")
    failed = [["did-not-work" in results for _, results in group] for group in rows(page)]
    assert failed == [sorted(group, reverse=True) for group in failed]
    assert any(True in group and False in group for group in failed)
    page.get_by_label("Order within each theme").select_option("Most recent first")
    assert rows(page) == before


def test_filters_say_how_many_are_shown_and_hide_empty_themes(page, address):
    page.goto(f"{address}{PAGE}")
    number = sum(map(len, rows(page)))
    page.get_by_label("Show").select_option("Did not work")
    shown = rows(page)
    assert all("did-not-work" in results for group in shown for _, results in group)
    assert all(shown)
    assert page.locator("#shown").inner_text() == f"{sum(map(len, shown))} of {number} shown"
    page.get_by_label("Show").select_option("All results")
    assert page.locator("#shown").inner_text() == ""
    assert sum(map(len, rows(page))) == number


def test_a_row_opens_to_the_whole_answer_and_its_sources(page, address):
    page.goto(f"{address}{PAGE}")
    row = page.locator(".answer").first
    assert not row.get_by_role("list", name="Sources of this answer").is_visible()
    row.locator("summary").press("Enter")
    assert row.get_by_role("list", name="Sources of this answer").is_visible()
    link = row.locator(".answer__case a").first
    link.click()
    page.wait_for_url("**/#claim-capacity")


def test_themes_are_jumped_to_with_their_counts(page, address):
    page.goto(f"{address}{PAGE}")
    first = page.get_by_role("navigation", name="By theme").get_by_role("listitem").first
    title, _, number = first.inner_text().rpartition(" ")
    first.get_by_role("link").click()
    group = page.get_by_role("region", name=title, exact=True)
    assert group.locator(".answer").count() == int(number)


def test_on_paper_every_answer_is_whole(page, address):
    page.goto(f"{address}{PAGE}")
    texts = page.locator(".answer details > p:not(.answer__case)").all_text_contents()
    paper = printed(page)
    assert {word: text for text in texts for word in paper.lacks(text)} == {}


def test_without_javascript_all_answers_are_there_and_no_tools_that_would_do_nothing(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PAGE}")
    assert page.locator(".answer").count() > 20
    assert not page.get_by_label("Order within each theme").is_visible()
    page.locator(".answer summary").first.click()
    assert page.locator(".answer__sources").first.is_visible()
    context.close()
