"""The open data, read by the programs that it is made for."""

import collections
import copy
import csv
import html
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import frictionless
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from casebook.exports import RESEARCH
from casebook.exports.dataset.dataset import data
from fuller import FORMER, MORE, ROOM, WITHDRAWN, with_fields, without_outcomes
from projects import REAL, SETTINGS, SITE, exports, read_yaml, run

PUBLISHED = "https://localism-casebook.github.io/localism-casebook/"
"""The address in the worked examples."""


def published(catalogue):
    return {file.path.removeprefix("data/"): file for file in data(catalogue, SITE)}


@pytest.fixture
def files(project):
    return published(project.load())


@pytest.fixture(scope="module")
def real(casebook):
    return published(casebook)


@pytest.fixture(scope="module")
def folder(real, tmp_path_factory):
    """The real data, on disk."""
    root = tmp_path_factory.mktemp("data")
    for path, file in real.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(file.contents)
    return root


def rows(file):
    return list(csv.DictReader(io.StringIO(file.contents.decode().removeprefix("\ufeff"))))


def front_matter(root):
    """By slug, read by PyYAML's own loader."""
    return {
        path.stem: read_yaml(path.read_text(encoding="utf-8").split("---\n")[1])
        for path in (root / "case_studies").glob("*.md")
    }


# What is in it.


def test_every_answer_outcome_and_source_of_the_collection_is_a_row(real, collection):
    raw = front_matter(collection)
    assert {(row["case_study"], row["question"], row["answer"]) for row in rows(real["answers.csv"])} == {
        (slug, question, given["answer"])
        for slug, one in raw.items()
        for question, given in one["questions"].items()
    }
    assert collections.Counter(
        (row["case_study"], row["result"], row["evidence"]) for row in rows(real["outcomes.csv"])
    ) == collections.Counter(
        (slug, outcome["result"], outcome["evidence"])
        for slug, one in raw.items()
        for outcome in one.get("outcomes", [])
    )
    for name in ("outputs", "outcomes", "costs", "updates"):
        assert [(row["case_study"], row["id"]) for row in rows(real[f"{name}.csv"])] == [
            (case["id"], claim["id"])
            for case in rows(real["case-studies.csv"])
            for claim in raw[case["id"]].get(name, [])
        ]
    assert {(row["case_study"], row["id"]) for row in rows(real["sources.csv"])} == {
        (slug, id) for slug, one in raw.items() for id in one["sources"]
    }
    assert {row["id"] for row in rows(real["case-studies.csv"])} == {
        slug for slug, one in raw.items() if "withdrawn" not in one
    }


def test_costs_are_numbers_a_sum_or_both_ends_of_a_range(project):
    project.rewrite(ROOM, with_fields, MORE)
    found = published(project.load())
    columns = ("id", "gbp", "gbp_from", "gbp_to", "kind", "basis", "year", "paid_by", "sources")
    assert [tuple(row[name] for name in columns) for row in rows(found["costs.csv"])] == [
        ("librarian", "32000", "", "", "set-up", "budget", "2022/23", "Exampleton City Council", "minutes"),
        ("heating", "", "4000", "6500", "running", "claimed", "", "", "gazette"),
    ]
    case = json.loads(found["case-studies/reading-room.json"].contents)["case_study"]
    assert [(cost["gbp"], cost["gbp_from"], cost["gbp_to"]) for cost in case["costs"]] == [
        (32000, None, None),
        (None, 4000, 6500),
    ]
    assert case["effort"][0]["months_to_start"] == 9
    assert case["not_found"] == ["value", "culture"]
    validator(found, "case-study").validate(json.loads(found["case-studies/reading-room.json"].contents))
    assert query(found, "SELECT sum(gbp), sum(gbp_to) FROM costs") == [(32000, 6500)]


def test_of_a_case_without_outcomes_no_evidence_is_shown(project):
    project.rewrite(ROOM, without_outcomes)
    found = published(project.load())
    assert {row["id"]: row["evidence"] for row in rows(found["case-studies.csv"])} == {
        "reading-room": "none",
        "joint-youth-vote": "independent-evaluation",
        "westover-trees": "published-audit",
    }
    assert [(row["case_study"], row["id"]) for row in rows(found["outputs.csv"])] == [
        ("reading-room", "claim-1")
    ]
    assert "reading-room" not in {row["case_study"] for row in rows(found["outcomes.csv"])}
    validator(found, "casebook").validate(json.loads(found["casebook.json"].contents))


