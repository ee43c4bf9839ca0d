"""Front matter keeps what was typed, and knows where it stands."""

import pytest

from casebook.content.front_matter import MAX_FAULTS, field_name, read_front_matter


def value_of(typed):
    found = read_front_matter(f"title: {typed}", file="x.md")
    assert found.problems == ()
    return found.data["title"]


@pytest.mark.parametrize(
    "typed",
    ["no", "On", "yes", "true", "010", "0x1F", "1_000", "1:20", "1.10", ".nan", "2019", "2019-05-01", "="],
)  # fmt: skip
def test_a_scalar_stays_the_text_that_was_typed(typed):
    assert value_of(typed) == typed


def test_quotes_and_folds_are_read_as_yaml_means_them():
    assert value_of("'The council''s homes'") == "The council's homes"
    assert value_of(">-\n  one\n  two") == "one two"
    assert value_of("|\n  one\n  two\n") == "one\ntwo"


def test_letters_and_their_accents_are_composed():
    assert value_of("Cafe\u0301") == "Caf\u00e9"


def test_every_key_and_item_knows_its_line_and_column():
    found = read_front_matter("a: 1\nb:\n  - x\n  - c: 2\n", file="x.md", first_line=2)
    assert found.data == {"a": "1", "b": ["x", {"c": "2"}]}
    assert found.places == {
        ("a",): (2, 1),
        ("b",): (3, 1),
        ("b", 0): (4, 5),
        ("b", 1): (5, 5),
        ("b", 1, "c"): (5, 5),
    }
    assert found.place(("b", 1, "missing")) == (5, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: *x", 'a: the alias "*x" on line 1 is not allowed'),
        ("a: &x b", 'a: the anchor "&x" on line 1 is not allowed'),
        ("a: 1\n...\nb: 2", '"..." on line 2 ends it early'),
        ("a: 1\n--- # again\na: 2", '"---" on line 2 begins a second block'),
        ("%YAML 1.2\n", "line 1 is a YAML directive"),
        ("? [a]\n: b", "the key on line 1 is not plain text"),
        ("a\u00a0b: c", "the key on line 1 holds U+00A0 (no-break space)"),
        ('a: "\\ud800"', "the value in quotation marks on line 1 has a backslash that can't be read"),
        ("a: [[[[[[[x]]]]]]]", "a[0][0][0][0][0]: nested more than 6 deep"),
        ("a: {b: 1, b: 2}", "a.b: given twice, on line 1 and on line 1"),
    ],
)
def test_what_yaml_allows_and_we_do_not_is_said_in_words(text, message):
    problems = read_front_matter(text, file="x.md").problems
    assert [str(problem).split("\n")[0].split(": ", 1)[1] for problem in problems] == [message]


@pytest.mark.parametrize("ending", ["\x85", "\u2028", "\u2029"])
def test_what_only_yaml_takes_for_the_end_of_a_line_is_a_space(ending):
    found = read_front_matter(f"a: b{ending} c\nd: e", file="x.md")
    assert (found.data, found.place(("d",))) == ({"a": "b  c", "d": "e"}, (2, 1))


def test_a_flood_of_keys_is_cut_off():
    text = "\n".join(f"k{number}: v" for number in range(3_000))
    found = read_front_matter(text, file="x.md")
    assert [problem.message for problem in found.problems] == ["there is too much here to read"]


def test_a_field_is_named_as_an_author_would():
    assert field_name(("outcomes", 0, "result")) == "outcomes[0].result"
    assert field_name(()) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: @a\nsummary: `b`\nstatus: %c\nask: & d\n", ['1: the value of "title" on line 1 begins with "@"', '2: the value of "summary" on line 2 begins with "`"', '3: the value of "status" on line 3 begins with "%"', '4: the value of "ask" on line 4 begins with "&"']),
        ("title: a: b\nsummary: \"c\nask: 'It's'\n", ['1: the value of "title" on line 1 holds ": "', "2: the quotation mark opened on line 2", '3: the value of "ask" on line 3 has a quote']),
        ("title: {Our} trees\nthemes: [a\nask: d: e\n", ['1: the value of "title" on line 1 begins with "{"', "2: the bracket opened on line 2", '3: the value of "ask" on line 3 holds ": "']),
        ("a: b\n  c: d\n e: f\ng: @x\n", ["2: line 2 does not fit", '4: the value of "g" on line 4 begins with "@"']),
        ("themes:\n  - @a\n  - ok\nask: `b`\n", ['2: what stands on line 2 begins with "@"', '4: the value of "ask" on line 4 begins with "`"']),
        ("themes: [a, @b]\n", ['1: the value of "themes" on line 1 begins with "@"']),
        ('title: "Big" plans\n', ['1: the value of "title" on line 1 has a quote that ends early']),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> fix\n", ["2: line 2 is a mark that Git leaves", "4: line 4 is a mark that Git leaves", "6: line 6 is a mark that Git leaves"]),
        ("summary: >-\n  One.\nTwo.\ncouncils: [a]\nthemes: [b]\nperiod: {from: \"2019\"}\nask: >-\n  c\n", ["3: line 3 does not fit"]),
        ("a: b\nstatus running\nquestions:\n  risk:\n    answer: >-\n      a\n    sources: [b]\n", ["2: line 2 does not fit"]),
        ("a: b\n themes: [c]\nask: [d]\n", ["2: line 2 does not fit"]),
        ("title:Trees\nsummary: a\nask: @d\n", ["1: line 1 lacks a colon, or the space", '3: the value of "ask" on line 3 begins with "@"']),
        ("title = Trees\nsummary: a\n", ["1: line 1 lacks a colon, or the space"]),
        ("a: b\nstatus:running\nthemes: [c]\n", ["2: line 2 lacks a colon, or the space"]),
        ("costs:\n  - id:a\n    what: b\n", ["2: line 2 lacks a colon, or the space"]),
        ("costs:\n  - id: a\n    what: b\n   - id: c\n     what: d\n", ["4: line 4 does not fit"]),
        ("title: 'Tis spring\nsummary: >-\n  The residents' trees.\nperiod: {from: a}\n", ["1: the quotation mark opened on line 1 is never closed"]),
        ("a: b\n||||||| base\n", ["2: line 2 is a mark that Git leaves"]),
    ],
)  # fmt: skip
def test_all_that_yaml_cannot_read_is_named_in_one_run(text, said):
    problems = read_front_matter(text, file="x.md").problems
    found = [f"{problem.line}: {problem.message}" for problem in problems]
    assert len(found) == len(said)
    assert all(one.startswith(words) for one, words in zip(found, said, strict=True)), found


@pytest.mark.parametrize("mark", list("[]{}&*!|>%@`?,"))
def test_a_value_that_begins_with_a_character_of_yamls_is_told_to_be_quoted(mark):
    problems = read_front_matter(f"title: {mark} Our trees\nask: x\n", file="x.md").problems
    hints = [problem.hint for problem in problems]
    assert len(hints) == 1
    assert "ut the whole value between double quotes." in hints[0]


def test_a_flood_of_faults_is_cut_off():
    text = "".join(f"field-{number}: @b\n" for number in range(500))
    assert len(read_front_matter(text, file="x.md").problems) == MAX_FAULTS + 1
