"""Addresses that were published once lead somewhere: of a renamed case study, a withdrawn one, and each claim."""

import json
import re

import pytest

from fuller import FORMER, MORE, RETIRED, ROOM, WITHDRAWN, with_fields
from projects import SITE, make_project, run

OLD = ("case-studies/the-old-room/", "case-studies/a-room-of-their-own/")
GONE = ("case-studies/joint-youth-vote/", "case-studies/youth-vote/")
TITLE = "Two councils let young people vote on a budget"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A published site: one case study was renamed twice, and one was renamed and then withdrawn."""
    project = make_project(tmp_path_factory.mktemp("addresses"))
    project.rewrite(ROOM, with_fields, MORE + FORMER + RETIRED)
    project.rewrite("case_studies/joint-youth-vote.md", with_fields, f"former: [youth-vote]\n{WITHDRAWN}")
    done = run("-m", "casebook", "build", cwd=project.root, SITE_URL=SITE.url, SOURCE_COMMIT=SITE.commit)
    assert (done.returncode, done.stdout) == (0, "Built site/ from 2 case studies.\n"), done.stderr
    return project.root / "site"


def html_of(site, path):
    return (site / path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", OLD)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_former_address_leads_on(site, serve, open_tab, path, scripts):
    base = serve(site)
    tab = open_tab(java_script_enabled=scripts)
    tab.goto(base + path, wait_until="commit")
    tab.wait_for_url(f"{base}case-studies/reading-room/")
    assert tab.get_by_role("heading", level=1).inner_text() == "Readers run the Exampleton reading room"


@pytest.mark.parametrize("path", OLD)
def test_whose_browser_does_not_follow_is_given_the_new_address(site, path):
    page = html_of(site, path)
    assert (
        'This case study has moved to <a href="../../case-studies/reading-room/">a new address</a>.' in page
    )
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("path", GONE)
def test_the_page_of_a_withdrawn_case_study_says_so_and_why(site, path):
    page = html_of(site, path)
    assert f"<h1>Withdrawn: {TITLE}</h1>" in page
    assert "taken back on 31 January 2026. The minutes were found to be another council&#39;s.</p>" in page
    assert "commits/main/case_studies/joint-youth-vote.md" in page
    assert "They voted." not in page
    assert "900 young people voted" not in page


def test_nothing_else_shows_a_withdrawn_case_study(site):
    files = [path for path in site.rglob("*") if path.is_file()]
    showing = {path.relative_to(site).as_posix() for path in files if TITLE.encode() in path.read_bytes()}
    assert showing == {f"{path}index.html" for path in GONE}
    assert not (site / "case-studies/joint-youth-vote.md").exists()
    assert not (site / "case-studies/joint-youth-vote/cite.bib").exists()
    assert not (site / "data/case-studies/joint-youth-vote.json").exists()


def test_no_page_links_to_an_address_that_only_leads_on_or_was_withdrawn(site):
    slugs = "|".join(path.split("/")[1] for path in (*OLD, *GONE))
    linking = {
        path.parent.relative_to(site).as_posix() + "/"
        for path in site.rglob("index.html")
        if re.search(rf'href="[^"]*case-studies/({slugs})/"', path.read_text(encoding="utf-8"))
    }
    assert linking - {*OLD, *GONE} == set()


@pytest.mark.parametrize(
    "name", ["sitemap.xml", "feed.xml", "llms.txt", "find/facets.json", "find/words.json"]
)
def test_programs_are_told_of_neither(site, name):
    text = (site / name).read_text(encoding="utf-8")
    assert [path for path in (*OLD, *GONE) if path.split("/")[1] in text] == []


def test_the_sitemap_has_the_address_that_holds(site):
    assert f"<loc>{SITE.url}case-studies/reading-room/</loc>" in (site / "sitemap.xml").read_text(
        encoding="utf-8"
    )


def test_the_data_tell_of_former_addresses(site):
    case = json.loads((site / "data/case-studies/reading-room.json").read_text(encoding="utf-8"))
    assert case["case_study"]["former"] == ["the-old-room", "a-room-of-their-own"]


def test_each_claim_has_an_address_of_its_own_and_one_taken_back_keeps_it(site):
    ids = re.findall(r'\bid="(claim-[a-z0-9-]+)"', html_of(site, "case-studies/reading-room/"))
    assert sorted(ids) == [
        "claim-12-trained",
        "claim-capacity",
        "claim-claim-1",
        "claim-claim-2",
        "claim-heating",
        "claim-librarian",
        "claim-risk",
        "claim-roof-mended",
    ]