def test_a_withdrawn_case_is_in_no_file(project):
    project.rewrite(ROOM, with_fields, FORMER + WITHDRAWN)
    found = published(project.load())
    assert "case-studies/reading-room.json" not in found
    for path, file in found.items():
        assert b"Readers run" not in file.contents, path


def test_one_case_studys_file_is_what_stands_of_it_in_the_whole(real):
    whole = json.loads(real["casebook.json"].contents)
    for case in whole["case_studies"]:
        one = json.loads(real[f"case-studies/{case['id']}.json"].contents)
        assert one == {key: whole[key] for key in ("schema_version", "version", "licence", "credit")} | {
            "case_study": case
        }


def test_councils_are_the_whole_register_with_or_without_case_studies(files, real):
    assert [row["id"] for row in rows(files["councils.csv"])] == [
        "exampleton",
        "northmere",
        "quiet-vale",
        "westover",
    ]
    register = read_yaml((REAL / "schema/councils.yml").read_text(encoding="utf-8"))["entries"]
    columns = ("id", "kind", "region", "start", "end", "population", "rural_urban", "deprivation")
    assert [[row[name] for name in columns] for row in rows(real["councils.csv"])] == [
        [council.get(name, "") for name in columns] for council in register
    ]


def test_the_label_and_the_place_of_every_id_of_a_short_list_is_a_row(real):
    schema = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))["$defs"]
    found = rows(real["choices.csv"])
    for name in ("result", "evidence", "status", "source-kind"):
        assert [(row["id"], row["place"], row["title"]) for row in found if row["list"] == name] == [
            (choice["const"], str(place), choice["title"])
            for place, choice in enumerate(schema[name]["oneOf"], start=1)
        ]
    named = {(row["list"], row["id"]) for row in found}
    outcomes = rows(real["outcomes.csv"])
    assert {("result", row["result"]) for row in outcomes} | {
        ("best-evidence", row["evidence"]) for row in rows(real["case-studies.csv"])
    } <= named


def test_the_gaps_count_each_kind_of_evidence_and_stand_at_both_addresses(real, casebook):
    (former,) = (file for file in exports(casebook) if file.path == "gaps/gaps.csv")
    assert former.contents == real["gaps.csv"].contents
    kinds = [row["id"] for row in rows(real["choices.csv"]) if row["list"] == "best-evidence"]
    found = rows(real["gaps.csv"])
    assert list(found[0]) == ["question", "theme", "cases", *kinds[:0:-1], kinds[0], "not_found"]
    for row in found:
        assert int(row["cases"]) == sum(int(row[kind]) for kind in kinds)
    cases = rows(real["case-studies.csv"])
    assert [int(row["cases"]) for row in found] == [
        sum(
            row["question"] in _apart(case["questions"]) and row["theme"] in _apart(case["themes"])
            for case in cases
        )
        for row in found
    ]


def _apart(cell):
    return cell.split(";")


def test_it_says_of_which_commit_and_days_it_is(files):
    whole = json.loads(files["casebook.json"].contents)
    said = {"commit": SITE.commit, "built": "2026-11-24", "modified": "2026-01-31"}
    assert {key: whole[key] for key in said} == said
    assert [{key: row[key] for key in said} for row in rows(files["edition.csv"])] == [said]
    assert query(files, 'SELECT "commit", built, modified FROM edition') == [tuple(said.values())]
    package = json.loads(files["datapackage.json"].contents)
    assert (package["homepage"], package["created"]) == (f"{SITE.url}data/", "2026-11-24T00:00:00Z")
    assert package["contributors"] == [
        {"title": "The Localism Casebook", "path": SITE.repository, "role": "author"}
    ]
    citation = read_yaml((REAL / "CITATION.cff").read_text(encoding="utf-8"))
    assert package["keywords"] == citation["keywords"]


def test_beside_each_date_that_may_be_inexact_stands_its_year(files):
    found = "SELECT began, began_year, ended, ended_year FROM case_studies ORDER BY id"
    assert query(files, found) == [
        ("2018-03", 2018, "2018-11", 2018),
        ("2022", 2022, "2024", 2024),
        ("2015", 2015, None, None),
    ]
    assert list(rows(files["sources.csv"])[0])[-1] == "published_year"


