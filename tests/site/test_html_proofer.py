"""A finished site is read before it is shown: links, anchors, ids, what the policy forbids, and every page."""

import shutil

import pytest

from casebook.site import html_proofer
from projects import Project, make_project, run

URL = "https://x.example/casebook/"
ODD = """# Odd

<p><a href="../nowhere/">1</a> <a href="../glossary/#nowhere">2</a> <A HREF='javascript:alert(1)'>3</A>
<a href=https://x.example/casebook/gone/?a=b&amp;c=d>4</a> <img src="/assets/favicon.svg" alt="">
<!-- <a href="../commented-out/"> --></p>
<p id="twice"></p><p id="twice"></p>
<script>document.title = "Odd"</script>
"""


def test_every_fault_is_told_at_once_with_the_file_to_mend(project):
    project.write("docs/about/odd.md", ODD)
    project.write("docs/questions/risk.md", '<p id="content">What recurs.</p>\n')
    project.replace("docs/overrides/404.html", "{% block content %}", '{% block content %}<a href="about/">')
    project.replace("docs/overrides/case-study.html", "</h1>", '</h1><a href="{{ up }}abuot/">')
    project.replace("docs/overrides/gaps.html", "</h1>", '</h1><a href="../find/#lost">')
    done = run("-m", "casebook", "build", cwd=project.root, SITE_URL=URL)
    said = "".join(line for line in done.stderr.splitlines(keepends=True) if not line.startswith("INFO "))
    assert done.returncode == 1
    assert said == (
        'Error: /404.html: the link "about/" leads nowhere\n'
        "docs/about/odd.md: the content security policy forbids <script>\n"
        'docs/about/odd.md: 2 elements have the id "twice"\n'
        'docs/about/odd.md: the link "../glossary/#nowhere" leads to no such place on that page\n'
        'docs/about/odd.md: the link "../nowhere/" leads nowhere\n'
        'docs/about/odd.md: the link "/assets/favicon.svg" leads nowhere\n'
        'docs/about/odd.md: the link "https://x.example/casebook/gone/?a=b&c=d" leads nowhere\n'
        'docs/about/odd.md: the link "javascript:alert(1)" leads nowhere\n'
        'case_studies/joint-youth-vote.md: the link "../../abuot/" leads nowhere\n'
        'case_studies/reading-room.md: the link "../../abuot/" leads nowhere\n'
        'case_studies/westover-trees.md: the link "../../abuot/" leads nowhere\n'
        'docs/gaps/index.md: the link "../find/#lost" leads to no such place on that page\n'
        'docs/questions/risk.md: 2 elements have the id "content"\n'
        "13 faults in the finished pages.\n"
        "The site was not built.\n"
    )
    assert not (project.root / "site").exists()


def test_a_page_that_is_not_there_is_missed(built):
    """As where MkDocs writes none."""
    found = html_proofer.faults(built.root / "site", {"about/news/": "docs/about/news.md"}, "")
    assert found == ["docs/about/news.md: the page is missing"]


def test_a_fault_of_the_frame_is_told_once(built, tmp_path):
    """It is on every page, but by another address at each depth."""
    project = Project(shutil.copytree(built.root, tmp_path / "project"))
    project.replace("docs/overrides/main.html", "{{ 'powers/' | url }}", "{{ 'pwers/' | url }}")
    done = project.run("build")
    count = {depth: len(list(project.root.glob(f"site/{'*/' * depth}index.html"))) for depth in (1, 2)}
    assert [line for line in done.stderr.splitlines() if "pwers" in line] == [
        'Error: /404.html: the link "/pwers/" leads nowhere',
        f'docs/about/accessibility.md: the link "../../pwers/" leads nowhere. So it is on {count[2] - 1} more pages: look in docs/overrides/.',
        f'docs/about/index.md: the link "../pwers/" leads nowhere. So it is on {count[1] - 1} more pages: look in docs/overrides/.',
        *(
            f'case_studies/{slug}.md: the link "../../../pwers/" leads nowhere'
            for slug in ("joint-youth-vote", "reading-room", "westover-trees")
        ),
        'docs/index.md: the link "pwers/" leads nowhere',
    ]


