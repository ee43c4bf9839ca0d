"""The indexes of the find page."""

import gzip
import json
from dataclasses import replace

import pytest

from benchmarks.corpus import fill
from casebook.exports import search_index
from fuller import FORMER, MORE, ROOM, WITHDRAWN, with_fields, without_outcomes


def indexed(catalogue):
    return {file.path: json.loads(file.text) for file in search_index.indexes(catalogue)}


@pytest.fixture
def files(project):
    return indexed(project.load())


def every(files, kind):
    """All that the files of words, or of pairs, hold."""
    return {
        word: found
        for path, file in files.items()
        if path.startswith(f"find/{kind}/")
        for word, found in file[kind].items()
    }


def words(text):
    """What is indexed of a text."""
    return [word for token in search_index.fold(text) for word in search_index.words_of(token)]


def test_words_are_folded_as_people_type_them():
    assert words("Ynys Môn’s (café) roof, in 2011.") == ["ynys", "mons", "cafe", "roof", "in", "2011"]


@pytest.mark.parametrize(
    ("text", "figures"),
    {
        "£500,000": ["500000"],
        "500000": ["500000"],
        "£1.2m, £1.2 million": ["1200000", "1200000"],
        "£1.2 m, 1.2 mn, 1.2mn": ["1200000", "1200000", "1200000"],
        "3 metres for 2 knots": ["3", "metres", "for", "2", "knots"],
        "£650k": ["650000"],
        "£5.51 for 3 thousand": ["5.51", "for", "3000"],
        "64.8% in 2025/26": ["64.8", "in", "2025", "26"],
        "a million": ["a", "million"],
        "1,2": ["1", "2"],
        "9" * 40: ["9" * 40],
    }.items(),
)
def test_a_figure_is_the_same_however_it_is_written(text, figures):
    assert words(text) == figures


def test_a_compound_is_one_word_and_its_parts():
    assert words("co-operative time-banking-scheme") == [
        *("cooperative", "co", "operative"),
        *("timebankingscheme", "time", "banking", "scheme"),
    ]
    assert words("s114 covid-19") == ["s114", "s", "114", "covid19", "covid", "19"]


def test_each_value_of_a_facet_leads_to_its_cases(files, project):
    slugs = [case.slug for case in project.load().cases]
    assert slugs == ["reading-room", "joint-youth-vote", "westover-trees"]
    facets = files["find/facets.json"]["values"]
    assert list(facets) == [
        "question",
        "theme",
        "result",
        "evidence",
        "nation",
        "region",
        "kind",
        "council",
        "pledge",
        "status",
        "year",
    ]
    assert facets["council"] == {"exampleton": [0, 1, 1], "northmere": [1], "westover": [1, 1]}


def test_what_a_case_tells_of_cost_effort_and_terms_is_a_facet(project):
    project.rewrite(ROOM, with_fields, MORE)
    project.rewrite(
        "case_studies/westover-trees.md", with_fields, "effort: {staff: One, sources: [report]}\n"
    )
    found = {file.path: json.loads(file.text) for file in search_index.indexes(project.load())}
    assert found["find/facets.json"]["values"]["tells"] == {"cost": [0], "effort": [0, 2], "terms": [0]}
    words = every(found, "words")
    assert words["heating"][0] == 0, "a cost"
    assert words["trained"] == words["heating"], "an output"
    assert words["lend"] == words["heating"], "a reply"
    assert words["lease"][0] == 0
    assert words["lease"][1] > words["heating"][1], "a deed, a term and an update"


def test_a_case_without_outcomes_is_found_as_not_shown_yet(project):
    project.rewrite(ROOM, without_outcomes)
    found = {file.path: json.loads(file.text) for file in search_index.indexes(project.load())}
    assert found["find/facets.json"]["values"]["evidence"]["none"] == [0]
    assert found["find/facets.json"]["values"]["result"] == {"did-not-work": [2], "worked": [1, 1]}


def test_a_withdrawn_case_is_not_found(project):
    project.rewrite(ROOM, with_fields, FORMER + WITHDRAWN)
    found = "".join(file.text for file in search_index.indexes(project.load()))
    assert "reading-room" not in found
    assert "the-old-room" not in found
    assert "Readers run" not in found


def test_a_word_leads_to_its_cases_the_stronger_the_more_it_says_there(files):
    words = every(files, "words")
    (case, title), (other, body) = words["reading"], words["roof"][:2]
    assert (case, other) == (0, 0)
    assert 32 > title > body > 0


def test_where_a_case_is_and_who_wrote_of_it_are_words_too(files):
    words = every(files, "words")
    assert words["england"][0] == 0
    assert words["gazette"][0] == 0


def test_words_side_by_side_lead_to_their_cases_whatever_stop_words_stand_between(files):
    pairs = every(files, "pairs")
    assert pairs["reading"]["room"] == [0]
    assert "the" not in pairs
    assert all("the" not in after for after in pairs.values())


def test_every_word_has_its_pairs_and_a_spelling(files):
    words = every(files, "words")
    assert files["find/spellings.json"]["words"] == sorted(words)
    assert every(files, "pairs").keys() == words.keys()


def test_the_names_of_terms_are_words_too(files):
    words = every(files, "words")
    assert words["exc"][0] == 0, "an alias of the council"
    assert "capacity" in words


@pytest.mark.parametrize("kind", ["words", "pairs"])
def test_every_shard_that_is_listed_is_written_and_no_other(files, kind):
    listed = files["find/words.json"][kind]
    written = {path.split("/")[2].removesuffix(".json") for path in files if path.startswith(f"find/{kind}/")}
    assert set(listed) == written
    assert len(listed) == len(written)
    assert files["find/words.json"]["cases"] == 3


def test_words_that_tell_nothing_are_named_and_not_kept(files):
    assert "the" in files["find/words.json"]["common"]
    assert "the" not in every(files, "words")


def test_above_a_thousand_cases_words_of_most_cases_are_not_kept_and_files_stay_small(project):
    fill(project.root, 998)
    catalogue = project.load()
    one_less = replace(catalogue, cases=catalogue.cases[1:])
    few, many = indexed(one_less), indexed(catalogue)
    assert "council" in every(few, "words")
    assert "council" not in few["find/words.json"]["common"]
    assert "council" in many["find/words.json"]["common"]
    assert "council" not in every(many, "words")
    shards = [file for path, file in many.items() if path.startswith(("find/words/", "find/pairs/"))]
    assert max(len(gzip.compress(json.dumps(shard).encode())) for shard in shards) <= 4_000


def test_citations_and_addresses_are_no_words(project):
    project.replace(
        "case_studies/reading-room.md", "The roof leaked.", "The roof [leaked](https://example.org/zeppelin)."
    )
    words = "".join(file.text for file in search_index.indexes(project.load()))
    assert "leaked" in words
    assert "zeppelin" not in words


def test_every_file_and_the_page_bear_the_stamp_of_what_they_are_made_from(project):
    def stamps():
        catalogue = project.load()
        found = {json.loads(file.text)["edition"] for file in search_index.indexes(catalogue)}
        assert found == {search_index.search_edition(catalogue)}
        return found

    first = stamps()
    assert stamps() == first
    project.replace("case_studies/reading-room.md", "The roof leaked.", "The roof held.")
    second = stamps()
    project.replace("case_studies/westover-trees.md", "\ntitle: ", "\ntitle: A ")
    third = stamps()
    (project.root / "case_studies/joint-youth-vote.md").unlink()
    assert len(first | second | third | stamps()) == 4