def test_every_id_in_a_list_can_be_looked_up(real):
    whole = json.loads(real["casebook.json"].contents)
    ids = {name: {entry["id"] for entry in whole[name]} for name in TERMS}
    for case in whole["case_studies"]:
        for name in TERMS:
            assert set(case[name]) <= ids[name], case["id"]
    for council in whole["councils"]:
        assert set(council["successors"]) <= ids["councils"], council["id"]


TERMS = ("questions", "pledges", "themes", "powers", "councils")


# JSON Schema and OpenAPI.


def strict(schema):
    """The schema, without leave for keys that it doesn't name."""
    schema = copy.deepcopy(schema)
    todo = [schema]
    while todo:
        node = todo.pop()
        if node.get("type") == "object":
            node["additionalProperties"] = False
        todo += [*node.get("properties", {}).values(), *node.get("$defs", {}).values()]
        todo += filter(None, [node.get("items")])
    return schema


def validator(found, name):
    schema = json.loads(found[f"schemas/{name}.json"].contents)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(strict(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_every_json_file_keeps_its_schema(real):
    validator(real, "casebook").validate(json.loads(real["casebook.json"].contents))
    one = validator(real, "case-study")
    for path, file in real.items():
        if path.startswith("case-studies/"):
            one.validate(json.loads(file.contents))


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        (("version",), 2, "1 was expected"),
        (("schema_version",), 2, "1 was expected"),
        (("case_study", "outcomes", 0, "result"), "good", "'good' is not one of"),
        (("case_study", "checked"), "yesterday", "'yesterday' is not a 'date'"),
        (("case_study", "began"), "2022-1", "'2022-1' does not match"),
        (("case_study", "answers", 0, "sources"), None, "None is not of type 'array'"),
        (("case_study", "more"), "", "Additional properties are not allowed ('more' was unexpected)"),
    ],
)
def test_a_schema_refuses_what_the_data_never_holds(files, where, value, message):
    case = json.loads(files["case-studies/reading-room.json"].contents)
    *way, last = where
    node = case
    for step in way:
        node = node[step]
    node[last] = value
    assert [error.message[: len(message)] for error in validator(files, "case-study").iter_errors(case)] == [
        message
    ]


def test_a_schema_misses_a_key_that_is_gone(files):
    case = json.loads(files["case-studies/reading-room.json"].contents)
    del case["case_study"]["deeds"]
    assert [error.message for error in validator(files, "case-study").iter_errors(case)] == [
        "'deeds' is a required property"
    ]


def test_openapi_is_valid_in_one_file_and_names_every_file_and_no_other(real):
    description = json.loads(real["openapi.json"].contents)
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []
    references = set(re.findall(r'"\$ref": "(.*?)"', real["openapi.json"].text))
    assert {reference.rpartition("/")[0] for reference in references} == {"#/components/schemas"}
    described = set(description["paths"]) - {"/case-studies/{id}.json"}
    assert described == {f"/{path}" for path in real if not path.startswith("case-studies/")}


