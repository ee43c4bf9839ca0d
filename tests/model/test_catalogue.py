"""Case studies, cross-referenced."""

from datetime import date

import pytest

from casebook.validation.loading import CatalogueError
from fuller import FORMER, MORE, RETIRED, ROOM, WITHDRAWN, with_fields, without_outcomes


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    from projects import make_project

    return make_project(tmp_path_factory.mktemp("catalogue")).load()


def slugs(cases):
    return [case.slug for case in cases]


def term(catalogue, facet, id):
    return next(term for term in getattr(catalogue, facet) if term.id == id)


def test_the_newest_come_first(catalogue):
    assert slugs(catalogue.cases) == ["reading-room", "joint-youth-vote", "westover-trees"]


def test_a_term_lists_the_cases_tagged_with_it(catalogue):
    assert slugs(catalogue.about(term(catalogue, "questions", "open-to-all"))) == ["westover-trees"]
    assert slugs(catalogue.about(term(catalogue, "pledges", "promote-good-practice"))) == [
        "reading-room",
        "joint-youth-vote",
    ]
    assert catalogue.about(term(catalogue, "questions", "culture")) == ()


def test_work_of_an_abolished_council_comes_down_to_its_successor_once(catalogue):
    exampleton, westover = catalogue.council["exampleton"], catalogue.council["westover"]
    assert slugs(catalogue.about(exampleton)) == ["reading-room"]
    assert slugs(catalogue.inherited(exampleton)) == ["joint-youth-vote", "westover-trees"]
    assert catalogue.successors(westover) == (exampleton,)
    assert [council.id for council in catalogue.active_councils] == ["exampleton", "northmere", "westover"]


def test_the_index_of_councils_lists_those_in_being_by_area(catalogue):
    listed = {area.title: [c.id for c in councils] for area, councils in catalogue.by_area().items()}
    assert listed == {"North West": ["exampleton"], "Scotland": ["northmere"]}


def test_a_council_is_not_abolished_before_its_last_day_has_gone(project):
    project.replace("schema/councils.yml", '"2021-03-31"', '"2027-03-31"')
    catalogue = project.load()
    assert not catalogue.is_abolished(catalogue.council["westover"])
    assert catalogue.inherited(catalogue.council["exampleton"]) == ()


def test_the_chain_of_successors_is_followed_to_its_end(project):
    project.write(
        "schema/councils.yml",
        project.read("schema/councils.yml")
        + '- {id: old-westover, title: Old Westover, kind: district, nation: england, region: north-west, end: "1974-03-31", successors: [westover]}\n',
    )
    project.replace("case_studies/reading-room.md", "councils: [exampleton]", "councils: [old-westover]")
    catalogue = project.load()
    assert "reading-room" in slugs(catalogue.inherited(catalogue.council["exampleton"]))
    assert catalogue.successors(catalogue.council["old-westover"]) == (catalogue.council["exampleton"],)


def test_related_cases_share_terms_and_the_most_come_first(catalogue):
    trees = catalogue.cases[2]
    assert [(case.slug, [term.id for term in shared]) for case, shared in catalogue.related(trees)] == [
        ("reading-room", ["sample-act-2001-s1", "capacity"]),
        ("joint-youth-vote", ["westover", "capacity"]),
    ]
    assert slugs(case for case, _ in catalogue.related(trees, most=1)) == ["reading-room"]


def test_cases_stand_under_their_main_theme_alone(catalogue):
    grouped = {theme.id: slugs(cases) for theme, cases in catalogue.by_theme(catalogue.cases).items()}
    assert grouped == {
        "libraries": ["reading-room"],
        "green-spaces": ["westover-trees"],
        "young-people": ["joint-youth-vote"],
    }


def test_a_case_knows_its_strongest_evidence_and_all_its_results(catalogue):
    trees = catalogue.cases[2]
    assert trees.evidence.title == "Published audit"
    assert [result.id for result in trees.results] == ["worked", "did-not-work"]


def test_three_are_featured_and_one_of_them_failed(catalogue):
    assert slugs(catalogue.featured) == ["joint-youth-vote", "reading-room", "westover-trees"]


def test_gaps_are_the_questions_and_themes_that_no_case_has_together(catalogue):
    gaps = {(question.id, theme.id) for question, theme in catalogue.gaps}
    assert ("culture", "libraries") in gaps
    assert ("capacity", "libraries") not in gaps
    taken = {(a.term.id, t.id) for c in catalogue.cases for a in c.answers for t in c.themes}
    assert len(gaps) + len(taken) == 10 * len(catalogue.themes)


def test_the_questions_with_the_fewest_answers_come_first(catalogue):
    numbers = [len(catalogue.about(question)) for question in catalogue.least_answered]
    assert numbers == sorted(numbers)
    assert len(numbers) == 10


def test_nations_are_counted_by_their_active_councils(catalogue):
    assert [(nation.id, number) for nation, number in catalogue.by_nation()] == [
        ("england", 2),
        ("scotland", 1),
    ]


def test_evidence_is_counted_strongest_first(catalogue):
    counted = [(kind.id, number) for kind, number in catalogue.by_evidence(catalogue.cases)]
    assert counted == [("independent-evaluation", 1), ("published-audit", 1), ("press", 1)]


