"""Bodies: Markdown as on GitHub, citations by number, and nothing that could run."""

import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given

from casebook.content.markdown import body_html
from casebook.content.outline import outline
from hostile_texts import LINES, MARKDOWN


def drawn(body, **numbers):
    return body_html(body, numbers, "../../").strip()


def test_a_citation_becomes_the_number_of_its_source():
    assert drawn("Said.[^b] Again.[^a]", a=1, b=2) == (
        '<p>Said.<sup class="cite"><a href="#source-b" aria-label="Source 2">2</a></sup> '
        'Again.<sup class="cite"><a href="#source-a" aria-label="Source 1">1</a></sup></p>'
    )


def test_a_link_to_another_case_study_leads_to_its_page():
    assert drawn("[x](other-one.md) [y](other-one.md#the-problem)") == (
        '<p><a href="../../case-studies/other-one/">x</a> '
        '<a href="../../case-studies/other-one/#body-the-problem">y</a></p>'
    )


def test_headings_have_anchors():
    assert drawn("## What *was* done") == '<h2 id="body-what-was-done">What <em>was</em> done</h2>'


def test_headings_of_one_name_have_anchors_of_their_own_and_none_of_the_pages():
    assert drawn("### Sources\n\n### Sources\n\n[up](#sources)") == (
        '<h3 id="body-sources">Sources</h3>\n<h3 id="body-sources-2">Sources</h3>\n'
        '<p><a href="#body-sources">up</a></p>'
    )


@pytest.mark.parametrize(
    ("body", "anchors"),
    [
        ("### Costs\n\n### Costs\n\n### Costs 2\n\n### Costs", ["costs", "costs-2", "costs-2-2", "costs-3"]),
        ("### Costs 2\n\n### Costs\n\n### Costs", ["costs-2", "costs", "costs-3"]),
        ("### What was done\n\n## What was done", ["what-was-done-2", "what-was-done"]),
        ('### Costs & `a<b` "risks"', ["costs-a-b-risks"]),
        ("### Costs[^b]\n\n### Costs[^a]", ["costs", "costs-2"]),
        ("### \u65e5\u672c\n\n### \u4e2d", ["", "-2"]),
        ("Costs\nand *ri*sks\n---", ["costs-and-risks"]),
    ],
)
def test_the_anchors_of_headings_differ_and_are_those_that_the_rules_know(body, anchors):
    assert re.findall('id="body-([^"]*)"', drawn(body, a=1, b=2)) == anchors
    assert outline(body, ("a", "b")).anchors == anchors


def test_a_paragraph_right_above_a_table_has_its_line():
    """The engine gives it no place."""
    found = outline("## The problem\n\nSaid.[^a]\n\nTwo\n[x](#costs)\n|a|\n|-|\n|b|\n", ("a",))
    assert found.links == [(6, "#costs")]
    found = outline("Said\n[^x]\n|a|\n|-|\n", ("a",))
    assert (found.text_before_headings, found.dangling) == (1, [(2, "x")])


def test_ten_thousand_headings_of_one_name_have_anchors():
    assert outline("### a\n\n" * 10_000, ()).anchors[-1] == "a-10000"


def test_a_link_to_a_heading_is_let_through_if_the_page_has_that_anchor(project):
    """Else the build would stop at a case study that was let through, or the check at one that is right."""
    headings = "### Costs & risks\n\nA\n\n### Costs\n\nA\n\n### Costs\n\nA\n\n### Costs 2"
    links = "[a](#costs-risks) [b](#costs-2) [c](#costs-2-2)"
    project.replace("case_studies/reading-room.md", "The roof leaked.", f"{headings}\n\n{links}")
    body = next(case.body for case in project.load().cases if case.slug == "reading-room")
    page = lxml.html.fromstring(body_html(body, {"minutes": 1, "gazette": 2}, "../../"))
    assert len(page.xpath("//a[@href='#body-costs-2-2']")) == 1
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#body-")} <= set(
        page.xpath("//@id")
    )


def test_a_table_can_be_scrolled_by_keyboard():
    assert drawn("|a|\n|-:|\n|1|").startswith(
        '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>'
    )


def test_githubs_markdown_survives():
    page = drawn("~~old~~ **bold** *soft* `code`\n\n> quoted\n\n1. one\n\n```python\nx < 1\n```\n")
    for part in ("<del>", "<strong>", "<em>", "<blockquote>", "<ol>", "<pre><code>x &lt; 1"):
        assert part in page


@pytest.mark.parametrize(
    "body",
    [
        "<script>PWN()</script>",
        "<img src=x onerror=PWN()>",
        "[x](javascript:PWN())",
        "[x](JAVA&#115;cript:PWN())",
        "[x](data:text/html,PWN)",
        "![x](javascript:PWN())",
        "<javascript:PWN()>",
        '[x](https://e.org "<img src=x onerror=PWN()>")',
        "[x]: javascript:PWN()\n\n[x]",
    ],
)
def test_nothing_contributed_can_run(body):
    page = drawn(body)
    for part in ("<script", "<img", "onerror", 'href="javascript', 'href="data', "title="):
        assert part not in page