def test_redocly_finds_nothing_to_recommend(folder):
    linter = REAL / "tests/npm/node_modules/.bin/redocly"
    if not linter.exists():
        pytest.skip("Redocly's linter needs npm: make test")
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    done = subprocess.run(
        [linter, "lint", "--extends", "recommended", "--format", "json", folder / "openapi.json"],
        env=os.environ | quiet,
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert [problem["message"] for problem in found["problems"]] == []
    assert found["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}


def test_a_generated_client_has_typed_models_and_reads_every_json_file(folder, serve, tmp_path):
    """Only SQLite's own media type is nothing that the generator knows."""
    (tmp_path / "settings.yml").write_text("post_hooks: []\n", encoding="utf-8")
    made = run(
        *("-m", "openapi_python_client", "generate", "--path", str(folder / "openapi.json")),
        *("--output-path", str(tmp_path / "client"), "--meta", "none"),
        *("--config", str(tmp_path / "settings.yml")),
        cwd=tmp_path,
    )
    assert made.returncode == 0, made.stderr
    warned = re.findall(r"WARNING parsing (.*?) within", made.stdout + made.stderr)
    assert warned == ["GET /casebook.sqlite"]
    used = run("-c", CLIENT, serve(folder), cwd=tmp_path)
    assert used.returncode == 0, used.stderr
    cases = len(list((folder / "case-studies").iterdir()))
    assert json.loads(used.stdout) == {
        "cases": cases,
        "version": [1, 1],
        "results": "OutcomeResult",
        "year": "int",
    }


CLIENT = """
import json, pathlib, sys
from client import Client
from client.api.default import get_casebook_json, get_case_studies_id_json
client = Client(base_url=sys.argv[1].rstrip("/"), raise_on_unexpected_status=True)
casebook = get_casebook_json.sync(client=client)
for case in casebook.case_studies:
    assert get_case_studies_id_json.sync(case.id, client=client).case_study == case
outcomes = [outcome for case in casebook.case_studies for outcome in case.outcomes]
assert casebook.councils and casebook.gaps and casebook.choices
print(json.dumps({
    "cases": len(casebook.case_studies),
    "version": [casebook.version, casebook.schema_version],
    "results": type(outcomes[0].result).__name__,
    "year": type(casebook.case_studies[0].began_year).__name__,
}))
"""


# CSV and the data package.


def test_frictionless_finds_the_data_package_and_every_table_valid(folder):
    report = frictionless.validate(folder / "datapackage.json")
    assert report.flatten(["title", "rowNumber", "fieldName", "type", "note"]) == []
    assert len(report.tasks) == len(list(folder.glob("*.csv"))) == 21


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("outcomes.csv", ",worked,", ",good,", "constraint-error"),
        ("answers.csv", "brixton-energy,1,", "brixton-energie,1,", "foreign-key"),
        ("sources.csv", ",title,", ",name,", "incorrect-label"),
    ],
)
def test_frictionless_would_find_a_fault(folder, tmp_path, file, old, new, fault):
    for path in [*folder.glob("*.csv"), folder / "datapackage.json"]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = frictionless.validate(tmp_path / "datapackage.json").flatten(["type"])
    assert [fault] in faults


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=HYPERLINK(0)", "'=HYPERLINK(0)"),
        ("+1 for parks", "'+1 for parks"),
        ("-1 for parks", "'-1 for parks"),
        ("@home in the park", "'@home in the park"),
        ("'=1 in quotes", "''=1 in quotes"),
        ("'Tis a park", "'Tis a park"),
        ("A park = a field", "A park = a field"),
    ],
)
def test_no_cell_is_a_formula_and_taking_the_apostrophe_away_gives_back_what_was_written(
    project, written, cell
):
    project.replace(
        "case_studies/reading-room.md",
        "title: Readers run the Exampleton reading room",
        f"title: {json.dumps(written)}",
    )
    found = published(project.load())
    assert rows(found["case-studies.csv"])[0]["title"] == cell
    assert re.sub(r"^'(?='*[=+\-@\t\r])", "", cell) == written
    assert json.loads(found["casebook.json"].contents)["case_studies"][0]["title"] == written
    assert query(found, "SELECT title FROM case_studies LIMIT 1") == [(written,)]


def test_excel_knows_every_csv_file_as_utf_8_and_no_story_is_in_one(files):
    for path, file in files.items():
        if path.endswith(".csv"):
            assert file.contents.decode().startswith("\ufeff"), path
    assert "story" not in files["case-studies.csv"].contents.decode().splitlines()[0]
    assert "Keep the roof." in files["casebook.json"].contents.decode()


# SQLite.


def query(found, sql):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(found["casebook.sqlite"].contents)
        return connection.execute(sql).fetchall()


