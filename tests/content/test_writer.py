"""What is written is read back equal, whatever it is."""

import random

import pytest

from casebook.content import document as documents
from casebook.content import writer

TEXTS = [
    "", "no", "010", "1:20", "2019-05-01", "~", "null", "a: b", "- a", "# a", "a # b", "[a", "{a", "*a", "&a", "!a", "|", ">-",
    "%a", "@a", "`a`", "'", '"', "\\", "\\n", '"quoted" and \'quoted\'', "---", "...", "🏛️ emoji", "Ynys Môn", "سلام", "a\tb",
    "{{ x }}", "</script>", "x" * 5000,
]  # fmt: skip


def front_of(text):
    document, problems = documents.parse_document("case_studies/x.md", "x", text)
    assert problems == []
    return document.data


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_read_back_equal(text):
    front = {
        "title": text,
        "councils": [text, "b"],
        "questions": {"risk": {"answer": text, "sources": []}},
        "outcomes": [{"what": text, "sources": [text]}, {"what": "b"}],
        "empty": {},
    }
    assert front_of(writer.file_text(front, {})) == front


def test_texts_of_chance_characters_are_read_back_equal():
    """Seeded: letters and signs that mean something to YAML, in every order that 2,000 throws bring."""
    chance = random.Random("localism")
    signs = "abc 0:#-?[]{},&*!|>'\"%@`\\/=~.\té🏠"
    for _ in range(2000):
        text = "".join(chance.choices(signs, k=chance.randrange(1, 12))).strip()
        key = "".join(chance.choices(signs, k=chance.randrange(1, 6))).strip() or "k"
        front = {key: text, "list": [{key: [text, text]}]}
        assert front_of(writer.file_text(front, {})) == front


@pytest.mark.parametrize("code", [0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x2028, 0x2029, 0x202E, 0xFEFF, 0xFFFE])
def test_a_character_that_yaml_would_drop_or_break_at_comes_back_as_itself(code):
    text = f"a{chr(code)}b"
    document, _ = documents.parse_document("case_studies/x.md", "x", writer.file_text({"title": text}, {}))
    assert document.data["title"] == text


def test_a_line_break_comes_back_as_one_for_the_schema_to_refuse():
    assert front_of(writer.file_text({"title": "a\n---\nb: c"}, {})) == {"title": "a\n---\nb: c"}


def test_the_body_stands_under_its_headings():
    text = writer.file_text({"title": "A"}, {"The problem": " Said.[^a] \n", "What was done": ""})
    assert text == '---\ntitle: "A"\n---\n\n## The problem\n\nSaid.[^a]\n\n## What was done\n\n\n'