def test_a_body_cant_pass_for_the_footnotes_that_are_cut_off():
    assert "Still here." in drawn('<section class="footnotes" data-footnotes>\n\nStill here.')
    assert "Still here." in drawn('```\n<section class="footnotes"\n```\n\nStill here.')


def test_an_indented_first_line_is_not_lost():
    assert drawn("    first\n\nsecond", a=1) == "<pre><code>first\n</code></pre>\n<p>second</p>"
    assert outline("    first\n\n## The problem\n", ("a",)).text_before_headings == 1


def test_an_outline_counts_lines_from_the_bodys_first():
    found = outline("\n## The problem\n\nSaid.[^a] And [x](y.md)\n\n![i](z.png)\n\n<b>\n\n[^nope]\n", ("a",))
    assert [(heading.text, heading.line) for heading in found.headings] == [("The problem", 2)]
    assert found.citations == [(4, "a")]
    assert found.links == [(4, "y.md")]
    assert found.images == [(6, "z.png")]
    assert found.raw_html == [(8, 1, "<b>")]
    assert found.dangling == [(10, "nope")]


def test_each_of_many_links_in_a_paragraph_is_found_on_its_line():
    found = outline("x\n[1](a.md)\n[2](b.md) a@b.c\n[3](c.md)\n[0](a&amp;b.md)\n[4](a.md)\n", ())
    assert found.links == [
        (2, "a.md"), (3, "b.md"), (3, "mailto:a@b.c"), (4, "c.md"), (1, "a&b.md"), (6, "a.md"),
    ]  # fmt: skip


MORE = "more\n" * 500


def test_raw_html_is_found_far_below_the_last_block():
    assert outline(f"text\n{MORE}\n<b>\n", ()).raw_html == [(503, 1, "<b>")]


def test_code_may_show_what_may_not_be_used():
    found = outline("`<b>` and `[^nope]`\n\n```\n<script>\n[^nope]\n```\n", ())
    assert found.raw_html == []
    assert found.dangling == []


def test_text_belongs_to_every_heading_it_stands_under():
    found = outline("## One\n\n### Within\n\ntext\n\n## Two\n", ())
    assert [heading.text_below for heading in found.headings] == ["text", "text", ""]


def test_of_what_stands_under_a_heading_only_the_beginning_is_kept():
    found = outline("## One\n\n" + "- ten letters\n" * 1000, ())
    assert [len(heading.text_below) for heading in found.headings] == [110]


def element(page):
    """The body as a browser has it, between the page's own elements."""
    whole = lxml.html.document_fromstring(f"<main><div>{page}</div><footer>Ours</footer></main>")
    main = whole.find("body/main")
    assert [(child.tag, child.text) for child in main][1:] == [("footer", "Ours")]
    return main[0]


SHAPES = ["a {} z", "- a {} z", "> a {} z", "### a {} z", "*a {} z*", "[a {} z](https://example.org)"]


@given(LINES)
def test_any_text_typed_as_text_is_shown_as_text(text):
    typed = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    for shape in (*SHAPES, "| a {} z |\n|-|\n| b |"):
        shown = element(drawn(shape.format(typed)))
        assert shown.text_content().split("\nb")[0].strip() == f"a {text} z", shape


@given(LINES)
def test_any_text_typed_as_code_is_shown_as_code(text):
    assert element(drawn(f"    {text}")).find("pre/code").text_content() == f"{text}\n"


ALLOWED = {
    "a": {"href", "aria-label"},
    "ol": {"start"},
    "sup": {"class"},
    "td": {"align"},
    "th": {"align"},
    "div": {"class", "role", "aria-label", "tabindex"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
PLAIN = """blockquote br code del em hr li p pre strong table tbody thead tr ul""".split()


@given(MARKDOWN)
def test_whatever_is_typed_there_is_nothing_in_it_but_text_and_links_elsewhere(body):
    for one in element(drawn(body, minutes=1)).iterdescendants():
        assert one.tag in ALLOWED or one.tag in PLAIN
        assert set(one.attrib) <= ALLOWED.get(one.tag, set())
        assert one.get("id", "body-").startswith("body-")
        assert one.get("class", "cite") in ("cite", "scroll")
        assert ":" not in re.sub("^https?:", "", one.get("href", "")).split("/")[0]


def test_what_begins_like_a_citation_and_goes_on_over_a_line_is_text():
    """The engine would cut it in the middle of a letter."""
    assert "[^x\nPWN ¡¡] y" in body_html("[^x\nPWN ¡¡] y", {}, "")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells it so")
def test_a_rendered_body_gives_its_memory_back():
    body = "A sentence of some words, as people write them, with *stress*.\n\n" * 100
    drawn(body)
    before = _pages_of_memory()
    for _ in range(100):
        drawn(body)
    assert _pages_of_memory() - before < 500, "each time, five pages of memory or more are lost"


def _pages_of_memory():
    return int(Path("/proc/self/statm").read_text().split()[1])