def test_a_case_resolves_its_ids(catalogue):
    room = catalogue.cases[0]
    assert room.councils == (catalogue.council["exampleton"],)
    assert [(source.number, source.id) for source in room.sources] == [(1, "minutes"), (2, "gazette")]
    assert [answer.term.id for answer in room.answers] == ["capacity", "risk"]
    assert (room.added, room.checked) == (date(2026, 1, 31), date(2026, 1, 31))
    assert room.partners[0].council == catalogue.council["exampleton"]


def test_what_it_took_is_resolved_and_counted(project):
    project.rewrite(ROOM, with_fields, MORE + FORMER + RETIRED)
    room = project.load().cases[0]
    assert [(one.id, one.gbp, one.gbp_from, one.gbp_to, one.kind.id, one.year) for one in room.costs] == [
        ("librarian", 32000, None, None, "set-up", "2022/23"),
        ("heating", None, 4000, 6500, "running", ""),
    ]
    assert (room.effort.months_to_start, room.effort.sources) == (9, room.sources[:1])
    assert [(one.kind.title, one.text, one.sources) for one in room.agreed] == [
        ("Length", "A lease of 25 years", room.sources[:1])
    ]
    (output,) = room.outputs
    assert (output.id, output.when, output.question.id, output.evidence.id) == (
        "12-trained",
        "2022-09",
        "quality",
        "press",
    )
    assert [question.id for question in room.not_found] == ["value", "culture"]
    assert [(one.by, one.date) for one in room.replies] == [("Exampleton City Council", "2026-01-29")]
    assert room.former == ("the-old-room", "a-room-of-their-own")
    assert [(one.id, one.reason) for one in room.retired] == [
        ("roof-mended", "The source tells of another roof.")
    ]
    assert [source.undated.id if source.undated else "" for source in room.sources] == ["", "true"]


def test_a_case_of_which_only_what_was_done_is_known_rests_on_no_evidence(project):
    project.rewrite(ROOM, without_outcomes)
    catalogue = project.load()
    room = catalogue.cases[0]
    assert (room.evidence.id, room.evidence.title, room.results) == ("none", "Not shown yet", ())
    assert [(kind.id, number) for kind, number in catalogue.by_evidence(catalogue.cases)] == [
        ("independent-evaluation", 1),
        ("published-audit", 1),
        ("none", 1),
    ]
    assert [kind.id for kind in catalogue.proofs] == [kind.id for kind in catalogue.evidence_kinds] + ["none"]
    assert slugs(catalogue.featured) == ["joint-youth-vote", "westover-trees"]
    assert [slugs(cases) for cases in catalogue.examples()["risk"]] == [[], []]


def test_while_all_cases_have_outcomes_nothing_is_said_of_those_without(catalogue):
    assert catalogue.proofs == catalogue.evidence_kinds


def test_a_withdrawn_case_is_kept_apart_from_all_others(project):
    project.rewrite(ROOM, with_fields, WITHDRAWN)
    catalogue = project.load()
    assert slugs(catalogue.cases) == ["joint-youth-vote", "westover-trees"]
    (room,) = catalogue.withdrawn
    assert (room.slug, room.withdrawn.date, room.withdrawn.reason) == (
        "reading-room",
        "2026-01-31",
        "The minutes were found to be another council's.",
    )
    assert catalogue.about(catalogue.council["exampleton"]) == ()


def test_answers_stand_in_the_letters_order_however_they_were_written(project):
    text = project.read("case_studies/reading-room.md")
    start, middle, end = text.index("  capacity:"), text.index("  risk:"), text.index("pledges:")
    project.write(
        "case_studies/reading-room.md", text[:start] + text[middle:end] + text[start:middle] + text[end:]
    )
    assert [answer.term.id for answer in project.load().cases[0].answers] == ["capacity", "risk"]


def test_loading_stops_with_every_problem(project):
    project.replace("case_studies/reading-room.md", "status: ended", "status: over")
    project.replace("case_studies/westover-trees.md", "[green-spaces]", "[trees]")
    with pytest.raises(CatalogueError) as raised:
        project.load()
    assert [problem.field for problem in raised.value.examination.problems] == ["status", "themes[0]"]


def test_an_empty_collection_is_no_fault(project):
    for path in (project.root / "case_studies").iterdir():
        path.unlink()
    assert project.load().cases == ()


def test_the_worksheet_shows_what_is_proved_best_and_one_that_struggled(catalogue):
    worked, failed = catalogue.examples()["capacity"]
    assert slugs(worked) == ["joint-youth-vote", "reading-room"]
    assert slugs(failed) == ["westover-trees"]
    assert catalogue.examples()["culture"] == ((), ())


def test_among_equals_the_worksheet_shows_what_other_questions_have_not_shown(project):
    text = project.read("case_studies/reading-room.md")
    for slug, title in (("a-first-room", "A first room"), ("b-second-room", "B second room")):
        another = text.replace("title: Readers run the Exampleton reading room", f"title: {title}")
        project.write(f"case_studies/{slug}.md", another)
    examples = project.load().examples()
    assert slugs(examples["capacity"][0]) == ["joint-youth-vote", "a-first-room"]
    assert slugs(examples["risk"][0]) == ["b-second-room", "reading-room"]
