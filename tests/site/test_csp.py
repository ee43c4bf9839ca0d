"""What the content security policy forbids, and the build that refuses it."""

import pytest

from casebook.site.csp import forbids, tags
from projects import REAL


@pytest.mark.parametrize(
    "tag",
    [
        "<script>",
        '<script type="module">',
        "<style>",
        '<p style="color: red">',
        '<img src="x" onerror="alert(1)">',
        "<body\nonload=x>",
        "<P STYLE='color: red'>",
        '<img src="x"onerror=alert(1)>',
        "<img src=x' onerror='alert(1)'>",
        '<img alt="1 > 0" onerror=alert(1)>',
        '<img alt="never closed onerror=alert(1)>',
    ],
)
def test_what_a_page_may_not_hold(tag):
    assert list(filter(forbids, tags(f"<main>{tag}</main>"))) == [tag]


@pytest.mark.parametrize(
    "html",
    [
        '<script type="module" src="../assets/js/find/page.js"></script>',
        '<script type="application/ld+json">{}</script>',
        '<meta content="a style= and an onclick= in words">',
        "<img alt='5 onerror=6' title=\"style=x\">",
        "<p>We write style=plain and onload=slow &lt;script></p>",
    ],
)
def test_what_it_may(html):
    assert not any(map(forbids, tags(html)))


def test_a_build_stops_at_an_inline_script(project):
    project.write("docs/about/more.md", "# More\n\n<script>document.title = 'x'</script>\n")
    done = project.run("build")
    assert done.returncode == 1
    assert "about/more.md: the content security policy forbids <script>" in done.stderr


def test_the_policy_has_no_exceptions():
    text = (REAL / "hooks/casebook/site/csp.py").read_text(encoding="utf-8")
    assert "unsafe" not in text
