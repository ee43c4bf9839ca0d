"""The page of fields says what the schema says."""

from casebook.model import every_field, nearest_field
from casebook.validation import schema
from projects import REAL
from schema_nodes import nodes

SCHEMA, _ = schema.load_schema(REAL)
ALL = SCHEMA.fields
BY_NAME = {field.name: field for field in every_field(ALL)}


def test_every_field_of_the_schema_is_there_once_in_its_order():
    assert list(ALL) == list(SCHEMA.case_study["properties"])
    assert len(list(every_field(ALL))) == len(BY_NAME)
    assert len({field.anchor for field in every_field(ALL)}) == len(BY_NAME)
    described = (node for path, node in nodes(SCHEMA.case_study) if "if" not in path)
    assert len(BY_NAME) == sum(len(node.get("properties", {})) for node in described)


def test_a_field_says_what_is_asked_of_it():
    title, answer, source = BY_NAME["title"], BY_NAME["questions.<id>.answer"], BY_NAME["sources"]
    assert title.is_needed
    assert title.limits == ("1 to 90 characters.", "It must be one line of text, without line breaks.")
    assert answer.limits[0] == "40 to 500 characters."
    assert source.limits == (
        "1 to 40 entries.",
        "Each id must be lower-case words and hyphens, beginning with a letter.",
    )
    assert not BY_NAME["partners"].is_needed
    assert not BY_NAME["partners[].in"].is_needed
    assert BY_NAME["questions"].limits == ("From the ten key questions.", "At least 1 entry.")


def test_closed_lists_are_told_with_their_meanings():
    status = BY_NAME["status"].choices
    assert (status[0].id, status[0].title, status[0].summary) == (
        "running",
        "Still running",
        "It goes on much as described.",
    )
    for facet in ("councils", "themes", "questions", "pledges", "powers"):
        assert [one.id for one in BY_NAME[facet].choices] == list(SCHEMA.vocabularies[facet].terms)
    assert (
        BY_NAME["themes"].choices[0].summary
        == "Residents decide directly how part of a public budget is spent."
    )


def test_a_long_list_is_told_once():
    assert BY_NAME["partners[].in"].limits == ("From the councils in the register.",)
    assert BY_NAME["partners[].in"].choices == ()


def test_an_example_stands_as_it_would_in_the_file(built):
    page = (built.root / "site/contribute/fields/index.html").read_text(encoding="utf-8")
    assert "<pre><code>period:\n  from: &#34;2011&#34;\n  to: &#34;2024&#34;</code></pre>" in page


def test_what_stands_at_a_path_is_the_nearest_field():
    """Also where a source, a question or a row bears the name of a field."""
    for path, name in {
        ("title",): "title",
        ("period", "from"): "period.from",
        ("questions", "answer", "answer"): "questions.<id>.answer",
        ("sources", "title"): "sources",
        ("sources", "title", "publisher"): "sources.<id>.publisher",
        ("outcomes", 0, "sources", 1): "outcomes[].sources",
        ("councils", 3): "councils",
        ("sources", "baths", "unknown"): "sources",
    }.items():
        assert nearest_field(ALL, path).name == name
    assert nearest_field(ALL, ("unknown",)) is None
