"""Journeys of five people with a task, on the real case studies. What they must see is counted from the catalogue."""

import base64
import csv
import io

import pypdfium2
import pytest
from selenium.webdriver import Keys

from casebook.content import opening
from casebook.model import like
from casebook.model.timeline import timeline_of
from paper import read

COUNT = "#count"
CHIPS = "#chips button"
TITLES = "#found .card__title"
SETTLED = "#found[aria-busy=false] .card__title"
TOLD = "#found .card__told"
LIBRARIES = "[aria-labelledby=theme-libraries]"
WELSH = "cyllidebu cyfranogol"

everywhere = pytest.mark.parametrize("browser", ["chromium", "firefox", "webkit"], indirect=True)


def find(terms, id):
    return next(term for term in terms if term.id == id)


def counted(cases):
    return f"{len(cases)} case {'study' if len(cases) == 1 else 'studies'}"


def take_answers(reader, casebook):
    """A councillor asks who steps in if volunteers give up a library, and takes the best known answers into the pack."""
    question = find(casebook.questions, "reserve-powers")
    libraries = find(casebook.themes, "libraries")
    answers = casebook.by_theme(casebook.about(question))[libraries]
    best = sorted(answers, key=lambda case: -case.evidence.rank)
    reader.open("")
    reader.click(question.title)
    reader.sees("h1", question.title)
    reader.chooses("Order within each theme", "Strongest evidence first")
    reader.click(libraries.title, ".jump a")
    reader.is_at("questions/reserve-powers/#theme-libraries")
    assert abs(reader.top_of(libraries.title, f"{LIBRARIES} h2")) < 100
    reader.sees(f"{LIBRARIES} .answer__first", *[opening(case.answer_to(question).text)[0] for case in best])
    taken = best[:2]
    for case in taken:
        reader.click(f"{case.councils[0].title}, {case.began[:4]}", f"{LIBRARIES} summary")
        reader.click(f"Add to pack {case.title}", f"{LIBRARIES} button")
    reader.sees(f"{LIBRARIES} .answer__case a", *[case.title for case in taken])
    reader.click("Pack (2)")
    reader.sees("#pack-list a", *[case.title for case in taken])
    return question, taken


@everywhere
def test_a_councillor_takes_two_answers_to_a_meeting(reader_of_all, casebook):
    reader = reader_of_all
    question, taken = take_answers(reader, casebook)
    reader.sees(".pack__table [scope=col]", *[case.title for case in taken])
    reader.sees_among(".pack__table td p", *[case.answer_to(question).text for case in taken])
    reader.click("Show no answers")
    reader.click(f"{question.number} {question.title}")
    reader.sees_among(".pack__table [scope=row]", f"{question.number} {question.title}", "What went wrong")
    reader.sees_among(".pack__table td p", *[case.answer_to(question).text for case in taken])
    query = "&".join(f"case={case.slug}" for case in taken)
    reader.is_at(f"pack/?{query}&question={question.id}")


@pytest.mark.parametrize("browser", ["chromium", "firefox"], indirect=True)  # WebKit's driver doesn't print
def test_a_councillor_prints_the_pack(reader_of_all, casebook):
    reader = reader_of_all
    question, taken = take_answers(reader, casebook)
    reader.sees(".pack__table [scope=col]", *[case.title for case in taken])
    paper = read(pypdfium2.PdfDocument(base64.b64decode(reader.driver.print_page())))
    told = " ".join(f"{case.title} {case.answer_to(question).text}" for case in taken)
    assert [word for word in told.split() if word not in paper.squeezed] == []
    assert "Answerstoshow" not in paper.squeezed
    assert paper.outside == ""


@pytest.fixture
def place(casebook):
    """A council of which there is no case study; Bury, for as long as that is so."""
    names = ("bury", "bolton", "doncaster", "sefton", "tameside", "wakefield")
    councils = (find(casebook.councils, name) for name in names)
    return next(council for council in councils if not casebook.listed(council))


@everywhere
def test_a_citizen_of_a_place_without_a_case_study_is_led_on(reader_of_all, casebook, place):
    reader = reader_of_all
    reader.open("")
    reader.type("What are you looking for?", place.title, Keys.ENTER)
    reader.is_at(f"find/?text={place.title}")
    reader.sees("#places summary", f"No case study from {place.title} yet")
    reader.click(f"No case study from {place.title} yet", "#places summary")
    alike, _ = like(place, casebook)
    near = [f"{one.case.title} {one.because}" for one in alike]
    of_each_council = {one.because: line for one, line in reversed([*zip(alike, near, strict=True)])}
    reader.sees("#places li", *[line for line in near if line in of_each_council.values()][:4])
    reader.click("this council")
    reader.sees("h1", place.official_name)
    reader.sees_among(".none-yet strong", f"No case study from {place.title} yet.")
    reader.sees(".alike li", *near)
    reader.named(casebook.powers_in(place.nation)[0].title)
    reader.click("write it down")
    reader.is_at(f"contribute/form/?council={place.id}")
    reader.reads_in("Council 1", place.official_name)
    reader.go_back()
    reader.sees("h1", place.official_name)
    reader.click(alike[0].case.title)
    reader.sees("h1", alike[0].case.title)


