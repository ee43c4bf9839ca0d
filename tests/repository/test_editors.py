"""What editors are told of the files: schemas that exist, and that take the files as they are."""

import json
import re

import jsonschema
import pytest
import yaml

from projects import REAL

LISTS = sorted((REAL / "schema").glob("*.yml"))


@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
def test_a_vocabulary_names_its_schema_and_an_editor_finds_no_fault_in_it(path):
    """An editor reads numbers as numbers, as PyYAML does and the casebook does not."""
    first, *_ = path.read_text(encoding="utf-8").splitlines()
    name = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)[1]
    schema = json.loads((path.parent / name).read_text(encoding="utf-8"))
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)] == []


def test_a_new_file_names_the_schema_that_the_build_makes(built):
    assert built.call("new", "Readers vote").returncode == 0
    path = built.root / "case_studies/readers-vote.md"
    modeline = path.read_text(encoding="utf-8").splitlines()[1]
    path.unlink()
    named = modeline.removeprefix("# yaml-language-server: $schema=")
    published = json.loads((path.parent / named).read_text(encoding="utf-8"))
    assert published["title"] == "Case study"
    assert "vocabulary:" not in json.dumps(published)


def test_vs_code_is_told_of_the_same_schema():
    text = (REAL / ".vscode/settings.json").read_text(encoding="utf-8")
    settings = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    assert settings["yaml.schemas"] == {"./site/schema/case-study.schema.json": "*.draft.yml"}
