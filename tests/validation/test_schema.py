"""The schema: complete in itself, and one truth for each fact."""

import json

import pytest
from jsonschema import Draft202012Validator

from casebook.validation import schema, schema_errors
from lookalikes import unicodes_own
from projects import REAL, read_yaml
from schema_nodes import nodes


@pytest.fixture(scope="module")
def loaded():
    loaded, problems = schema.load_schema(REAL)
    assert problems == []
    return loaded


@pytest.mark.parametrize("name", ["case-study", "vocabulary"])
def test_every_field_has_title_description_and_example(name):
    loaded = json.loads((REAL / f"schema/{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    fields = [
        (path, field) for path, node in nodes(loaded) if "if" not in path for path, field in
        ((( *path, name), field) for name, field in node.get("properties", {}).items())
    ]  # fmt: skip
    assert len(fields) > 15
    for path, own in fields:
        field = {**loaded["$defs"].get(own.get("$ref", "").removeprefix("#/$defs/"), {}), **own}
        assert field.get("title"), path
        assert field.get("description"), path
        assert field.get("examples"), path


@pytest.mark.parametrize("name", ["case-study", "vocabulary"])
def test_a_pattern_has_a_length_beside_it_and_words_for_its_failure(name):
    loaded = json.loads((REAL / f"schema/{name}.schema.json").read_text(encoding="utf-8"))
    patterns = [(path, node) for path, node in nodes(loaded) if "pattern" in node]
    assert patterns
    for path, node in patterns:
        assert node.get("maxLength"), path
        assert node.get("errorMessage"), path


@pytest.mark.parametrize("name", ["case-study", "vocabulary"])
def test_the_law_is_closed(name):
    loaded = json.loads((REAL / f"schema/{name}.schema.json").read_text(encoding="utf-8"))
    for path, node in nodes(loaded):
        if node.get("type") == "object":
            assert "additionalProperties" in node, path


def test_every_example_is_valid(loaded):
    schema = loaded.validator.schema
    for name, field in schema["properties"].items():
        validator = Draft202012Validator({"$defs": schema["$defs"], **field})
        for example in field["examples"]:
            errors = list(validator.iter_errors(example))
            assert errors == [] or name == "powers", (name, errors)


def test_the_messages_know_every_keyword_that_the_schema_uses(loaded):
    silent = {"title", "description", "examples", "errorMessage", "inForm", "inData", "entry", "plainText", "byMaintainers", "lookAlike", "alsoCalled", "markup", "personalData", "nearly", "leftOut", "saysNothing", "refusals", "writtenDates", "sections", "ofPartners", "inOrder", "exactlyOne", "atLeastOne", "properties", "$ref", "items", "propertyNames", "$defs", "$id", "$schema", "if", "then", "const"}  # fmt: skip
    used = {key for _, node in nodes(loaded.case_study) for key in node}
    assert used - silent <= set(schema_errors._FAULTS) | {"enum"}


@pytest.mark.parametrize(
    ("name", "typed", "id"),
    [
        ("status", "ongoing", "running"), ("status", "Still running", "running"), ("status", "completed", "ended"), ("status", "brought back in-house", "taken-back"),
        ("status", "extended", ""), ("result", "success", "worked"), ("result", "didn't work", "did-not-work"), ("result", "Partly", "mixed"),
        ("result", "wroked", "worked"), ("result", "too early to say", "too-early"), ("evidence", "newspaper", "press"), ("evidence", "peer-reviewed", "academic"),
        ("evidence", "audit", "published-audit"), ("source-kind", "newspaper", "press"), ("source-kind", "Local authority", "council"), ("source-kind", "website", ""),
        ("partner-kind", "NHS", "health-body"), ("partner-kind", "town council", "parish"), ("cost-basis", "estimate", "forecast"), ("cost-kind", "capital", "set-up"),
        ("document-kind", "contract", "lease"), ("term-kind", "duration", "length"), ("undated", "yes", "true"),
    ],
)  # fmt: skip
def test_an_everyday_word_leads_to_the_value_that_is_meant_or_to_none(loaded, name, typed, id):
    node = loaded.case_study["$defs"][name]
    [error] = Draft202012Validator(node).iter_errors(typed)
    error.absolute_path.append("x")
    [fault] = schema_errors._choice(error, loaded)
    assert fault.words.hint.startswith(f'Did you mean "{id}"?' if id else "They are:")


def test_no_word_leads_to_two_values_of_a_list(loaded):
    for node in (node for node in loaded.case_study["$defs"].values() if "oneOf" in node):
        words = [word for choice in node["oneOf"] for word in choice["alsoCalled"].split()]
        ids = [choice["const"] for choice in node["oneOf"]]
        assert len({*words, *ids}) == len(words) + len(ids)


def test_the_schema_knows_every_letter_that_unicode_calls_a_look_alike(loaded):
    known = dict(zip(*loaded.case_study["properties"]["title"]["lookAlike"], strict=True))
    assert len(unicodes_own()) > 190
    assert unicodes_own().keys() - known.keys() == set()


def test_the_published_schema_stands_alone(loaded):
    published = loaded.published()
    text = json.dumps(published)
    assert "vocabulary:" not in text
    Draft202012Validator.check_schema(published)
    assert [one["const"] for one in published["$defs"]["questions"]["oneOf"]] == [
        "capacity", "quality", "value", "accountability", "open-to-all",
        "risk", "reciprocity", "culture", "reserve-powers", "legal-hurdles",
    ]  # fmt: skip


def test_the_published_schema_validates_as_the_loaded_one_does(loaded):
    good = {
        "title": "A title",
        "summary": "A summary that is long enough to be one, with sixty letters or more.",
        "councils": ["leeds"],
        "themes": ["libraries"],
        "period": {"from": "2011"},
        "status": "running",
        "questions": {"risk": {"answer": "An answer that is long enough to be one.", "sources": ["a"]}},
        "outcomes": [
            {
                "id": "it",
                "what": "Something came of it",
                "result": "worked",
                "evidence": "press",
                "sources": ["a"],
            }
        ],
        "sources": {"a": {"title": "A", "publisher": "B", "kind": "press", "accessed": "2026-01-01"}},
        "added": "2026-01-01",
        "checked": "2026-01-01",
    }
    published = Draft202012Validator(loaded.published())
    for field, value in [("title", ""), ("councils", ["leedz"]), ("questions", {"rsk": {}}), ("x", "y")]:
        bad = {**good, field: value}
        assert loaded.validator.is_valid(good)
        assert published.is_valid(good)
        assert not loaded.validator.is_valid(bad)
        assert not published.is_valid(bad)


def test_a_mistake_in_a_vocabulary_names_its_line(project):
    project.replace("schema/themes.yml", "id: libraries", "id: Libraries")
    loaded, problems = schema.load_schema(project.root)
    assert loaded is None
    assert [str(problem).split(": ")[0:2] for problem in problems] == [
        ["schema/themes.yml:4", "entries[0].id"]
    ]


@pytest.mark.parametrize("command", ["check", "build", "stale"])
@pytest.mark.parametrize("name", ["case-study", "vocabulary", "messages", "thesaurus"])
def test_a_schema_that_is_not_json_is_said_with_its_line(project, name, command):
    project.write(f"schema/{name}.schema.json", '{\n  "title" "A case study"\n}\n')
    done = project.call(command)
    assert (done.returncode, (done.stdout + done.stderr).splitlines()[0]) == (
        1,
        f"schema/{name}.schema.json:2: not JSON: Expecting ':' delimiter: line 2 column 11 (char 12)",
    )


def test_an_id_given_twice_is_a_mistake(project):
    project.replace("schema/themes.yml", "id: green-spaces", "id: libraries")
    _, problems = schema.load_schema(project.root)
    assert [str(problem) for problem in problems] == [
        'schema/themes.yml:7: entries[1]: the id "libraries" is given twice'
    ]


def test_a_mistake_in_the_thesaurus_names_its_line(project):
    project.replace("schema/thesaurus.yml", "- words: [ACV, ACVs]", "- words: ACV")
    loaded, problems = schema.load_schema(project.root)
    line = project.read("schema/thesaurus.yml").splitlines().index("- words: ACV") + 1
    assert loaded is None
    assert [str(problem).splitlines()[0] for problem in problems] == [
        f"schema/thesaurus.yml:{line}: entries[0].words: 'ACV' is not of type 'array'"
    ]


def test_a_word_stands_in_one_entry_of_the_thesaurus(loaded):
    entries = read_yaml((REAL / "schema/thesaurus.yml").read_text(encoding="utf-8"))["entries"]
    words = [word.casefold() for entry in entries for word in entry["words"]]
    assert len(entries) >= 150
    assert len(words) == len(set(words))
    assert set(loaded.thesaurus) == {word for entry in entries for word in entry["words"]}


def test_a_town_means_a_council_of_the_register(loaded):
    """By its title, from which the find page knows it for a place."""
    councils = {council.title for council in loaded.vocabularies["councils"].terms.values()}
    entries = read_yaml((REAL / "schema/thesaurus.yml").read_text(encoding="utf-8"))["entries"]
    towns = [
        entry["means"] for entry in entries if entry.get("why") in ("in the council's area", "its Welsh name")
    ]
    assert len(towns) > 50
    assert [means for means in towns if len(means) != 1 or means[0] not in councils] == []