@everywhere
def test_an_officer_in_wales_finds_what_there_is_and_what_is_missing(reader_of_all, casebook):
    reader = reader_of_all
    budgeting = find(casebook.themes, "participatory-budgeting")
    told = casebook.about(budgeting)
    wales = find(casebook.nations, "wales")
    failing = find(casebook.questions, "reserve-powers")
    reader.open("")
    reader.type("What are you looking for?", WELSH, Keys.ENTER)
    added = f"“{WELSH}” was taken to mean “participatory budgeting”, too."
    reader.sees("#said p", f"{added} Search for exactly “{WELSH}”")
    reader.type("Words", "Cymru", Keys.ENTER)
    reader.reads_some(SETTLED)
    reader.click("Elsewhere on this site:", "#elsewhere summary")
    reader.named(wales.title, "#elsewhere a").send_keys(Keys.ENTER)
    reader.sees("h1", wales.title)
    reader.sees_among(".tally", counted(casebook.about(wales)))
    reader.sees_among("[aria-labelledby=missing] p", f"reserve powers {len(casebook.both(failing, wales))}")
    empty = [theme.title.lower() for theme in casebook.themes_without(wales)]
    reader.sees_among("[aria-labelledby=missing] p", f"No case study from Wales yet on {empty[0]}", *empty)
    reader.sees("[aria-labelledby=powers] a", *[power.title for power in casebook.powers_in(wales)])
    reader.click("Themes")
    reader.click(budgeting.title)
    reader.sees("h1", budgeting.title)
    for part in ("What it cost, and what it brought in", "Documents to copy"):
        reader.sees_among("h2", part)
    reader.sees_among("[aria-labelledby=costs] li", "£")
    documents = [source.title for case in told for source in case.sources if source.document and source.url]
    reader.sees_among("[aria-labelledby=documents] li", *documents[:1])
    reader.click("A worksheet for this")
    reader.is_at("ask/participatory-budgeting/")
    reader.sees_among("h1", budgeting.title)
    reader.sees("#kept", "Nothing is written yet.")
    reader.click("How others answered it", "#question-capacity summary")
    shown = reader.reads_some("#question-capacity .ask__case a")
    assert set(shown) <= {case.title for case in told}


def both(casebook, result, evidence):
    """The case studies of which one outcome has both, each with these outcomes."""
    fits = lambda outcome: (outcome.result.id, outcome.evidence.id) == (result, evidence)  # noqa: E731
    found = {case.slug: [outcome for outcome in case.outcomes if fits(outcome)] for case in casebook.cases}
    return {slug: outcomes for slug, outcomes in found.items() if outcomes}


@everywhere
def test_a_researcher_counts_outcomes_by_result_and_evidence(reader_of_all, casebook):
    reader = reader_of_all
    found = both(casebook, "did-not-work", "published-audit")
    reader.open("find/")
    for facet, choice in (("Result", "Did not work"), ("Evidence", "Published audit")):
        reader.click(facet, ".facet > summary")
        reader.click(choice, ".facet input")
    reader.sees(CHIPS, "Did not work", "Published audit", "Clear all")
    reader.sees(COUNT, counted(found))
    reader.reads(TITLES, len(found))
    shown = reader.reads(TOLD, sum(map(len, found.values())))
    for outcome in (one for outcomes in found.values() for one in outcomes):
        assert any(f"Did not work {outcome.what} Published audit." in told for told in shown), outcome.what
    reader.chooses("Order", "Added last first")
    asked = "find/?result=did-not-work&evidence=published-audit&order=added"
    reader.is_at(asked)
    titles = reader.reads(TITLES, len(found))
    reader.click(titles[0])
    reader.sees("h1", titles[0])
    reader.go_back()
    reader.is_at(asked)
    reader.sees(TITLES, *titles)
    reader.reload()
    reader.sees(TITLES, *titles)
    reader.click("Take along")
    reader.click("Outcomes", "#take button")
    reader.sees_among("#taken", "of outcomes.csv downloaded.")
    rows = list(csv.DictReader(io.StringIO(reader.downloaded("outcomes.csv").removeprefix("\ufeff"))))
    assert {row["case_study"] for row in rows} == set(found)


@everywhere
def test_a_researcher_goes_from_a_cell_of_the_coverage_to_its_outcomes(reader_of_all, casebook):
    reader = reader_of_all
    found = both(casebook, "worked", "independent-evaluation")
    reader.open("")
    reader.click("About", ".ways a")
    reader.click("coverage")
    reader.sees("h1", "What the casebook covers")
    number = sum(map(len, found.values()))
    reader.click(str(number), "[href*='evidence=independent-evaluation&result=worked']")
    reader.sees(CHIPS, "Worked", "Independent evaluation", "Clear all")
    reader.sees(COUNT, counted(found))
    reader.reads(TOLD, number)


@everywhere
def test_a_journalist_with_a_phone_reads_a_case_study(reader_with_a_phone, casebook):
    reader = reader_with_a_phone
    reader.open("find/")
    reader.type("Words", '"community shares" -pub', Keys.ENTER)
    reader.sees(CHIPS, '"community shares" -pub')
    reader.sees(".find__filters > summary", "Filters")
    reader.sees(".facet")
    [first, *_] = reader.reads_some(SETTLED)
    assert 0 < reader.top_of(first) < 740
    reader.click("Filters")
    reader.sees_among(".facet > summary", "Key question", "Theme", "Result")
    reader.click("Filters")
    reader.sees(".facet")
    reader.click(first)
    reader.sees("h1", first)
    assert reader.top_of("In brief", "h2") < reader.top_of("Did it work?", "h2")
    case = next(one for one in casebook.cases if one.title == first)
    reader.sees(".timeline ol")
    reader.click(f"{len(timeline_of(case))} dated facts")
    reader.sees_among(".timeline strong", case.began[:4])
    reader.click("One-page handout")
    reader.is_at(f"{case.path}handout/")
    reader.sees("h1", first)
    reader.sees_among(".handout dt", "What went wrong", "What others can learn")
    reader.click("Back to the case study")
    reader.is_at(case.path)