def test_the_database_is_sound_and_every_id_in_it_leads_to_a_row(real):
    assert query(real, "PRAGMA integrity_check") == [("ok",)]
    assert query(real, "PRAGMA foreign_key_check") == []
    assert query(real, "PRAGMA freelist_count") == [(0,)]
    indexes = [
        name for (name,) in query(real, "SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'")
    ]
    assert len(indexes) == 20
    for name in indexes:
        query(real, f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")


def test_the_database_holds_what_the_csv_files_hold(real):
    for path in (path for path in real if path.endswith(".csv")):
        table = path.removesuffix(".csv").replace("-", "_")
        ((number,),) = query(real, f"SELECT count(*) FROM {table}")
        assert number == len(rows(real[path])), path


def test_lists_are_taken_apart_by_json_each_and_what_is_missing_is_null(files):
    assert query(
        files, "SELECT value FROM case_studies, json_each(themes) WHERE case_studies.id = 'reading-room'"
    ) == [
        ("libraries",),
        ("young-people",),
    ]
    assert query(files, "SELECT id FROM case_studies WHERE ended IS NULL") == [("westover-trees",)]


def test_words_are_found_in_other_forms_too(files):
    found = "SELECT title FROM case_studies_fts WHERE case_studies_fts MATCH 'street'"
    assert query(files, found) == [("Westover asks its streets about trees",)]


def test_words_of_an_address_are_not_found(files, real):
    found = "SELECT title FROM case_studies_fts WHERE case_studies_fts MATCH 'study'"
    assert query(files, found) == [("Two councils let young people vote on a budget",)]
    assert 0 < len(query(real, found)) < len(query(real, "SELECT id FROM case_studies")) / 2


def test_the_same_catalogue_makes_the_same_bytes(project, files):
    again = published(project.load())
    assert {path: file.contents for path, file in again.items()} == {
        path: file.contents for path, file in files.items()
    }


def ask_datasette(folder, address):
    """In a process of its own: Datasette leaves connections open, which Python 3.13 and later complain of."""
    opened = ("casebook.sqlite", "--metadata", "datasette.json")
    done = run("-m", "datasette", *opened, "--get", f"/casebook/{address}", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_datasette_opens_searches_and_counts(folder):
    found = json.loads(
        ask_datasette(folder, "answers.json?_search=lease&_shape=array&question=risk&_size=max")
    )
    assert {row["question"] for row in found} == {"risk"}
    assert all("lease" in row["answer"].lower() for row in found)
    assert len(found) >= 1
    page = ask_datasette(folder, "answers?_search=lease&_facet=question")
    assert '<a href="/casebook/questions/risk">Risk' in page
    counted = json.loads(ask_datasette(folder, "case_studies.json?_facet_array=themes&_size=0"))
    assert "libraries" in {one["value"] for one in counted["facet_results"]["themes"]["results"]}


def test_datasette_shows_titles_facets_and_ready_questions(folder):
    page = ask_datasette(folder, "outcomes")
    assert "Outcomes</h1>" in page
    assert "Creative Commons Attribution 4.0 International</a>" in page
    assert set(re.findall(r'id="facet-([a-z_]+)"', page)) == {"result", "evidence"}
    assert "What changed because of it, held against what was hoped for" in page
    asked = json.loads(ask_datasette(folder, "questions_together.json?_shape=array"))
    assert list(asked[0]) == ["question", "with_question", "cases"]


# The pages.


@pytest.fixture(scope="module")
def example(built):
    """The worked example of a language, as it stands on the page."""
    page = (built.root / "site/data/index.html").read_text(encoding="utf-8")
    found = re.findall(r'<pre><code class="language-(\w+)">(.*?)</code></pre>', page, re.DOTALL)
    examples = {language: html.unescape(code) for language, code in found}
    assert len(examples) == len(found) == 4
    return examples.__getitem__


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site")


def test_the_example_on_the_command_line(example, address):
    command = example("sh")
    assert PUBLISHED in command
    done = subprocess.run(
        ["sh", "-c", command.replace(PUBLISHED, address)], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        'reading-room,2,risk,"The council kept the roof, so that one bad winter could not end it.",minutes;gazette\n'
    )


def test_the_example_in_python_needs_nothing_installed(example, address):
    code = example("python")
    assert PUBLISHED in code
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code.replace(PUBLISHED, address)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "3 worked\n1 did-not-work\n"


def test_the_example_in_a_spreadsheet_counts_what_it_says(example, files, real, collection):
    formula = example("text").strip()
    terms = re.findall(r'([A-Z]):\1,"([a-z-]+)"', formula)
    assert formula == "=COUNTIFS(" + ",".join(f'{letter}:{letter},"{value}"' for letter, value in terms) + ")"

    def count(file):
        _, *lines = csv.reader(io.StringIO(file.contents.decode().removeprefix("\ufeff")))
        return sum(all(line[ord(letter) - ord("A")] == value for letter, value in terms) for line in lines)

    assert count(files["outcomes.csv"]) == 1
    assert count(real["outcomes.csv"]) == sum(
        (outcome["result"], outcome["evidence"]) == ("worked", "independent-evaluation")
        for one in front_matter(collection).values()
        for outcome in one.get("outcomes", [])
    )


def test_the_example_in_sql(example, files):
    assert query(files, example("sql").replace("'lease'", "'librarian'")) == [
        (
            "Readers run the Exampleton reading room",
            "capacity",
            "The council paid a librarian to train the volunteers for one year.",
            theme,
        )
        for theme in ("libraries", "young-people")
    ]


def test_the_page_lists_every_file(built):
    page = (built.root / "site/data/index.html").read_text(encoding="utf-8")
    listed = page[page.index('id="every-file"') :]
    for path in (built.root / "site/data").rglob("*.*"):
        name = path.relative_to(built.root / "site/data").as_posix()
        if not name.startswith("case-studies/") and path.suffix != ".html":
            assert f'<a href="{name}">' in listed, name
    assert '<a href="case-studies/reading-room.json">' in listed


def test_the_codebook_has_every_column_in_the_schemas_own_words(built, real):
    page = (built.root / "site/data/codebook/index.html").read_text(encoding="utf-8")
    package = json.loads(real["datapackage.json"].contents)
    for resource in package["resources"]:
        section = page[page.index(f'<h2 id="{resource["name"]}">') :].split("</section>")[0]
        for field in resource["schema"]["fields"]:
            assert f'<th scope="row"><code>{field["name"]}</code></th>' in section
    schema = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))
    for words in (
        schema["properties"]["summary"]["inData"],
        schema["$defs"]["outcome"]["properties"]["result"]["description"],
        schema["$defs"]["evidence"]["oneOf"][0]["description"],
    ):
        assert html.escape(words) in page