@pytest.mark.parametrize("url", [URL, "https://x.example/"])
def test_honest_pages_pass_wherever_they_will_stand(tmp_path, url):
    project = make_project(tmp_path)
    project.write(
        "docs/about/more.md",
        "# More\n\n"
        '<p><a href="../">up</a> <a href="./#more">here</a> <a href="">again</a> <a href="#">top</a>\n'
        '<a href="../../find/?question=risk&amp;theme=libraries#content">find</a> <a href="mailto:a@example.org">write</a>\n'
        f'<a href="tel:+441632960001">call</a> <a href="HTTPS://example.org/">out</a> <a href="{url}about/">about</a></p>\n',
    )
    done = run("-m", "casebook", "build", cwd=project.root, SITE_URL=url)
    assert done.returncode == 0, done.stderr
    assert f'<link rel="canonical" href="{url}about/more/">' in project.read("site/about/more/index.html")
    assert f'href="{url.removeprefix("https://x.example")}questions/"' in project.read("site/404.html")


@pytest.fixture
def folder(tmp_path):
    """A site of three pages and a picture whose name needs an escape."""
    pages = {"404.html": "", "index.html": "", "about/index.html": '<p id="é"><p id="a&amp;b"><p id=c>'}
    for name, html in (pages | {"about/our plan.svg": ""}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(html, encoding="utf-8")
    return tmp_path


def faults(folder, page, html, url=""):
    (folder / page).write_text(html, encoding="utf-8")
    return html_proofer.faults(folder, {"": "", "about/": "docs/about/index.md"}, url)


@pytest.mark.parametrize(
    ("page", "html"),
    [
        ("index.html", '<a href="about/">'),
        ("index.html", '<a href="about/index.html">'),
        ("index.html", '<a href="./about/#%C3%A9">'),
        ("index.html", '<a href="about/#a&amp;b">'),
        ("index.html", '<a title="a > b" href="about/#c">'),
        ("index.html", '<img src="about/our%20plan.svg">'),
        ("index.html", '<a data-href="nowhere/" href="/about/">'),
        ("index.html", '<meta content="say href=nowhere/ and id=x">'),
        ("index.html", '<code>&lt;a href="nowhere/"></code> href="nowhere/"'),
        ("about/index.html", '<a href="..">'),
        ("about/index.html", '<a href=".">'),
        ("about/index.html", '<form action="?text=x"></form>'),
        ("about/index.html", '<a href="../about/../">'),
        ("404.html", '<a href="/about/"><a href="#x" id="x">'),
    ],
)
def test_an_address_that_leads_somewhere(folder, page, html):
    assert faults(folder, page, html) == []


@pytest.mark.parametrize(
    "address",
    [
        "nowhere/",
        "about",
        "about/our plan.png",
        "../about/",
        "//host.example/",
        "/casebook/about/",
        "javascript:alert(1)",
        "vbscript:x",
        "about/%2e%2e/nowhere/",
        "\\\\host.example",
    ],
)
def test_an_address_that_leads_nowhere(folder, address):
    expected = [f'/: the link "{html_proofer.shown(address)}" leads nowhere']
    for quoted in (f'"{address}"', f"'{address}'"):
        assert faults(folder, "index.html", f"<A class=x hReF = {quoted}>") == expected


def test_what_stands_in_a_comment_is_passed_over_and_what_only_seems_to_is_not(folder):
    html = '<!-- <script> <a href="nowhere/"> --><!--><script>--><!-- --!><a href="nowhere/">-->'
    assert faults(folder, "index.html", html) == [
        "/: the content security policy forbids <script>",
        '/: the link "nowhere/" leads nowhere',
    ]


def test_below_a_path_the_hosts_own_pages_are_not_the_sites(folder):
    html = '<a href="/about/"><a href="/casebook/about/"><a href="https://x.example/casebook/about/#d"><a href="https://x.example/">'
    assert faults(folder, "index.html", html, URL) == [
        '/: the link "/about/" leads nowhere',
        '/: the link "https://x.example/casebook/about/#d" leads to no such place on that page',
    ]
