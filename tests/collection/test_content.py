"""The real collection is valid, and spans what the casebook promises."""

import re
import shutil

from casebook import environment
from casebook.validation import loading
from casebook.validation.reports import report_as_text
from projects import REAL, run


def test_every_case_study_is_valid(collection):
    found = loading.examine(collection, environment.today())
    assert report_as_text(found) == f"No problems in {found.files} case studies."
    assert found.files == len(list((collection / "case_studies").iterdir()))


def test_every_question_is_answered_by_at_least_ten_cases_and_every_pledge_carried_out(casebook):
    assert {q.id: len(casebook.about(q)) for q in casebook.questions if len(casebook.about(q)) < 10} == {}
    assert [pledge.id for pledge in casebook.pledges if not casebook.about(pledge)] == []


def test_all_four_nations_are_here(casebook):
    nations = {council.nation.id for case in casebook.cases for council in case.councils}
    assert nations == {"england", "northern-ireland", "scotland", "wales"}


def test_what_went_wrong_is_kept(casebook):
    failed = [c for c in casebook.cases if "did-not-work" in {result.id for result in c.results}]
    assert len(failed) >= 12


def test_no_source_is_listed_twice(casebook):
    for case in casebook.cases:
        addresses = [source.url for source in case.sources if source.url]
        assert len(addresses) == len(set(addresses)), case.slug


def test_nobody_is_called_by_a_private_title(casebook):
    for case in casebook.cases:
        text = " ".join([case.title, case.summary, case.body, *(answer.text for answer in case.answers)])
        assert re.findall(r"\b(?:Mr|Mrs|Ms|Miss) [A-Z]\w+", text) == [], case.slug


def test_every_power_is_used_by_a_case(casebook):
    assert [power.id for power in casebook.powers if not casebook.about(power)] == []


def test_no_e_mail_address_or_telephone_number_is_published(collection):
    for path in [*collection.glob("case_studies/*.md"), *collection.glob("tests/evidence/*.yaml")]:
        text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"\S+@\S+\.\w+|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b", text) == [], path.name


def words(path):
    """The words of a hand-written page as a reader sees them: without the addresses of links."""
    return re.sub(r"\]\([^)]*\)", "]", path.read_text(encoding="utf-8")).split()


def test_every_question_has_an_overview_of_a_page_and_says_what_it_rests_on(casebook):
    for question in casebook.questions:
        path = REAL / "docs" / "questions" / f"{question.id}.md"
        assert 150 <= len(words(path)) <= 300, question.id
        assert path.read_text(encoding="utf-8").count("](../case-studies/") >= 10, question.id


def test_every_pledge_theme_and_nation_with_cases_is_introduced(casebook):
    for terms in (casebook.pledges, casebook.themes, casebook.nations):
        for term in filter(casebook.about, terms):
            path = REAL / "docs" / f"{term.path.rstrip('/')}.md"
            assert "](../case-studies/" in path.read_text(encoding="utf-8"), path.name


def shown(kind):
    """The lines of the worked example's blocks of one kind."""
    text = (REAL / "docs/contribute/example.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^``` {{ .text .{kind} }}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_the_worked_example_is_the_real_file(collection):
    file = (
        (collection / "case_studies/eastfield-voice-your-choice.md").read_text(encoding="utf-8").splitlines()
    )
    assert len(shown("file")) > 20
    assert [line for line in shown("file") if line not in file] == []
    blank = (REAL / "tests/golden/new.md").read_text(encoding="utf-8").splitlines()
    assert shown("blank") == [line for line in blank if line in shown("blank")]


def test_the_worked_examples_mistakes_are_named_so(collection, tmp_path):
    for folder in ("schema", "case_studies"):
        shutil.copytree(collection / folder, tmp_path / folder)
    shutil.copy(REAL / "mkdocs.yml", tmp_path)
    path = tmp_path / "case_studies/eastfield-voice-your-choice.md"
    text = path.read_text(encoding="utf-8").replace("[scarborough,", "[Scarborough Council,")
    path.write_text(text.replace("evidence: self-reported", "evidence: evaluation", 1), encoding="utf-8")
    file = "case_studies/eastfield-voice-your-choice.md"
    done = run("-m", "casebook", "check", file, cwd=tmp_path, SOURCE_DATE_EPOCH="")
    assert done.stdout.splitlines() == [*shown("check"), "2 problems in 1 of 1 case study."]