def test_the_codebook_speaks_to_a_reader_and_not_to_the_author(real):
    package = json.loads(real["datapackage.json"].contents)
    told = [
        field["description"] for resource in package["resources"] for field in resource["schema"]["fields"]
    ]
    told += [resource["description"] for resource in package["resources"]]
    to_authors = re.compile(
        r"YYYY|characters|schema/|\byou\b|[Ll]eave it|\bonly\.$|[Nn]ever a p|this file", re.ASCII
    )
    assert [words for words in told if to_authors.search(words)] == []


# The research questions.


def test_sql_and_pandas_answer_every_research_question_alike(folder, real, serve):
    inquiries = RESEARCH["entries"]
    assert len(inquiries) == len({inquiry["id"] for inquiry in inquiries}) == 10
    code = [RESEARCH["setup"].replace(f"{PUBLISHED}data/", serve(folder))]
    code += ["import json", "asked = []"]
    for inquiry in inquiries:
        code += [inquiry["pandas"], 'asked.append(json.loads(answer.to_json(orient="split", index=False)))']
    done = run("-W", "error", "-c", "\n".join([*code, "print(json.dumps(asked))"]), cwd=folder)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(real["casebook.sqlite"].contents)
        for inquiry, answer in zip(inquiries, json.loads(done.stdout), strict=True):
            found = connection.execute(inquiry["sql"])
            assert answer["columns"] == [name for name, *_ in found.description], inquiry["id"]
            assert answer["data"] == [list(row) for row in found], inquiry["id"]
            assert answer["data"] or inquiry["id"] == "taken_back"


def test_the_page_shows_each_research_question_with_the_answer_that_the_database_gives(built):
    page = (built.root / "site/data/index.html").read_text(encoding="utf-8")
    sections = re.findall(r'<h3 id="([a-z_]+)">.*?</section>', page, re.DOTALL)
    inquiries = RESEARCH["entries"]
    assert sections == [inquiry["id"] for inquiry in inquiries]
    with closing(sqlite3.connect(built.root / "site/data/casebook.sqlite")) as connection:
        for inquiry in inquiries:
            section = page[page.index(f'id="{inquiry["id"]}"') :].split("</section>")[0]
            shown = re.findall(r'<t[hd] (?:scope="row"|data-column="[a-z0-9 ]+")>(.*?)</t[hd]>', section)
            found = [value for row in connection.execute(inquiry["sql"]).fetchmany(10) for value in row]
            assert shown == ["" if value is None else html.escape(str(value)) for value in found], inquiry[
                "id"
            ]
            assert ("<p>Nothing yet.</p>" in section) == (not found)


LARGE = """
import types
from casebook.exports.dataset.sqlite import database
from casebook.exports.dataset.tables import Column, Table
columns = (Column("id", "number"), Column("words", "text"))
rows = [types.SimpleNamespace(id=number, words=f"{number} " * 100) for number in range(20_000)]
table = Table(name="large", title="", description="", columns=columns, subjects=lambda: rows)
try:
    list(database([table]))
except OSError as error:
    print(error.strerror)
"""


def test_without_room_for_its_temporary_file_sqlite_is_named():
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 1000; "$@"', "sh", sys.executable, "-c", LARGE],
        env=os.environ | SETTINGS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (
        "SQLite has no room for a temporary file: disk I/O error\n",
        "",
    )
